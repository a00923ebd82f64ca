"""Clocks that fall due in the same minute: claimed, their reminders written and delivered; and a look in vain."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.arena import Arena
from bench.figures import Interval
from bench.goals import Finding, Goal
from bench.guards import demand
from portal.embedded.postgres import OWNER
from tests.faults.sinks import SmsSink

CLAIM = Goal("P9.claim", "100,000 clocks due at once: until all are claimed, reminders written", 10, 2.2, "s")
DELIVER = Goal("P9.deliver", "100,000 reminders: until a gateway has them", 180, 60, "s")
IDLE = Goal("P10", "a look at clocks of which none is due: CPU", 5, 1, "ms")
GOALS = (CLAIM, DELIVER, IDLE)

DATABASE = "bench_ring"
MANY, SAMPLE, PATIENCE = 100_000, 4000, 20.0  # clocks; seconds for which it is delivered
WORKERS = 2  # as many as the portal's worker has processes
LOOKS = 200

QUIET = "UPDATE casework_deadline SET ring_on = '2100-01-01' WHERE ring_on IS NOT NULL"
DUE = """
UPDATE casework_deadline SET ring_on = %s, rings = 0, due_on = %s::date + 5 WHERE id IN (
    SELECT d.id FROM casework_deadline d JOIN casework_case c ON c.id = d.case_id
    WHERE d.ring_on = '2100-01-01' AND d.owner = 'case' AND c.handler_id IS NOT NULL ORDER BY d.id LIMIT %s)
"""
HANDLERS = "SELECT DISTINCT handler_id FROM casework_case WHERE handler_id IS NOT NULL AND ended_at IS NULL"
LEFT = "SELECT count(*) FROM casework_deadline WHERE ring_on <= %s"
WRITTEN = "SELECT count(*), count(DISTINCT key) FROM casework_notice WHERE channel = 'sms' AND created_at >= %s"


def run(arena: Arena) -> Iterator[Finding]:
    """On a copy of the second largest database: what is claimed cannot be claimed again."""
    size = sorted(arena.sizes.all)[-2:][0]
    with arena.without(size) as database:
        arena.cluster.copy(database, DATABASE)
    sink = SmsSink("bench")
    around = {
        "DATABASE_URL": arena.cluster.address(DATABASE), "PORTAL_SMS_URL": sink.url, "PORTAL_SMS_KEY": "bench",
    }  # fmt: skip
    try:
        yield from measured(arena, size, sink, around)
    finally:
        sink.stop()
        arena.cluster.drop(DATABASE)


def measured(arena: Arena, size: int, sink: SmsSink, around: dict[str, str]) -> Iterator[Finding]:
    def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return arena.cluster.rows(DATABASE, statement, *parameters)

    rows(QUIET)
    owner = around | {"DATABASE_OWNER_URL": arena.cluster.address(DATABASE, OWNER), "PORTAL_AS_OWNER": "1"}
    arena.call(size, "clocks.reachable", owner, users=[pk for (pk,) in rows(HANDLERS)])
    idle = arena.call(size, "clocks.idle", around, times=LOOKS)["cpu"] * 1000 / LOOKS

    # A sample first: where it is slow, a hundred thousand would take longer than the whole run may.
    rows(DUE, arena.today, arena.today, SAMPLE)
    claimed = ring(arena, size, around)
    if claimed["rung"] / claimed["seconds"] * PATIENCE > MANY:
        rows(DUE, arena.today, arena.today, MANY)
        further = ring(arena, size, around)
        claimed = further if further["rung"] else claimed  # a small district has no more clocks than the sample
    left = rows(LEFT, arena.today)[0][0]
    demand("clocks that did not ring", str(left) if left else "")
    written, keys = rows(WRITTEN, arena.today)[0]
    demand("reminders", "" if written else "none was written")
    demand("reminders written twice", "" if written == keys else f"{written} with {keys} keys")
    for_all = claimed["seconds"] * MANY / claimed["rung"]
    said = f"{claimed['rung']:,} in {claimed['seconds']:.1f} s by {WORKERS} workers, with reminders"
    yield Finding(CLAIM, Interval.exactly(for_all), said)

    parts = together(arena, size, "clocks.deliver", around, most=PATIENCE)
    sink.settle()
    twice = [key for key, times in sink.counted().items() if times > 1]
    sent = sum(part["sent"] for part in parts)
    lost = sent - len(sink.ledger)
    demand("reminders (taken twice, lost)", str((twice[:3], lost)) if twice or lost else "")
    rate = sum(part["sent"] / part["seconds"] for part in parts)
    said = f"{sent:,} of {written:,} by {WORKERS} workers, each once: {rate:,.0f} a second"
    yield Finding(DELIVER, Interval.exactly(MANY / rate), said)
    yield Finding(IDLE, Interval.exactly(idle), f"{idle:.2f} ms, the mean of {LOOKS}")


def ring(arena: Arena, size: int, around: dict[str, str]) -> dict[str, float]:
    """As the portal's task does it where very many clocks are due: a second worker helps."""
    parts = together(arena, size, "clocks.ring", around)
    return {"rung": sum(part["rung"] for part in parts), "seconds": max(part["seconds"] for part in parts)}


def together(arena: Arena, size: int, what: str, around: dict[str, str], **order: Any) -> list[dict[str, float]]:
    """What each of the workers answers who do the same at the same time."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda _: arena.call(size, what, around, **order), range(WORKERS)))
