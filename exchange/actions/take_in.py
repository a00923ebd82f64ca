"""What the city sent takes effect: exactly once, in the order of its stream, in one transaction with its row.

What a kind does is its chapter's affair (`exchange.rules.kinds`), and passes the same gates as everything else there.
What does not pass is held for a person, with the reasons; nothing is thrown away.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q

from accounts import actions as people
from casework.actions.files import forget
from casework.inspection.kinds import FileRefused
from casework.models import Case, Message
from casework.refusal import Refused
from exchange.actions import alarm, streams
from exchange.queries.peer import IN, OUT
from exchange.rules import bodies
from exchange.rules.kinds import Take, kind

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=1)  # doubled with each failure
MOST_TRIES = 6
State = Message.State


class Held(Exception):
    """It cannot be taken in as it is; the text says why, in Chinese, to whoever looks after the exchange."""


def take_in(at: datetime, most: int) -> int:
    """Take in what waits at `at`, at `most` so many; answers how many were looked at."""
    looked = 0
    while looked < most and _take_in_one(at):
        looked += 1
    return looked


@transaction.atomic
def _take_in_one(at: datetime) -> bool:
    message = _next(at)
    if message is None:
        return False
    stored: list[str] = []
    try:
        with transaction.atomic():
            if faults := bodies.of_arrived(message.kind, content(message)):
                raise Held("；".join(faults))
            case = _take_of(message)(message, stored)
        columns: dict[str, Any] = {"state": State.DONE, "done_at": at, "next_try_at": None, "error": "", "case": case}
    except (Held, Refused, people.Refused, FileRefused) as error:
        _forget(stored)
        columns = {"state": State.HELD, "next_try_at": None, "error": str(error)[:1000]}
    except (DatabaseError, OSError, LookupError, ValueError, TypeError, AttributeError) as error:
        _forget(stored)
        columns = _failed(message, error, at)
    for name, value in columns.items():
        setattr(message, name, value)
    message.save(update_fields=[*columns, "body", "repaired"])
    if message.state == State.HELD:
        alarm.held(message, at)
    return True


def _next(at: datetime) -> Message | None:
    """The message that waits longest and whose predecessor is done; none that another worker has."""
    before = Message.objects.filter(
        direction=IN, peer=OuterRef("peer"), stream=OuterRef("stream"), sequence=OuterRef("sequence") - 1
    ).exclude(done_at=None)
    waiting = Message.objects.filter(
        Q(sequence=1) | Exists(before), direction=IN, peer=settings.EXCHANGE_PEER, state=State.WAITING,
        next_try_at__lte=at,
    )  # fmt: skip
    return waiting.order_by("next_try_at", "pk").select_for_update(skip_locked=True, of=("self",)).first()


def _failed(message: Message, error: Exception, at: datetime) -> dict[str, Any]:
    """An error of ours: again later, and after some tries a person looks at it."""
    # What PostgreSQL says of a row that it refuses has the row in it.
    known = None if isinstance(error, DatabaseError) else error
    log.error("message %s could not be taken in: %s", message.key, type(error).__name__, exc_info=known)
    tries = message.attempts + 1
    if tries >= MOST_TRIES:
        return {
            "attempts": tries,
            "state": State.HELD,
            "next_try_at": None,
            "error": "系统多次处理失败，请联系维护人员",
        }
    pause = PAUSE * 2 ** min(tries - 1, 6)
    return {"attempts": tries, "next_try_at": at + pause, "error": f"系统处理失败：{type(error).__name__}"}


def _forget(stored: list[str]) -> None:
    for name in stored:
        forget(name)


def _take_of(message: Message) -> Take:
    known = kind(message.kind)
    if known is None or known.take is None:
        raise LookupError(f"nobody takes {message.kind} in")
    return known.take


def content(message: Message) -> Any:
    """What counts: the text that came, or what two people put in its place."""
    return message.repaired or message.body


def rejection(message: Message, stored: list[str]) -> Case | None:
    """The city could not use a message of ours: a person looks at that one."""
    told = content(message)
    found = Message.objects.filter(direction=OUT, peer=message.peer, key=told["message"]).first()
    if found is None:
        raise Held("没有这一消息")
    at = message.created_at
    refused = Message.objects.filter(pk=found.pk).exclude(state=State.REPLACED)
    if refused.update(
        state=State.HELD, done_at=None, next_try_at=None, claim=None, returned_at=at,
        error=f"对方退回：{told['reason']}"[:1000],
    ):  # fmt: skip
        streams.block(found)
        alarm.held(found, at)
    return found.case
