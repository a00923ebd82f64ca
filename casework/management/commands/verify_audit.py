"""Check the whole record: the chains of acts and of access events, and that every case stands where its acts led."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from casework.queries import anchors, audit
from casework.queries.audit import Fault

JOBS = min(os.cpu_count() or 1, 4)  # the work is PostgreSQL's, which has other work too
MOST = 20  # faults that are named


class Command(BaseCommand):
    help = "Verify the record; names the first broken link and exits with 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jobs", type=int, default=JOBS, help=f"lanes that are checked side by side ({JOBS})")
        parser.add_argument(
            "--anchors", nargs="?", const="", metavar="FILE",
            help="compare with the anchors too: those of this portal, or a copy that somebody else kept",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        faults = _side_by_side(options["jobs"]) if options["jobs"] > 1 else audit.faults(MOST)
        said = ""
        if options["anchors"] is not None:
            lines = Path(options["anchors"]).read_text().splitlines() if options["anchors"] else anchors.lines()
            faults += anchors.anchor_faults(lines) if lines else [Fault("anchor", "there is no anchor")]
            said = f", as {len(lines)} anchors say"
        if faults:
            for fault in faults[1:]:
                self.stderr.write(fault.words)
            raise CommandError(f"first broken link: {faults[0].words}", returncode=1)
        acts, lanes = audit.counted()
        events, event_lanes = audit.counted(audit.EVENTS)
        self.stdout.write(
            f"{acts} acts in {lanes} lanes hold, and {events} access events in {event_lanes}{said} "
            f"({time.perf_counter() - began:.2f} s)"
        )


def _side_by_side(jobs: int) -> list[Fault]:
    """Lane by lane, and where the cases stand beside them; PostgreSQL works on a connection for each job."""

    def work(check: Callable[[], list[Fault]]) -> list[Fault]:
        try:
            return check()
        finally:
            connection.close()

    lanes = [partial(audit.chain_faults, chain, [lane], MOST) for chain in audit.CHAINS for lane in range(chain.lanes)]
    heads = [partial(audit.head_faults, chain, MOST) for chain in audit.CHAINS]
    with ThreadPoolExecutor(jobs) as pool:
        found = [
            fault for each in pool.map(work, [partial(audit.state_faults, MOST), *heads, *lanes]) for fault in each
        ]
    # Chains first: a case that stands elsewhere than its acts led is explained by an act that was changed.
    return sorted(found, key=lambda fault: fault.kind in audit.OF_STATES)[:MOST]
