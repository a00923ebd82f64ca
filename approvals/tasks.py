"""Doorbells of licensing: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from approvals.actions.figures import refresh
from casework.queries.clock import database_now


@shared_task
def refresh_figures() -> None:
    """Every night: filings by month, and how long people wait."""
    refresh(timezone.localdate(database_now()))
