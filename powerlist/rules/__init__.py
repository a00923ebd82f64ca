"""What the list demands of an item, and what the gates of its change look at. Pure."""
