"""Doorbells: each task looks at rows that are the truth and does what is due. Emptying the queue loses nothing.

The time is the database's. A worker whose own clock is wrong by an hour or a day therefore rings nothing too early and
nothing too late; that its clock is wrong is logged as an error.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from celery import shared_task
from django.utils import timezone

from casework import channels
from casework.actions.anchor import anchor
from casework.actions.files import check_files
from casework.actions.make import make_papers
from casework.actions.ring import many_due, refresh_all, ring_all, ring_promises
from casework.actions.send import send_batch
from casework.actions.uploads import drop_stale
from casework.queries import counts
from casework.queries.clock import MOST_APART, database_now

log = logging.getLogger(__name__)


def _now() -> datetime:
    now, here = database_now(), timezone.now()
    if abs(now - here) > MOST_APART:
        log.error("the clock of this machine is wrong by %s against the database's", here - now)
    return now


@shared_task
def ring_deadlines(helping: bool = False) -> int:
    """Every minute: reminders that are due, and the law's own steps. Where very many are due, a second worker helps."""
    now = _now()
    if not helping and many_due(now):
        ring_deadlines.apply_async(kwargs={"helping": True}, expires=50)
    return ring_all(now)


@shared_task
def remind_of_promises() -> int:
    """Every hour: days that organs promised, near or past. What was told is not told again."""
    return ring_promises(_now())


SENDING = 60.0  # seconds; a worker that is asked to stop finishes its task first


@shared_task
def send_notices() -> int:
    """When notices were written, and every quarter of a minute for what was left over: e-mail and SMS."""
    sent, began, waiting = 0, time.monotonic(), channels.available()
    while waiting and time.monotonic() - began < SENDING:
        for channel in list(waiting):
            batch = send_batch(channel, _now())
            sent += batch.sent
            if not batch.more:
                waiting.remove(channel)
    if waiting:
        send_notices.delay()
    return sent


PAPERS_AT_ONCE = 4  # a worker that is asked to stop finishes its task first


@shared_task
def make_waiting_papers() -> int:
    """When papers were ordered, and every minute for what was left over: render, sign, keep."""
    made = make_papers(_now(), PAPERS_AT_ONCE)
    if made == PAPERS_AT_ONCE:
        make_waiting_papers.delay()
    return made


@shared_task
def refresh_clocks() -> int:
    """Every hour: last days that were provisional because a year's holidays were not published yet."""
    return refresh_all()


FILES_AT_ONCE = 4


@shared_task
def check_held_files() -> int:
    """When a file arrived, and every minute for what was left over: look into it and scan it."""
    judged = check_files(_now(), FILES_AT_ONCE)
    if judged == FILES_AT_ONCE:
        check_held_files.delay()
    return judged


@shared_task
def anchor_record() -> None:
    """Every hour, for the first of each day: the state of the record outside the database."""
    anchor(_now(), daily=True)


@shared_task
def verify_counts() -> None:
    """Every day: the counters against the cases. That they agree is the rule; otherwise an error says where not."""
    for words in counts.drift():
        log.error("%s: `manage.py recount_cases` counts anew", words)


@shared_task
def drop_stale_uploads() -> int:
    """Every hour: what came in pieces and was left unfinished for a day."""
    return drop_stale(_now())
