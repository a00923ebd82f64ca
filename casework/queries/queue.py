"""The work queue: tabs with exact counts, one page of rows, the neighbours of a case. One query each, at any size."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.prepared import A_USER
from casework import lamps, registry
from casework.models import Case
from casework.procedure import State
from casework.queries import counts as counters
from casework.queries.keyset import Place, Statement, put, window
from casework.queries.worklist import TABS, Days, Scope, Wanted, filters, tab_shares
from law.calendar import WorkCalendar
from law.wording import day_zh

PAGE = 25
REMEMBERED = 1000  # statements: to write one takes Django longer than PostgreSQL to answer it


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. `promise` is the lamp of the day that the organ promised, where it promised one."""

    id: int
    code: str
    number: str
    title: str
    applicant: str
    organ: str
    handler: str
    state: str
    tone: str
    lamp: lamps.Lamp
    promise: lamps.Lamp | None
    due_on: date | None
    ended_at: datetime | None
    seen: int
    place: Place

    @property
    def day(self) -> str:
        """The day by which the list is ordered, in words; nothing where no time counts."""
        day = timezone.localdate(self.ended_at) if self.ended_at else self.due_on
        return day_zh(day) if day else ""


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    previous: Place | None
    following: Place | None


def counts(scope: Scope, wanted: Wanted, today: date, calendar: WorkCalendar) -> dict[str, int]:
    """How many cases each tab holds under the filters. One query."""
    rows = _answers(put(_counting(_anybody(scope), wanted, _days(today, calendar)), scope.user))
    return {tab: sum(row[place] for row in rows) for place, tab in enumerate(TABS, 1)}


_counting = functools.lru_cache(REMEMBERED)(counters.counting)
_lamp = functools.lru_cache(REMEMBERED)(lamps.lamp)  # a calendar that has changed is another one


def page(
    scope: Scope,
    wanted: Wanted,
    today: date,
    calendar: WorkCalendar,
    *,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """One page of a tab in its order, behind or in front of a place; keyset paging, one query."""
    place = before or after
    dated = place and bool(place.value)
    statement = _paging(_anybody(scope), wanted, _days(today, calendar), dated, bool(before), size + 1)
    found = _answers(put(statement, scope.user, place, wanted.tab))
    rows = [_row(line, wanted.tab, today, calendar) for line in found]
    more = len(rows) > size
    rows = rows[:size]
    if before:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_previous, has_following = (more, True) if before else (after is not None, more)
    return Page(rows, rows[0].place if has_previous else None, rows[-1].place if has_following else None)


@functools.lru_cache(REMEMBERED)
def _paging(scope: Scope, wanted: Wanted, days: Days, dated: bool | None, backwards: bool, size: int) -> Statement:
    """The statement for every page alike; `dated` says whether it begins beside a row with a day or one without."""
    found = Case.objects.filter(filters(wanted), ended_at__isnull=wanted.tab != "ended").order_by()
    parts = [found.filter(share) for share in tab_shares(scope, wanted.tab, days)]
    return window(parts, wanted.tab, dated, backwards, size)


def _anybody(scope: Scope) -> Scope:
    """The scope of whoever holds the same seats: colleagues ask the same question all day, each for themselves."""
    return replace(scope, user=A_USER)


def _answers(statement: Statement) -> list[tuple[Any, ...]]:
    """The rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


@functools.lru_cache(8)
def _days(today: date, calendar: WorkCalendar) -> Days:
    return Days(today, calendar.add_working_days(today, lamps.SOON + 1))


def lines(scope: Scope, wanted: Wanted, today: date, calendar: WorkCalendar, most: int) -> list[Row]:
    """The first `most` rows of a tab in its order, for exports and bulk actions. One query."""
    statement = _paging(_anybody(scope), wanted, _days(today, calendar), None, False, most)
    found = _answers(put(statement, scope.user))
    return [_row(line, wanted.tab, today, calendar) for line in found]


def tone(place: State) -> str:
    """The colour of a state: grey once over, yellow while outsiders must act, purple while no time counts."""
    if place.final:
        return "grey"
    outside = {"citizen", "legal_person", "agent", "third_party"}
    if place.responsible and set(place.responsible) <= outside:
        return "yellow"
    return "purple" if place.reason and not place.clocks else "blue"


def _row(line: tuple[Any, ...], tab: str, today: date, calendar: WorkCalendar) -> Row:
    case, code, number, title, applicant, organ, handler, procedure, version, name, *times, seen = line
    due_on, promised, ended_at = times
    place = registry.procedure(procedure, version).state(name)
    key = ended_at if tab == "ended" else due_on
    return Row(
        id=case,
        code=code,
        number=number,
        title=title,
        applicant=applicant,
        organ=organ,
        handler=handler or "",
        state=place.label,
        tone=tone(place),
        lamp=lamps.Lamp("none", "已办结") if ended_at else _lamp(due_on, today, calendar),
        promise=_lamp(promised, today, calendar) if promised and not ended_at else None,
        due_on=due_on,
        ended_at=ended_at,
        seen=seen,
        place=Place(key.isoformat() if key else "", case),
    )
