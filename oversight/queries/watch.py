"""The steps that are past their day or near it, by law or by promise, with who has to act. Two queries at any size.

The days stand on the case (`due_on`, `promised_on`); what near means says `casework.lamps`, as in the work queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Least

from accounts.roles import PUBLIC_ROLES, label
from casework import lamps, registry
from casework.models import Case
from casework.queries.keyset import Beyond, Place
from law.calendar import WorkCalendar
from oversight.queries.figures import Reach

PAGE = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One case: where it stands, who has to act there, and the lamps of the law's day and of the promised one."""

    code: str
    number: str
    title: str
    organ: str
    organ_id: int
    state: str
    responsible: str
    due_on: date | None
    promised_on: date | None
    lamp: lamps.Lamp
    promise: lamps.Lamp
    place: Place


@dataclass(frozen=True, slots=True)
class Organ:
    """One organ with its lamps."""

    key: int
    name: str
    red: int
    yellow: int


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    next: Place | None


def organs(reach: Reach, today: date, calendar: WorkCalendar) -> list[Organ]:
    """The organs within reach that have lamps, those with most red ones first. One query."""
    rows = _watched(reach, today, calendar).values("organ", "organ__short_name").annotate(
        red=Count("pk", filter=Q(day__lt=today)), yellow=Count("pk", filter=Q(day__gte=today))
    )  # fmt: skip
    found = [Organ(row["organ"], row["organ__short_name"], row["red"], row["yellow"]) for row in rows.order_by()]
    return sorted(found, key=lambda one: (-one.red, -one.yellow, one.name))


def page(
    reach: Reach, today: date, calendar: WorkCalendar, organ: int | None = None, after: Place | None = None,
    size: int = PAGE,
) -> Page:  # fmt: skip
    """The cases behind a place, the longest past their day first. One query."""
    found = _watched(reach, today, calendar)
    if organ is not None:
        found = found.filter(organ=organ)
    if after:
        found = found.filter(Q(Beyond(">", day=date.fromisoformat(after.value), id=after.id)))
    cases = list(found.select_related("organ", "handler").order_by("day", "id")[: size + 1])
    rows = [_row(case, today, calendar) for case in cases[:size]]
    return Page(rows, rows[-1].place if len(cases) > size else None)


def _watched(reach: Reach, today: date, calendar: WorkCalendar) -> Any:
    """The cases with lamps, with the earlier of both days as `day`."""
    beyond = calendar.add_working_days(today, lamps.SOON + 1)
    found = Case.objects.filter(ended_at=None).annotate(day=Least("due_on", "promised_on")).filter(day__lt=beyond)
    return found if reach.everywhere else found.filter(organ__in=sorted(reach.organs))


def _row(case: Case, today: date, calendar: WorkCalendar) -> Row:
    place = registry.procedure(case.procedure, case.version).state(case.state)
    day = min(one for one in (case.due_on, case.promised_on) if one)
    return Row(
        code=case.code, number=case.number, title=case.title, organ=case.organ.short_name, organ_id=case.organ_id,
        state=place.label, responsible=_responsible(case, place.responsible), due_on=case.due_on,
        promised_on=case.promised_on, lamp=lamps.lamp(case.due_on, today, calendar),
        promise=lamps.lamp(case.promised_on, today, calendar), place=Place(day.isoformat(), case.pk),
    )  # fmt: skip


def _responsible(case: Case, roles: tuple[str, ...]) -> str:
    """Who has to act: the officer who has the case in hand, else those who hold the roles; or the applicant."""
    if roles and set(roles) <= PUBLIC_ROLES:
        return "申请人"
    if case.handler and ("case_officer" in roles or not roles):
        return case.handler.display_name
    words = "、".join(label(role) for role in roles if role not in PUBLIC_ROLES)
    return f"{words}（未分派）" if "case_officer" in roles else words
