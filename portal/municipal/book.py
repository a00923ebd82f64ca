"""What the city has: messages that came and messages of its own, in a file of SQLite."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from exchange.rules import ledger
from exchange.rules.ledger import Entry, Total
from exchange.rules.letters import KNOWN, REFUSED, TAKEN, Letter

TABLES = """
CREATE TABLE IF NOT EXISTS message (
    id TEXT PRIMARY KEY, direction TEXT NOT NULL, kind TEXT NOT NULL, stream TEXT NOT NULL, sequence INTEGER NOT NULL,
    day TEXT NOT NULL, digest TEXT NOT NULL, letter TEXT NOT NULL, done INTEGER NOT NULL, tries INTEGER NOT NULL,
    UNIQUE (direction, stream, sequence)
);
CREATE INDEX IF NOT EXISTS day ON message (direction, day, id);
CREATE INDEX IF NOT EXISTS to_send ON message (stream, sequence) WHERE direction = 'in' AND done = 0;
CREATE TABLE IF NOT EXISTS filing (
    number TEXT PRIMARY KEY, title TEXT NOT NULL, document TEXT NOT NULL, sequence INTEGER NOT NULL,
    state TEXT NOT NULL, registered INTEGER UNIQUE
);
"""


class Book:
    """Directions are the district's: `out` came from it, `in` goes to it. One connection, one thread at a time."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        self._connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;" + TABLES)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; one within another is part of it."""
        with self._lock:
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def read(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """All rows of a question."""
        with self._lock:
            return self._connection.execute(statement, parameters).fetchall()

    # --- from the district ---------------------------------------------------------------------------------------

    def keep(self, letter: Letter, also: Callable[[Letter], None] = lambda letter: None) -> tuple[str, str]:
        """Keep a message of the district, and what else is done with a new one: outcome and reason."""
        with self.writing() as book:
            known = book.execute("SELECT digest FROM message WHERE id = ?", [letter.id]).fetchone()
            if known:
                return (KNOWN, "") if known[0] == letter.digest else (REFUSED, "同一编号的消息内容不同")
            try:
                _insert(book, "out", letter, done=True)
            except sqlite3.IntegrityError:
                return REFUSED, "同一序列的同一顺序号已经另有消息"
            also(letter)
            return TAKEN, ""

    def standing(self) -> dict[str, str]:
        """For each case of the district the state that its messages lead to, in the order of their numbers."""
        latest = "SELECT stream, letter FROM message WHERE direction = 'out' AND kind = 'status' ORDER BY sequence"
        return {stream: json.loads(letter)["body"]["state"] for stream, letter in self.read(latest)}

    def broken(self) -> list[str]:
        """Streams of the district in which a number is missing."""
        counted = (
            "SELECT stream FROM message WHERE direction = 'out' GROUP BY stream "
            "HAVING count(*) <> max(sequence) OR min(sequence) <> 1"
        )
        return [stream for (stream,) in self.read(counted)]

    # --- to the district -----------------------------------------------------------------------------------------

    def write(self, kind: str, stream: str, body: dict[str, Any], at: datetime, ends: tuple[str, str]) -> Letter:
        """The next message of a stream."""
        with self.writing() as book:
            last = book.execute(
                "SELECT coalesce(max(sequence), 0) FROM message WHERE direction = 'in' AND stream = ?", [stream]
            ).fetchone()[0]
            letter = Letter(str(uuid4()), *ends, kind, stream, last + 1, at.isoformat(), body)
            _insert(book, "in", letter, done=False)
        return letter

    def waiting(self, most: int) -> list[Letter]:
        """What was not acknowledged, first things first."""
        rows = self.read(
            "SELECT letter FROM message WHERE direction = 'in' AND done = 0 ORDER BY tries, sequence, rowid LIMIT ?",
            most,
        )
        return [Letter(**json.loads(letter)) for (letter,) in rows]

    def tried(self, letter: Letter, done: bool) -> None:
        with self.writing() as book:
            book.execute("UPDATE message SET done = max(done, ?), tries = tries + 1 WHERE id = ?", [done, letter.id])

    # --- the book of a day ---------------------------------------------------------------------------------------

    def totals(self, day: str) -> list[Total]:
        """What is settled: all that came, and of one's own what was acknowledged."""
        rows = self.read(
            "SELECT direction, kind, id, digest FROM message WHERE day = ? AND done = 1 ORDER BY direction, kind, id",
            day,
        )
        grouped: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for direction, kind, key, digest in rows:
            grouped.setdefault((direction, kind), []).append((key, digest))
        return [Total(*group, len(pairs), ledger.digest_of(pairs)) for group, pairs in grouped.items()]

    def entries(self, day: str, direction: str, after: str) -> tuple[list[Entry], bool]:
        """A page of entries behind an id, and whether there are more."""
        rows = self.read(
            "SELECT id, kind, digest, done FROM message WHERE day = ? AND direction = ? AND id > ? ORDER BY id LIMIT ?",
            day, direction, after, ledger.PAGE + 1,
        )  # fmt: skip
        found = [Entry(key, kind, digest, bool(done)) for key, kind, digest, done in rows]
        return found[: ledger.PAGE], len(found) > ledger.PAGE

    def counts(self) -> dict[str, int]:
        """Messages by direction, and how many of one's own still wait."""
        rows = self.read(
            "SELECT direction || CASE done WHEN 1 THEN '' ELSE '_waiting' END, count(*) FROM message GROUP BY 1"
        )
        return {"out": 0, "in": 0, "in_waiting": 0, **dict(rows)}


def _insert(book: sqlite3.Connection, direction: str, letter: Letter, done: bool) -> None:
    book.execute(
        "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
        [
            letter.id, direction, letter.kind, letter.stream, letter.sequence, letter.written_at[:10], letter.digest,
            json.dumps(asdict(letter), ensure_ascii=False), done,
        ],
    )  # fmt: skip
