"""A list of 2,050 rows as a PDF, beside WeasyPrint used naively; each in a process of its own."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal

TIME = Goal("P13.time", "list of 2,050 rows as PDF, beside WeasyPrint used naively", 0.65, 0.12, "×")
MEMORY = Goal("P13.memory", "list of 2,050 rows as PDF: the most memory held", 400, 150, "MB")
GOALS = (TIME, MEMORY)

ROWS, ROUNDS = 2050, 3


def run(arena: Arena) -> Iterator[Finding]:
    found: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    for turn in range(min(ROUNDS, arena.rounds.number)):
        for ours in (True, False) if turn % 2 == 0 else (False, True):
            found[ours].append(arena.call(arena.sizes.smallest, "printing.long", rows=ROWS, ours=ours))
    mine, naive = ([one["ms"] for one in found[ours]] for ours in (True, False))
    value, held = ratio(mine, naive), median_of([one["mb"] for one in found[True]])
    theirs = median_of([one["mb"] for one in found[False]]).middle
    yield Finding(TIME, value, f"{median_of(mine).middle / 1000:.2f} s", f"{median_of(naive).middle / 1000:.2f} s")
    yield Finding(MEMORY, held, f"{held.middle:.0f} MB", f"{theirs:.0f} MB")
