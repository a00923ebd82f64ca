"""Clocks that ring: reminders before, on and after the last day, and the law's own step on the day after it.

The row is the truth: a clock is claimed with its lock, its reminder is written under a unique key and its counter
moves in one transaction. A worker that dies leaves it for the next; a beat that rings twice finds it done.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import lamps
from casework.actions import clocks, notices
from casework.actions.perform import settle
from casework.models import Case, Deadline
from law.queries import work_calendar

BATCH = 200


def ring_all(at: datetime) -> int:
    """Ring every clock that is due, in batches; answers how many rang. What another worker holds is left to it."""
    rung, after = 0, 0
    while batch := _due(at, after):
        rung += sum(ring_one(pk, at) for pk in batch)
        after = batch[-1]
    return rung


def _due(at: datetime, after: int) -> list[int]:
    waiting = Deadline.objects.filter(ring_on__lte=timezone.localdate(at), pk__gt=after)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def ring_one(pk: int, at: datetime) -> int:
    """Ring one clock as often as it is behind; 0 if its case is being worked on or the clock no longer rings.

    The case is locked before its clock, in the same order as everywhere else.
    """
    free = Case.objects.select_for_update(skip_locked=True, of=("self",)).select_related("organ", "filed_by")
    case = free.filter(deadlines=pk).first()
    if case is None:
        return 0
    deadline = Deadline.objects.select_for_update(of=("self",)).select_related("limit").get(pk=pk)
    deadline.case = case
    today = timezone.localdate(at)
    if deadline.ring_on is None or deadline.ring_on > today:
        return 0
    calendar = work_calendar()
    lapsed = False
    while deadline.ring_on is not None and deadline.ring_on <= today and deadline.due_on:
        ring = lamps.RINGS[deadline.rings]
        lapsed = lapsed or ring.code == "lapsed"
        overtaken = ring.offset < 0 <= (today - deadline.due_on).days or (ring.offset == 0 and today > deadline.due_on)
        if deadline.owner == Deadline.Owner.CASE and not overtaken:
            notices.remind(deadline, ring, at)
        deadline.rings += 1
        deadline.ring_on = lamps.next_ring(deadline.due_on, deadline.rings, calendar)
    deadline.save(update_fields=["rings", "ring_on"])
    if lapsed:
        settle(case, at)
    return 1


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
