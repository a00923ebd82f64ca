"""Which half hours are free, one's own visits, and the line of a day."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from accounts.models import ServicePoint, User
from approvals.models import Visit, VisitPlan
from approvals.rules.visits import Plan
from casework.queries.rights import Standing
from law.queries import work_calendar

State = Visit.State
LAST_CALLED = 5
LAST_CHANGES = 10
MANAGERS = ("section_head", "head_of_organ")
TABLE = Path(__file__).resolve().parent.parent / "data" / "visit_hours.csv"


def points(on: date) -> list[ServicePoint]:
    """The service points of a day. One query."""
    return list(ServicePoint.objects.at(on).order_by("kind", "code"))


@lru_cache(1)
def _by_kind() -> dict[str, Plan]:
    """What holds where nobody has set anything, by the kind of the point."""
    found: dict[str, Plan] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            before = found.get(row["kind"])
            places = {**(before.places if before else {}), time.fromisoformat(row["slot"]): int(row["places"])}
            found[row["kind"]] = Plan(int(row["ahead"]), places)
    return found


def plan(point: ServicePoint) -> Plan:
    """How a point receives visitors now. One query."""
    row = VisitPlan.objects.filter(point=point).order_by("-id").first()
    if row is None:
        return _by_kind()[point.kind]
    return Plan(row.ahead, {time.fromisoformat(slot): places for slot, places in sorted(row.places.items())}, row.pk)


def managed(user: User, on: date) -> list[ServicePoint]:
    """The points whose hours somebody sets: those of the organ that they lead, and of the organs below it."""
    led = [seat.organisation for seat in Standing(user, on).seats if seat.role in MANAGERS]
    below = Q(organisation__in=led) | Q(organisation__parent__in=led)
    return list(ServicePoint.objects.at(on).filter(below).order_by("kind", "code")) if led else []


def changes(point: ServicePoint) -> list[VisitPlan]:
    """Who set the hours of a point, the latest first. One query."""
    return list(VisitPlan.objects.filter(point=point).select_related("set_by").order_by("-id")[:LAST_CHANGES])


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its half hours and how many places each has left."""

    day: date
    slots: list[tuple[time, int]]

    @property
    def free(self) -> int:
        return sum(left for _, left in self.slots)


def days(point: ServicePoint, now: datetime) -> list[Day]:
    """The working days for which one may book. Two queries and the calendar."""
    calendar, settled = work_calendar(), plan(point)
    found = [calendar.add_working_days(now.date(), number) for number in range(1, settled.ahead + 1)]
    taken = Counter(
        Visit.objects.filter(point=point, day__range=(found[0], found[-1]), slot__isnull=False)
        .exclude(state=State.CANCELLED)
        .values_list("day", "slot")
    )
    return [
        Day(day, [(slot, max(0, places - taken[day, slot])) for slot, places in settled.places.items()])
        for day in found
    ]


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
