"""Medians, quantiles, and ratios with an interval."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

DRAWS = 4000
STRETCH = 10  # pairs that are drawn together
SEED = 20261128  # the same rounds give the same interval


class Interval(NamedTuple):
    """A figure and how far it can be trusted: 95 of 100 such runs lie between `low` and `high`."""

    low: float
    middle: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Interval:
        """What was counted, not measured."""
        return cls(value, value, value)

    def overlaps(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def times(self, factor: float) -> Interval:
        return Interval(*(factor * value for value in self))


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all values lies, between two of them in proportion. Values: at least one."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median_of(values: Sequence[float]) -> Interval:
    """The median of some rounds, with its bootstrap interval."""
    return ratio(values, [1.0])


def ratio(above: Sequence[float], below: Sequence[float]) -> Interval:
    """median(above) / median(below), with the 95 % bootstrap interval over the rounds of both."""
    chance = random.Random(SEED)
    drawn = [_median(chance, above) / _median(chance, below) for _ in range(DRAWS)]
    middle = statistics.median(above) / statistics.median(below)
    return Interval(quantile(drawn, 0.025), middle, quantile(drawn, 0.975))


def tail(pairs: Sequence[tuple[float, float]], share: float = 0.95) -> Interval:
    """The ratio of both quantiles of pairs (above, below) that were measured in turns: at least one pair.

    Its 95 % bootstrap interval draws stretches of neighbours: what slowed the machine down for a moment met both.
    """
    chance = random.Random(SEED)
    stretches = [pairs[begin : begin + STRETCH] for begin in range(0, len(pairs), STRETCH)]

    def drawn() -> list[tuple[float, float]]:
        return list(chain.from_iterable(chance.choices(stretches, k=len(stretches))))

    found = [_tails(drawn(), share) for _ in range(DRAWS // 2)]
    return Interval(quantile(found, 0.025), _tails(pairs, share), quantile(found, 0.975))


def _tails(pairs: Sequence[tuple[float, float]], share: float) -> float:
    above, below = zip(*pairs, strict=True)
    return quantile(above, share) / quantile(below, share)


def _median(chance: random.Random, values: Sequence[float]) -> float:
    return statistics.median(chance.choices(values, k=len(values)))
