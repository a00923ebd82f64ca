"""Clocks of a case: started, stopped, paused, resumed and extended by acts, and worked out anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from casework import lamps, registry
from casework.models import Act, Case, Deadline, Decision, Suspension
from casework.procedure import Extend, Pause, Start, Step
from casework.refusal import Reason, Refused
from law import limits
from law.periods import Period
from law.queries import limit_for, work_calendar
from law.terms import Limit

# Periods that hold something off, or that bind a person outside the case: they light no lamp in the queue.
NO_LAMP = {
    "minimum_duration",
    "earliest_start_after",
    "blocked_until",
    "accrual_daily",
    "ends_automatically",
    "no_action_after",
}


def apply(act: Act, case: Case, row: Step, facts: Mapping[str, Any], decision: Decision | None) -> None:
    """Do to the case's clocks what the row says, and cache the earliest one on the case."""
    found = Deadline.objects.filter(case=case, stopped_at=None, owner__in=("case", "addressee", "organ"))
    clocks = list(found.select_related("limit", "extended_by")) if act.seq > 1 else []  # they start with acts
    running = {deadline.key: deadline for deadline in clocks if deadline.owner == "case"}
    touched: dict[int, Deadline] = {}
    deadline: Deadline | None
    for theirs in clocks:
        if theirs.owner != "case" and theirs.key in row.stops:
            stop(theirs, act)
    for key in row.stops:
        if deadline := running.pop(key, None):
            stop(deadline, act)
    for extend in row.extends:
        if deadline := running.get(extend.key):
            _extend(deadline, extend, act, row, facts)
            touched[deadline.pk] = deadline
    over = above(case, (*row.pauses, *row.resumes), running)
    for pause in row.resumes:
        if deadline := running.get(pause.key) or over.get(pause.key):
            _resume(deadline, act)
            touched[deadline.pk] = deadline
    for pause in row.pauses:
        if deadline := running.get(pause.key) or over.get(pause.key):
            _pause(deadline, pause, act, facts)
            touched[deadline.pk] = deadline
    for deadline in touched.values():
        work_out(deadline)
        deadline.save()
    if over and case.parent:
        cache_earliest(case.parent)
    for start in row.starts:
        if start.owner == "case" and (old := running.pop(start.key, None)):
            stop(old, act)
        if start.until and not _until(start, facts):
            continue  # the paper fixes no day
        deadline = begin(act, case, start, facts, decision)
        if start.owner == "case":
            running[start.key] = deadline
    if case.ended_at:
        for deadline in running.values():
            stop(deadline, act)
        running = {}
    case.due_on = _due_on(case, running.values())
    if case.ended_at or row.starts or row.stops or row.extends or row.pauses or row.resumes:
        case.promised_on = _promised_on(case, running.values(), act)
    _pass_down(case, case.due_on)


def above(case: Case, pauses: Iterable[Pause], running: Mapping[str, Deadline]) -> dict[str, Deadline]:
    """The clocks of the case above that a row pauses or resumes, since its own case has none of that kind.

    Whoever acts holds the case above as well (`hold`).
    """
    keys = {pause.key for pause in pauses} - running.keys()
    if not keys or case.parent_id is None:
        return {}
    found = Deadline.objects.filter(case=case.parent_id, stopped_at=None, owner="case", key__in=keys)
    return {deadline.key: deadline for deadline in found.select_related("limit", "extended_by")}


def begin(act: Act, case: Case, start: Start, facts: Mapping[str, Any], decision: Decision | None = None) -> Deadline:
    """Start one clock; the version of its limit is the one in force on the trigger day.

    The clock keeps the key of the table, so that gates and later steps find it, whatever statute sets its length.
    """
    trigger = _trigger(act, case, start, facts, decision)
    rule = _limit_key(case, start)
    fixed = _until(start, facts)
    limit = None if fixed else limit_for(rule, timezone.localdate(trigger))
    deadline = Deadline(
        case=case,
        key=start.key,
        rule=rule,
        limit_id=limit.id if limit else None,
        owner=start.owner,
        decision=decision if start.owner == "decision" else None,
        party=case.applicant if start.owner == "party" else None,
        organ=case.organ if start.owner == "organ" else None,
        triggered_at=trigger,
        set_by_paper=fixed,
        started_by=act,
    )
    work_out(deadline)
    deadline.save()
    return deadline


