"""The dashboard of a unit's leader: what is open, what is late, by matter; exact, however many cases there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench import helpdesk
from bench.arena import Arena, turns
from bench.client import ask, request
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal
from bench.guards import answered, demand, holding
from bench.rounds import Web

P95 = Goal("P7.p95", "dashboard: p95 of one client", 50, 25, "ms")
PEER = Goal("P7.peer", "dashboard: how many times django-helpdesk's p95", 300, 2000, "×", most=False)
GOALS = (P95, PEER)

PATH = "/oversight/"
TRUE = """
SELECT count(*) FILTER (WHERE ended_at IS NULL), count(*) FILTER (WHERE ended_at IS NULL AND due_on < %s)
FROM casework_case WHERE organ_id = %s
"""
SLOW = 2  # rounds in which the peer is asked: it takes seconds for each


def leaders(arena: Arena, size: int) -> list[dict[str, str]]:
    return arena.officials(size, "head_of_organ", 32)


def run(arena: Arena) -> Iterator[Finding]:
    asked = [request(PATH, one) for one in leaders(arena, arena.sizes.largest)]
    answer = ask(arena.main.port, asked[0])
    demand("dashboard", answered(200)(answer))
    shown = {int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", re.sub(r"<[^>]*>", " ", answer.text))}
    missing = [count for count in arena.rows(TRUE, arena.today, arena.unit)[0] if count not in shown]
    demand("counts of the dashboard", f"without {missing}" if missing else "")
    web = Web(arena.main, turns(asked), answered(200), "ours")
    ours = arena.rounds.compare([web], alone=1, seconds=arena.rounds.short)["ours"]
    cookie = {"sessionid": helpdesk.SESSION}
    theirs = [request("/dashboard/", cookie)]
    # Its index serves the list and no count: here both are alike, and each answer takes a quarter of a minute.
    peer = Web(arena[helpdesk.NAMES[helpdesk.TUNED]], turns(theirs), holding("/tickets/"), "peer")
    stronger = arena.rounds.compare([peer], alone=1, number=SLOW, seconds=0.5)["peer"]
    beside = f"helpdesk {stronger.median('p95'):,.0f} ms"
    yield Finding(P95, median_of(ours.of("p95")), f"{ours.median('p95'):.1f} ms", beside)
    yield Finding(PEER, ratio(stronger.of("p95"), ours.of("p95")), f"{ours.median('p95'):.1f} ms", beside)
