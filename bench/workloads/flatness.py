"""What a page costs does not depend on how many cases there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.arena import Arena, named, turns
from bench.client import request
from bench.goals import Finding, Goal
from bench.guards import answered, listing
from bench.rounds import Web
from bench.workloads import dashboard, queue, search, submit
from bench.workloads.case import longest

QUEUE = Goal("P2.queue", "work list: p95 with most cases, beside fewest", 1.15, 1.05, "×")
CASE = Goal("P2.case", "case: p95 with most cases, beside fewest", 1.15, 1.05, "×")
SUBMIT = Goal("P2.submit", "submission: p95 with most cases, beside fewest", 1.15, 1.05, "×")
SEARCH = Goal("P2.search", "search for a rare term: p95 with most cases, beside fewest", 1.15, 1.05, "×")
DASHBOARD = Goal("P2.dashboard", "dashboard: p95 with most cases, beside fewest", 1.15, 1.05, "×")
OWN = Goal("P2.own", "a citizen's own matters: p95 with most cases, beside fewest", 1.15, 1.05, "×")
GOALS = (QUEUE, CASE, SUBMIT, SEARCH, DASHBOARD, OWN)

CITIZENS = 64  # who take turns: there is a limit for each
ALIKE = "SELECT code FROM casework_case WHERE organ_id = %s AND ended_at IS NULL AND act_count = %s ORDER BY id"


def run(arena: Arena) -> Iterator[Finding]:
    if len(arena.sizes.all) < 2:
        return
    for goal, web in MEASURED.items():
        yield flat(arena, goal, *(web(arena, size) for size in (arena.sizes.smallest, arena.sizes.largest)))


def flat(arena: Arena, goal: Goal, few: Web, many: Web) -> Finding:
    found = arena.rounds.flat(few, many)
    return Finding(goal, found.ratio, f"{many.name} {found.many:.1f} ms", f"{few.name} {found.few:.1f} ms")


def _web(arena: Arena, size: int, paths: list[bytes], check: Any) -> Web:
    return Web(arena[arena.ours(size)], turns(paths), check, named(size))


def _queue(arena: Arena, size: int) -> Web:
    asked = [request(queue.PATH, one) for one in arena.officials(size)]
    return _web(arena, size, asked, listing(queue.numbers(arena, size)))


def _case(arena: Arena, size: int) -> Web:
    """A case with as many acts at every size."""
    least = min(longest(arena, other)[2] for other in arena.sizes.all)
    code = arena.rows(ALIKE, arena.unit, least, size=size)[0][0]
    return _web(arena, size, [request(f"/cases/{code}/", one) for one in arena.officials(size)], answered(200))


def _search(arena: Arena, size: int) -> Web:
    return _web(arena, size, [request(search.path(search.rare(arena, size)), {})], answered(200))


def _dashboard(arena: Arena, size: int) -> Web:
    return _web(arena, size, [request(dashboard.PATH, one) for one in dashboard.leaders(arena, size)], answered(200))


def _own(arena: Arena, size: int) -> Web:
    citizens = {session for session, _ in submit.prepared(arena, size, CITIZENS)}
    return _web(arena, size, [request("/my/", {"sessionid": one}) for one in sorted(citizens)], answered(200))


def _submit(arena: Arena, size: int) -> Web:
    return Web(arena[arena.ours(size)], submit.posts(arena, size, submit.ALONE), answered(201), named(size))


MEASURED = {
    QUEUE: _queue,
    CASE: _case,
    SEARCH: _search,
    DASHBOARD: _dashboard,
    OWN: _own,
    SUBMIT: _submit,
}