def _until(start: Start, facts: Mapping[str, Any]) -> date | None:
    """The last day that a paper fixes; None if it fixes none."""
    kind, _, name = start.until.partition(":")
    day: date | None = facts.get(name) if name else None
    return day - timedelta(days=1) if day and kind == "before" else day


def work_out(deadline: Deadline) -> None:
    """Set the due day, its explanation and the next day on which the clock rings. Does not save."""
    pauses = list(deadline.suspensions.all()) if deadline.pk else []
    if deadline.set_by_paper:
        deadline.due_on = deadline.set_by_paper
        deadline.explanation = [f"期限由文书确定，截至{deadline.set_by_paper:%Y-%m-%d}。"]
    else:
        result = limits.due(*_terms(deadline, pauses))
        deadline.due_on, deadline.due_at = result.date, result.at
        deadline.provisional = result.provisional
        deadline.explanation = list(result.steps)
    deadline.ring_on = lamps.next_ring(deadline.due_on, deadline.rings, work_calendar()) if deadline.running else None


def _terms(deadline: Deadline, pauses: Iterable[Suspension]) -> tuple[Any, ...]:
    limit = _governing(deadline)
    trigger: date | datetime = (
        deadline.triggered_at if limit.unit == "hour" else timezone.localdate(deadline.triggered_at)
    )
    suspensions = [
        limits.Suspension(pause.starts_on, pause.ends_on and pause.ends_on - timedelta(days=1), pause.reason)
        for pause in pauses
        if pause.ends_on is None or pause.ends_on > pause.starts_on
    ]
    extension: limits.Extension | date | None = None
    if deadline.extended_by_id:
        extension = deadline.extended_to or limit.extension
    return trigger, limit, work_calendar(), suspensions, extension


def preview(case: Case, start: Start, at: datetime, facts: Mapping[str, Any]) -> limits.Due | None:
    """What a clock would be if the step were taken at `at`; None for a period that a paper fixes."""
    if start.until or start.since.startswith(("fact:", "step:")):
        return None
    trigger = case.opened_at if start.since == "opened" else at
    limit = limit_for(_limit_key(case, start), timezone.localdate(trigger))
    return limits.due(trigger if limit.unit == "hour" else timezone.localdate(trigger), limit, work_calendar())


def _trigger(act: Act, case: Case, start: Start, facts: Mapping[str, Any], decision: Decision | None) -> datetime:
    kind, _, name = start.since.partition(":")
    if kind == "opened":
        return case.opened_at
    if kind == "served" and decision and decision.served_on:
        return _moment(decision.served_on)
    if kind == "step":
        earlier = Act.objects.filter(case=case, step__in=name.split("|")).order_by("-seq").first()
        return earlier.at if earlier else act.at
    if kind == "fact":
        value = facts.get(name)
        if value is None:
            raise Refused([Reason("fact_missing", f"缺少计算期限所需的日期：{name}")])
        return value if isinstance(value, datetime) else _moment(value)
    return act.at


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def stop(deadline: Deadline, act: Act) -> None:
    """The clock does not run any more: what it waited for was done, or it was for nothing."""
    deadline.stopped_by, deadline.stopped_at, deadline.ring_on = act, act.at, None
    deadline.save(update_fields=["stopped_by", "stopped_at", "ring_on"])


def _extend(deadline: Deadline, extend: Extend, act: Act, row: Step, facts: Mapping[str, Any]) -> None:
    if not extend.to and (deadline.limit is None or _governing(deadline).extension is None):
        where = f"由{deadline.limit.citation}规定，" if deadline.limit else "由文书确定，"
        raise Refused([Reason("not_extendable", f"这一期限{where}没有规定可以延长。", row.under)], row.label)
    deadline.extended_by = act
    deadline.extended_to = facts.get(extend.to) if extend.to else None
    deadline.rings = 0


