"""Messages of the city arrive: looked at from outside, kept once, answered under our signature. What they say is taken
in afterwards (`take_in`), so that an answer never waits for it.

Nothing that nobody signed is kept. A signed message with a body that we do not understand is kept all the same, held
for a person: the city has done its part.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from casework.models import Message
from casework.signals import messages_arrived
from exchange.actions import alarm
from exchange.queries.peer import IN, ours, theirs
from exchange.rules import bodies, letters
from exchange.rules.letters import KEPT, KNOWN, REFUSED, STALE, TAKEN, Answer, Letter

log = logging.getLogger(__name__)
State = Message.State


def receive(data: bytes, at: datetime) -> bytes:
    """The signed answer to a message. Raises Malformed or Unsigned for what is none of the city's."""
    letter, sent_at = letters.read(data, theirs())
    outcome, reason = _look(letter, sent_at, at) or _keep(letter, at)
    return letters.answered(Answer(letter.id, letter.digest, outcome, reason), ours())


def _look(letter: Letter, sent_at: datetime, at: datetime) -> tuple[str, str] | None:
    if (letter.sender, letter.receiver) != (settings.EXCHANGE_PEER, settings.EXCHANGE_SELF):
        return REFUSED, "收件或者发件一方不符"
    if abs(at - sent_at) > letters.WINDOW:
        return STALE, "发送时间与接收时间相差过大"
    return None


def _keep(letter: Letter, at: datetime) -> tuple[str, str]:
    faults = bodies.of_arrived(letter.kind, letter.body)
    message = Message(
        direction=IN, peer=letter.sender, kind=letter.kind, key=letter.id, stream=letter.stream,
        sequence=letter.sequence, body=letter.body, digest=letter.digest, created_at=at, next_try_at=at,
        written_at=datetime.fromisoformat(letter.written_at),
    )  # fmt: skip
    if faults:
        message.state, message.next_try_at, message.error = State.HELD, None, "；".join(faults)[:1000]
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            if faults:
                alarm.held(message, at)
            transaction.on_commit(lambda: messages_arrived.send(sender=Message))
    except IntegrityError:
        return _known(letter)
    return (KEPT, "内容不符合规定，已转人工处理") if faults else (TAKEN, "")


def _known(letter: Letter) -> tuple[str, str]:
    """It is here already, or something else is in its place."""
    earlier = Message.objects.filter(direction=IN, peer=letter.sender, key=letter.id).only("digest").first()
    if earlier and earlier.digest == letter.digest:
        return KNOWN, ""
    log.error("message %s of the municipal platform differs from what came before", letter.id)
    if earlier:
        return REFUSED, "同一编号的消息内容不同"
    return REFUSED, "同一序列的同一顺序号已经另有消息"
