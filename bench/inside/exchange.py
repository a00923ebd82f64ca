"""Messages that leave for the city, through the outbox and by a client that keeps nothing; and messages that arrive."""

from __future__ import annotations

import time
from dataclasses import replace
from uuid import uuid4

import requests
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from casework.models import Message
from exchange.actions import outbox
from exchange.actions.deliver import deliver_batch
from exchange.queries.peer import letter_of, moment, ours
from exchange.rules import letters, signed


def outgoing(url: str, rounds: int, number: int) -> dict[str, list[float]]:
    """Messages a second in each round: written, sent, acknowledged and marked; and merely posted."""
    settings.EXCHANGE_URL = url
    found: dict[str, list[float]] = {"ours": [], "plain": []}
    for turn in range(rounds):
        written = [_written(f"bench-{uuid4()}", turn) for _ in range(number)]
        begun = time.perf_counter()
        while deliver_batch(timezone.now()).claimed:
            pass
        found["ours"].append(number / (time.perf_counter() - begun))
        keys = [one.key for one in written]
        if Message.objects.filter(key__in=keys, state=Message.State.DONE).count() != number:
            raise AssertionError("a message was not acknowledged")
        found["plain"].append(number / _posted(url, written))
    return found


@transaction.atomic
def _written(stream: str, turn: int) -> Message:
    at = timezone.now()
    body = {"case": stream, "state": f"turn_{turn}", "label": "测量", "at": moment(at), "ended": False}
    return outbox.write("status", stream, body, at)


def _posted(url: str, written: list[Message]) -> float:
    """Seconds in which the same messages, under other names and signed before, are posted over one connection."""
    now, by = timezone.localtime(), ours()
    others = [replace(letter_of(one), id=str(uuid4()), stream=f"{one.stream}-plain") for one in written]
    bodies = [letters.written(one, now, by) for one in others]
    with requests.Session() as session:
        begun = time.perf_counter()
        for body in bodies:
            answer = session.post(f"{url}/messages", body, timeout=10)
            if answer.status_code != 200:
                raise AssertionError(f"status {answer.status_code}")
        return time.perf_counter() - begun


def arriving(number: int) -> list[str]:
    """So many status messages as the city signs them a moment before, each the first of a stream of its own."""
    now = timezone.localtime()
    version, seed = max(settings.EXCHANGE_SIMULATOR_KEYS.items())
    by = signed.signer(settings.EXCHANGE_PEER, version, seed)
    body = {"case": "许申〔2026〕1号", "state": "reviewing", "label": "测量", "at": moment(now), "ended": False}
    ends = {"sender": settings.EXCHANGE_PEER, "receiver": settings.EXCHANGE_SELF, "written_at": moment(now)}
    return [
        letters.written(
            letters.Letter(id=str(uuid4()), kind="status", stream=f"BENCH-{uuid4()}", sequence=1, body=body, **ends),
            now, by,
        ).decode()
        for _ in range(number)
    ]  # fmt: skip
