"""Sample people and cases of a demonstration. Every name is marked as a sample; nothing here is a real person."""
