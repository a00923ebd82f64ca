"""A city in a thread of the test: the simulator over real HTTP, with a book and dice of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, Seat, User
from casework.models import Message
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from exchange.rules import letters, signed
from exchange.rules.letters import Letter
from exchange.rules.signed import Signer
from portal.municipal.book import Book
from portal.municipal.faults import Dice, Faults
from portal.municipal.platform import Platform, Server
from tests.approvals.conftest import MADE, district, media, world
from tests.exchange.processes import simulator
from tests.exchange.samples import CITY, DISTRICT, letter

__all__ = ["Arrives", "City", "arrives", "city", "district", "media", "simulator", "world"]


class City:
    """The simulator, and what a test does with it."""

    def __init__(self, platform: Platform, server: Server) -> None:
        self.platform, self.server, self.book = platform, server, platform.book

    @property
    def signer(self) -> Signer:
        return self.platform.signer

    def misbehave(self, **faults: int) -> None:
        self.platform.dice.faults = Faults.of(faults)

    def written(self, one: Letter, at: datetime | None = None) -> bytes:
        """A message of the city as it goes over the wire."""
        return letters.written(one, timezone.localtime(at), self.signer)

    def says(self, kind: str, body: dict[str, Any], stream: str = "BJ-1", sequence: int = 1, **more: Any) -> bytes:
        return self.written(letter(kind, body, stream, sequence, **more))


@pytest.fixture
def city(tmp_path: Path, settings: Any) -> Iterator[City]:
    version = max(settings.EXCHANGE_SIMULATOR_KEYS)
    newest = max(settings.EXCHANGE_KEYS)
    ours = signed.signer(DISTRICT, newest, settings.EXCHANGE_KEYS[newest])
    platform = Platform(
        book=Book(tmp_path / "city" / "book.sqlite3"),
        signer=signed.signer(CITY, version, settings.EXCHANGE_SIMULATOR_KEYS[version]),
        keys={ours.key: ours.private.public_key()},
        ends=(CITY, DISTRICT),
        dice=Dice(7),
    )
    server = Server(platform, 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.EXCHANGE_URL = f"http://127.0.0.1:{server.server_port}"
    yield City(platform, server)
    server.shutdown()
    thread.join()
    server.server_close()


Arrives = Callable[..., Message]


@pytest.fixture
def arrives(city: City) -> Arrives:
    """A message of the city comes in and is looked at."""

    def come(kind: str, body: dict[str, Any], stream: str = "BJ-1", sequence: int = 1) -> Message:
        receive(city.says(kind, body, stream, sequence), timezone.now())
        take_in(timezone.now(), 10)
        return Message.objects.get(direction="in", stream=stream, sequence=sequence)

    return come


def official(name: str, role: str, organ: str) -> User:
    account = User.objects.create(
        username=name, kind="staff", display_name=f"{name}示例", created_at=MADE, password_changed_at=MADE
    )
    place = Organisation.objects.get(code=organ)
    Seat.objects.create(user=account, role=role, organisation=place, since=date(2026, 1, 1))
    return account


@pytest.fixture
def keepers(request: pytest.FixtureRequest) -> tuple[User, User]:
    """Two who look after the exchange, in the world of licensing."""
    request.getfixturevalue("world")
    return official("one", "exchange_officer", "DC-ZFJ"), official("two", "exchange_officer", "DC-ZFJ")
