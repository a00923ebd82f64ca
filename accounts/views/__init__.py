"""Pages about people, their accounts, and their permissions."""
