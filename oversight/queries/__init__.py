"""What oversight reads out of the records of all chapters."""
