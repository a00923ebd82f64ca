"""The arithmetic of periods: a walk over the calendar that leaves out suspended days and notes what it met. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from law.calendar import ONE_DAY, WorkCalendar
from law.terms import Suspension, day_of, local


class Paused(Exception):
    """The walk reached a suspension that has no end yet."""


def add_months(day: date, number: int) -> date:
    """The corresponding day so many months later (earlier if negative); none in that month: its last day."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def merged_days(suspensions: Iterable[Suspension]) -> list[tuple[date, date | None]]:
    """Suspended days as sorted runs that neither overlap nor touch; None: not ended."""
    merged: list[tuple[date, date | None]] = []
    for first, last in sorted(
        ((day_of(s.start), day_of(s.end) if s.end else None) for s in suspensions), key=lambda run: run[0]
    ):
        if merged and (merged[-1][1] is None or first <= merged[-1][1] + ONE_DAY):
            before = merged[-1][1]
            merged[-1] = (merged[-1][0], None if before is None or last is None else max(before, last))
        else:
            merged.append((first, last))
    return merged


def merged_instants(suspensions: Iterable[Suspension]) -> list[tuple[datetime, datetime | None]]:
    """Suspended time as sorted half-open intervals; a bare day is the 24 hours from its first minute."""
    merged: list[tuple[datetime, datetime | None]] = []
    for first, last in sorted(((_start(s), _end(s)) for s in suspensions), key=lambda run: run[0]):
        if merged and (merged[-1][1] is None or first <= merged[-1][1]):
            before = merged[-1][1]
            merged[-1] = (merged[-1][0], None if before is None or last is None else max(before, last))
        else:
            merged.append((first, last))
    return merged


def _start(suspension: Suspension) -> datetime:
    start = local(suspension.start)
    return start if isinstance(start, datetime) else datetime.combine(start, time.min)


def _end(suspension: Suspension) -> datetime | None:
    if suspension.end is None:
        return None
    end = local(suspension.end)
    return end if isinstance(end, datetime) else datetime.combine(end + ONE_DAY, time.min)


class Period:
    """A walk from the day of the trigger, which is not counted.

    After the walk: `skipped` (days off passed over while counting working days), `made_up` (make-up working days
    counted), `excluded` (how much was left out as suspended), `rolled_from` (the holiday on which the period would
    have ended), `provisional` (a day of an unpublished year mattered).
    """

    def __init__(self, start: date, calendar: WorkCalendar, suspensions: tuple[Suspension, ...]) -> None:
        self.start = start
        self.calendar = calendar
        self.suspensions = suspensions
        self.closed = merged_days(suspensions)
        self.skipped: list[date] = []
        self.made_up: list[date] = []
        self.excluded = timedelta(0)
        self.rolled_from: date | None = None
        self.provisional = False

    def touch(self, first: date, last: date) -> None:
        """Note that the result rests on whether these days are working days."""
        if not self.calendar.is_published(first, last):
            self.provisional = True

    def suspended(self, day: date) -> bool:
        """Whether the clock stands still on this day. Raises Paused when it does so without an end."""
        for first, last in self.closed:
            if first <= day:
                if last is None:
                    raise Paused
                if day <= last:
                    return True
        return False

    def forward(self, cursor: date, quantity: int, unit: str) -> date:
        """The last day of so many days, months or years after the cursor, suspended days not counted."""
        if unit == "working_day":
            return self._working_days(cursor, quantity)
        if unit == "natural_day":
            return self._prolong(cursor, cursor + timedelta(days=quantity))
        return self._prolong(cursor, add_months(cursor, quantity * (12 if unit == "year" else 1)))

    def _working_days(self, cursor: date, quantity: int) -> date:
        first = cursor + ONE_DAY
        while quantity:
            cursor += ONE_DAY
            working = self.calendar.is_working(cursor)
            if self.suspended(cursor):
                self.excluded += working * ONE_DAY
            elif not working:
                self.skipped.append(cursor)
            else:
                quantity -= 1
                if self.calendar.is_made_up(cursor):
                    self.made_up.append(cursor)
        self.touch(first, max(first, cursor))
        return cursor

    def _prolong(self, cursor: date, end: date) -> date:
        """Move the end out by the suspended days after the cursor, as long as they begin before the end."""
        for first, last in self.closed:
            if last is not None and last <= cursor:
                continue
            if first > end:
                break
            if last is None:
                raise Paused
            days = last - max(first, cursor + ONE_DAY) + ONE_DAY
            self.excluded += days
            end += days
        return end

    def roll(self, end: date) -> date:
        """The end itself, or the first working day after it that is not suspended when it is a holiday."""
        rolled = end
        if self.calendar.is_holiday(end):
            self.rolled_from = end
            while self.calendar.is_holiday(rolled) or self.suspended(rolled):
                rolled += ONE_DAY
        self.touch(end, rolled)
        return rolled

    def back(self, quantity: int, unit: str) -> date:
        """The last day in time for an event on the start day: so much before it, never on a holiday.

        No statute says what holds when that day is a holiday; the working day before it is the careful choice
        (engineering rule).
        """
        if unit == "working_day":
            end = self.calendar.add_working_days(self.start, -quantity)
        elif unit == "natural_day":
            end = self.start - timedelta(days=quantity)
        else:
            end = add_months(self.start, -quantity * (12 if unit == "year" else 1))
        moved = self.calendar.previous_working_day(end)
        if moved != end:
            self.rolled_from = end
        self.touch(moved, max(moved, self.start - ONE_DAY) if unit == "working_day" else end)
        return moved

    def hours(self, start: datetime, quantity: int) -> datetime:
        """The instant so many hours later, suspended time not counted."""
        end = start + timedelta(hours=quantity)
        for first, last in merged_instants(self.suspensions):
            if last is not None and last <= start:
                continue
            if first >= end:
                break
            if last is None:
                raise Paused
            length = last - max(first, start)
            self.excluded += length
            end += length
        return end
