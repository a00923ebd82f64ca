"""Due days of legal limits, worked out with their reasons by the pure function that every clock rests on."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena
from bench.figures import median_of
from bench.goals import Finding, Goal

RATE = Goal("DUE", "due(): due days with their reasons, a second on one core", 5000, 20000, "a second", most=False)
GOALS = (RATE,)


def run(arena: Arena) -> Iterator[Finding]:
    rates = arena.call(arena.sizes.smallest, "clocks.due", rounds=arena.rounds.number, seconds=1)
    value = median_of(rates)
    yield Finding(RATE, value, f"{value.middle:,.0f} a second; a million in {1e6 / value.middle:,.0f} s")
