"""Hours of a point under hands that come at one instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.models import User
from approvals.actions import visits as actions
from casework.refusal import Refused
from tests.approvals.conftest import make_district, make_world
from tests.approvals.test_visit_hours import MONDAY, NINE, NOW, manager


@pytest.mark.django_db(transaction=True)
def test_two_managers_and_a_visitor_at_one_instant() -> None:
    """Of two who were shown the same plan one sets it; whoever books meanwhile has a place of one of the plans."""
    make_district()
    world = make_world()
    people = [manager(), manager(role="head_of_organ")]

    def settle(user: User) -> str:
        try:
            actions.set_hours(world.point, 3, {NINE: 1}, user, NOW, seen=None)
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "set"

    def book(user: User) -> str:
        try:
            return str(actions.book(world.point, user, MONDAY, NINE, "", NOW).place)
        except Refused:
            return "full"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(settle, user) for user in people]
        booked = [pool.submit(book, user) for user in (world.citizen, world.stranger)]
        assert sorted(one.result() for one in done) == ["refused", "set"]
        assert "1" in {one.result() for one in booked}