def _pause(deadline: Deadline, pause: Pause, act: Act, facts: Mapping[str, Any]) -> None:
    """Exclude time from a day on; where the case excludes it for the same reason already, only tell a new day."""
    starts_on, until = timezone.localdate(act.at), facts.get(pause.until) if pause.until else None
    if until and until < starts_on:
        raise Refused([Reason("needed_until_past", "所需时间的截至日期不能早于今天。", field=pause.until)])
    own = deadline.suspensions.filter(ends_on=None, started_by__case=act.case_id)
    if own.filter(reason=pause.reason).update(expected_until=until):
        return
    Suspension.objects.create(
        deadline=deadline, reason=pause.reason, starts_on=starts_on, expected_until=until, started_by=act
    )


def _resume(deadline: Deadline, act: Act) -> None:
    own = deadline.suspensions.filter(ends_on=None, started_by__case=act.case_id)
    own.update(ends_on=timezone.localdate(act.at), ended_by=act)
    deadline.rings = 0


def cache_earliest(case: Case) -> None:
    """Write the earliest last day of the case's running clocks on the case, where the lists look for it."""
    running = list(_running(case.pk))
    case.due_on, case.promised_on = _due_on(case, running), _promised_on(case, running)
    case.save(update_fields=["due_on", "promised_on"])
    _pass_down(case, case.due_on)


def _due_on(case: Case, running: Iterable[Deadline]) -> date | None:
    """The earliest last day of a case; what has the time of the case above stands under its clocks as well.

    Not while it has done its part and waits for that case: the time that runs there is somebody else's.
    """
    days = [_earliest(running)]
    table = registry.procedure(case.procedure, case.version)
    if case.parent_id and not case.ended_at and table.within_parent and not table.state(case.state).waits:
        days.append(_earliest(_running(case.parent_id)))
    return min((day for day in days if day), default=None)


def _promised_on(case: Case, running: Iterable[Deadline], act: Act | None = None) -> date | None:
    """The earliest day by which the organ promised to act. Time that the law leaves out is left out of a promise too.

    A clock that `act` has just started has no time left out yet.
    """
    found = []
    for deadline in running:
        days = registry.chapter_of(case.procedure).promised(case, deadline.key)
        if days is None or deadline.due_on is None:
            continue
        fresh = act is not None and deadline.started_by_id == act.pk
        pauses = () if fresh else deadline.suspensions.all()
        left_out = [limits.Suspension(one.starts_on, one.ends_on - timedelta(days=1)) for one in pauses if one.ends_on
                    and one.ends_on > one.starts_on]  # fmt: skip
        trigger = timezone.localdate(deadline.triggered_at)
        found.append(Period(trigger, work_calendar(), tuple(left_out)).forward(trigger, days, "working_day"))
    return min(found, default=None)


def _pass_down(case: Case, due_on: date | None) -> None:
    """Tell the cases that have the time of this one of its last day, where their queues look for it."""
    within = registry.within(registry.procedure(case.procedure, case.version))
    for below in Case.objects.filter(parent=case, procedure__in=within, ended_at=None) if within else ():
        waits = registry.procedure(below.procedure, below.version).state(below.state).waits
        own = [day for day in (_earliest(_running(below.pk)), None if waits else due_on) if day]
        if below.due_on != (day := min(own, default=None)):
            below.due_on = day
            below.save(update_fields=["due_on"])


def _running(case: int) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=case, stopped_at=None, owner="case")


def _earliest(deadlines: Iterable[Deadline]) -> date | None:
    """The earliest last day; of a clock that stands still, the day up to which people were told that it would."""
    return min((day for each in deadlines if (day := each.due_on or _told(each)) and _lights_lamp(each)), default=None)


def _told(deadline: Deadline) -> date | None:
    pause = deadline.suspensions.filter(ends_on=None).exclude(expected_until=None).first()
    return pause.expected_until if pause else None


def _lights_lamp(deadline: Deadline) -> bool:
    if deadline.limit_id is None:
        return True
    return _governing(deadline).end_rule not in NO_LAMP


def _governing(deadline: Deadline) -> Limit:
    return limit_for(deadline.rule, timezone.localdate(deadline.triggered_at))


def _limit_key(case: Case, start: Start) -> str:
    """The key of the limit that governs a clock: the table's, or a special statute's where the table leaves room."""
    return registry.chapter_of(case.procedure).own_limit(case, start.key) if start.unless_otherwise else start.key
