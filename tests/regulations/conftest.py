"""The library of sample documents is there for every test of the chapter."""

from tests.regulations.library import library, made, organs  # noqa: F401
