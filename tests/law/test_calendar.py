"""law.calendar: which days organs work, against an independent calendar of the same notices."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import WorkCalendar
from tests.law.conftest import read_calendar

CALENDAR = read_calendar()
PUBLISHED = st.dates(date(2015, 1, 1), date(2026, 12, 31))


def test_every_day_of_twelve_years_agrees_with_another_calendar() -> None:
    day = date(2015, 1, 1)
    disagreements = []
    while day <= date(2026, 12, 31):
        if CALENDAR.is_working(day) != chinese_calendar.is_workday(day):
            disagreements.append(day)
        day += timedelta(days=1)
    assert disagreements == []


@pytest.mark.parametrize(
    ("day", "working", "name"),
    [
        (date(2026, 2, 14), True, "春节"),  # a Saturday made up
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 2, 23), False, "春节"),
        (date(2026, 2, 24), True, ""),
        (date(2026, 3, 1), False, "周末"),
        (date(2020, 1, 31), False, "春节"),  # the holiday was lengthened against the epidemic
        (date(2015, 9, 3), False, "抗日战争暨世界反法西斯战争胜利70周年纪念日"),
    ],
)
def test_days_have_names(day: date, working: bool, name: str) -> None:
    assert (CALENDAR.is_working(day), CALENDAR.name(day)) == (working, name)
    assert CALENDAR.is_holiday(day) is not working


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 1, 1), False),  # fixed by the decree in every year
        (date(2027, 1, 4), True),
        (date(2027, 2, 8), True),  # the Spring Festival of an unpublished year is not guessed
        (date(2027, 5, 2), False),
        (date(2024, 5, 4), False),
        (date(2014, 5, 2), True),
        (date(2014, 10, 3), False),
    ],
)
def test_an_unpublished_year_knows_weekends_and_fixed_days_only(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


def test_published_through_ends_at_the_first_gap() -> None:
    assert CALENDAR.published_through == date(2026, 12, 31)
    assert WorkCalendar({}, {}, {2015, 2016, 2018}).published_through == date(2016, 12, 31)
    assert WorkCalendar({}, {}, ()).published_through is None


def test_an_interval_is_published_only_as_a_whole() -> None:
    assert CALENDAR.is_published(date(2026, 12, 31))
    assert not CALENDAR.is_published(date(2026, 12, 31), date(2027, 1, 1))
    assert not CALENDAR.is_published(date(2015, 1, 1), date(2014, 12, 31))


@given(PUBLISHED, st.integers(1, 60))
def test_adding_and_counting_working_days_undo_each_other(day: date, number: int) -> None:
    later = CALENDAR.add_working_days(day, number)
    assert CALENDAR.is_working(later)
    assert CALENDAR.working_days_between(day, later) == number
    assert CALENDAR.working_days_between(later, day) == -number


@given(PUBLISHED, st.integers(1, 60))
def test_working_days_are_added_backwards(day: date, number: int) -> None:
    earlier = CALENDAR.add_working_days(day, -number)
    assert CALENDAR.is_working(earlier)
    assert CALENDAR.working_days_between(earlier - timedelta(days=1), day - timedelta(days=1)) == number


@given(PUBLISHED)
def test_the_nearest_working_days_lie_on_either_side(day: date) -> None:
    after, before = CALENDAR.next_working_day(day), CALENDAR.previous_working_day(day)
    assert before <= day <= after
    assert CALENDAR.is_working(before)
    assert CALENDAR.is_working(after)
    assert (before == after) == CALENDAR.is_working(day)
    assert CALENDAR.add_working_days(day, 0) == day
