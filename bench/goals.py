"""What is wanted of a workload, and what came out. Goals stand as data beside the workload that they judge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bench.figures import Interval

MISSED, MET, STRETCH = "missed", "met", "met, and the stretch"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal. `key` names it in reasons.toml; `most`: the figure must not be above, otherwise not below."""

    key: str
    what: str
    must: float
    stretch: float | None = None
    unit: str = ""
    most: bool = True

    @property
    def short(self) -> str:
        """The workload in a few words, and the key."""
        return f"{re.split(': |, ', self.what)[0]} · {self.key}"

    @property
    def order(self) -> tuple[int, str]:
        """P2 before P10; what has no number comes last."""
        number = re.match(r"P(\d+)", self.key)
        return (int(number[1]) if number else 999, self.key)

    def worse_end(self, value: Interval) -> float:
        return value.high if self.most else value.low

    def reached(self, value: Interval, line: float) -> bool:
        """Whether even the worse end of the interval reaches the line."""
        return self.worse_end(value) <= line if self.most else self.worse_end(value) >= line

    def verdict(self, value: Interval) -> str:
        if not self.reached(value, self.must):
            return MISSED
        return STRETCH if self.stretch is not None and self.reached(value, self.stretch) else MET


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for one goal: the figure that is judged, and in words what it was made of."""

    goal: Goal
    value: Interval
    ours: str
    beside: str = ""

    @property
    def verdict(self) -> str:
        return self.goal.verdict(self.value)
