"""Messages leave: claimed in small batches, sent until the city's own signature says that it has them.

At least once: a worker may die anywhere, and the row leaves again when its lease is over; the city knows it by its id.
In the order of the case: a message is claimed only when none before it in its stream is still to do.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Message
from exchange.actions import alarm, streams
from exchange.actions.wire import Away, Wire
from exchange.queries.peer import letter_of, ours, theirs
from exchange.rules import letters
from exchange.rules.signed import Malformed, Unsigned

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=40)
HANDS_FREE = 20.0  # seconds of a batch after which nothing more is begun: the lease outlives every time-out
IN_A_ROW = 3  # so many messages without an answer: nobody is there, and the rest of the batch waits
State = Message.State
_DONE = {"state": State.DONE, "error": "", "next_try_at": None, "claim": None}


@dataclass(slots=True)
class Batch:
    """What became of one batch. `more`: the other side is there, so the next may follow at once."""

    claimed: int = 0
    done: int = 0
    away: bool = False

    @property
    def more(self) -> bool:
        return self.done > 0 and not self.away


def deliver_batch(at: datetime) -> Batch:
    """Claim what waits at `at` and send it over one connection. Never gives a message up."""
    rows = _claim(uuid4(), at)
    batch, began = Batch(claimed=len(rows)), time.monotonic()
    if not rows:
        return batch
    in_a_row, acknowledged = 0, list[Message]()
    try:
        with Wire() as wire:
            for message in rows:
                if batch.away or time.monotonic() - began > HANDS_FREE:
                    _settle(message, next_try_at=at + (_pause(0) if batch.away else timedelta()))
                    continue
                try:
                    acknowledged += [message] if _send(wire, message, at) else []
                    in_a_row = 0
                except Away as error:
                    in_a_row += 1
                    batch.away = in_a_row == IN_A_ROW
                    _later(message, str(error), at)
                    log.warning("the municipal platform does not answer: %s", error)
    finally:
        batch.done = _done(acknowledged, at)
    return batch


@transaction.atomic
def _claim(claim: UUID, at: datetime) -> list[Message]:
    waiting = streams.claimable(settings.EXCHANGE_PEER, at)
    found = list(waiting.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    Message.objects.filter(pk__in=[one.pk for one in found]).update(claim=claim, next_try_at=at + LEASE)
    for one in found:
        one.claim = claim
    return found


def _send(wire: Wire, message: Message, at: datetime) -> bool:
    """Whether the city has it now. Whatever else became of it is written down."""
    letter = letter_of(message)
    status, said = wire.post(letters.written(letter, timezone.localtime(at), ours()))
    try:
        answer = letters.read_answer(said, letter, theirs())
    except (Malformed, Unsigned) as error:
        # Whatever it was, it is no acknowledgement.
        _later(message, f"对方的答复（{status}）不能采信：{error}", at)
        return False
    if answer.outcome in letters.ACKNOWLEDGED:
        return True
    if answer.outcome == letters.STALE:
        _later(message, "对方认为发送时间不符，请检查双方时钟", at)
        return False
    log.error("the municipal platform refuses message %s", message.key)
    if _settle(message, state=State.HELD, error=f"对方拒收：{answer.reason}"[:1000], next_try_at=None):
        alarm.held(message, at)
    return False


def _done(acknowledged: list[Message], at: datetime) -> int:
    """Write down what the city has, and give what stands behind it its time: how many were ours to write down.

    All of a batch at once, but those behind which somebody writes just now; each of these is waited for alone, and so
    is each that gets its time. Who holds one row and waits for another might be waited for himself.
    """
    if not acknowledged:
        return 0
    with transaction.atomic():
        free = set(_held(acknowledged).select_for_update(skip_locked=True).values_list("pk", flat=True))
        Message.objects.filter(pk__in=free).update(**_DONE, done_at=at)
    done = [one for one in acknowledged if one.pk in free or _settle(one, **_DONE, done_at=at)]
    # What was written while one of them was waited for is seen here.
    for stream in streams.asleep(settings.EXCHANGE_PEER, [one.stream for one in done]):
        streams.wake(settings.EXCHANGE_PEER, at, stream)
    return len(done)


def _later(message: Message, reason: str, at: datetime) -> None:
    tries = min(message.attempts + 1, 32_000)
    _settle(message, attempts=tries, error=reason[:1000], next_try_at=at + _pause(message.attempts))


def _settle(message: Message, **columns: object) -> int:
    """Write what became of a claimed row and let go of it; nothing if another worker has it by now."""
    return _held([message]).update(**{"claim": None, **columns})


def _held(messages: list[Message]) -> QuerySet[Message]:
    """Those of one claim that nobody else has by now."""
    claims = {message.claim for message in messages}
    return Message.objects.filter(pk__in=[one.pk for one in messages], claim__in=claims, state=State.WAITING)


def _pause(failures: int) -> timedelta:
    """Doubled with each failure; half to one and a half of it, so that many that failed do not come back together."""
    first, most = settings.EXCHANGE_PAUSES
    return timedelta(seconds=min(first * 2 ** min(failures, 12), most) * random.uniform(0.5, 1.5))  # noqa: S311
