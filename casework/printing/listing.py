"""Long lists as PDF: the queue to take away, results, reports. One way for all of them; papers have another (`render`).

A list has a heading, its source, the day on which it was printed, a table whose head stands on every page, and page
numbers; it looks like the papers beside it. See docs/decisions/papers-printing.md.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from casework.printing.fonts import PROJECT
from casework.printing.worker import RenderFailed, RenderTimeout

MOST_ROWS = 3000  # what the memory below is enough for, with ten columns
TIMEOUT_S = 50.0  # below the time after which a web server gives a request up
MEMORY_MB = 1024

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and whether short words stand in the middle of it."""

    title: str
    width: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What is printed. `source` says where the figures come from, `note` under which filters they were chosen."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    printed_on: date
    source: str
    note: str = ""
    landscape: bool = False


def render_listing(listing: Listing, *, timeout_s: float = TIMEOUT_S, memory_mb: int = MEMORY_MB) -> bytes:
    """A tagged PDF/A-3a. Same list, same bytes. One at a time in each process: others wait.

    Raises ValueError for more rows than MOST_ROWS or a row of another length, RenderTimeout or RenderFailed.
    """
    rows = [list(row) for row in listing.rows]
    if len(rows) > MOST_ROWS or any(len(row) != len(listing.columns) for row in rows):
        raise ValueError(f"a list has at most {MOST_ROWS} rows of {len(listing.columns)} cells")
    day = listing.printed_on
    request = {
        "title": listing.title,
        "source": listing.source,
        "note": listing.note,
        "landscape": listing.landscape,
        "printed": [day.year, day.month, day.day],
        "columns": [asdict(column) for column in listing.columns],
        "rows": rows,
        "memory_mb": memory_mb,
    }
    around = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME", "PORTAL_VAR")}
    with _one_at_a_time:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "casework.printing.lister"],
                input=json.dumps(request).encode(), capture_output=True, cwd=PROJECT, env=around,
                timeout=timeout_s, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise RenderTimeout("清单没有在规定时间内生成，任务已经终止。") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()[-500:]
        raise RenderFailed(f"清单没有生成（{done.returncode}）：{said or '可能超出内存限额'}")
    return done.stdout
