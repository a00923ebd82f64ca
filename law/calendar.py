"""The working-day calendar: weekends, the State Council's holidays and its make-up working days.

Pure: no database, no clock. A day is a working day when it is a weekday that no notice declared off, or a
weekend day that a notice declared working (调休上班). Every other day is a holiday in the sense of
《民事诉讼法》第八十五条 and 《民法典》第二百零三条: a period of days, months or years whose last day is such
a day ends on the first working day after it. Weekends count as holidays (the practice of courts and organs, and
what 民法典 203 presumes when it speaks of the day on which the holiday ends); a make-up Saturday does not.

For a year without a notice only what the holiday decree itself fixes by the solar calendar is known, so every
answer about such a year is provisional.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
WEEKEND = "周末"

# 《全国年节及纪念日放假办法》: the holidays that fall on a fixed solar date in every year.
_FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
_SECOND_OF_MAY_SINCE = 2025


def fixed_holiday(day: date) -> str | None:
    """Name of the holiday that the decree fixes on this solar date, whatever the yearly notice says."""
    if (day.month, day.day) == (5, 2) and day.year >= _SECOND_OF_MAY_SINCE:
        return "劳动节"
    return _FIXED.get((day.month, day.day))


class WorkCalendar:
    """Answers which days are working days.

    off, work: name of the holiday by date, for days declared off and weekend days declared working.
    published: the years for which the State Council's notice is in the tables.
    """

    def __init__(self, off: Mapping[date, str], work: Mapping[date, str], published: Collection[int]) -> None:
        self._off = dict(off)
        self._work = dict(work)
        self.published = frozenset(published)

    @property
    def published_through(self) -> date | None:
        """Last day of the unbroken run of published years, None when there is none."""
        if not self.published:
            return None
        year = min(self.published)
        while year + 1 in self.published:
            year += 1
        return date(year, 12, 31)

    def is_published(self, first: date, last: date | None = None) -> bool:
        """Whether every day from first to last (inclusive, in any order) lies in a published year."""
        last = last or first
        years = range(min(first.year, last.year), max(first.year, last.year) + 1)
        return all(year in self.published for year in years)

    def is_working(self, day: date) -> bool:
        """Whether organs work on this day."""
        if day in self._work:
            return True
        if day in self._off or day.weekday() >= 5:
            return False
        return day.year in self.published or fixed_holiday(day) is None

    def is_holiday(self, day: date) -> bool:
        """Whether a period may not end on this day (民诉法 85, 民法典 203): a holiday or a weekend not made up."""
        return not self.is_working(day)

    def is_made_up(self, day: date) -> bool:
        """Whether this weekend day was declared a working day."""
        return day in self._work

    def name(self, day: date) -> str:
        """Why the day is special: the holiday's name, 周末, or the holiday that a make-up day belongs to; else ''."""
        if day in self._work:
            return self._work[day]
        if day in self._off:
            return self._off[day]
        if day.year not in self.published and (fixed := fixed_holiday(day)):
            return fixed
        return WEEKEND if day.weekday() >= 5 else ""

    def next_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself if it is a working day, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, number: int) -> date:
        """The number-th working day after the day (before it, if number is negative); 0 gives the day itself."""
        step = ONE_DAY if number > 0 else -ONE_DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after start up to and including end; negative when end is before start."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
