"""One sealed page with its QR code as a PDF, beside WeasyPrint used by itself as well as it can be."""

from __future__ import annotations

from collections.abc import Iterator

from bench.arena import Arena
from bench.figures import ratio
from bench.goals import Finding, Goal

BEST = Goal("P12", "one-page paper as PDF, beside the best plain use of WeasyPrint", 1.2, 0.8, "×")
GOALS = (BEST,)

EACH = 3  # papers in a round


def run(arena: Arena) -> Iterator[Finding]:
    found = arena.call(arena.sizes.smallest, "printing.short", rounds=arena.rounds.number, each=EACH)
    ours, best, naive = (sorted(found[way])[len(found[way]) // 2] for way in ("ours", "best", "naive"))
    yield Finding(
        BEST, ratio(found["ours"], found["best"]), f"{ours:.0f} ms (tagged PDF/A-3u)",
        f"best {best:.0f} ms, naive {naive:.0f} ms (plain PDF)",
    )  # fmt: skip
