"""What the simulator of the city says to whoever steers it."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.exchange.conftest import City


@pytest.mark.parametrize("order", [b"{", b"[]", b'{"faults": 3}', b'{"write": [{}]}'])
def test_an_order_that_cannot_be_read_is_answered(city: City, settings: Any, order: bytes) -> None:
    answer = requests.post(f"{settings.EXCHANGE_URL}/control", order, timeout=30)
    assert answer.status_code == 400
    assert answer.text
    assert requests.post(f"{settings.EXCHANGE_URL}/control", b"", timeout=30).status_code == 200
