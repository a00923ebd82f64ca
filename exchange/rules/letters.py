"""A message, version 1, and the answer to it.

`written_at` is when the message came to be and never changes; `sent_at` is when this copy left, so that an old copy
that somebody caught is worth nothing. What a message says is its digest: everything but `sent_at`, key and signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from exchange.rules import bodies
from exchange.rules.signed import ANSWER, MESSAGE, Keys, Malformed, Signer, Unsigned, digest, opened, sign

VERSION = 1
WINDOW = timedelta(minutes=10)  # how far the clocks of both sides may be apart, the way included
MOST_BYTES = 6 * 1024 * 1024

# What the other side may answer. The first three take the message over: it need not be sent again.
TAKEN, KNOWN, KEPT = "taken", "known", "kept"
REFUSED, STALE = "refused", "stale"
ACKNOWLEDGED = frozenset({TAKEN, KNOWN, KEPT})


@dataclass(frozen=True)
class Letter:
    """One message. Messages of one `stream` (a case) are numbered from 1 and take effect in this order."""

    id: str
    sender: str
    receiver: str
    kind: str
    stream: str
    sequence: int
    written_at: str
    body: Mapping[str, Any]

    @cached_property
    def digest(self) -> str:
        return digest({"version": VERSION, **asdict(self)})


@dataclass(frozen=True)
class Answer:
    """What the other side says about a message, under its own signature; only this one counts as an acknowledgement."""

    id: str
    digest: str
    outcome: str
    reason: str = ""


def written(letter: Letter, sent_at: datetime, by: Signer) -> bytes:
    """The message as it goes over the wire."""
    content = {"version": VERSION, **asdict(letter), "sent_at": sent_at.isoformat(timespec="seconds")}
    return sign(MESSAGE, content, by)


def read(data: bytes, keys: Keys) -> tuple[Letter, datetime]:
    """The message and when this copy left. Raises Malformed or Unsigned; the body is not looked at here."""
    if len(data) > MOST_BYTES:
        raise Malformed("too long")
    content = opened(MESSAGE, data, keys)
    if faults := bodies.faults("envelope", content):
        raise Malformed(faults[0])
    key, sent_at = content.pop("key"), _moment(content.pop("sent_at"))
    del content["version"]
    letter = Letter(**content)
    _moment(letter.written_at)
    if key.rpartition("-")[0] != letter.sender:
        raise Unsigned("the key is not the sender's")
    return letter, sent_at


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed("there is no such day") from error


def answered(answer: Answer, by: Signer) -> bytes:
    return sign(ANSWER, asdict(answer), by)


def read_answer(data: bytes, letter: Letter, keys: Keys) -> Answer:
    """The answer to this very message. Raises Malformed or Unsigned: whoever lies has acknowledged nothing."""
    content = opened(ANSWER, data, keys)
    if faults := bodies.faults("answer", content):
        raise Malformed(faults[0])
    key = content.pop("key")
    answer = Answer(**content)
    if key.rpartition("-")[0] != letter.receiver:
        raise Unsigned("the key is not the receiver's")
    if (answer.id, answer.digest) != (letter.id, letter.digest):
        raise Malformed("the answer is about something else")
    return answer
