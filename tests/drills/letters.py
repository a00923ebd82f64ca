"""Messages of both sides, and the comparison of their books: `python -m tests.drills.letters ORDER`.

Runs in the surroundings of the portal under drill, as its own code; answers with JSON on one line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def main() -> None:
    django.setup()
    order: dict[str, dict[str, Any]] = json.loads(sys.argv[1])
    works: dict[str, Callable[..., Any]] = {"write": write, "filings": filings, "compare": compare}
    ((what, given),) = order.items()
    print(json.dumps(works[what](**given)))


def write(streams: int, each: int) -> dict[str, int]:
    """`each` messages in each of so many streams, one transaction for each."""
    from django.db import transaction
    from django.utils import timezone

    from exchange.actions import outbox
    from exchange.queries.peer import moment

    for number in range(each):
        for stream in range(streams):
            at = timezone.now()
            name = f"演练〔2026〕{stream}号"
            body = {"case": name, "state": f"step_{number}", "label": "演练", "at": moment(at), "ended": False}
            with transaction.atomic():
                outbox.write("status", name, body, at)
    return {"written": streams * each}


def filings(number: int) -> list[dict[str, Any]]:
    """So many applications of as many people, as the city writes them."""
    from tests.exchange.samples import filing

    return [filing(serial) for serial in range(number)]


def compare() -> dict[str, Any]:
    from django.utils import timezone

    from exchange.actions.reconcile import reconcile

    run = reconcile(timezone.localdate(), timezone.now())
    return {
        "equal": run.equal, "count": run.count, "pending": run.pending, "error": run.error, "figures": run.figures,
    }  # fmt: skip


if __name__ == "__main__":
    main()
