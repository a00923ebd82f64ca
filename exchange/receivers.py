"""What the exchange does when it hears of messages that come and go."""

import logging
from typing import Any

from celery import Task
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from casework.signals import messages_arrived, messages_written
from exchange.tasks import deliver_messages, take_in_messages

log = logging.getLogger(__name__)


@receiver(messages_written)
def ring_for_messages(sender: Any, **_: Any) -> None:
    _ring(deliver_messages)


@receiver(messages_arrived)
def ring_for_arrivals(sender: Any, **_: Any) -> None:
    _ring(take_in_messages)


def _ring(task: Task) -> None:
    try:
        task.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; messages wait until the beat looks again")
