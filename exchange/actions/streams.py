"""Only the first message of a stream that is still to do has a time to leave. What stands behind it has none.

A worker that looks for what is due reads an index of the due ones alone, however many streams are blocked. Whoever
writes a message holds the one in front of it, and whoever finishes that one waits for him: neither is overlooked.
"""

from __future__ import annotations

from collections.abc import Collection
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


def block(message: Message) -> None:
    """A message is to do again: what stands behind it has no time to leave any more."""
    Message.objects.filter(
        direction=OUT, peer=message.peer, stream=message.stream, sequence__gt=message.sequence, state=State.WAITING,
        claim=None,
    ).update(next_try_at=None)  # fmt: skip


def asleep(peer: str, names: Collection[str]) -> list[str]:
    """Those of the streams in which what stands first has no time to leave, and waits for nobody."""
    return list(_asleep(peer).filter(stream__in=names).values_list("stream", flat=True))


def wake(peer: str, at: datetime, name: str = "") -> int:
    """Give what stands first in a stream, or in every stream, its time to leave: how many had none."""
    found = _asleep(peer)
    return (found.filter(stream=name) if name else found).update(next_try_at=at)


def _asleep(peer: str) -> QuerySet[Message]:
    waiting = Message.objects.filter(direction=OUT, peer=peer, state=State.WAITING, next_try_at=None)
    return waiting.filter(~Exists(_before()))


def _before() -> QuerySet[Message]:
    return Message.objects.filter(
        direction=OUT, peer=OuterRef("peer"), stream=OuterRef("stream"), sequence__lt=OuterRef("sequence"),
        done_at=None,
    )  # fmt: skip
