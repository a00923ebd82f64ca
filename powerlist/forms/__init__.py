"""What people ask of the lists and enter into them: finding, drafting, disclosing, offering."""
