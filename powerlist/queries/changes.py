"""Change cases as those who work on them, and the public, look for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from casework import registry
from casework.models import Act, Case, Draft
from casework.queries.rights import Standing
from powerlist.queries.basis import Cited, cited
from powerlist.queries.known import KINDS, PROCEDURE, Text, text_of, texts_of
from powerlist.queries.organs import names_in
from powerlist.rules import item as items

PAGE = 50
CONSULTED = 10  # on a page: each is read whole, beside what stands


@dataclass(frozen=True, slots=True)
class Line:
    """A change case on the desk: where it stands, and whether it waits for the person."""

    case: Case
    state: str
    waits: bool


def on_desk(standing: Standing, ended: bool = False, before: int = 0) -> tuple[list[Line], int]:
    """One page of the change cases that the person may open, the latest first, and before which the next page begins.

    On a page those that wait for the person stand first. Two queries.
    """
    cases = standing.visible(Case.objects.filter(procedure=PROCEDURE, ended_at__isnull=not ended))
    if before:
        cases = cases.filter(pk__lt=before)
    listed = list(cases.select_related("organ").prefetch_related("participants").order_by("-id")[: PAGE + 1])
    lines = [_line(case, standing) for case in listed[:PAGE]]
    return sorted(lines, key=lambda line: not line.waits), listed[PAGE - 1].pk if len(listed) > PAGE else 0


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
    """A text beside what stands on the list, with the provisions that it rests on."""

    case: Case
    text: Text
    kind: str
    rows: list[tuple[str, str, str]]
    cited: Sequence[Cited]
    until: date | None = None
    channel: str = ""


def compared(case: Case, on: date) -> Compared | None:
    """What a case would change, element by element."""
    text = text_of(case, on)
    if text is None:
        return None
    return _compared(case, text, text.cited, names_in([text.now, text.content]))


def _compared(case: Case, text: Text, cited: Sequence[Cited], organs: Mapping[str, str], **more: Any) -> Compared:
    nothing = items.blank()
    rows = items.differences(text.now or nothing, text.content or nothing, organs)
    return Compared(case, text, KINDS.get(text.kind, text.kind), rows, cited, **more)


def consulted(on: date, before: int = 0) -> tuple[list[Compared], int]:
    """One page of the texts on which the public is asked for opinions now, and before which the next begins.

    A fixed number of queries, however many texts there are.
    """
    cases = Case.objects.filter(procedure=PROCEDURE, state="public_consultation", ended_at=None).select_related("organ")
    if before:
        cases = cases.filter(pk__lt=before)
    more = list(cases.order_by("-id")[: CONSULTED + 1])
    listed = more[:CONSULTED]
    asked, texts = _asked(listed), texts_of(listed, on)
    bases = {text.case: text.content.get("basis") or [] for text in texts.values()}
    read = {one.citation: one for one in cited({words for each in bases.values() for words in each}, on)}
    organs = names_in([item for text in texts.values() for item in (text.now, text.content)])
    shown = [
        _compared(
            case, texts[case.pk], [read[words] for words in bases[case.pk]], organs, until=_day(asked[case.pk]),
            channel=str(asked[case.pk]["channel"]),
        )
        for case in listed
    ]  # fmt: skip
    return shown, listed[-1].pk if len(more) > CONSULTED else 0


def _asked(cases: Iterable[Case]) -> dict[int, dict[str, Any]]:
    """Until when and how people are asked to answer in each case, as it was announced last. One query."""
    acts = Act.objects.filter(case__in=cases, step="open_public_consultation").order_by("seq")
    return {act.case_id: act.facts for act in acts}


def _day(facts: dict[str, Any]) -> date:
    return date.fromisoformat(str(facts["comment_until"]))


def under_way(code: str) -> bool:
    """Whether a change of the power is under way."""
    return Case.objects.filter(Q(procedure=PROCEDURE, ended_at=None, proposals__code=code)).exists()
