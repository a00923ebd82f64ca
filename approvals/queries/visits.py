"""Which half hours are free, one's own visits, and the line of a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from accounts.models import ServicePoint, User
from approvals.models import Visit
from approvals.rules import visits as rules
from law.queries import work_calendar

State = Visit.State
LAST_CALLED = 5


def points(on: date) -> list[ServicePoint]:
    """The service points of a day. One query."""
    return list(ServicePoint.objects.at(on).order_by("kind", "code"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its half hours and how many places each has left."""

    day: date
    slots: list[tuple[time, int]]

    @property
    def free(self) -> int:
        return sum(left for _, left in self.slots)


def days(point: ServicePoint, now: datetime) -> list[Day]:
    """The working days for which one may book. One query and the calendar."""
    calendar = work_calendar()
    found = [calendar.add_working_days(now.date(), number) for number in range(1, rules.AHEAD + 1)]
    taken = Counter(
        Visit.objects.filter(point=point, day__range=(found[0], found[-1]), slot__isnull=False)
        .exclude(state=State.CANCELLED)
        .values_list("day", "slot")
    )
    return [Day(day, [(slot, rules.PLACES - taken[day, slot]) for slot in rules.SLOTS]) for day in found]


def own(person: User, on: date) -> list[Visit]:
    """One's visits from today on. One query."""
    coming = Visit.objects.select_related("point").filter(person=person, day__gte=on)
    return list(coming.exclude(state=State.CANCELLED).order_by("day", "slot", "pk"))


def in_line(point_pk: int, on: date) -> QuerySet[Visit]:
    """Who waits, in the order in which they are called: a booked half hour that has come goes first, then by number."""
    first = Case(When(slot__isnull=False, then=Value(0)), default=Value(1), output_field=IntegerField())
    waiting = Visit.objects.filter(point=point_pk, day=on, state=State.WAITING)
    return waiting.annotate(turn=first).order_by("turn", F("slot").asc(nulls_last=True), "number")


@dataclass(frozen=True, slots=True)
class Screen:
    """What hangs above the windows: the numbers called last, and how many wait."""

    called: list[Visit]
    waiting: int


def screen(point: ServicePoint, on: date) -> Screen:
    """Two queries."""
    called = Visit.objects.filter(point=point, day=on, called_at__isnull=False).order_by("-called_at")[:LAST_CALLED]
    return Screen(list(called), in_line(point.pk, on).count())
