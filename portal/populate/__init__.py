"""A realistic load for measurements: years of sample cases, written through COPY. Nobody in it exists."""

from portal.populate.load import Loaded, Unwilling, load

__all__ = ["Loaded", "Unwilling", "load"]
