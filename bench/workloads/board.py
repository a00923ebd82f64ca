"""The board of a lead organ: twenty bundles with their parts, who is late and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Apart, Arena, turns
from bench.client import ask, request
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal
from bench.guards import demand, listing
from bench.rounds import Web

PLAIN = Goal("P23.plain", "bundle board: time for its data, beside one statement of plain SQL", 12, 6, "×")
P95 = Goal("P23.p95", "bundle board: p95 of one client", 80, 40, "ms")
GOALS = (PLAIN, P95)

PATH = "/desk/bundles/"
BUNDLES = 60
PORTAL = Apart("bundles", 24, "bundles.load", {"number": BUNDLES})
APARTS = (PORTAL,)
PAGES = 10  # in a round, in turns with as many statements
NUMBERS = (
    "SELECT number FROM casework_case WHERE procedure = 'approvals.bundle' AND ended_at IS NULL ORDER BY id LIMIT 20"
)


def run(arena: Arena) -> Iterator[Finding]:
    portal = arena.apart(PORTAL)
    around = portal.environment
    expected = [number for (number,) in arena.cluster.rows(PORTAL.database, NUMBERS)]
    cookie = arena.call(arena.sizes.largest, "people.account", around, name="scj-officer")
    asked = request(PATH, cookie)
    demand("bundle board", listing(expected)(ask(portal.port, asked)))
    data = arena.call(
        arena.sizes.largest, "bundles.compared", around, rounds=2 * arena.rounds.number, number=PAGES
    )  # fmt: skip
    ours, plain = data["ours"], data["plain"]
    yield Finding(
        PLAIN, ratio(ours, plain), f"{sorted(ours)[len(ours) // 2]:.1f} ms for {data['lines']} parts of twenty bundles",
        f"{sorted(plain)[len(plain) // 2]:.2f} ms",
    )  # fmt: skip
    web = Web(portal, turns([asked]), listing(expected), "ours")
    found = arena.rounds.compare([web], alone=1, seconds=arena.rounds.short)["ours"]
    yield Finding(P95, median_of(found.of("p95")), f"{found.median('p95'):.1f} ms", f"{BUNDLES} bundles under way")
