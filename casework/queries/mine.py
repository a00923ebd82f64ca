"""The cases of a member of the public: those of all parties for whom they may act, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from casework import registry
from casework.queries.queue import tone
from casework.queries.rights import Standing

PAGE = 25
COLUMNS = (
    "id", "code", "number", "title", "applicant_name", "organ__short_name", "procedure", "version", "state",
    "opened_at", "due_on", "ended_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MyCase:
    """One case in the list of its applicant or third party."""

    id: int
    code: str
    number: str
    title: str
    applicant: str
    organ: str
    state: str
    tone: str
    yours: bool  # whether it waits for the public side
    opened_at: datetime
    due_on: date | None
    ended_at: datetime | None


def counts(standing: Standing) -> dict[str, int]:
    """Open and ended cases. One query."""
    open_now, over = Q(ended_at=None), Q(ended_at__isnull=False)
    return standing.visible().order_by().aggregate(open=Count("pk", filter=open_now), ended=Count("pk", filter=over))


def cases(standing: Standing, ended: bool = False, before: int | None = None) -> tuple[list[MyCase], int | None]:
    """One page, and the key behind which the next one begins. One query."""
    found = standing.visible().filter(ended_at__isnull=not ended).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    rows = [_case(line) for line in found.values_list(*COLUMNS)[: PAGE + 1]]
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def _case(line: tuple[Any, ...]) -> MyCase:
    row = dict(zip(COLUMNS, line, strict=True))
    place = registry.procedure(row["procedure"], row["version"]).seen(row["state"])
    colour = tone(place)
    return MyCase(
        id=row["id"], code=row["code"], number=row["number"], title=row["title"], applicant=row["applicant_name"],
        organ=row["organ__short_name"], state=place.label, tone=colour, yours=colour == "yellow",
        opened_at=row["opened_at"], due_on=row["due_on"], ended_at=row["ended_at"],
    )  # fmt: skip
