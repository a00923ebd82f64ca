"""A second opinion on due dates: one day at a time, no cleverness, nothing taken from the rooms of `law`.

Knows only what a clerk with a wall calendar knows. Slow on purpose.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

from tests.law.conftest import DATA, table

DAY = timedelta(days=1)
LISTED = {date.fromisoformat(row["date"]): row["kind"] for row in table(DATA / "calendar.csv")}
FIXED = {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}


def works(day: date) -> bool:
    if day in LISTED:
        return LISTED[day] == "work"
    if not 2015 <= day.year <= 2026 and (
        (day.month, day.day) in FIXED or (day.year >= 2025 and (day.month, day.day) == (5, 2))
    ):
        return False
    return day.strftime("%a") not in ("Sat", "Sun")


def months_later(day: date, number: int) -> date:
    year, month = day.year, day.month
    for _ in range(abs(number)):
        month += 1 if number > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        if month == 0:
            year, month = year - 1, 12
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day(trigger: date, quantity: int, unit: str, end_rule: str, suspended: Collection[date] = ()) -> date:
    """The last day of a period that neither counts hours nor ends on a fixed date."""
    if end_rule == "immediate":
        return trigger
    if end_rule == "latest_compliant_date_no_roll":
        return _back(trigger, quantity, unit)
    day = trigger
    if unit in ("working_day", "natural_day"):
        left = quantity
        while left:
            day += DAY
            if day not in suspended and (unit == "natural_day" or works(day)):
                left -= 1
    else:
        end = months_later(trigger, quantity * (12 if unit == "year" else 1))
        while day < end:
            day += DAY
            if day in suspended:
                end += DAY
    if (end_rule == "nth_working_day" or "roll" in end_rule.removesuffix("_no_roll")) and not works(day):
        while not works(day) or day in suspended:
            day += DAY
    return day


def _back(event: date, quantity: int, unit: str) -> date:
    day = event
    if unit == "working_day":
        left = quantity
        while left:
            day -= DAY
            left -= works(day)
    elif unit == "natural_day":
        day -= quantity * DAY
    else:
        day = months_later(event, -quantity * (12 if unit == "year" else 1))
    while not works(day):
        day -= DAY
    return day
