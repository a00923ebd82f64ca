"""What must hold for every limit, every trigger and every suspension (law.limits)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from law.calendar import WorkCalendar
from law.limits import ROLLS, Due, Extension, Limit, Suspension, due
from tests.law import naive
from tests.law.conftest import read_calendar, read_limits

CALENDAR = read_calendar()
NUMBERED = [limit for versions in read_limits().values() for limit in versions if limit.quantity is not None]
PERIODS = [
    limit for limit in NUMBERED
    if limit.unit != "hour" and limit.start_rule == "exclude_trigger_day" and limit.end_rule != "immediate"
]  # fmt: skip
BACKWARD = [limit for limit in NUMBERED if limit.start_rule == "count_back_from_event"]
IN_WORKING_DAYS = [limit for limit in PERIODS if limit.end_rule == "nth_working_day"]
DAY = timedelta(days=1)

days = st.dates(date(2015, 1, 1), date(2026, 6, 30))
periods = st.sampled_from(PERIODS)


@st.composite
def stops(draw: st.DrawFn) -> list[tuple[date, date]]:
    """Up to four intervals of up to forty days, overlapping or not, in any order."""
    first = draw(days)
    intervals = []
    for _ in range(draw(st.integers(0, 4))):
        start = first + draw(st.integers(-20, 120)) * DAY
        intervals.append((start, start + draw(st.integers(0, 40)) * DAY))
    return intervals


def suspensions(intervals: Iterable[tuple[date, date]]) -> list[Suspension]:
    return [Suspension(first, last) for first, last in intervals]


def end(trigger: date, limit: Limit, intervals: Iterable[tuple[date, date]] = ()) -> date:
    result = due(trigger, limit, CALENDAR, suspensions(intervals)).date
    assert result is not None
    return result


def each_day(intervals: Iterable[tuple[date, date]]) -> set[date]:
    return {first + n * DAY for first, last in intervals for n in range((last - first).days + 1)}


@given(days, periods, stops())
def test_agrees_with_the_naive_count(trigger: date, limit: Limit, intervals: list[tuple[date, date]]) -> None:
    assert limit.quantity is not None
    expected = naive.last_day(trigger, limit.quantity, limit.unit, limit.end_rule, each_day(intervals))
    assert end(trigger, limit, intervals) == expected


@given(days, st.integers(0, 40), periods, stops())
def test_a_later_trigger_never_ends_earlier(
    trigger: date, later: int, limit: Limit, intervals: list[tuple[date, date]]
) -> None:
    # Months differ in length: with suspended days added, a later trigger may end a day earlier, as the words have it.
    stopped = intervals if limit.unit.endswith("_day") else []
    assert end(trigger, limit, stopped) <= end(trigger + later * DAY, limit, stopped)


@given(days, st.sampled_from([limit for limit in PERIODS if limit.end_rule in ROLLS]), stops())
def test_what_rolls_ends_on_a_working_day_that_is_not_suspended(
    trigger: date, limit: Limit, intervals: list[tuple[date, date]]
) -> None:
    last = end(trigger, limit, intervals)
    assert CALENDAR.is_working(last)
    assert last not in each_day(intervals)


@given(days, periods, stops(), st.randoms(use_true_random=False))
def test_splitting_and_shuffling_suspensions_does_not_matter(
    trigger: date, limit: Limit, intervals: list[tuple[date, date]], random: object
) -> None:
    singles = [(day, day) for day in each_day(intervals)]
    random.shuffle(singles)  # type: ignore[attr-defined]
    assert end(trigger, limit, singles) == end(trigger, limit, intervals) == end(trigger, limit, intervals[::-1])


@given(days, st.sampled_from(IN_WORKING_DAYS), st.integers(1, 15), st.data())
def test_suspending_so_many_working_days_costs_so_many(
    trigger: date, limit: Limit, number: int, data: st.DataObject
) -> None:
    unstopped = end(trigger, limit)
    inside = [day for day in each_day([(trigger + DAY, unstopped)]) if CALENDAR.is_working(day)]
    chosen = data.draw(st.sets(st.sampled_from(inside), min_size=1, max_size=number))
    last = end(trigger, limit, [(day, day) for day in chosen])
    assert CALENDAR.working_days_between(unstopped, last) == len(chosen)


@given(days, periods, stops(), stops())
def test_more_suspension_never_ends_earlier(
    trigger: date, limit: Limit, intervals: list[tuple[date, date]], more: list[tuple[date, date]]
) -> None:
    assert end(trigger, limit, intervals) <= end(trigger, limit, intervals + more)


@given(days, st.sampled_from([limit for limit in PERIODS if limit.extension]), st.integers(0, 30))
def test_a_longer_extension_never_ends_earlier(trigger: date, limit: Limit, more: int) -> None:
    shorter = Extension(limit.extension_quantity or 0, limit.extension_unit)
    longer = replace(shorter, quantity=shorter.quantity + more)
    ends = [due(trigger, limit, CALENDAR, (), extension).date for extension in (None, shorter, longer)]
    assert ends == sorted(ends, key=str)


@given(days, st.sampled_from(BACKWARD))
def test_counting_back_is_never_too_late_and_never_on_a_holiday(event: date, limit: Limit) -> None:
    last = end(event, limit)
    quantity = limit.quantity or 0
    if limit.unit == "working_day":
        assert CALENDAR.working_days_between(last, event - DAY) >= quantity - 1
        assert last <= event - quantity * DAY
    elif limit.unit == "natural_day":
        assert last <= event - quantity * DAY
    else:
        assert naive.months_later(last, quantity) <= event
    assert CALENDAR.is_working(last)


@given(days, st.integers(0, 30), st.sampled_from(BACKWARD))
def test_a_later_event_leaves_no_less_time(event: date, later: int, limit: Limit) -> None:
    assert end(event, limit) <= end(event + later * DAY, limit)


class Watched(WorkCalendar):
    """Remembers every day that somebody asked about."""

    def __init__(self) -> None:
        super().__init__(CALENDAR._off, CALENDAR._work, CALENDAR.published)
        self.asked: set[date] = set()

    def is_working(self, day: date) -> bool:
        self.asked.add(day)
        return super().is_working(day)


@given(st.dates(date(2026, 6, 1), date(2027, 3, 31)), st.sampled_from(NUMBERED), stops())
def test_provisional_exactly_when_an_unpublished_day_was_asked_about(
    trigger: date, limit: Limit, intervals: list[tuple[date, date]]
) -> None:
    watched = Watched()
    result = due(trigger, limit, watched, suspensions(intervals))
    # Counting back asks about every day between; the day of the event itself is not counted.
    asked = watched.asked
    assume(limit.end_rule != "immediate")
    unpublished = any(day.year not in CALENDAR.published for day in asked)
    if limit.end_rule in ROLLS or limit.start_rule == "count_back_from_event" or limit.unit == "working_day":
        assert result.provisional is unpublished
    else:
        assert result.provisional is False


@given(days, periods, stops())
def test_the_same_question_has_the_same_answer(trigger: date, limit: Limit, intervals: list[tuple[date, date]]) -> None:
    def answer() -> Due:
        return due(trigger, limit, CALENDAR, suspensions(intervals))

    assert answer() == answer()
