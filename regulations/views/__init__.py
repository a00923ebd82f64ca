"""The pages of the chapter."""
