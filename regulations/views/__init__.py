"""Pages of the chapter."""
