"""Messages to the city, through the outbox until they are acknowledged, and from it, kept and answered under signature;
beside bare HTTP posts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.arena import Arena, turns
from bench.client import request
from bench.cluster import HOME
from bench.figures import ratio
from bench.goals import Finding, Goal
from bench.guards import demand, holding
from bench.rounds import Web
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent

PLAIN = Goal("P22.plain", "exchange: time for a message until it is acknowledged, beside a plain HTTP post", 3, 2, "×")
ARRIVING = Goal("P22.in", "exchange: CPU for a message that arrives, beside a plain HTTP post", 14, 8, "×")
GOALS = (PLAIN, ARRIVING)
NUMBER = 400  # messages in a round
A_SECOND = 700  # messages that are kept ready for each second of a round
SECONDS = 1.2
KEPT = "SELECT count(*), count(DISTINCT key) FROM casework_message WHERE direction = 'in' AND stream LIKE 'BENCH-%%'"


def run(arena: Arena) -> Iterator[Finding]:
    with _city(arena) as url:
        found = arena.call(arena.sizes.largest, "exchange.outgoing", url=url, rounds=arena.rounds.number, number=NUMBER)
    ours, plain = found["ours"], found["plain"]
    yield Finding(
        PLAIN, ratio(plain, ours), f"{sorted(ours)[len(ours) // 2]:,.0f} messages a second by one worker",
        f"{sorted(plain)[len(plain) // 2]:,.0f} posts a second over one connection",
    )  # fmt: skip

    yield from arriving(arena)


def arriving(arena: Arena) -> Iterator[Finding]:
    """The same bytes to our inbox and to a view that answers a constant, behind the same web server."""
    seconds = min(arena.rounds.seconds, SECONDS)
    portal = arena.connected("http://127.0.0.1:9")  # nobody is asked there: the city comes to us
    number = round(A_SECOND * seconds * (arena.rounds.number + 1))
    before = arena.rows(KEPT)[0][0]
    bodies = [body.encode() for body in arena.call(arena.sizes.largest, "exchange.arriving", number=number)]
    ours = Web(portal, iter([post("/exchange/v1/messages/", body) for body in bodies]), holding('"taken"'), "ours")
    bare = Web(arena["bare"], turns([post("/", body) for body in bodies[:200]]), holding("ok"))
    found = arena.rounds.compare([ours, bare], seconds=seconds)
    kept = arena.rows(KEPT)[0]
    demand("messages that arrived (kept, distinct)", "" if kept == (before + ours.answers,) * 2 else f"{kept}")
    mine, floor = found["ours"], found["bare"]
    yield Finding(
        ARRIVING, ratio(mine.of("cpu"), floor.of("cpu")),
        f"{mine.median('cpu'):.2f} ms, {mine.median('rate'):,.0f} a second",
        f"{floor.median('cpu'):.2f} ms, {floor.median('rate'):,.0f} a second",
    )  # fmt: skip


def post(path: str, body: bytes) -> bytes:
    return request(path, {}, body, Content_Type="application/json")


@contextmanager
def _city(arena: Arena) -> Iterator[str]:
    """The simulator as a process of its own, with a new book."""
    book = HOME / "city.sqlite3"
    for path in HOME.glob("city.sqlite3*"):
        path.unlink()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "municipal_simulator", "--port", "0", "--book", str(book)],
        cwd=BASE_DIR, env=arena.inside(arena.sizes.largest), stdout=subprocess.PIPE, text=True,
        preexec_fn=end_with_parent,
    )  # fmt: skip
    assert process.stdout
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.wait(30)
