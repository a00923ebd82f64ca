"""Doorbells: each task looks at rows that are the truth and does what is due. Emptying the queue loses nothing."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from casework.actions.make import make_papers
from casework.actions.ring import refresh_all, ring_all


@shared_task
def ring_deadlines() -> int:
    """Every minute: reminders that are due, and the law's own steps."""
    return ring_all(timezone.now())


PAPERS_AT_ONCE = 4  # a worker that is asked to stop finishes its task first


@shared_task
def make_waiting_papers() -> int:
    """When papers were ordered, and every minute for what was left over: render, sign, keep."""
    made = make_papers(timezone.now(), PAPERS_AT_ONCE)
    if made == PAPERS_AT_ONCE:
        make_waiting_papers.delay()
    return made


@shared_task
def refresh_clocks() -> int:
    """Every hour: last days that were provisional because a year's holidays were not published yet."""
    return refresh_all()
