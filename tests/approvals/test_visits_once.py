"""Two dozen people who want one place, and as many numbers at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import time

import pytest
from django.db import connections

from accounts.models import User
from approvals.actions import visits as actions
from approvals.queries import visits
from casework.refusal import Refused
from tests.approvals.conftest import MADE, make_district, make_world, moment


@pytest.mark.django_db(transaction=True)
def test_many_want_the_last_place_and_numbers_at_once() -> None:
    make_district()
    world = make_world()
    people = [
        User.objects.create(
            username=f"visitor{n}", kind="person", display_name=f"访客{n}", created_at=MADE, password_changed_at=MADE
        )
        for n in range(12)
    ]
    now = moment("2026-03-06T10:00")
    day = visits.days(world.point, now)[0].day

    def book(person: User) -> str:
        try:
            return str(actions.book(world.point, person, day, time(9, 0), "", now).place)
        except Refused:
            return "full"
        finally:
            connections.close_all()

    def draw(_: int) -> int:
        try:
            return actions.draw(world.point, now).number or 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(book, people))
        numbers = list(pool.map(draw, range(24)))
    offered = visits.plan(world.point).places[time(9, 0)]
    assert sorted(place for place in places if place != "full") == [str(n) for n in range(1, offered + 1)]
    assert sorted(numbers) == list(range(1, 25))
