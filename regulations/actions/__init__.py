"""The only room of the chapter that writes."""
