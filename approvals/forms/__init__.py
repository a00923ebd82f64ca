"""Forms of the catalogue, of an application and of the window."""
