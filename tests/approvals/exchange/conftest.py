"""A city in a thread of the test."""

from tests.exchange.conftest import arrives, city  # noqa: F401
