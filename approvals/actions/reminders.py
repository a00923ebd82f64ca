"""Reminding the organs of a bundle of the days that its published scheme gives them: no clock of the law has them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from approvals.queries import parts
from approvals.queries.bundles import BUNDLE
from casework import lamps
from casework.actions import notices
from casework.models import Case
from law.queries import work_calendar

TOGETHER = 200  # bundles looked at in one transaction
SCHEME = (
    lamps.Ring("before", -lamps.SOON, lamps.YELLOW, "距办理方案规定的时限还有三个工作日"),
    lamps.Ring("last_day", 0, lamps.YELLOW, "今日为办理方案规定的时限"),
    lamps.Ring("lapsed", 1, lamps.RED, "已经超过办理方案规定的时限"),
)


def remind_members(at: datetime) -> int:
    """Remind whoever has not said what the lead organ waits for; answers how many parts. Each reminder is one."""
    on, calendar = timezone.localdate(at), work_calendar()
    rung, after = 0, 0
    under_way = Case.objects.filter(procedure=BUNDLE, state="parts_under_review", ended_at=None).order_by("pk")
    while mains := list(under_way.filter(pk__gt=after)[:TOGETHER]):
        open_parts = [
            (part.case, part.due_on)
            for listed in parts.several(mains, on).values()
            for part in listed
            if part.due_on and not part.settled and part.case.ended_at is None
        ]
        due = [(case, ring, day) for case, day in open_parts if (ring := lamps.due_ring(SCHEME, day, on, calendar))]
        with transaction.atomic():
            notices.remind_of("scheme", due, at)
        rung += len(due)
        after = mains[-1].pk
    return rung
