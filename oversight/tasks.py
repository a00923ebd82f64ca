"""Doorbells of oversight: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

from celery import shared_task

from casework.queries.clock import database_now
from oversight.actions.evidence import drop_unsent


@shared_task
def drop_unsent_evidence() -> int:
    """Every hour: files that came with a complaint which was not handed in for a day."""
    return drop_unsent(database_now())
