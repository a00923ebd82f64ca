"""Somebody opens an opinion at the instant at which it is taken back: either it stands, or it was never shown."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.test import Client

from approvals.models import OpinionReading
from casework.models import Act
from casework.queries.audit import faults
from casework.refusal import Refused
from tests.approvals.bundle_world import BATHS, Street, make_street
from tests.approvals.conftest import make_district, make_world
from tests.approvals.pages import text

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "符合法定条件、标准。"  # of the opinion
AT = "2026-03-06T10:00"


@pytest.fixture
def street(transactional_db: None) -> Street:
    make_district()
    street = make_street(make_world())
    street.accepted(books="no", banner="no")
    street.agree(BATHS, "2026-03-05T10:00")
    return street


def read(client: Client, street: Street) -> str:
    """What the supervisor sees of the part."""
    try:
        return text(client.get(f"/cases/{street.part(BATHS).code}/"))
    finally:
        connection.close()


def take_back(street: Street) -> str:
    try:
        street.take(street.part(BATHS), "take_back_opinion", "wjw-head", AT, reasons="记载有误。")
    except Refused:
        return "refused"
    finally:
        connection.close()
    return "taken back"


def test_a_reader_waits_for_whoever_is_taking_it_back_and_sees_no_opinion(street: Street) -> None:
    client = street.world.client(street.user("supervisor"))
    acted, commit = Event(), Event()

    def act() -> None:
        try:
            with transaction.atomic():
                street.take(street.part(BATHS), "take_back_opinion", "wjw-head", AT, reasons="记载有误。")
                acted.set()
                commit.wait(30)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        acting = pool.submit(act)
        acted.wait(30)
        reading = pool.submit(read, client, street)
        time.sleep(0.5)
        assert not reading.done(), "it is not shown while it is being taken back"
        commit.set()
        acting.result(60)
        page = reading.result(60)
    assert "成员机关审查" in page
    assert page.count("出具同意意见") <= 1, "as an act that was undone, not as where the part stands"


def test_whoever_has_it_open_keeps_it_from_being_taken_back(street: Street) -> None:
    client = street.world.client(street.user("supervisor"))
    assert WORDS in read(client, street)
    assert take_back(street) == "refused"


@pytest.mark.parametrize("turn", range(4))
def test_at_one_instant_one_of_both(street: Street, turn: int) -> None:
    clients = [street.world.client(street.user(name)) for name in ("supervisor", "officer")]
    together = Barrier(3)

    def reader(client: Client) -> str:
        together.wait(30)
        time.sleep(0.004 * turn)
        return read(client, street)

    def taker() -> str:
        together.wait(30)
        return take_back(street)

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(reader, client) for client in clients]
        done = pool.submit(taker).result(60)
        pages = [one.result(60) for one in readers]
    part = street.part(BATHS)
    said = Act.objects.filter(case=part, step="agree").get()
    if done == "refused":
        assert part.state == "agreed"
        assert OpinionReading.objects.filter(act=said).exists()
    else:
        assert part.state == "examining"
        assert all("成员机关审查" in page for page in pages if "您要的页面" not in page)
    assert faults() == []
