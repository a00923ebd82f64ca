"""A city in a thread of the test."""

from tests.exchange.conftest import arrives, city

__all__ = ["arrives", "city"]
