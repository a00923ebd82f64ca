"""A cache that does not answer makes nobody wait: it is left alone, and one at a time asks whether it is back."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.core.cache import cache

from portal.cache import PAUSE, Cache, Pause


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        listening.setblocking(False)
        Pause.ends = 0.0
        yield listening
        Pause.ends = 0.0


def client(server: socket.socket) -> Cache:
    address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
    return Cache(address, {"OPTIONS": {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}})


def asked(server: socket.socket) -> int:
    """How many connections came since the last look."""
    number = 0
    with suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            number += 1
    return number


def test_a_server_that_hangs_is_left_alone_after_the_first_question(server: socket.socket) -> None:
    hanging = client(server)
    assert [hanging.get("a", "nothing") for _ in range(5)] == ["nothing"] * 5
    assert asked(server) == 1
    assert 0 < Pause.ends - time.monotonic() <= PAUSE


def test_one_alone_asks_whether_it_is_back(server: socket.socket) -> None:
    Pause.ends = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: client(server).get("a"), range(8)))
    assert found == [None] * 8
    assert asked(server) == 1


def test_a_server_that_answers_again_is_asked_again(server: socket.socket) -> None:
    client(server).get("a")
    Pause.ends = time.monotonic()
    cache.set("a", 1)
    assert (Pause.ends, cache.get("a")) == (0.0, 1)
