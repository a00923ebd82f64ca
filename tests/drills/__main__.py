"""`python -m tests.drills [R1 R9 …]`: one line for each drill, with its figures; the status is 1 if any failed."""

from __future__ import annotations

import sys
import time

from tests.drills import exchange, faults, races
from tests.drills.town import Town

DRILLS = {
    "R1": faults.web,
    "R2": faults.notices,
    "R3": faults.database,
    "R4": faults.broker,
    "R5": faults.cache,
    "R9": races.duplicates,
    "R10": races.numbers,
    "R11": races.officials,
    "EX": exchange.messages,
}


def main(wanted: list[str]) -> int:
    """The number of failed drills."""
    if unknown := set(wanted) - set(DRILLS):
        print(f"There is no drill {', '.join(sorted(unknown))}; there are {', '.join(DRILLS)}.")
        return 2
    town, failed = Town(), 0
    try:
        print("Starting a portal of its own …", flush=True)
        town.start()
        for name in wanted or DRILLS:
            drill, begun = DRILLS[name], time.monotonic()
            print(f"{name}  {(drill.__doc__ or '').split(': ', 1)[1]}", flush=True)
            try:
                fine, figures = drill(town)
            except AssertionError as error:
                fine, figures = False, str(error)
            failed += not fine
            print(f"{name}  {'pass' if fine else 'FAIL'}  {figures}  ({time.monotonic() - begun:.0f} s)", flush=True)
    finally:
        town.stop()
    return failed


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
