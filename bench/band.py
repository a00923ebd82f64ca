"""The CPU band: what pages cost on 10,000 cases, in multiples of what the plain floor costs in the same run.

CPU time rises and falls with the machine; in multiples of a floor that runs beside it, it hardly does. `make band`
fails when a page costs more than band.json says and its interval does not explain it; `make band BAND=write` takes
what it finds for the new figures, after a change that is meant.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from bench.arena import Arena, Sizes, turns
from bench.client import request
from bench.figures import Interval, ratio
from bench.guards import answered, listing
from bench.report import interval
from bench.rounds import Runner, Web
from bench.workloads import case, queue, submit

BAND = Path(__file__).parent / "band.json"
SIZE, ROUNDS, SECONDS = 10_000, 7, 3.0


SIZES = Sizes([SIZE])


def main(town: Arena) -> int:
    """1 if a page costs more than it may."""
    town.rounds.number, town.rounds.seconds = ROUNDS, SECONDS
    try:
        town.cluster.start()
        town.prepare()
        town.start()
        found = {name: _measured(town, pair) for name, pair in _pairs(town)}
    finally:
        town.stop()
    if town.rounds.wrong:
        print("\n".join(town.rounds.wrong[:5]))
        return 1
    if os.environ.get("BAND") == "write":
        kept = {name: {"times": round(value.middle, 3), "most": 0.05} for name, value in found.items()}
        BAND.write_text(json.dumps(kept, indent=1) + "\n")
    return max(_judged(name, value) for name, value in found.items())


def _pairs(town: Arena) -> Iterator[tuple[str, list[Runner]]]:
    """A page of ours and its floor."""
    official, floor = town.officials(SIZE), town.floor_session("plain")
    expected = queue.numbers(town, SIZE)
    yield (
        "work list",
        [
            Web(town.main, turns([request(queue.PATH, one) for one in official]), listing(expected), "ours"),
            Web(town["plain"], turns([request("/queue/", floor)]), listing(expected)),
        ],
    )
    address = f"/cases/{case.longest(town, SIZE)[0]}/"
    yield (
        "case",
        [
            Web(town.main, turns([request(address, one) for one in official]), answered(200), "ours"),
            Web(town["plain"], turns([request(address, floor)]), answered(200)),
        ],
    )
    drafts = submit.posts(town, SIZE, submit.enough(ROUNDS, SECONDS))
    yield "submission", [Web(town.main, drafts, answered(201), "ours"), submit.plain(town)]


def _measured(town: Arena, pair: list[Runner]) -> Interval:
    found = town.rounds.compare(pair, alone=0)
    return ratio(found["ours"].of("cpu"), found["plain"].of("cpu"))


def _judged(name: str, value: Interval) -> int:
    kept = json.loads(BAND.read_text())[name] if BAND.exists() else None
    said = f"{name}: {interval(value, '× plain')}"
    if kept is None:
        print(f"{said}; nothing to compare with: BAND=write keeps it")
        return 0
    line = kept["times"] * (1 + kept["most"])
    worse = value.low > line
    print(f"{said}; band {kept['times']} + {kept['most']:.0%}: {'COSTS MORE' if worse else 'within'}")
    return int(worse)
