"""What the chapter computes without asking anything: the standing of a document, names of its kinds, the scan, and
the gates of its procedures."""
