"""Only the first message of a stream that is still to do has a time to leave. What stands behind it has none.

A worker that looks for what is due reads an index of the due ones alone, however many streams are blocked. Whoever
writes a message holds the one in front of it, and whoever finishes that one waits for him: neither is overlooked.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from casework.models import Message
from exchange.queries.peer import OUT

State = Message.State


def claimable(peer: str, at: datetime) -> QuerySet[Message]:
    """What is due and stands first in its stream, those that waited longest first."""
    waiting = Message.objects.filter(direction=OUT, peer=peer, state=State.WAITING, next_try_at__lte=at)
    return waiting.filter(~Exists(_before())).order_by("next_try_at", "pk")


def in_front(peer: str, stream: str) -> Message | None:
    """The last message of a stream that is still to do, held until the transaction ends; None if all are done."""
    undone = Message.objects.filter(direction=OUT, peer=peer, stream=stream, done_at=None)
    return undone.order_by("-sequence").select_for_update(of=("self",)).first()


def release(message: Message, at: datetime) -> None:
    """A message is done: the next one of its stream may leave, unless it waits for a person."""
    behind = Message.objects.filter(
        direction=OUT, peer=message.peer, stream=message.stream, sequence__gt=message.sequence, done_at=None
    )
    following = behind.order_by("sequence").first()
    if following and following.state == State.WAITING and following.next_try_at is None:
        Message.objects.filter(pk=following.pk, next_try_at=None, state=State.WAITING).update(next_try_at=at)


def block(message: Message) -> None:
    """A message is to do again: what stands behind it has no time to leave any more."""
    Message.objects.filter(
        direction=OUT, peer=message.peer, stream=message.stream, sequence__gt=message.sequence, state=State.WAITING,
        claim=None,
    ).update(next_try_at=None)  # fmt: skip


def wake(peer: str, at: datetime) -> int:
    """Give every first message of a stream that lost its time another one: how many. In ordinary days none."""
    asleep = Message.objects.filter(direction=OUT, peer=peer, state=State.WAITING, next_try_at=None)
    return asleep.filter(~Exists(_before())).update(next_try_at=at)


def _before() -> QuerySet[Message]:
    return Message.objects.filter(
        direction=OUT, peer=OuterRef("peer"), stream=OuterRef("stream"), sequence__lt=OuterRef("sequence"),
        done_at=None,
    )  # fmt: skip
