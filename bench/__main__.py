"""`python -m bench`: the whole run. `python -m bench band`: the CPU band on 10,000 cases. Settings: see Makefile."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence

from bench import band, chart, machine, report, workloads
from bench.arena import Arena, Sizes, named
from bench.client import Broken
from bench.cluster import HOME, Cluster
from bench.guards import Wrong
from bench.rounds import Rounds
from portal.environment import BASE_DIR

SIZES, ROUNDS, SECONDS, SEED = "10k 100k 1M", 5, 4, 1
SETTINGS = ("SIZES", "ROUNDS", "SECONDS", "SEED", "ONLY")
DOCS = BASE_DIR / "docs"
UNITS = {"k": 1000, "M": 1_000_000}


def sizes(text: str) -> Sizes:
    """10k 100k 1M; numbers without a unit are cases. Raises ValueError."""
    return Sizes(sorted({int(word.rstrip("kM")) * UNITS.get(word[-1], 1) for word in text.replace(",", " ").split()}))


def arena(wanted: Sizes, names: Sequence[str] = (), with_peer: bool = True) -> Arena:
    cluster = Cluster()
    number, seconds = int(os.environ.get("ROUNDS") or ROUNDS), float(os.environ.get("SECONDS") or SECONDS)
    rounds = Rounds(lambda: cluster.roots, number, seconds)
    return Arena(wanted, int(os.environ.get("SEED") or SEED), cluster, rounds, with_peer, workloads.aparts(names))


def main() -> int:
    """0; 1 if a page was wrong or a workload broke, whatever the figures are."""
    begun = time.monotonic()
    every = sizes(os.environ.get("SIZES") or SIZES)
    only = (os.environ.get("ONLY") or "").replace(",", " ").split()
    if unknown := set(only) - set(workloads.NAMES):
        print(f"There is no workload {', '.join(sorted(unknown))}; there are {', '.join(workloads.NAMES)}.")
        return 2
    names = only or workloads.NAMES
    town = arena(every, names)
    given = [f"{name}={os.environ[name]}" for name in SETTINGS if os.environ.get(name)]
    run = report.Run(" ".join(["make bench", *given]), {})
    try:
        print("Servers, data and contestants …", flush=True)
        town.cluster.start()
        town.prepare()
        town.cluster.settle()
        town.start()
        ready = time.monotonic() - begun
        for name in names:
            measure(town, run, name)
        run.bars = town.bars
        run.about = machine.described(town.cluster) | told(town, ready, time.monotonic() - begun)
    finally:
        town.stop()
    write(run, whole=every.all == sizes(SIZES).all and not only)
    print(report.summary(run.findings) or "nothing was measured")
    for fault in run.faults:
        print(f"FAULT  {fault}")
    return 1 if run.faults else 0


def measure(town: Arena, run: report.Run, name: str) -> None:
    """One workload; what breaks in it is written down, and the others go on."""
    one = workloads.workload(name)
    print(f"{name}: {(one.__doc__ or '').strip().splitlines()[0]}", flush=True)
    begun, found = time.monotonic(), []
    town.cluster.settle()
    try:
        for finding in one.run(town):
            found.append(finding)
            value = report.interval(finding.value, finding.goal.unit)
            print(f"  {finding.goal.key:<12} {value}  {finding.verdict}", flush=True)
    except (Wrong, Broken, RuntimeError, LookupError, OSError) as error:
        if not isinstance(error, Wrong):
            traceback.print_exc()
        run.faults.append(f"{name}: {error}"[:600])
        print(f"  {run.faults[-1]}", flush=True)
    run.faults += [f"{name}: {fault}" for fault in dict.fromkeys(town.rounds.wrong)]
    town.rounds.wrong.clear()
    run.findings += found
    run.unmeasured += [goal for goal in one.GOALS if goal not in [finding.goal for finding in found]]
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)


def told(town: Arena, ready: float, took: float) -> dict[str, str]:
    """What a reader must know of this run."""
    rounds = town.rounds
    again = f"; as an earlier run left them: {', '.join(town.reused)}" if town.reused else ""
    made = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in town.took.items() if not name.startswith("start"))
    return {
        "cases": f"{', '.join(named(size) for size in town.sizes.all)}; seed {town.seed}",
        "data": f"{'made in this run: ' + made if made else 'nothing made in this run'}{again}",
        "rounds": f"{rounds.number} of {rounds.seconds:g} s for each contestant; {rounds.run} in all; "
        f"where other programs took more than 0.15 core, {rounds.repeated} were repeated and {rounds.disturbed} kept",
        "time": f"{took / 60:.1f} minutes, {ready / 60:.1f} of them until everybody was up",
    }


def write(run: report.Run, whole: bool) -> None:
    """docs/bench.md after a whole run; a part of one goes to var/bench."""
    run.findings.sort(key=lambda finding: finding.goal.order)
    run.unmeasured.sort(key=lambda goal: goal.order)
    target = DOCS if whole else HOME
    figures = HOME / ("whole.json" if whole else "part.json")
    (target / "bench.md").write_text(report.markdown(run, report.earlier(figures), "bench.svg"))
    (target / "bench.svg").write_text(chart.drawing(run.bars, run.findings))
    figures.write_text(report.figures(run))
    print(f"The table is {(target / 'bench.md').relative_to(BASE_DIR)}.")


if __name__ == "__main__":
    # However it is ended, it ends its servers. SIGINT too: a shell that starts this in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    sys.exit(band.main(arena(band.SIZES, with_peer=False)) if sys.argv[1:] == ["band"] else main())
