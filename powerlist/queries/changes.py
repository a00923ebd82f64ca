"""Change cases as those who work on them, and the public, look for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework import registry
from casework.models import Act, Case, Draft
from casework.queries.rights import Standing
from powerlist.queries.known import KINDS, PROCEDURE, Text, text_of
from powerlist.rules import item as items

MOST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A change case on the desk: where it stands, and whether it waits for the person."""

    case: Case
    state: str
    waits: bool


def on_desk(standing: Standing, ended: bool = False) -> list[Line]:
    """The change cases that the person may open, those that wait for the person first. Two queries."""
    cases = standing.visible(Case.objects.filter(procedure=PROCEDURE, ended_at__isnull=not ended))
    listed = list(cases.select_related("organ").prefetch_related("participants").order_by("-id")[:MOST])
    lines = [_line(case, standing) for case in listed]
    return sorted(lines, key=lambda line: not line.waits)


def _line(case: Case, standing: Standing) -> Line:
    table = registry.procedure(case.procedure, case.version)
    place = table.state(case.state)
    rows = [row for row in table.steps_from(case.state, standing.on) if row.moves and not row.by_the_law]
    rows = [row for row in rows if set(row.by) & set(place.responsible)]
    parts = [part for part in case.participants.all() if part.until is None]
    return Line(case, place.label, any(standing.actors(case, row, parts) for row in rows))


def drafts_of(user: Any) -> QuerySet[Draft]:
    """What the person has begun and not proposed."""
    mine = Draft.objects.filter(owner=user, case=None, procedure=PROCEDURE).exclude(step="complete")
    return mine.order_by("-saved_at")


@dataclass(frozen=True, slots=True)
class Compared:
    """A text beside what stands on the list."""

    case: Case
    text: Text
    kind: str
    rows: list[tuple[str, str, str]]
    until: str = ""


def compared(case: Case, on: date) -> Compared | None:
    """What a case would change, element by element."""
    text = text_of(case, on)
    if text is None:
        return None
    nothing = items.blank()
    rows = items.differences(text.now or nothing, text.content or nothing)
    return Compared(case, text, KINDS.get(text.kind, text.kind), rows)


def consulted(on: date) -> list[Compared]:
    """The texts on which the public is asked for opinions now."""
    cases = Case.objects.filter(procedure=PROCEDURE, state="public_consultation", ended_at=None).select_related("organ")
    listed = list(cases.order_by("-id")[:MOST])
    until = _until(listed)
    found = ((compared(case, on), until.get(case.pk, "")) for case in listed)
    return [Compared(one.case, one.text, one.kind, one.rows, day) for one, day in found if one]


def _until(cases: Iterable[Case]) -> dict[int, str]:
    acts = Act.objects.filter(case__in=cases, step="open_public_consultation").order_by("seq")
    return {act.case_id: str(act.facts["comment_until"]) for act in acts}


def under_way(code: str) -> bool:
    """Whether a change of the power is under way."""
    return Case.objects.filter(Q(procedure=PROCEDURE, ended_at=None, proposals__code=code)).exists()
