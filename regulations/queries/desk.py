"""Cases of this chapter as those who work on them look for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casework import registry
from casework.models import Case, Draft
from casework.queries.rights import Standing
from regulations.queries.making import PROCEDURE

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A case on the desk: where it stands, and whether it waits for the person."""

    case: Case
    state: str
    waits: bool


def on_desk(
    standing: Standing, procedure: str, ended: bool = False, after: int | None = None
) -> tuple[list[Line], int | None]:
    """Cases of a procedure that the person may open, the newest first, and where the next page begins. A few queries,
    however many they are."""
    cases = standing.visible(Case.objects.filter(procedure=procedure, ended_at__isnull=not ended))
    if after:
        cases = cases.filter(pk__lt=after)
    listed = list(cases.select_related("organ").prefetch_related("participants").order_by("-id")[: PAGE + 1])
    following = listed[PAGE - 1].pk if len(listed) > PAGE else None
    standing.remember_all(listed[:PAGE])
    return [_line(case, standing) for case in listed[:PAGE]], following


def _line(case: Case, standing: Standing) -> Line:
    table = registry.procedure(case.procedure, case.version)
    place = table.state(case.state)
    rows = [row for row in table.steps_from(case.state, standing.on) if row.moves and not row.by_the_law]
    rows = [row for row in rows if set(row.by) & set(place.responsible)]
    parts = [part for part in case.participants.all() if part.until is None]
    return Line(case, place.label, any(standing.actors(case, row, parts) for row in rows))


def drafts_of(user: Any) -> QuerySet[Draft]:
    """What the person has begun to propose and not handed in."""
    return Draft.objects.filter(owner=user, case=None, procedure=PROCEDURE).order_by("-saved_at")
