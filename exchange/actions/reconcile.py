"""Both sides compare what they have of a day. What the city acknowledged and does not have is sent once more."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework.models import Message
from casework.signals import messages_written
from exchange.actions import alarm, streams
from exchange.actions.wire import Away, Wire
from exchange.models import Reconciliation
from exchange.queries import ledger as ours
from exchange.queries.peer import IN, OUT
from exchange.queries.peer import ours as our_signer
from exchange.queries.peer import theirs as their_keys
from exchange.rules import ledger as book
from exchange.rules.ledger import MISSING_THERE, Entry, Question, Total
from exchange.rules.signed import Malformed, Unsigned

log = logging.getLogger(__name__)
BACK = 30  # days for which a difference is followed up by itself
SHOWN = 500  # differences that a run lists
Difference = tuple[str, str, str, str]  # direction, id, kind, what is wrong


def reconcile_due(at: datetime) -> int:
    """Compare the days that are over and were not found equal; answers how many were looked at."""
    if asleep := streams.wake(settings.EXCHANGE_PEER, at):
        log.error("%d streams had no message with a time to leave", asleep)
    looked = 0
    for day in ours.unequal_days(timezone.localdate(at), BACK):
        looked += 1
        if reconcile(day, at).error:
            break  # nobody is there: the other days wait
    return looked


def reconcile(day: date, at: datetime, by: User | None = None) -> Reconciliation:
    """One run for one day, message by message: equal totals say nothing of what is still on its way to here.

    That it could not be made is a row as well.
    """
    try:
        with Wire() as wire:
            theirs, _, _ = _ask(wire, day)
            mine = ours.totals(day)
            pending, found = _compare(wire, day)
    except (Away, Malformed, Unsigned) as error:
        log.warning("%s could not be compared with the municipal platform: %s", day, error)
        run = Reconciliation.objects.create(day=day, at=at, by=by, equal=False, error=str(error)[:300])
        alarm.unequal(run)
        return run
    with transaction.atomic():
        _send_again([key for direction, key, _, what in found if direction == OUT and what == MISSING_THERE], at)
        run = Reconciliation.objects.create(
            day=day, at=at, by=by, equal=not found and not pending, pending=pending, count=len(found),
            figures=_figures(mine, theirs),
            differences=[dict(zip(("direction", "key", "kind", "what"), one, strict=True)) for one in found[:SHOWN]],
        )  # fmt: skip
        alarm.unequal(run)
    return run


def _ask(wire: Wire, day: date, direction: str = "", after: str = "") -> tuple[list[Total], list[Entry], bool]:
    question = Question(settings.EXCHANGE_SELF, settings.EXCHANGE_PEER, uuid4().hex, day.isoformat(), direction, after)
    status, said = wire.ledger(book.asked(question, our_signer()))
    if status != 200:
        raise Away(f"对方没有给出账目（{status}）")
    return book.read_told(said, question, their_keys())


def _compare(wire: Wire, day: date) -> tuple[int, list[Difference]]:
    """How many are on their way, and the messages that differ, a page of the city's entries at a time."""
    on_the_way, found = 0, list[Difference]()
    for direction in (OUT.value, IN.value):
        for mine, theirs in _pages(wire, day, direction):
            differing, pending = book.compared(mine, theirs, outgoing=direction == OUT)
            found += [(direction, *one) for one in differing]
            on_the_way += pending
    return on_the_way, found


def _pages(wire: Wire, day: date, direction: str) -> Iterator[tuple[dict[str, Entry], dict[str, Entry]]]:
    after, more = "", True
    while more:
        _, theirs, more = _ask(wire, day, direction, after)
        last = theirs[-1].id if more else ""
        yield ours.entries(day, direction, after, last), {entry.id: entry for entry in theirs}
        after = last


def _send_again(keys: list[str], at: datetime) -> None:
    """An acknowledgement that was a lie: the message leaves again, under its id."""
    lost = Message.objects.filter(direction=OUT, peer=settings.EXCHANGE_PEER, key__in=keys, state=Message.State.DONE)
    again = list(lost.order_by("stream", "sequence").select_for_update(of=("self",)))
    lost.update(state=Message.State.WAITING, done_at=None, next_try_at=at, claim=None)
    for message in again:
        streams.block(message)
    if again:
        transaction.on_commit(lambda: messages_written.send(sender=Message))


def _figures(mine: list[Total], theirs: list[Total]) -> list[dict[str, object]]:
    here = {(total.direction, total.kind): total for total in mine}
    there = {(total.direction, total.kind): total for total in theirs}
    return [
        {
            "direction": key[0], "kind": key[1],
            "ours": here[key].count if key in here else 0, "theirs": there[key].count if key in there else 0,
            "ours_digest": here[key].digest if key in here else "",
            "theirs_digest": there[key].digest if key in there else "",
        }
        for key in sorted({*here, *there})
    ]  # fmt: skip
