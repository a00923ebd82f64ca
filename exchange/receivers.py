"""What the exchange does when it hears of messages that come and go."""

from typing import Any

from django.dispatch import receiver

from casework.actions.bells import ring
from casework.signals import messages_arrived, messages_written
from exchange.tasks import deliver_messages, take_in_messages


@receiver(messages_written)
def ring_for_messages(sender: Any, **_: Any) -> None:
    ring(deliver_messages)


@receiver(messages_arrived)
def ring_for_arrivals(sender: Any, **_: Any) -> None:
    ring(take_in_messages)
