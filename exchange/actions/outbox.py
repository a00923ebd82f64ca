"""What happens here is told to the city: a message is written in the transaction of what it tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from casework.models import Act, Case, Message
from casework.signals import messages_written
from exchange.actions import streams
from exchange.queries.peer import OUT, letter_of
from exchange.rules import bodies


def write(
    kind: str, stream: str, body: dict[str, Any], at: datetime, *, case: Case | None = None, act: Act | None = None
) -> Message:
    """The next message of a stream, which the caller has locked. It leaves after the commit."""
    if faults := bodies.of_body(kind, body):
        raise ValueError(f"a message that we write ourselves is as its schema says: {faults}")
    earlier = Message.objects.filter(direction=OUT, peer=settings.EXCHANGE_PEER, stream=stream)
    last = earlier.aggregate(last=Max("sequence"))["last"] or 0
    first = last == 0 or streams.in_front(settings.EXCHANGE_PEER, stream) is None
    message = Message(
        direction=OUT, peer=settings.EXCHANGE_PEER, kind=kind, key=str(uuid4()), stream=stream, sequence=last + 1,
        case=case, act=act, body=body, written_at=at, created_at=at, next_try_at=at if first else None,
    )  # fmt: skip
    message.digest = letter_of(message).digest
    message.save(force_insert=True)
    transaction.on_commit(lambda: messages_written.send(sender=Message))
    return message
