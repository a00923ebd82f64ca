"""Clocks that ring: reminders before, on and after the last day, and the law's own step on the day after it.

The row is the truth: clocks are claimed with their locks, their reminders are written under unique keys and their
counters move, all in one transaction. A worker that dies leaves them for the next; a beat that rings twice finds them
done. Clocks that only remind ring together, many in a few statements; where the law may act, one case at a time.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models.functions import Least
from django.utils import timezone

from casework import lamps, registry
from casework.actions import clocks, notices
from casework.actions.perform import settle
from casework.models import Case, Deadline
from casework.queries.keyset import Beyond
from casework.refusal import Refused
from law.calendar import WorkCalendar
from law.queries import work_calendar

log = logging.getLogger(__name__)
TOGETHER = 1000  # clocks of one transaction: their cases are held for as long as it takes, less than a second
BEFORE_ALL = (date.min, 0)
LOOKED_AT = (
    "case", "key", "owner", "due_on", "ring_on", "rings",
    "case__number", "case__title", "case__organ", "case__handler", "case__applicant", "case__filed_by",
    "case__procedure", "case__version", "case__state", "case__service_point", "organ", "limit", "started_by",
)  # fmt: skip
FAULTS = (Refused, LookupError, ValueError, TypeError, AttributeError, DatabaseError)


def ring_all(at: datetime) -> int:
    """Ring every clock that is due, in batches; answers how many rang. What another worker holds is left to it.

    A clock that cannot ring (its step is refused, its table is gone) is logged and rings at the next look; the clocks
    behind it do not wait for it.
    """
    rung, today, after = 0, timezone.localdate(at), BEFORE_ALL
    while batch := _due(today, after):
        reminding = [pk for _, pk, lapses in batch if not lapses]
        alone = [[pk] for _, pk, lapses in batch if lapses]
        try:
            rung += _ring(reminding, at)
        except FAULTS:
            alone += [[pk] for pk in reminding]  # one of them is at fault: which one shows when each rings by itself
        for one in alone:
            try:
                rung += _ring(one, at)
            except FAULTS:
                log.exception("clock %s could not ring", one[0])
        after = batch[-1][:2]
    return rung


def many_due(at: datetime) -> bool:
    """Whether more clocks are due than ring together: then a second worker may help."""
    return len(_due(timezone.localdate(at), BEFORE_ALL)) == TOGETHER


def _due(today: date, after: tuple[date, int]) -> list[tuple[date, int, bool]]:
    """The next clocks that wait, behind a place (day of the ring, key), and whether the law may act on them."""
    waiting = Deadline.objects.filter(Beyond(">", ring_on=after[0], id=after[1]), ring_on__lte=today)
    found = waiting.order_by("ring_on", "pk").values_list("ring_on", "pk", "due_on")[:TOGETHER]
    return [(ring_on, key, bool(due_on and due_on < today)) for ring_on, key, due_on in found if ring_on]


@transaction.atomic
def _ring(keys: Sequence[int], at: datetime) -> int:
    """Ring clocks as often as they are behind; leaves out those that do not ring any more or whose case is worked on.

    The case is locked before its clock, in the same order as everywhere else.
    """
    if len(keys) == 1 and not _above_held(keys[0]):
        return 0
    today, calendar = timezone.localdate(at), work_calendar()
    waiting = Deadline.objects.filter(pk__in=keys, ring_on__lte=today).select_related("case").only(*LOOKED_AT)
    found = list(waiting.select_for_update(skip_locked=True, of=("case", "self")).order_by("pk"))
    heard: list[tuple[Deadline, lamps.Ring]] = []
    moved: dict[tuple[int, date | None], list[int]] = defaultdict(list)
    lapsed: list[Case] = []
    for clock in found:
        due = _rings(clock, today, calendar)
        heard += [(clock, ring) for each in due if (ring := _heard(each, clock, today))]
        lapsed += [clock.case for each in due if each.code == "lapsed"]
        moved[clock.rings, clock.ring_on].append(clock.pk)
    notices.remind(heard, at)
    for (rings, ring_on), several in moved.items():
        Deadline.objects.filter(pk__in=several).update(rings=rings, ring_on=ring_on)
    for case in lapsed:
        settle(case, at)
    return len(found)


def _above_held(key: int) -> bool:
    """Hold the cases above that of a clock, from the top down as `hold` does; False if somebody works on one."""
    above: list[int] = []
    parent = Deadline.objects.filter(pk=key).values_list("case__parent", flat=True).first()
    while parent:
        above.insert(0, parent)
        parent = Case.objects.filter(pk=parent).values_list("parent", flat=True).first()
    free = Case.objects.select_for_update(skip_locked=True).order_by()
    return all(free.only("pk").filter(pk=pk).first() for pk in above)


def _rings(clock: Deadline, today: date, calendar: WorkCalendar) -> list[lamps.Ring]:
    """The rings that are due, in their order; moves the clock on to the next. Does not save."""
    due = []
    while clock.ring_on is not None and clock.ring_on <= today and clock.due_on:
        due.append(lamps.RINGS[clock.rings])
        clock.rings += 1
        clock.ring_on = lamps.next_ring(clock.due_on, clock.rings, calendar)
    return due


def _heard(ring: lamps.Ring, clock: Deadline, today: date) -> lamps.Ring | None:
    """Whom a ring reminds: whoever has to act of the case's time, an addressee of theirs until it is over, an organ of
    what returns; nobody of a bar.

    Nobody is reminded of what is over: of a day to come when it has passed.
    """
    past = (today - clock.due_on).days if clock.due_on else 0
    if (ring.offset < 0 and past >= 0) or (ring.offset == 0 and past > 0):
        return None
    if clock.owner == Deadline.Owner.CASE:
        return ring
    if clock.owner == Deadline.Owner.ORGAN:
        return _returning(ring, clock)
    own_time = clock.owner == Deadline.Owner.ADDRESSEE and ring.offset <= 0
    return replace(ring, audiences=("applicant",)) if own_time else None


def _returning(ring: lamps.Ring, clock: Deadline) -> lamps.Ring | None:
    """What an organ has to begin anew, by the roles that began it; nothing when it was begun anew meanwhile."""
    case = clock.case
    later = Deadline.objects.filter(key=clock.key, owner=clock.owner, organ=clock.organ_id, stopped_at=None)
    if later.filter(case__procedure=case.procedure, case__organ=case.organ_id, pk__gt=clock.pk).exists():
        return None
    begun_by = registry.procedure(case.procedure, case.version).step(clock.started_by.step).by
    heard = (begun_by if audience == lamps.ACTING else (audience,) for audience in ring.audiences)
    what = clock.limit.procedure_zh if clock.limit else ""
    audiences = tuple(audience for several in heard for audience in several)
    return replace(ring, audiences=audiences, words=f"：下一次{what}{ring.words}")


PROMISES_BACK = 30  # days for which a promise that was not kept is still looked at


def ring_promises(at: datetime) -> int:
    """Remind of the days that organs promised; answers of how many cases. May be repeated: each reminder is one."""
    today, calendar = timezone.localdate(at), work_calendar()
    beyond = calendar.add_working_days(today, lamps.SOON)
    near = Case.objects.annotate(day=Least("due_on", "promised_on")).filter(ended_at=None, day__lte=beyond)
    watched = near.filter(promised_on__range=(today - timedelta(days=PROMISES_BACK), beyond)).order_by("pk")
    rung, after = 0, 0
    while batch := list(watched.filter(pk__gt=after)[:TOGETHER]):
        days = [(case, case.promised_on) for case in batch if case.promised_on]
        found = [
            (case, ring, day) for case, day in days if (ring := lamps.due_ring(lamps.PROMISES, day, today, calendar))
        ]
        with transaction.atomic():
            notices.remind_of("promise", found, at)
        rung += len(batch)
        after = batch[-1].pk
    return rung


def refresh_all() -> int:
    """Work out anew the running clocks that rest on an unpublished calendar; answers how many last days moved.

    Due when the State Council's notice for a further year was imported; otherwise it finds nothing changed.
    """
    waiting = Deadline.objects.filter(provisional=True, stopped_at=None).order_by("pk").values_list("pk", "case_id")
    return sum(_refresh(pk, case_id) for pk, case_id in list(waiting))


@transaction.atomic
def _refresh(pk: int, case_id: int) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    deadline = Deadline.objects.select_for_update(of=("self",)).get(pk=pk)
    before = deadline.due_on
    clocks.work_out(deadline)
    deadline.save()
    clocks.cache_earliest(case)
    return deadline.due_on != before
