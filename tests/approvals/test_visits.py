"""Appointments hold a place, numbers have no gap, and whoever booked is called first when the time has come."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from approvals.actions import visits as actions
from approvals.models import Visit
from approvals.queries import visits
from casework.refusal import Refused
from tests.approvals.conftest import FOOD, World, moment

NOW = moment("2026-03-06T10:00")  # a Friday
MONDAY, NINE = date(2026, 3, 9), time(9, 0)
EARLY, THERE = moment("2026-03-09T08:50"), moment("2026-03-09T09:00")


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
    first, second = actions.draw(world.point, EARLY), actions.draw(world.point, EARLY)
    assert actions.check_in(visit, THERE).number == 3
    assert actions.check_in(visit, THERE).number == 3
    called = [actions.call_next(world.point, world.clerk, "3号", THERE) for _ in range(4)]
    assert [one.pk if one else None for one in called] == [visit.pk, first.pk, second.pk, None]
    states = set(Visit.objects.filter(day=MONDAY).values_list("state", flat=True))
    assert states == {"served"}


def test_whoever_booked_and_comes_early_waits_like_everybody_until_then(world: World) -> None:
    first = actions.draw(world.point, EARLY)
    visit = booked(world)
    actions.check_in(visit, EARLY)
    second = actions.draw(world.point, EARLY)

    def turns(at: datetime) -> list[int]:
        return [one.pk for one in visits.in_line(world.point.pk, localtime(at))]

    assert turns(EARLY) == [first.pk, visit.pk, second.pk]
    assert turns(THERE) == [visit.pk, first.pk, second.pk]
    assert turns(moment("2026-03-09T11:00")) == [visit.pk, first.pk, second.pk]


def test_of_two_whose_time_has_come_the_earlier_half_hour_goes_first(world: World) -> None:
    late = booked(world, time(9, 30))
    early = actions.book(world.point, world.stranger, MONDAY, NINE, "", NOW)
    for visit in (late, early):
        actions.check_in(visit, EARLY)
    walked = actions.draw(world.point, EARLY)
    there = visits.in_line(world.point.pk, localtime(moment("2026-03-09T09:10")))
    assert [one.pk for one in there] == [early.pk, late.pk, walked.pk]
    assert [one.number for one in there] == [2, 1, 3], "the half hour of the second has not come: it waits by number"


def test_a_visit_is_about_an_item_that_the_point_takes_in(world: World) -> None:
    visit = actions.book(world.point, world.citizen, MONDAY, NINE, FOOD, NOW)
    assert visit.matter == FOOD
    assert (FOOD, world.item().name) in visits.matters(world.point, MONDAY)
    with pytest.raises(Refused, match="不办理所选的事项"):
        actions.book(world.point, world.stranger, MONDAY, NINE, "DC-XFJY-XFJC", NOW)
    with pytest.raises(Refused, match="不办理所选的事项"):
        actions.draw(world.point, THERE, "NO-SUCH")
    assert actions.draw(world.point, THERE, FOOD).matter == FOOD


def test_a_missed_number_is_called_again_and_a_served_one_is_over(world: World) -> None:
    first, second = actions.draw(world.point, THERE), actions.draw(world.point, THERE)
    called = actions.call_next(world.point, world.clerk, "3号", THERE)
    assert called
    with pytest.raises(Refused, match="不是今天的过号"):
        actions.call_again(called, world.clerk, "3号", THERE)
    actions.missed(called, world.clerk)
    other = actions.call_next(world.point, world.clerk, "3号", THERE)
    assert other
    assert other.pk == second.pk
    again = actions.call_again(called, world.clerk, "3号", THERE)
    assert again
    assert (again.pk, again.number, again.state) == (first.pk, 1, "called")
    other.refresh_from_db()
    assert other.state == "served"
    assert actions.served(again, world.officer).state == "called", "another clerk's"
    assert actions.served(again, world.clerk).state == "served"
    with pytest.raises(Refused, match="不是今天的过号"):
        actions.call_again(again, world.clerk, "3号", THERE)


def test_a_number_that_nobody_answers_is_put_aside(world: World) -> None:
    actions.draw(world.point, THERE)
    called = actions.call_next(world.point, world.clerk, "", THERE)
    assert called
    assert actions.missed(called, world.officer).state == "called", "another clerk's"
    assert actions.missed(called, world.clerk).state == "missed"
