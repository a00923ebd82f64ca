"""What the work list weighs, and that one request brings all of it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

from bench.arena import Arena
from bench.client import ask, request
from bench.figures import Interval
from bench.goals import Finding, Goal
from bench.workloads.queue import PATH

RAW = Goal("P18.raw", "work list: HTML, as it is", 40, None, "kB")
PACKED = Goal("P18.gzip", "work list: HTML, compressed", 20, 12, "kB")
GOALS = (RAW, PACKED)


def run(arena: Arena) -> Iterator[Finding]:
    answer = ask(arena.main.port, request(PATH, arena.officials(arena.sizes.largest, number=1)[0]))
    frames = len(re.findall(r"<(?:iframe|img|link rel=\"stylesheet\"|script src)", answer.text))
    said = f"1 request for the rows; {frames} files besides, kept by the browser"
    yield Finding(RAW, Interval.exactly(len(answer.body) / 1000), said, "helpdesk 140 kB in 2 requests")
    yield Finding(PACKED, Interval.exactly(len(gzip.compress(answer.body, 6)) / 1000), said)
