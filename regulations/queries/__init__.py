"""What the chapter reads."""
