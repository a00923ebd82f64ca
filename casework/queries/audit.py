"""Does the record hold, and does every case stand where its acts have brought it?

PostgreSQL recomputes the hashes where the rows are, so that a million acts are checked in seconds and a reader of
another language needs nothing but SHA-256 and SQL. Two records are chained in the same way: the acts of cases and the
access events (who did what to accounts, who read personal data).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from accounts.models import events
from casework.models import act

_BROKEN = """
SELECT lane, link, id, of_what, fault FROM (
    SELECT a.lane, a.link, a.id, {of_what} AS of_what, CASE
        WHEN a.link <> COALESCE(lag(a.link) OVER lane, 0) + 1 THEN 'gap'
        WHEN a.previous <> COALESCE(lag(a.hash) OVER lane, ''::bytea) THEN 'previous'
        WHEN a.hash <> sha256(a.previous || convert_to({hashed}, 'UTF8')) THEN 'content'
    END AS fault
    FROM {table} a WHERE a.lane = ANY(%s) WINDOW lane AS (PARTITION BY a.lane ORDER BY a.link)
) checked WHERE fault IS NOT NULL ORDER BY id LIMIT %s
"""

# Rows of a lane that has no head any more are missing at its end too. The lanes are found by leaps through the index.
_CUT = """
WITH RECURSIVE lanes (lane) AS (
    SELECT min(lane) FROM {table}
    UNION ALL
    SELECT (SELECT min(a.lane) FROM {table} a WHERE a.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
)
SELECT COALESCE(l.lane, a.lane), COALESCE(l.link, 0), COALESCE(a.link, 0) FROM {heads} l FULL JOIN (
    SELECT lanes.lane, last.link, last.hash FROM lanes CROSS JOIN LATERAL (
        SELECT link, hash FROM {table} t WHERE t.lane = lanes.lane ORDER BY link DESC LIMIT 1
    ) last
) a ON a.lane = l.lane
WHERE l.link IS DISTINCT FROM a.link OR l.hash IS DISTINCT FROM a.hash ORDER BY 1 LIMIT %s
"""

# Both go once over the acts in the order of cases, however many acts a case has.
_ASTRAY = """
SELECT c.id, c.number, c.state, c.act_count, COALESCE(a.to_state, 'new'), COALESCE(a.seq, 0), COALESCE(a.acts, 0)
FROM casework_case c LEFT JOIN (
    SELECT case_id, to_state, seq, row_number() OVER moves AS acts, lead(seq) OVER moves IS NULL AS is_last
    FROM casework_act WINDOW moves AS (PARTITION BY case_id ORDER BY seq)
) a ON a.case_id = c.id AND a.is_last
WHERE c.state <> COALESCE(a.to_state, 'new') OR c.act_count <> COALESCE(a.seq, 0) OR c.act_count <> COALESCE(a.acts, 0)
ORDER BY c.id LIMIT %s
"""

_LEAPS = """
SELECT id, case_id, seq, from_state, came_from FROM (
    SELECT a.id, a.case_id, a.seq, a.from_state, COALESCE(lag(a.to_state) OVER moves, 'new') AS came_from
    FROM casework_act a WINDOW moves AS (PARTITION BY case_id ORDER BY seq)
) stood WHERE from_state <> came_from ORDER BY id LIMIT %s
"""

OF_STATES = ("state", "leap")
_SAYS = {
    "gap": "the one before it is missing",
    "previous": "it does not continue the one before it",
    "content": "its content was changed after it was written",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """One chained record: its table, the table of its heads, what is hashed, and how many lanes it has."""

    name: str
    table: str
    heads: str
    hashed: str
    of_what: str
    lanes: int


ACTS = Chain(
    "act", act.TABLE, act.HEADS, act.HASHED, "format('case %%s, number %%s in it', a.case_id, a.seq)", act.LANES
)
EVENTS = Chain("event", events.TABLE, events.HEADS, events.HASHED, "a.kind", 2 * events.LANES)
CHAINS = (ACTS, EVENTS)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the record does not hold. `kind` is a stable word, `words` say it in English for the log.

    `act` is the key of the row concerned, an act's unless `kind` begins with "event_".
    """

    kind: str
    words: str
    act: int | None = None


def faults(most: int = 20) -> list[Fault]:
    """The first faults of the record, those of the chains before those of the states; empty when all holds."""
    found: list[Fault] = []
    for chain in CHAINS:
        found += chain_faults(chain, range(chain.lanes), most) + head_faults(chain, most)
    return (found + state_faults(most))[:most]


def chain_faults(chain: Chain, lanes: Iterable[int], most: int = 20) -> list[Fault]:
    """The faults of some lanes of one record. Lanes can be checked side by side."""
    broken = _BROKEN.format(table=chain.table, hashed=chain.hashed, of_what=chain.of_what)
    return [
        Fault(
            f"{_prefix(chain)}{kind}",
            f"lane {lane} breaks at link {link}: {chain.name} {row} ({of_what}): {_SAYS[kind]}",
            row,
        )
        for lane, link, row, of_what, kind in _rows(broken, list(lanes), most)
    ]


def head_faults(chain: Chain, most: int = 20) -> list[Fault]:
    """Lanes of one record that do not end where their heads say, or have none. A few look-ups."""
    return [
        Fault(
            f"{_prefix(chain)}tail",
            f"lane {lane} should have {link} {chain.name}s and ends at {last}: some at its end are missing or changed",
        )
        for lane, link, last in _rows(_CUT.format(table=chain.table, heads=chain.heads), most)
    ]


def _prefix(chain: Chain) -> str:
    return "" if chain is ACTS else "event_"


def state_faults(most: int = 20) -> list[Fault]:
    """Cases that stand elsewhere than their acts lead to, and acts that begin elsewhere than the one before ended."""
    found = [
        Fault(
            "state",
            f"case {number} stands in {state} with {count} acts; its acts lead to {acted} with {seq} (found {n})",
        )
        for _, number, state, count, acted, seq, n in _rows(_ASTRAY, most)
    ]
    return found + [
        Fault(
            "leap",
            f"act {row} (case {case}, number {seq} in it) starts from {start}, but the case stood in {stood}",
            row,
        )
        for row, case, seq, start, stood in _rows(_LEAPS, most)
    ]


def counted(chain: Chain = ACTS) -> tuple[int, int]:
    """How many rows and lanes a record has."""
    return _rows(f"SELECT count(*), count(DISTINCT lane) FROM {chain.table} LIMIT %s", 1)[0]  # noqa: S608 - a constant


def heads() -> list[tuple[str, int, int, bytes]]:
    """(table, lane, link, hash) of the last row of every lane of every record, all at one moment."""
    each = [f"SELECT '{chain.table}', lane, link, hash FROM {chain.heads}" for chain in CHAINS]  # noqa: S608
    return [
        (table, lane, link, bytes(made))
        for table, lane, link, made in _rows(" UNION ALL ".join(each) + " ORDER BY 1, 2")
    ]


def hashes(table: str, links: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The hashes that rows at these places (lane, link) have now."""
    lanes, numbers = zip(*links, strict=True)
    sql = f"""
    SELECT a.lane, a.link, a.hash FROM {table} a
    JOIN unnest(%s::int[], %s::bigint[]) AS w(lane, link) ON a.lane = w.lane AND a.link = w.link
    """  # noqa: S608 - tables of CHAINS
    return {(lane, link): bytes(made) for lane, link, made in _rows(sql, list(lanes), list(numbers))}


def _rows(sql: str, *parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
