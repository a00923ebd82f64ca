"""Statements that a page sends to the database: counted, the same at every size."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena, named
from bench.figures import Interval
from bench.goals import Finding, Goal
from bench.workloads import dashboard, queue, submit
from bench.workloads.case import longest
from tests.drills.town import TRUTH

QUEUE = Goal("P20.queue", "work list: statements", 5, 3)
CASE = Goal("P20.case", "case: statements", 8, 5)
SUBMIT = Goal("P20.submit", "submission: statements", 9, 6)
DASHBOARD = Goal("P20.dashboard", "dashboard: statements", 4, 3)
GOALS = (QUEUE, CASE, SUBMIT, DASHBOARD)


def run(arena: Arena) -> Iterator[Finding]:
    counted = {
        size: arena.call(size, "counting.statements", requests=requests(arena, size)) for size in arena.sizes.all
    }
    for goal in GOALS:
        each = {size: found[goal.key] for size, found in sorted(counted.items())}
        most = max(each.values())
        same = "the same at every size" if len(set(each.values())) == 1 else str({named(s): n for s, n in each.items()})
        yield Finding(goal, Interval.exactly(most), f"{most}, {same}")


def requests(arena: Arena, size: int) -> list[dict[str, object]]:
    official, leader = arena.officials(size, number=1)[0], dashboard.leaders(arena, size)[0]
    code = longest(arena, size)[0]
    waiting = submit.prepared(arena, size, 2, people=1)
    return [
        {"name": QUEUE.key, "cookies": official, "path": queue.PATH},
        {"name": CASE.key, "cookies": official, "path": f"/cases/{code}/"},
        {"name": DASHBOARD.key, "cookies": leader, "path": dashboard.PATH},
        {
            "name": SUBMIT.key, "cookies": {"sessionid": waiting[0][0]}, "body": {"attested": [TRUTH]},
            "path": [f"/api/v1/drafts/{code}/submission/" for _, code in waiting],
        },
    ]  # fmt: skip
