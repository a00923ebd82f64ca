"""The page of one case for the official who handles it: the longest timeline that the unit has."""

from __future__ import annotations

from collections.abc import Iterator

from bench import helpdesk
from bench.arena import Arena, turns
from bench.client import ask, request
from bench.figures import ratio
from bench.goals import Finding, Goal
from bench.guards import demand, holding
from bench.rounds import Web

PEER = Goal("P4.peer", "case: requests a second, beside a ticket with two entries", 6, 12, "×", most=False)
PLAIN = Goal("P4.plain", "case: CPU for each request, beside plain Django with the same entries", 1.8, 1.0, "×")
GOALS = (PEER, PLAIN)

LONGEST = """
SELECT code, number, act_count FROM casework_case WHERE organ_id = %s AND ended_at IS NULL
ORDER BY act_count DESC, id LIMIT 1
"""

TICKET = "SELECT max(id) FROM helpdesk_ticket WHERE queue_id = 1 AND status IN (1, 2)"


def longest(arena: Arena, size: int) -> tuple[str, str, int]:
    """Code, number and acts of the case that is looked at."""
    code, number, acts = arena.rows(LONGEST, arena.unit, size=size)[0]
    return code, number, acts


def run(arena: Arena) -> Iterator[Finding]:
    code, number, acts = longest(arena, arena.sizes.largest)
    official = arena.officials(arena.sizes.largest)
    answer = ask(arena.main.port, request(f"/cases/{code}/", official[0]))
    demand("case", holding(number)(answer))
    shown = answer.text.count("moj-timeline__item")
    demand("timeline", "" if shown >= acts else f"{shown} entries for {acts} acts")
    runners = [
        Web(arena.main, turns([request(f"/cases/{code}/", one) for one in official]), holding(number), "ours"),
        Web(arena["plain"], turns([request(f"/cases/{code}/", arena.floor_session("plain"))]), holding(number)),
    ]
    for database, name in helpdesk.NAMES.items():
        path = f"/tickets/{arena.cluster.rows(database, TICKET)[0][0]}/"
        runners.append(Web(arena[name], turns([request(path, {"sessionid": helpdesk.SESSION})]), holding(path), name))
    found = arena.rounds.often(runners)
    ours, plain = found["ours"], found["plain"]
    stronger = helpdesk.stronger(found)
    yield Finding(
        PEER, ratio(ours.of("rate"), stronger.of("rate")),
        f"{ours.median('rate'):,.0f} req/s, {shown} entries", f"{stronger.median('rate'):,.1f} req/s",
    )  # fmt: skip
    yield Finding(
        PLAIN, ratio(ours.of("cpu"), plain.of("cpu")), f"{ours.median('cpu'):.2f} ms", f"{plain.median('cpu'):.2f} ms"
    )
