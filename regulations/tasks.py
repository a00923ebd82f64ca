"""Doorbells of the chapter: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

import time

from celery import shared_task

from casework.queries.clock import database_now
from regulations.actions import amending
from regulations.actions.annual import open_year
from regulations.actions.portions import go_on

WORKING = 45.0  # seconds; a worker that is asked to stop finishes its task first


@shared_task
def open_annual_catalogue() -> None:
    """Every hour: in January the list of the year before is due to the congress."""
    open_year(database_now())


@shared_task
def remind_of_amendments() -> int:
    """Every hour: what a clean-up wants amended by a day. Each reminder is one."""
    return amending.remind_of_amendments(database_now())


@shared_task
def go_on_with_cleanups() -> int:
    """When a clean-up was launched, published or cancelled, and every minute for what was left over."""
    began = time.monotonic()

    def working() -> bool:
        return time.monotonic() - began < WORKING

    done = go_on(database_now, working)
    if not working():
        go_on_with_cleanups.delay()
    return done
