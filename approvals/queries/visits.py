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
from approvals.queries import items
from approvals.rules.visits import Plan
from casework.queries.rights import Standing
from law.queries import work_calendar

State = Visit.State
LAST_CALLED = 5
MOST = 50  # of one list of a window
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


def in_line(point_pk: int, now: datetime) -> QuerySet[Visit]:
    """Who waits, in the order in which they are called: a booked half hour that has come goes first, then by number.

    Whoever booked and comes early waits like everybody else until then.
    """
    come = When(slot__lte=now.time(), then=Value(0))
    waiting = Visit.objects.filter(point=point_pk, day=now.date(), state=State.WAITING)
    ranked = waiting.annotate(turn=Case(come, default=Value(1), output_field=IntegerField()))
    return ranked.order_by("turn", Case(When(turn=0, then=F("slot"))), "number")


def matters(point: ServicePoint, on: date) -> list[tuple[str, str]]:
    """Code and name of what may be brought to a point. One query."""
    return list(items.served_by([point.pk], on).values_list("code", "name"))


@dataclass(frozen=True, slots=True)
class Today:
    """What a window sees of its day: who waits, who booked and has not come, and whose number nobody answered."""

    waiting: list[Visit]
    booked: list[Visit]
    missed: list[Visit]
    called: Visit | None


def today(point: ServicePoint, clerk: User, now: datetime) -> Today:
    """Three queries."""
    of_day = Visit.objects.filter(point=point, day=now.date()).select_related("person")
    others = list(of_day.filter(state__in=(State.BOOKED, State.MISSED, State.CALLED)).order_by("slot", "number"))
    return Today(
        waiting=list(in_line(point.pk, now)[:MOST]),
        booked=[one for one in others if one.state == State.BOOKED][:MOST],
        missed=[one for one in others if one.state == State.MISSED][:MOST],
        called=next((one for one in others if one.state == State.CALLED and one.called_by_id == clerk.pk), None),
    )


@dataclass(frozen=True, slots=True)
class Screen:
    """What hangs above the windows: the numbers called last, and how many wait."""

    called: list[Visit]
    waiting: int


def screen(point: ServicePoint, now: datetime) -> Screen:
    """Two queries."""
    called = Visit.objects.filter(point=point, day=now.date(), called_at__isnull=False)
    return Screen(list(called.order_by("-called_at")[:LAST_CALLED]), in_line(point.pk, now).count())
