"""Pages of the catalogue, of applying, of the window and of published results."""
