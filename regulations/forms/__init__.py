"""What people look for in the catalogue."""
