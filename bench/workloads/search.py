"""The public search over catalogue and published results: a common phrase, a rare one, and two characters."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from urllib.parse import quote

from bench import helpdesk
from bench.arena import Arena, turns
from bench.client import ask, request
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal
from bench.guards import answered, demand, holding
from bench.rounds import Web

COMMON = Goal("P8.common", "search for a common phrase: p95 of one client", 80, 10, "ms")
RARE = Goal("P8.rare", "search for a rare term: p95 of one client", 15, 10, "ms")
SHORT = Goal("P8.short", "search for two characters: p95 of one client", 80, 10, "ms")
PEER = Goal("P8.peer", "search for a common phrase: how many times django-helpdesk's p95", 100, 250, "×", most=False)
GOALS = (COMMON, RARE, SHORT, PEER)

PHRASE, TWO = "食品经营许可", "许可"
SLOW = 2  # rounds in which the peer is asked: it takes seconds for each
NEWEST = """
SELECT a.name FROM casework_decision d JOIN accounts_party a ON a.id = d.party_id
WHERE d.public AND a.kind = 'legal' ORDER BY d.decided_on DESC, d.id DESC LIMIT 1
"""


def path(words: str) -> str:
    return f"/search/?q={quote(words)}"


def rare(arena: Arena, size: int) -> str:
    """The name of the company that the latest published decision is about."""
    return str(arena.rows(NEWEST, size=size)[0][0])


def run(arena: Arena) -> Iterator[Finding]:
    company = rare(arena, arena.sizes.largest)
    answer = ask(arena.main.port, request(path(company), {}))
    demand("search for a company", holding(company)(answer))
    words = {"common phrase": (COMMON, PHRASE), "rare term": (RARE, company), "two characters": (SHORT, TWO)}
    runners = [
        Web(arena.main, turns([request(path(text), {})]), answered(200), name) for name, (_, text) in words.items()
    ]
    found = arena.rounds.compare(runners, alone=1, seconds=arena.rounds.short)
    theirs = [peers(arena, name) for name in helpdesk.NAMES.values()]
    stronger = helpdesk.stronger(arena.rounds.compare(theirs, alone=1, number=SLOW, seconds=0.5))
    beside = f"helpdesk {stronger.median('p95'):,.0f} ms"
    for name, (goal, _) in words.items():
        p95 = median_of(found[name].of("p95"))
        yield Finding(goal, p95, f"{p95.middle:.1f} ms", beside if goal is COMMON else "")
    common = found["common phrase"]
    yield Finding(PEER, ratio(stronger.of("p95"), common.of("p95")), f"{common.median('p95'):.1f} ms", beside)


def peers(arena: Arena, name: str) -> Web:
    wanted = {"filtering": {}, "sorting": "created", "search_string": PHRASE, "sortreverse": True}
    address = "/datatables_ticket_list/" + base64.b64encode(json.dumps(wanted).encode()).decode()
    asked = request(f"{address}?draw=1&start=0&length=25", {"sessionid": helpdesk.SESSION})
    return Web(arena[name], turns([asked]), holding('"recordsFiltered"'), name)
