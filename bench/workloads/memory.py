"""What a worker holds and how soon it is ready, beside bare Django."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from bench import proc
from bench.arena import Arena
from bench.contestants import Contestant, free_port
from bench.figures import Interval, median_of
from bench.goals import Finding, Goal
from portal.environment import BASE_DIR

RESIDENT = Goal("P21.memory", "worker after the run: memory", 130, None, "MB")
READY = Goal("P21.ready", "web server: from its start to the first answer", 2.5, None, "s")
CHECK = Goal("P21.check", "manage.py check", 2.5, None, "s")
GOALS = (RESIDENT, READY, CHECK)

TIMES = 3


def run(arena: Arena) -> Iterator[Finding]:
    held = [proc.resident(pid) for pid in arena.main.workers()]
    bare = max(proc.resident(pid) for pid in arena["bare"].workers())
    yield Finding(RESIDENT, Interval.exactly(max(held)), f"{max(held):.0f} MB", f"bare {bare:.0f} MB")
    ours, floor = median_of(_starts(arena.main)), median_of(_starts(arena["bare"]))
    yield Finding(READY, ours, f"{ours.middle:.2f} s", f"bare {floor.middle:.2f} s")
    check = [sys.executable, "manage.py", "check"]
    bare_check = [sys.executable, "-m", "django", "check"]
    ours, floor = median_of(_checks(check, arena.main)), median_of(_checks(bare_check, arena["bare"]))
    yield Finding(CHECK, ours, f"{ours.middle:.2f} s", f"bare {floor.middle:.2f} s")


def _starts(like: Contestant) -> list[float]:
    """Seconds of further starts beside the one that runs."""
    found = []
    for _ in range(TIMES):
        another = replace(like, log=like.log.with_suffix(".again.log"), port=free_port(), process=None)
        found.append(another.start())
        another.stop()
    return found


def _checks(command: list[str], like: Contestant) -> list[float]:
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        subprocess.run(command, cwd=BASE_DIR, env=like.environment, capture_output=True, check=True)
        found.append(time.perf_counter() - begun)
    return found
