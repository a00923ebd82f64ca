"""The thousandth page of the work list costs what the first costs: reached by the link that the page before it has."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena, turns
from bench.client import request
from bench.goals import Finding, Goal
from bench.guards import listing
from bench.rounds import Web
from bench.workloads.queue import PATH

DEPTH = Goal("P3", "work list: p95 of page 1,000, beside page 1", 1.2, 1.05, "×")
GOALS = (DEPTH,)

PAGE, DEEP = 25, 1000
# Where fewer than a thousand pages are open, what has ended is leafed through instead: the same code, the other index.
BOTH = """
SELECT count(*) FILTER (WHERE ended_at IS NULL), count(*) FILTER (WHERE ended_at IS NOT NULL)
FROM casework_case WHERE organ_id = %s
"""
OPEN = """
SELECT number, due_on, id FROM casework_case WHERE organ_id = %s AND ended_at IS NULL
ORDER BY due_on, id OFFSET %s LIMIT 26
"""
ENDED = """
SELECT number, ended_at, id FROM casework_case WHERE organ_id = %s AND ended_at IS NOT NULL
ORDER BY ended_at DESC, id DESC OFFSET %s LIMIT 26
"""


def run(arena: Arena) -> Iterator[Finding]:
    still_open, ended = arena.rows(BOTH, arena.unit)[0]
    tab, rows, every = ("open", OPEN, still_open) if still_open >= ended else ("ended", ENDED, ended)
    page = min(DEEP, every // PAGE - 1)
    official = arena.officials(arena.sizes.largest)
    first = [number for number, _, _ in arena.rows(rows, arena.unit, 0)][:PAGE]
    (_, value, key), *deep = arena.rows(rows, arena.unit, PAGE * (page - 1) - 1)
    place = f"{value.isoformat()}~{key}".replace("+", "%2B")
    path = PATH.replace("open", tab)
    near = Web(arena.main, turns([request(path, one) for one in official]), listing(first), "page 1")
    far = Web(
        arena.main, turns([request(f"{path}&after={place}", one) for one in official]),
        listing([number for number, _, _ in deep]), f"page {page:,}",
    )  # fmt: skip
    found = arena.rounds.flat(near, far)
    yield Finding(
        DEPTH, found.ratio, f"page {page:,} of the {tab} ones: {found.many:.1f} ms", f"page 1: {found.few:.1f} ms"
    )
