"""The library of sample documents and the district whose people make documents: for every test of the chapter."""

from tests.exchange.processes import simulator  # noqa: F401
from tests.regulations.ground import house  # noqa: F401
from tests.regulations.library import library, made, organs  # noqa: F401
