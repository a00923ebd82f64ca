"""What programs are told of the catalogue."""
