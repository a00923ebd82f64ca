"""The library of sample documents and the district whose people make documents: for every test of the chapter."""

from tests.exchange.processes import simulator
from tests.regulations.ground import house
from tests.regulations.library import library, made, organs

__all__ = ["house", "library", "made", "organs", "simulator"]
