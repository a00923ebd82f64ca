"""Fixtures that every test may ask for."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test finds what another one left in the cache."""
    cache.clear()
