"""Medians, intervals and verdicts: what a table of figures rests on."""

import pytest

from bench.figures import Interval, median_of, quantile, ratio, tail
from bench.goals import MET, MISSED, STRETCH, Finding, Goal
from bench.report import Run, interval, markdown

ROUNDS = [9.0, 10.0, 10.0, 11.0, 14.0]


def test_a_quantile_lies_between_two_values_in_proportion() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([4, 1, 3, 2], 0) == 1
    assert quantile([4, 1, 3, 2], 1) == 4
    assert quantile([7], 0.95) == 7


def test_a_ratio_is_one_of_medians_within_its_interval() -> None:
    found = ratio(ROUNDS, [5.0, 5.0, 5.0])
    assert found.middle == 2.0
    assert found.low <= found.middle <= found.high
    assert (found.low, found.high) == (1.8, 2.8)


def test_the_same_rounds_give_the_same_interval_and_equal_rounds_none() -> None:
    assert ratio(ROUNDS, ROUNDS) == ratio(ROUNDS, ROUNDS)
    assert median_of([3.0, 3.0, 3.0]) == Interval.exactly(3.0)


def test_a_ratio_of_tails_is_that_of_both_quantiles_within_its_interval() -> None:
    below = [10 + turn % 7 for turn in range(200)]
    found = tail([(1.1 * one, float(one)) for one in below])
    assert found.middle == pytest.approx(1.1)
    assert found.low <= found.middle <= found.high


def test_what_slows_both_down_for_a_moment_does_not_widen_the_ratio_of_tails() -> None:
    shaken = [(20.0, 20.0) if 40 <= turn < 70 else (10.0, 10.0) for turn in range(200)]
    assert tail(shaken) == Interval.exactly(1.0)


@pytest.mark.parametrize(
    ("most", "value", "verdict"),
    [
        (True, Interval(0.5, 0.9, 1.01), MISSED),  # the middle is within, the worse end is not
        (True, Interval(0.5, 0.9, 1.0), MET),
        (True, Interval(0.2, 0.4, 0.5), STRETCH),
        (False, Interval(0.99, 2.0, 9.0), MISSED),
        (False, Interval(1.0, 2.0, 9.0), MET),
    ],
)
def test_the_worse_end_decides(most: bool, value: Interval, verdict: str) -> None:
    goal = Goal("P0", "a page", must=1.0, stretch=0.5 if most else 3.0, most=most)
    assert goal.verdict(value) == verdict


def test_intervals_overlap_or_lie_apart() -> None:
    assert Interval(1, 2, 3).overlaps(Interval(3, 4, 5))
    assert not Interval(1, 2, 3).overlaps(Interval(3.1, 4, 5))


def test_the_table_tells_verdicts_reasons_and_what_the_run_before_said() -> None:
    goal = Goal("P0", "a page", must=1.0, unit="×")
    run = Run("make bench", {"machine": "small"}, [Finding(goal, Interval(1.0, 1.1, 1.2), "11 ms", "10 ms")])
    said = markdown(run, {"P0": [2.0, 2.1, 2.2]}, "bench.svg")
    assert "| P0 | a page | ≤ 1 × | – | 1.10 (1–1.20) × | 11 ms | 10 ms | **missed** |" in said
    assert "**P0** No reason is written down yet." in said
    assert "0 of 1 ratios overlap" in said
    assert "P0 2.10 (2–2.20) ×" in said


def test_a_counted_figure_has_no_interval() -> None:
    assert interval(Interval.exactly(5), "") == "5"
    assert interval(Interval.exactly(31.234), "kB") == "31.2 kB"
