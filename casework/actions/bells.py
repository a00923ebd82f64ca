"""A worker is asked to look at once. The rows are the truth: a lost ring costs the time until the beat looks again."""

import logging

from celery import Task
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring(task: Task) -> None:
    """Ring for a task that takes no arguments, after the commit that gave it work."""
    try:
        task.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; %s waits until the beat looks again", task.name)
