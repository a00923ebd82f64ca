"""From rows to the plain `Situation` that gates look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Party
from accounts.prepared import A_CODE, A_DAY, AN_ID, Prepared
from casework import registry
from casework.facts import thawed
from casework.models import Act, Case, Deadline
from casework.procedure import Ask, Procedure
from casework.situation import Child, Children, Clock, Done, Known, Situation
from law import limits
from law.queries import limit_for, work_calendar


def last_day(key: str, trigger: datetime) -> date | None:
    """The last day of a limit counted from a moment, without suspensions."""
    limit = limit_for(key, timezone.localdate(trigger))
    start = trigger if limit.unit == "hour" else timezone.localdate(trigger)
    return limits.due(start, limit, work_calendar()).date


_BARS = Prepared(
    Deadline.objects.filter(party=AN_ID, owner="party", stopped_at=None, due_on__gte=A_DAY, case__matter=A_CODE).only(
        "key"
    )
)


def bars_against(party: Party | None, matter: str, on: date) -> frozenset[str]:
    """Keys of the bars that stand against a party for a kind of matter on a day (行政许可法 78, 79)."""
    if party is None:
        return frozenset()
    return frozenset(each.key for each in _BARS.rows({AN_ID: party.pk, A_DAY: on, A_CODE: matter}))


def situation(
    case: Case,
    procedure: Procedure,
    at: datetime,
    *,
    actor: int | None = None,
    role: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Situation:
    """The case as it stands at `at`, for one step about to be taken; seven queries at most, whatever its size."""
    acts = list(Act.objects.filter(case=case).order_by("seq")) if case.pk else []
    clocks: Iterable[Deadline] = ()
    if case.pk:
        own = Deadline.objects.filter(case=case, owner="case").order_by("id")
        clocks = own.prefetch_related("suspensions").select_related("started_by")
    known = registry.chapter_of(case.procedure).known(case, facts or {}, at)
    bars = bars_against(case.applicant, case.matter, timezone.localdate(at))
    return assemble(
        case, procedure, at, acts=acts, clocks=clocks, children=children_of(case), bars=bars, known=known,
        actor=actor, role=role, facts=facts or {},
    )  # fmt: skip


def children_of(case: Case) -> Sequence[Child]:
    """The cases opened out of one, as gates look at them. One query, when one of them does."""
    if not case.pk:
        return ()
    told = case.children.values_list("procedure", "state", "ended_at")
    return Children(lambda: (Child(procedure, state, ended is not None) for procedure, state, ended in told))


def assemble(
    case: Case,
    procedure: Procedure,
    at: datetime,
    *,
    acts: Iterable[Act],
    clocks: Iterable[Deadline],
    children: Sequence[Child],
    bars: frozenset[str] = frozenset(),
    known: Mapping[str, Any] | None = None,
    actor: int | None = None,
    role: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Situation:
    """The same from rows that were read already: acts in their order, the case's own clocks with their suspensions."""
    asked = {row.name: row.asks for row in procedure.steps}
    return Situation(
        state=case.state,
        at=at,
        today=timezone.localdate(at),
        opened_at=case.opened_at,
        actor=actor,
        role=role,
        facts={} if facts is None else facts,
        acts=[_done(act, asked.get(act.step, ())) for act in acts],
        clocks=[_clock(deadline) for deadline in clocks],
        children=children,
        parent_state=case.parent.state if case.parent else "",
        bars=bars,
        known=Known(known or {}),
        due=last_day,
    )


def _done(act: Act, asks: Sequence[Ask]) -> Done:
    return Done(act.step, act.actor_id, act.role, act.at, thawed(asks, act.facts), act.to_state)


def _clock(deadline: Deadline) -> Clock:
    return Clock(
        key=deadline.key,
        due=deadline.due_on,
        due_at=deadline.due_at,
        running=deadline.running,
        paused=any(pause.ends_on is None for pause in deadline.suspensions.all()),
        extended=deadline.extended_by_id is not None,
        since_act=deadline.started_by.seq,
    )
