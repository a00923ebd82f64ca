"""What the chapter computes without asking anything: the standing of a document, names of its kinds, the scan, and
the gates of its procedures."""

from regulations.rules.filing import *  # noqa: F403 - for the table of filings
