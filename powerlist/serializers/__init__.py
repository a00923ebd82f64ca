"""What the API of the lists takes and answers."""
