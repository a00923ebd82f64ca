"""The book of a day: each side says which messages it has, and both are compared, message by message.

Directions are the district's: `out` went to the city, `in` came from it. Messages belong to the day in Beijing on which
they were written. Totals say what is settled; whether all is well the entries say, a page at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from exchange.rules import bodies
from exchange.rules.signed import LEDGER, REQUEST, Keys, Malformed, Signer, Unsigned, opened, sign

PAGE = 1000

# What can be wrong with one message.
MISSING_THERE, MISSING_HERE, DIFFERENT = "missing_there", "missing_here", "different"


@dataclass(frozen=True)
class Question:
    """Totals of a day, or with a direction a page of its entries behind an id. The nonce ties the answer to it."""

    sender: str
    receiver: str
    nonce: str
    day: str
    direction: str = ""
    after: str = ""


@dataclass(frozen=True)
class Total:
    """How many messages of one direction and kind, and the digest of all of them."""

    direction: str
    kind: str
    count: int
    digest: str


@dataclass(frozen=True)
class Entry:
    """One message. `done`: whoever sent it was told that the other side has it."""

    id: str
    kind: str
    digest: str
    done: bool


def asked(question: Question, by: Signer) -> bytes:
    return sign(REQUEST, asdict(question), by)


def read_question(data: bytes, keys: Keys) -> Question:
    """Raises Malformed or Unsigned."""
    return Question(**_checked(REQUEST, "question", data, keys, "sender"))


def told(question: Question, totals: Iterable[Total], entries: Iterable[Entry], more: bool, by: Signer) -> bytes:
    content: dict[str, Any] = {
        "nonce": question.nonce,
        "sender": question.receiver,
        "totals": [asdict(total) for total in totals],
        "entries": [asdict(entry) for entry in entries],
        "more": more,
    }
    return sign(LEDGER, content, by)


def read_told(data: bytes, question: Question, keys: Keys) -> tuple[list[Total], list[Entry], bool]:
    """Totals, entries and whether there are more. Raises Malformed or Unsigned."""
    content = _checked(LEDGER, "ledger", data, keys, "sender")
    if (content["nonce"], content["sender"]) != (question.nonce, question.receiver):
        raise Malformed("the answer is about something else")
    entries = [Entry(**entry) for entry in content["entries"]]
    ids = [question.after, *(entry.id for entry in entries)]
    if any(one >= other for one, other in pairwise(ids)) or (content["more"] and not entries):
        raise Malformed("entries are out of order")
    return [Total(**total) for total in content["totals"]], entries, content["more"]


def _checked(purpose: str, schema: str, data: bytes, keys: Keys, whose: str) -> dict[str, Any]:
    content = opened(purpose, data, keys)
    if faults := bodies.faults(schema, content):
        raise Malformed(faults[0])
    if content.pop("key").rpartition("-")[0] != content[whose]:
        raise Unsigned("the key is somebody else's")
    return content


def digest_of(entries: Iterable[tuple[str, str]]) -> str:
    """The digest of (id, digest) pairs in the order of their ids."""
    return hashlib.sha256("\n".join(f"{key} {digest}" for key, digest in entries).encode()).hexdigest()


def compared(
    ours: Mapping[str, Entry], theirs: Mapping[str, Entry], outgoing: bool
) -> tuple[list[tuple[str, str, str]], int]:
    """(id, kind, what is wrong) of the messages that differ, and how many are merely on their way.

    On its way is what its sender has not been told to have arrived.
    """
    found, pending = [], 0
    for key in sorted({*ours, *theirs}):
        one, here, there = ours[key] if key in ours else theirs[key], ours.get(key), theirs.get(key)
        sent, got = (here, there) if outgoing else (there, here)
        if here and there and here.digest != there.digest:
            found.append((key, one.kind, DIFFERENT))
        elif sent and not sent.done:
            pending += 1
        elif sent is None or got is None:
            missing = MISSING_HERE if here is None else MISSING_THERE
            found.append((key, one.kind, missing))
    return found, pending
