"""How far a case is, for whoever holds its receipt: no name, no address, nothing about a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework import registry
from casework.models import Case, Deadline
from casework.queries.file import shows


@dataclass(frozen=True, slots=True)
class Progress:
    """What may be said to the holder of a receipt."""

    number: str
    item: str
    organ: str
    state: str
    text: str
    ended: bool
    due_on: date | None
    provisional: bool
    past: list[tuple[str, datetime]]
    answer: list[tuple[str, str]]
    named: bool


def progress(case: Case) -> Progress:
    """Stages passed and the stage reached. Two queries."""
    table, chapter = registry.procedure(case.procedure, case.version), registry.chapter_of(case.procedure)
    place = table.seen(case.state)
    moves = case.acts.order_by("seq").values_list("label", "at", "from_state", "to_state")
    clock = Deadline.objects.filter(case=case, owner="case", stopped_at=None, due_on=case.due_on).first()
    return Progress(
        number=case.number,
        item=case.title,
        organ=case.organ.name,
        state=place.label,
        text=chapter.progress.get(place.name, "正在办理。"),
        ended=case.ended_at is not None,
        due_on=case.due_on if not place.final else None,
        provisional=bool(clock and clock.provisional),
        past=[(label, at) for label, at, origin, target in moves if shows(table, origin, target)],
        answer=chapter.answer(case),
        named=case.applicant_id is not None,
    )
