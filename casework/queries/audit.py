"""Does the chain of acts hold, and does every case stand where its acts have brought it?

PostgreSQL recomputes the hashes where the rows are, so that a million acts are checked in seconds and a reader of
another language needs nothing but SHA-256 and SQL.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from casework.models.act import HASHED

_BROKEN = f"""
SELECT lane, link, id, case_id, seq, fault FROM (
    SELECT a.lane, a.link, a.id, a.case_id, a.seq, CASE
        WHEN a.link <> COALESCE(lag(a.link) OVER lane, 0) + 1 THEN 'gap'
        WHEN a.previous <> COALESCE(lag(a.hash) OVER lane, ''::bytea) THEN 'previous'
        WHEN a.hash <> sha256(a.previous || convert_to({HASHED}, 'UTF8')) THEN 'content'
    END AS fault
    FROM casework_act a WINDOW lane AS (PARTITION BY a.lane ORDER BY a.link)
) checked WHERE fault IS NOT NULL ORDER BY id LIMIT %s
"""  # noqa: S608 - no value of anybody's is written into it

_CUT = """
SELECT l.lane, l.link, COALESCE(a.link, 0) FROM casework_actlane l
LEFT JOIN LATERAL (SELECT link, hash FROM casework_act WHERE lane = l.lane ORDER BY link DESC LIMIT 1) a ON true
WHERE l.link <> COALESCE(a.link, 0) OR l.hash <> COALESCE(a.hash, ''::bytea) ORDER BY l.lane LIMIT %s
"""

_ASTRAY = """
SELECT c.id, c.number, c.state, c.act_count, COALESCE(a.to_state, 'new'), COALESCE(a.seq, 0), COALESCE(n.acts, 0)
FROM casework_case c
LEFT JOIN LATERAL (SELECT to_state, seq FROM casework_act WHERE case_id = c.id ORDER BY seq DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (SELECT count(*) AS acts FROM casework_act WHERE case_id = c.id) n ON true
WHERE c.state <> COALESCE(a.to_state, 'new') OR c.act_count <> COALESCE(a.seq, 0) OR n.acts <> c.act_count
ORDER BY c.id LIMIT %s
"""

_LEAPS = """
SELECT id, case_id, seq, from_state, came_from FROM (
    SELECT a.id, a.case_id, a.seq, a.from_state,
           COALESCE(lag(a.to_state) OVER (PARTITION BY case_id ORDER BY seq), 'new') AS came_from
    FROM casework_act a
) moves WHERE from_state <> came_from ORDER BY id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where the record does not hold. `kind` is a stable word, `words` say it in English for the log."""

    kind: str
    words: str
    act: int | None = None


def faults(most: int = 20) -> list[Fault]:
    """The first faults of the record, those of the chain before those of the states; empty when all holds."""
    found = [
        Fault(
            kind, f"lane {lane} breaks at link {link}: act {act} (case {case}, number {seq} in it): {_SAYS[kind]}", act
        )
        for lane, link, act, case, seq, kind in _rows(_BROKEN, most)
    ]
    found += [
        Fault("tail", f"lane {lane} should have {link} acts and ends at {last}: acts at its end are missing or changed")
        for lane, link, last in _rows(_CUT, most)
    ]
    found += [
        Fault(
            "state",
            f"case {number} stands in {state} with {count} acts; its acts lead to {acted} with {seq} (found {n})",
        )
        for _, number, state, count, acted, seq, n in _rows(_ASTRAY, most)
    ]
    found += [
        Fault(
            "leap",
            f"act {act} (case {case}, number {seq} in it) starts from {start}, but the case stood in {stood}",
            act,
        )
        for act, case, seq, start, stood in _rows(_LEAPS, most)
    ]
    return found[:most]


_SAYS = {
    "gap": "the act before it is missing",
    "previous": "it does not continue the act before it",
    "content": "its content was changed after it was written",
}


def counted() -> tuple[int, int]:
    """How many acts and lanes there are."""
    return _rows("SELECT count(*), count(DISTINCT lane) FROM casework_act LIMIT %s", 1)[0]


def _rows(sql: str, most: int) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [most])
        return cursor.fetchall()
