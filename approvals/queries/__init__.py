"""Questions about items, applications and results."""
