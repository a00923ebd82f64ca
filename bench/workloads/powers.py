"""The list of powers costs the same whether it has 200 powers or 20,000 with ten versions each."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from bench.arena import Apart, Arena, turns
from bench.client import request
from bench.goals import Finding, Goal
from bench.guards import holding
from bench.rounds import Web
from bench.workloads.flatness import flat

LIST = Goal("P2.powers", "list of powers: p95 with 20,000 of ten versions, beside 200", 1.15, 1.05, "×")
FILTER = Goal("P2.powers.kind", "list of powers by kind and organ: p95 with 20,000, beside 200", 1.15, 1.05, "×")
COMMON = Goal("P2.powers.common", "list of powers, a common word: p95 with 20,000, beside 200", 1.15, 1.05, "×")
HALF = Goal("P2.powers.word", "list of powers, a word of every fiftieth: p95 with 20,000, beside 200", 1.15, 1.05, "×")
RARE = Goal("P2.powers.rare", "list of powers, the words of one: p95 with 20,000, beside 200", 1.15, 1.05, "×")
PLAIN = Goal("P2.powers.plain", "powers in everyday words: p95 with 20,000, beside 200", 1.15, 1.05, "×")
POWER = Goal("P2.powers.page", "page of a power: p95 with 20,000, beside 200", 1.15, 1.05, "×")
# What is asked, and what the page has to hold.
ASKED = {
    LIST: ("/powers/", "权责清单"),
    FILTER: ("/powers/?organ=DC-SCJ&kind=CF", "的行政处罚"),
    COMMON: (f"/powers/?q={quote('行政处罚')}", "的行政处罚"),
    HALF: (f"/powers/?q={quote('餐饮')}", "餐饮"),
    RARE: (f"/powers/?q={quote('第150号')}", "（第150号）"),
    PLAIN: (f"/powers/plain/?q={quote('开饭馆被罚款')}", "餐饮"),
    POWER: ("/powers/BENCH-000150/", "（第150号）"),
}
GOALS = tuple(ASKED)
CASES = 24  # a few, so that there is an act by which versions ended
APARTS = tuple(
    Apart(f"powers {powers}x{versions}", CASES, "powers.load", {"powers": powers, "versions": versions})
    for powers, versions in ((200, 1), (20_000, 10))
)


def run(arena: Arena) -> Iterator[Finding]:
    small, large = (arena.apart(one) for one in APARTS)
    for goal, (path, words) in ASKED.items():
        yield flat(arena, goal, *(Web(one, turns([request(path, {})]), holding(words)) for one in (small, large)))
