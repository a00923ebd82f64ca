"""Status changes on their way to the city: through the outbox until they are acknowledged, beside bare HTTP posts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.arena import Arena
from bench.cluster import HOME
from bench.figures import ratio
from bench.goals import Finding, Goal
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent

PLAIN = Goal("P22.plain", "exchange: time for a message until it is acknowledged, beside a plain HTTP post", 3, 2, "×")
GOALS = (PLAIN,)
NUMBER = 400  # messages in a round


def run(arena: Arena) -> Iterator[Finding]:
    with _city(arena) as url:
        found = arena.call(arena.sizes.largest, "exchange.outgoing", url=url, rounds=arena.rounds.number, number=NUMBER)
    ours, plain = found["ours"], found["plain"]
    yield Finding(
        PLAIN, ratio(plain, ours), f"{sorted(ours)[len(ours) // 2]:,.0f} messages a second by one worker",
        f"{sorted(plain)[len(plain) // 2]:,.0f} posts a second over one connection",
    )  # fmt: skip


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
