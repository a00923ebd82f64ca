"""The chain of acts, continued in Python as PostgreSQL would (accounts/models/chain.py): the load has no triggers."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db import connection

from casework.models import Act, ActLane
from casework.models.act import HEADS, LANES
from portal.populate.sheet import NULL, Sheet, plain

as_json = json.JSONEncoder(ensure_ascii=False).encode


def as_jsonb(value: Any) -> str:
    """JSON as PostgreSQL prints jsonb: the keys of an object by length, then by bytes."""
    return as_json(_sorted(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: (len(key.encode()), key.encode()))}
    return [_sorted(each) for each in value] if isinstance(value, list) else value


class Record:
    """Where each lane ends; `enter` adds an act behind it."""

    def __init__(self, recorded_at: str) -> None:
        """`recorded_at` is when the load is written down: UTC, as it is hashed."""
        self._recorded_at = recorded_at
        self._recorded = as_json(recorded_at)
        self.acts = Sheet(
            Act, "case_id", "seq", "step", "label", "actor_id", "actor_name", "role", "organisation_id", "at",
            "from_state", "to_state", "facts", "attested", "basis", "lane", "link", "previous", "hash",
            "recorded_at", "transaction",
        )  # fmt: skip
        self._links = [0] * LANES
        self._hashes = [b""] * LANES
        self._transaction = 0

    def begin(self) -> None:
        """Lock the heads of the lanes and read where they stand."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            (self._transaction,) = cursor.fetchone()
            cursor.execute(f"LOCK TABLE {HEADS} IN EXCLUSIVE MODE")
        for head in ActLane.objects.all():
            self._links[head.lane], self._hashes[head.lane] = head.link, bytes(head.hash)

    def enter(
        self, case: int, seq: int, words: tuple[str, ...], actor: int | None, name: str, role: str, organ: int | None,
        at: str, states: tuple[str, str], facts: str,
    ) -> int:  # fmt: skip
        """Chain one act and write it down. `words` are (step, label, attested, basis, their hashed text around the
        states) as `told` gives them; `at` is UTC as it is hashed, `facts` the text of jsonb."""
        step, label, attested, basis, step_hashed, end_hashed = words
        lane = case % LANES
        link = self._links[lane] = self._links[lane] + 1
        key = self.acts.reserve()
        content = (
            f"[{key}, {case}, {seq}, {step_hashed}, {actor or 'null'}, {as_json(name)}, "
            f'"{role}", {organ or "null"}, "{at}", {self._recorded}, "{states[0]}", "{states[1]}", {facts}, '
            f"{end_hashed}, null, {self._transaction}, {lane}, {link}]"
        )
        previous = self._hashes[lane]
        made = self._hashes[lane] = sha256(previous + content.encode()).digest()
        self.acts.keyed(
            key, case, seq, step, label, actor or NULL, name, role, organ or NULL, f"{at}+00", *states, plain(facts),
            attested, basis, lane, link, rf"\\x{previous.hex()}", rf"\\x{made.hex()}", f"{self._recorded_at}+00",
            self._transaction,
        )  # fmt: skip
        return key

    def end(self) -> None:
        """Move the heads to where the lanes end now."""
        with connection.cursor() as cursor:
            for lane, (link, made) in enumerate(zip(self._links, self._hashes, strict=True)):
                if link:
                    cursor.execute(
                        f"INSERT INTO {HEADS} (lane, link, hash) VALUES (%s, %s, %s) "  # noqa: S608 - a constant
                        "ON CONFLICT (lane) DO UPDATE SET link = EXCLUDED.link, hash = EXCLUDED.hash",
                        [lane, link, made],
                    )


def told(step: str, label: str, attested: list[str], basis: str) -> tuple[str, ...]:
    """What `Record.enter` needs of a row of a procedure, worked out once."""
    return (
        step, label, plain(as_jsonb(attested)), plain(basis), f"{as_jsonb(step)}, {as_jsonb(label)}",
        f"{as_jsonb(attested)}, {as_jsonb(basis)}",
    )  # fmt: skip
