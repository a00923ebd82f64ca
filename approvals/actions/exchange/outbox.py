"""What happens here is told to the city: one message for each act that moves a case, in the act's own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from approvals.actions.exchange import streams
from approvals.queries.exchange.peer import IN, OUT, letter_of, moment
from approvals.rules.exchange import bodies
from casework import registry
from casework.models import Act, Case, Message
from casework.queries.clock import database_now
from casework.signals import messages_written


def tell_status(case: Case, act: Act) -> Message:
    """Where the case stands now. The case is locked, so that its messages are numbered in the order of its acts.

    Nobody is named in it: the city knows the people of its own filings, and has no need of others (个人信息保护法 6).
    """
    body: dict[str, Any] = {
        "case": case.number,
        "item": case.matter,
        "organ": case.organ.code,
        "state": case.state,
        "label": registry.procedure(case.procedure, case.version).state(case.state).label,
        "step": act.label,
        "at": moment(act.at),
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "ended": case.ended_at is not None,
    }
    if reference := _reference(case):
        body["reference"] = reference
    # Now, whenever the act took place: a day that was compared gets no more messages.
    return write("status", case.number, body, database_now(), case=case, act=act)


def _reference(case: Case) -> str:
    """Under what name the city knows a case that came from it."""
    if case.channel != Case.Channel.EXCHANGE:
        return ""
    filing = Message.objects.filter(direction=IN, kind="filing", case=case).only("stream").first()
    return filing.stream if filing else ""


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
