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
    kind: str, stream: str, body: dict[str, Any], at: datetime, *, case: Case | None = None, act: Act | None = None,
    replaces: Message | None = None,
) -> Message:  # fmt: skip
    """The next message of a stream, which the caller has locked. It leaves after the commit."""
    earlier = Message.objects.filter(direction=OUT, peer=settings.EXCHANGE_PEER, stream=stream)
    last = earlier.aggregate(last=Max("sequence"))["last"] or 0
    first = last == 0 or streams.in_front(settings.EXCHANGE_PEER, stream) is None
    return _keep(kind, stream, last + 1, body, at, first, case=case, act=act, replaces=replaces)


def replace(message: Message, body: dict[str, Any], at: datetime) -> Message:
    """What the city gets in the place of a message that it cannot use, which is over; its stream goes on.

    At its number, which the city has not taken. Where it has that one, or refused what stood in for it too, behind all
    others of the stream, which the caller has locked.
    """
    Message.objects.filter(pk=message.pk).update(state=Message.State.REPLACED, done_at=at, next_try_at=None, claim=None)
    about: dict[str, Any] = {"case": message.case, "act": message.act, "replaces": message}
    if message.returned_at is None and message.replaces_id is None:
        about["turn"] = message.turn + 1
        return _keep(message.kind, message.stream, message.sequence, body, at, True, **about)
    new = write(message.kind, message.stream, body, at, **about)
    streams.wake(settings.EXCHANGE_PEER, at, message.stream)
    return new


def _keep(
    kind: str, stream: str, sequence: int, body: dict[str, Any], at: datetime, first: bool, **about: Any
) -> Message:
    if faults := bodies.of_body(kind, body):
        raise ValueError(f"a message that we write ourselves is as its schema says: {faults}")
    message = Message(
        direction=OUT, peer=settings.EXCHANGE_PEER, kind=kind, key=str(uuid4()), stream=stream, sequence=sequence,
        body=body, written_at=at, created_at=at, next_try_at=at if first else None, **about,
    )  # fmt: skip
    message.digest = letter_of(message).digest
    message.save(force_insert=True)
    transaction.on_commit(lambda: messages_written.send(sender=Message))
    return message
