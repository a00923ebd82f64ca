"""Appointments hold a place, numbers have no gap, and whoever booked is called first when the time has come."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from approvals.actions import visits as actions
from approvals.models import Visit
from approvals.queries import visits
from casework.refusal import Refused
from tests.approvals.conftest import World, moment

NOW = moment("2026-03-06T10:00")  # a Friday
MONDAY, NINE = date(2026, 3, 9), time(9, 0)
THERE = moment("2026-03-09T08:50")


def booked(world: World, slot: time = NINE) -> Visit:
    return actions.book(world.point, world.citizen, MONDAY, slot, "", NOW)


def test_working_days_from_the_next_one_are_offered(world: World) -> None:
    days = visits.days(world.point, NOW)
    plan = visits.plan(world.point)
    assert (days[0].day, len(days)) == (MONDAY, plan.ahead)
    assert dict(days[0].slots) == plan.places
    booked(world)
    assert dict(visits.days(world.point, NOW)[0].slots)[NINE] == plan.places[NINE] - 1


def test_one_visit_a_day_and_pressing_again_gives_the_same(world: World) -> None:
    visit = booked(world)
    assert booked(world).pk == visit.pk
    with pytest.raises(Refused, match="已经有预约"):
        booked(world, time(9, 30))
    actions.cancel(visit)
    assert booked(world, time(9, 30)).pk != visit.pk


@pytest.mark.parametrize(
    ("day", "slot"),
    [(date(2026, 3, 7), NINE), (date(2026, 3, 6), NINE), (MONDAY, time(12, 0)), (date(2027, 1, 4), NINE)],
)
def test_what_is_not_offered_is_not_booked(world: World, day: date, slot: time) -> None:
    with pytest.raises(Refused, match="不能预约"):
        actions.book(world.point, world.citizen, day, slot, "", NOW)


def test_a_half_hour_has_so_many_places(world: World) -> None:
    for place in range(1, visits.plan(world.point).places[NINE] + 1):
        Visit.objects.create(
            point=world.point, person=world.stranger, day=MONDAY, slot=NINE, place=place, state="served",
            number=place, made_at=NOW,
        )  # fmt: skip
    with pytest.raises(Refused, match="已经约满"):
        booked(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(
            point=world.point, person=world.citizen, day=MONDAY, slot=NINE, place=1, state="booked", made_at=NOW
        )


def test_whoever_booked_goes_first_then_by_number(world: World) -> None:
    visit = booked(world)
    with pytest.raises(Refused, match="不是今天"):
        actions.check_in(visit, NOW)
    first, second = actions.draw(world.point, THERE), actions.draw(world.point, THERE)
    assert actions.check_in(visit, THERE).number == 3
    assert actions.check_in(visit, THERE).number == 3
    called = [actions.call_next(world.point, world.clerk, "3号", THERE) for _ in range(4)]
    assert [one.pk if one else None for one in called] == [visit.pk, first.pk, second.pk, None]
    states = set(Visit.objects.filter(day=MONDAY).values_list("state", flat=True))
    assert states == {"served"}


def test_a_number_that_nobody_answers_is_put_aside(world: World) -> None:
    actions.draw(world.point, THERE)
    called = actions.call_next(world.point, world.clerk, "", THERE)
    assert called
    assert actions.missed(called, world.officer).state == "called", "another clerk's"
    assert actions.missed(called, world.clerk).state == "missed"
