"""Doorbells of the lists: each looks at rows that are the truth and does what is due."""

from __future__ import annotations

import time

from celery import shared_task

from casework.queries.clock import database_now
from casework.queries.files import papers_waiting
from powerlist.actions import importing

WORKING = 14.0  # seconds, less than between two looks: one worker is busy with lists, not one after another
AT_ONCE = 10  # between two looks at the clock
MOST_PAPERS = 100  # in front of whoever needs a paper next: each proposal orders one


@shared_task
def propose_lines() -> int:
    """When a file of changes was confirmed, and every quarter of a minute for what was left over.

    It gives way while papers wait in numbers, so that a long list does not stand in front of a licence.
    """
    done, began, more = 0, time.monotonic(), True
    while more and time.monotonic() - began < WORKING and papers_waiting(MOST_PAPERS) < MOST_PAPERS:
        proposed = importing.propose(database_now(), AT_ONCE)
        done, more = done + proposed, proposed == AT_ONCE
    return done
