"""Forms of the chapter: what people look for in the catalogue, and what a document needs on its way."""
