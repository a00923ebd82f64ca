"""The lead organ's board: the bundles under way with their parts, who is late and who waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from approvals.queries import parts
from approvals.queries.bundles import BUNDLE
from approvals.rules.bundles import REFUSED, SETTLED, UNNEEDED
from casework import lamps, registry
from casework.models import Case, Participant
from casework.queries.queue import tone
from casework.queries.worklist import Scope
from law.queries import work_calendar

PAGE = 20


@dataclass(frozen=True)
class Line:
    """One part: what it is, where it stands, for whom it waits, and how its organ stands to its own days.

    `code` is empty for those who may not open it: an organ beside the lead opens its own parts only.
    """

    code: str
    item: str
    organ: str
    handler: str
    state: str
    tone: str
    waits_for: tuple[str, ...]
    due_on: date | None
    late: bool
    silent: bool  # it has not said yet whether its materials are complete, and the time for that is running out


@dataclass(frozen=True)
class Row:
    """One bundle. `may_press`: whoever looks is a case officer of the organ that leads it."""

    code: str
    number: str
    title: str
    applicant: str
    state: str
    tone: str
    due_on: date | None
    lamp: lamps.Lamp
    may_press: bool
    lines: list[Line]

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)

    @property
    def silent(self) -> int:
        return sum(line.silent for line in self.lines)

    @property
    def open(self) -> int:
        """How many organs have not said what they have to say."""
        return sum(line.tone != "green" for line in self.lines)


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    next: int | None


def page(scope: Scope, on: date, after: int | None = None, size: int = PAGE) -> Page:
    """The bundles that one's organs lead or take part in, the oldest first. Five queries, however many parts."""
    found = Case.objects.filter(procedure=BUNDLE, ended_at=None).select_related("organ")
    if not scope.everything:
        organs = sorted(scope.organs)
        beside = Participant.objects.filter(role="member", organisation__in=organs, until=None)
        found = found.filter(Q(organ__in=organs) | Q(pk__in=beside.values("case")))
    if after:
        found = found.filter(pk__gt=after)
    cases = list(found.order_by("pk")[: size + 1])
    shown, calendar = cases[:size], work_calendar()
    lines = parts.several(shown, on)
    rows = []
    for case in shown:
        place = registry.procedure(case.procedure, case.version).state(case.state)
        rows.append(
            Row(
                case.code, case.number, case.title, case.applicant_name, place.label, tone(place), case.due_on,
                lamps.lamp(case.due_on, on, calendar), ("case_officer", case.organ_id) in scope.roles,
                _lines(lines[case.pk], None if scope.everything or case.organ_id in scope.organs else scope.organs),
            )
        )  # fmt: skip
    return Page(rows, shown[-1].pk if len(cases) > size else None)


def _lines(found: list[parts.Standing], opened_by: frozenset[int] | None) -> list[Line]:
    """The parts in lines; those of other organs than `opened_by` (None: all may be opened) without their code."""
    by_item = {part.view.item: part for part in found}
    return [
        Line(
            code=part.case.code if opened_by is None or part.case.organ_id in opened_by else "",
            item=part.case.title,
            organ=part.case.organ.short_name,
            handler=part.case.handler.display_name if part.case.handler else "",
            state=registry.procedure(part.case.procedure, part.case.version).state(part.case.state).label,
            tone="green" if part.view.state in SETTLED | UNNEEDED else "red" if part.view.state in REFUSED else "blue",
            waits_for=tuple(
                by_item[code].case.title
                for code in part.view.first
                if code in by_item and by_item[code].view.state not in SETTLED and not part.settled
            ),
            due_on=None if part.settled else part.due_on,
            late=part.view.late,
            silent=part.view.silent,
        )
        for part in found
    ]
