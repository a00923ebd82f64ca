"""Sixty-four at a time file with one organ, whose numbers have no gap; beside them sixty-four with sixteen organs."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena
from bench.figures import ratio
from bench.goals import Finding, Goal
from bench.guards import answered, demand
from bench.rounds import Web
from bench.workloads.submit import enough, posts

RACE = Goal("P6", "64 at a time into one series of numbers, beside sixteen series", 0.6, 0.85, "×", most=False)
GOALS = (RACE,)

AT_ONCE, SECONDS = 64, 1.5
# Numbers of this year: in a series without gaps there are as many as the last one says.
GAPS = """
SELECT series, count(*), max(serial) FROM (
    SELECT substring(number FROM '^(.*?)[0-9]+号$') AS series, substring(number FROM '([0-9]+)号$')::bigint AS serial
    FROM casework_case WHERE number LIKE %s
) numbers GROUP BY series HAVING count(*) <> max(serial) OR count(DISTINCT serial) <> count(*)
"""


def run(arena: Arena) -> Iterator[Finding]:
    largest = arena.sizes.largest
    seconds = min(arena.rounds.seconds, SECONDS)
    drafts = enough(arena.rounds.number, seconds)
    runners = [
        Web(arena.main, posts(arena, largest, drafts), answered(201), "one series"),
        Web(arena.main, posts(arena, largest, drafts, organs=16), answered(201), "sixteen series"),
    ]
    found = arena.rounds.compare(runners, many=AT_ONCE, alone=0, seconds=seconds)
    gaps = arena.rows(GAPS, f"%〔{arena.today.year}〕%")
    demand("series of numbers (there, last)", str(gaps[:5]) if gaps else "")
    one, many = found["one series"], found["sixteen series"]
    yield Finding(
        RACE, ratio(one.of("rate"), many.of("rate")),
        f"{one.median('rate'):,.0f} a second, no gap, no number twice", f"{many.median('rate'):,.0f} a second",
    )  # fmt: skip
