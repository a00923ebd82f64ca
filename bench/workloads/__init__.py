"""What is measured, one workload a file: `GOALS` are the data that it is judged by, `run` measures.

A workload that breaks is a fault of the run and stands in the report; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Protocol, cast

from bench.arena import Apart, Arena
from bench.goals import Finding, Goal


class Workload(Protocol):
    """A module of this package; its `APARTS`, where it has any, are portals with data of their own."""

    GOALS: tuple[Goal, ...]

    def run(self, arena: Arena) -> Iterator[Finding]: ...


# In this order: what must find the machine cool and the data untouched comes first, what writes later.
NAMES = (
    "queue", "deep", "case", "dashboard", "search", "weight", "statements", "flatness", "powers", "documents", "board",
    "submit",
    "numbers", "audit", "reminders", "exchange", "due", "papers", "long_papers", "pages", "memory",
)  # fmt: skip


def aparts(names: Iterable[str]) -> list[Apart]:
    """The data of their own that these workloads need."""
    return [one for name in names for one in getattr(workload(name), "APARTS", ())]


def workload(name: str) -> Workload:
    return cast(Workload, import_module(f"bench.workloads.{name}"))
