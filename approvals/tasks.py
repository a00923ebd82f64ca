"""Doorbells of licensing: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from approvals.actions import counter
from approvals.actions.figures import refresh
from approvals.actions.reminders import remind_members
from casework.queries.clock import database_now


@shared_task
def refresh_figures() -> None:
    """Every night: filings by month, and how long people wait."""
    refresh(timezone.localdate(database_now()))


@shared_task
def remind_of_schemes() -> int:
    """Every hour: the days that schemes of bundles give their organs. What was told is not told again."""
    return remind_members(database_now())


@shared_task
def end_visits() -> None:
    """Every hour: a window to which somebody came with a receipt sees that case no longer than that day."""
    counter.end_visits(timezone.localtime(database_now()).replace(hour=0, minute=0, second=0, microsecond=0))
