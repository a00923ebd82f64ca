"""What a step would do, before anybody takes it: clocks with their would-be days, papers, readers, the next state.

Reads and works out; writes nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework import registry
from casework.actions import clocks
from casework.models import Case, Deadline, Suspension
from casework.people import audience
from casework.procedure import BACK, Start, Step
from casework.queries.file import CaseFile
from casework.queries.story import law_url
from law.queries import limit_for
from law.terms import LimitError
from law.wording import articles_zh, day_zh, law_zh


@dataclass(frozen=True, slots=True)
class ClockChange:
    """What becomes of one clock: 起算, 停止, 中止, 恢复 or 延长, with the day it would then end on."""

    verb: str
    name: str
    due_on: date | None = None
    provisional: bool = False
    note: str = ""
    steps: tuple[str, ...] = ()
    law: str = ""
    law_url: str = ""


@dataclass(frozen=True, slots=True)
class Prospect:
    """The consequences of a step."""

    moves_from: str
    moves_to: str
    ends: bool
    clocks: tuple[ClockChange, ...]
    papers: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def stays(self) -> bool:
        return self.moves_from == self.moves_to


def prospect(file: CaseFile, row: Step, facts: Mapping[str, Any]) -> Prospect:
    """What the step would do now, as far as the facts stated until now allow to say."""
    table, case = file.table, file.case
    target = row.to if row.moves else case.state
    if row.to == BACK:
        target = case.detours[-1] if case.detours else case.state
    papers = (registry.paper(code) for code in row.gives)
    return Prospect(
        moves_from=file.state.label,
        moves_to=table.state(target).label,
        ends=row.moves and table.state(target).final,
        clocks=tuple(_changes(file, row, facts, ends=row.moves and table.state(target).final)),
        papers=tuple(paper.title for paper in papers if paper),
        told=tuple(dict.fromkeys(audience(who) for who in row.tells)),
    )


def _changes(file: CaseFile, row: Step, facts: Mapping[str, Any], ends: bool) -> Iterator[ClockChange]:
    running = {clock.key: clock for clock in file.clocks if clock.running and clock.owner == Deadline.Owner.CASE}
    stopped = [key for key in running if ends or key in row.stops]
    for key in stopped:
        yield ClockChange("停止", _name(running[key]), running[key].due_on)
    for extend in row.extends:
        if clock := running.get(extend.key):
            twin = _twin(clock)
            twin.extended_by_id = -1
            twin.extended_to = facts.get(extend.to) if extend.to else None
            yield _worked_out("延长", twin)
    today = timezone.localdate(file.at)
    above = clocks.above(file.case, (*row.pauses, *row.resumes), running)
    for pause in row.resumes:
        if clock := running.get(pause.key) or above.get(pause.key):
            yield _worked_out("恢复", _twin(clock, ends_on=today, of=file.case))
    for pause in row.pauses:
        if clock := running.get(pause.key) or above.get(pause.key):
            begun = Suspension(deadline=clock, reason=pause.reason, starts_on=today)
            yield _worked_out("中止", _twin(clock, begun))
    for start in row.starts:
        yield _begun(file, row, start, facts)


def _twin(clock: Deadline, *more: Suspension, ends_on: date | None = None, of: Case | None = None) -> Deadline:
    """A copy of a clock that can be worked out with other suspensions, without touching the one in the file.

    Of a clock of the case above only the suspensions end that the case itself began.
    """
    twin = copy.copy(clock)
    pauses = [copy.copy(pause) for pause in clock.suspensions.all()]
    for pause in pauses:
        if of is None or clock.case_id == of.pk or pause.started_by.case_id == of.pk:
            pause.ends_on = pause.ends_on or ends_on
    twin._prefetched_objects_cache = {"suspensions": [*pauses, *more]}  # type: ignore[attr-defined]
    return twin


def _worked_out(verb: str, twin: Deadline) -> ClockChange:
    try:
        clocks.work_out(twin)
    except LimitError as error:
        return ClockChange(verb, _name(twin), note=f"{error}。")
    law = twin.limit.citation if twin.limit else ""
    on = timezone.localdate(twin.triggered_at)
    note = "" if twin.due_on else "中止期间不计入期限，恢复后重新计算到期日。"
    return ClockChange(
        verb, _name(twin), twin.due_on, twin.provisional, note, tuple(twin.explanation), law, law_url(law, on)
    )


def _name(clock: Deadline) -> str:
    return clock.limit.procedure_zh if clock.limit else "文书确定的期限"


def _begun(file: CaseFile, row: Step, start: Start, facts: Mapping[str, Any]) -> ClockChange:
    today = timezone.localdate(file.at)
    try:
        due = clocks.preview(file.case, start, file.at, facts)
        limit = limit_for(due.key if due else start.key, today)
    except LimitError as error:
        return ClockChange("起算", "期限", note=f"{error}。")
    if due is None:
        return ClockChange("起算", limit.procedure_zh, note=_later(row, start, facts))
    law = law_zh(due.law) + articles_zh(due.article)
    return ClockChange("起算", limit.procedure_zh, due.date, due.provisional, "", due.steps, law, law_url(law, today))


def _later(row: Step, start: Start, facts: Mapping[str, Any]) -> str:
    """Why the day cannot be said yet, or which day the paper fixes."""
    named = start.until or start.since
    kind, _, name = named.partition(":")
    label = next((ask.label for ask in row.asks if ask.name == name), "有关事件的日期") if name else ""
    value = facts.get(name) if name else None
    if isinstance(value, date):
        return f"以“{label}”{day_zh(value)}为准。" if kind == "fact" else f"至“{label}”{day_zh(value)}的前一日。"
    return f"填写“{label}”后确定。" if label else "自此前有关环节之日起计算。"
