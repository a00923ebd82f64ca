"""Figures of all cases: taken in, in hand, near and past their day, ended in time. Sums of the counters, two queries.

In time (按期办结) is a case that ended on or before the day that its running period had then; a case without a running
period is in time. `casework.queries.counts.drift` says whether the counters agree with the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection

from accounts.permissions import Snapshot
from casework import lamps, registry
from law.calendar import WorkCalendar

MONTHS = 12  # the present one and those before it
# Who sees the figures of every organ, and who those of the own one. Figures name nobody.
EVERYWHERE = frozenset({"auditor", "supervisor", "head_of_government", "district_legal_office"})
AT_HOME = frozenset({"head_of_organ", "section_head", "departmental_legal_unit"})
ROLES = EVERYWHERE | AT_HOME

_SUMS = """
    COALESCE(sum(number) FILTER (WHERE kind = 'opened' AND day >= %(first)s), 0),
    COALESCE(sum(number) FILTER (WHERE kind = 'state'), 0),
    COALESCE(sum(number) FILTER (WHERE kind = 'day' AND day >= %(today)s), 0),
    COALESCE(sum(number) FILTER (WHERE kind = 'day' AND day < %(today)s), 0),
    COALESCE(sum(number) FILTER (WHERE kind = 'ended' AND day >= %(first)s), 0),
    COALESCE(sum(number) FILTER (WHERE kind = 'ended' AND day >= %(first)s AND late), 0)
"""
_WANTED = """
    (%(everywhere)s OR organ = ANY(%(organs)s))
    AND (kind = 'state' OR kind IN ('opened', 'ended') AND day >= %(first)s OR kind = 'day' AND day < %(beyond)s)
"""
_BY_PLACE = f"""
SELECT n.organ, o.short_name, n.procedure, n.a, n.b, n.c, n.d, n.e, n.f FROM (
    SELECT organ, procedure, {_SUMS} FROM casework_count WHERE {_WANTED} GROUP BY organ, procedure
) AS n(organ, procedure, a, b, c, d, e, f) JOIN accounts_organisation o ON o.id = n.organ
"""  # noqa: S608 - constants of this module
_BY_MONTH = f"""
SELECT day, {_SUMS} FROM casework_count
WHERE {_WANTED} AND kind IN ('opened', 'ended') AND (%(organ)s IS NULL OR organ = %(organ)s)
  AND (%(procedure)s = '' OR procedure = %(procedure)s)
GROUP BY day ORDER BY day
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of cases: taken in and ended within the months shown, the others now."""

    opened: int = 0
    running: int = 0
    soon: int = 0
    overdue: int = 0
    ended: int = 0
    late: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def rate(self) -> float | None:
        """The share in time among those ended, in per cent; None where none ended."""
        return 100 * (self.ended - self.late) / self.ended if self.ended else None

    @property
    def rate_words(self) -> str:
        """Never rounded up to a hundred while one was late."""
        return "—" if self.rate is None else f"{int(self.rate * 10) / 10:.1f}%"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is about, by which key the page shows it alone, and its figures."""

    key: str
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the dashboard shows. `organs` and `procedures` are what it can be narrowed to."""

    total: Figures
    by_organ: list[Line]
    by_procedure: list[Line]
    by_month: list[Line]
    organs: list[tuple[str, str]]
    procedures: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reach:
    """Of which organs somebody may see the figures."""

    everywhere: bool
    organs: frozenset[int] = frozenset()


def reach_of(snapshot: Snapshot) -> Reach | None:
    """The reach of an official, from the seats held for all matters; None for whoever has none. No query."""
    held = [seat for seat in snapshot.seats if not seat.subject]
    if any(seat.role in EVERYWHERE for seat in held):
        return Reach(True)
    organs = frozenset(seat.organ_id for seat in held if seat.role in AT_HOME)
    return Reach(False, organs) if organs else None


def first_month(today: date) -> date:
    """The first day of the earliest month shown."""
    months = today.year * 12 + today.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def report(reach: Reach, today: date, calendar: WorkCalendar, organ: int | None = None, procedure: str = "") -> Report:
    """The figures within reach, narrowed to an organ or a procedure. Two queries."""
    values: dict[str, Any] = {
        "everywhere": reach.everywhere, "organs": sorted(reach.organs), "first": first_month(today), "today": today,
        "beyond": calendar.add_working_days(today, lamps.SOON + 1), "organ": organ, "procedure": procedure,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BY_PLACE, values)
        places = [(row[0], row[1], row[2], Figures(*row[3:])) for row in cursor.fetchall()]
        cursor.execute(_BY_MONTH, values)
        months = {row[0]: Figures(*row[1:]) for row in cursor.fetchall()}
    titles = {table.code: table.title for table in registry.procedures().values()}
    named = [(str(key), name, code, titles.get(code, code), numbers) for key, name, code, numbers in places]
    here = [one for one in named if organ is None or one[0] == str(organ)]
    chosen = [one for one in here if procedure in ("", one[2])]
    return Report(
        total=sum((one[4] for one in chosen), Figures()),
        by_organ=_lines((key, name, numbers) for key, name, _, _, numbers in chosen),
        by_procedure=_lines((code, title, numbers) for _, _, code, title, numbers in chosen),
        by_month=[
            Line(f"{day:%Y-%m}", f"{day.year}年{day.month}月", months.get(day, Figures())) for day in _months(today)
        ],
        organs=sorted({(key, name) for key, name, *_ in named}, key=_by_label),
        procedures=sorted({(code, title) for _, _, code, title, _ in named}, key=_by_label),
    )


def _by_label(one: tuple[str, str]) -> str:
    return one[1]


def _lines(parts: Iterable[tuple[str, str, Figures]]) -> list[Line]:
    """One line for each key; those with most past their day come first."""
    labels: dict[str, str] = {}
    sums: dict[str, Figures] = {}
    for key, label, numbers in parts:
        labels[key] = label
        sums[key] = sums.get(key, Figures()) + numbers
    order: Callable[[Line], tuple[int, int, str]] = lambda line: (  # noqa: E731 - named for its type
        -line.figures.overdue, -line.figures.running, line.label
    )  # fmt: skip
    return sorted((Line(key, labels[key], sums[key]) for key in sums), key=order)


def _months(today: date) -> list[date]:
    first = first_month(today)
    return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(MONTHS)]
