"""What runs as the portal's own code, in its surroundings: see __main__.py."""
