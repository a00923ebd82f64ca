"""Reminding of the days until which a clean-up wants documents amended: no clock of the law has them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from casework import lamps
from casework.actions import notices
from law.queries import work_calendar
from regulations.actions.opening import terms_of
from regulations.queries.about import matter_of
from regulations.queries.amending import owed

AMENDING = (
    lamps.Ring("before", -lamps.SOON, lamps.YELLOW, "：距清理决定的修改完成日期还有三个工作日"),
    lamps.Ring("last_day", 0, lamps.YELLOW, "：今日为清理决定的修改完成日期"),
    lamps.Ring("lapsed", 1, lamps.RED, "：已经超过清理决定的修改完成日期"),
)


def remind_of_amendments(at: datetime) -> int:
    """Remind whoever keeps the term of a document that is still to be amended; answers of how many.

    May be repeated: each reminder is one.
    """
    on, calendar = timezone.localdate(at), work_calendar()
    due = []
    for one in owed(on):
        ring = lamps.due_ring(AMENDING, one.finish_on, on, calendar)
        term = terms_of(matter_of(one.document)).first() if ring else None
        due += [(term, ring, one.finish_on)] if ring and term else []
    with transaction.atomic():
        notices.remind_of("amendment", due, at)
    return len(due)
