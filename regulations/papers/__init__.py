"""What the chapter prints, draws and writes out."""
