"""Doorbells of the exchange: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

import time

from celery import shared_task

from casework.queries.clock import database_now
from exchange.actions.deliver import deliver_batch
from exchange.actions.reconcile import reconcile_due
from exchange.actions.take_in import take_in
from exchange.queries.peer import connected

WORKING = 45.0  # seconds; a worker that is asked to stop finishes its task first
AT_ONCE = 50  # between two looks at the clock


@shared_task
def deliver_messages() -> int:
    """When messages were written, and every quarter of a minute for what was left over."""
    done, began, more = 0, time.monotonic(), connected()
    while more and time.monotonic() - began < WORKING:
        batch = deliver_batch(database_now())
        done, more = done + batch.done, batch.more
    if more:
        deliver_messages.delay()
    return done


@shared_task
def take_in_messages() -> int:
    """When messages arrived, and every quarter of a minute for what was left over."""
    looked, began, more = 0, time.monotonic(), connected()
    while more and time.monotonic() - began < WORKING:
        taken = take_in(database_now(), AT_ONCE)
        looked, more = looked + taken, taken == AT_ONCE
    if more:
        take_in_messages.delay()
    return looked


@shared_task
def reconcile_days() -> int:
    """Every hour: yesterday, until both sides were found equal, and any day before that was not."""
    return reconcile_due(database_now()) if connected() else 0
