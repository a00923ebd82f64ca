"""Days and clocks of the load: every day and every due day is worked out once, however many cases share it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from casework import lamps
from casework.actions.clocks import NO_LAMP
from law import limits
from law.calendar import WorkCalendar
from law.queries import Book
from law.terms import LimitError
from portal.populate.record import as_jsonb
from portal.populate.sheet import plain

AHEAD = 80  # working days behind today that papers may speak of
FIRST_MINUTE, LAST_MINUTE = 9 * 60, 17 * 60 + 30  # of the office, Beijing time
AFTER_MIDNIGHT = 10  # when the law takes its step


class Days:
    """The working days from a first day on. `latest` is the place of the last one before today."""

    def __init__(self, first: date, today: date, calendar: WorkCalendar) -> None:
        last = calendar.add_working_days(today, AHEAD)
        span = (first + timedelta(days=number) for number in range((last - first).days + 1))
        self.days = [day for day in span if calendar.is_working(day)]
        self.iso = [day.isoformat() for day in self.days]
        self.today = today
        self.latest = bisect.bisect_left(self.days, today) - 1

    def at_or_after(self, day: date) -> int:
        return bisect.bisect_left(self.days, day)

    def at_or_before(self, day: date) -> int:
        return bisect.bisect_right(self.days, day) - 1


def utc(at: datetime) -> str:
    """An instant as acts are hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


@dataclass(frozen=True, slots=True)
class Worked:
    """A clock worked out: its last day, the words that explain it (as COPY takes them), the key of its limit."""

    due_on: date | None
    explanation: str
    provisional: bool
    limit: int | None
    lights: bool


Pauses = tuple[tuple[date, date | None, str], ...]  # from, before, reason


def until(day: date) -> Worked:
    """The clock that a paper sets."""
    return Worked(day, plain(as_jsonb([f"期限由文书确定，截至{day:%Y-%m-%d}。"])), False, None, True)


class Clockwork:
    """The law of the load, read once: it asks the database nothing."""

    def __init__(self, law: Book, today: date) -> None:
        self._law, self._today = law, today
        self._worked: dict[tuple[str, date, Pauses, bool], Worked] = {}
        self._rings: dict[date, tuple[int, date | None]] = {}

    def in_force(self, rule: str, day: date) -> bool:
        try:
            self._law.limit_for(rule, day)
        except LimitError:
            return False
        return True

    def worked_out(self, rule: str, trigger: date, pauses: Pauses, extended: bool) -> Worked:
        """The clock of a rule from a day on. Raises LimitError where the rule is not in force."""
        key = (rule, trigger, pauses, extended)
        if key not in self._worked:
            self._worked[key] = self._work_out(*key)
        return self._worked[key]

    def _work_out(self, rule: str, trigger: date, pauses: Pauses, extended: bool) -> Worked:
        limit = self._law.limit_for(rule, trigger)
        taken_out = [
            limits.Suspension(first, end and end - timedelta(days=1), reason)
            for first, end, reason in pauses
            if end != first
        ]
        found = limits.due(trigger, limit, self._law.calendar, taken_out, limit.extension if extended else None)
        explanation = plain(as_jsonb(list(found.steps)))
        return Worked(found.date, explanation, found.provisional, limit.id, limit.end_rule not in NO_LAMP)

    def rings(self, due_on: date) -> tuple[int, date | None]:
        """How often a running clock has rung until today, and the day on which it rings next."""
        if due_on not in self._rings:
            calendar = self._law.calendar
            rung = sum(lamps.ring_day(ring, due_on, calendar) <= self._today for ring in lamps.RINGS)
            self._rings[due_on] = rung, lamps.next_ring(due_on, rung, calendar)
        return self._rings[due_on]
