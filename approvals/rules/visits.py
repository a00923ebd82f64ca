"""When a service point can be visited by appointment. Pure; no law sets these times, whoever runs the point does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

MOST_AHEAD = 60  # working days
MOST_PLACES = 50  # visitors in one half hour
HALF_HOURS = tuple(time(hour, minute) for hour in range(8, 20) for minute in (0, 30))
LETTERS = {True: "Y", False: "A"}  # of the numbers of those who booked, and of those who come as they are


@dataclass(frozen=True, slots=True)
class Plan:
    """How one service point receives visitors: working days ahead (the next one first), and places by half hour.

    `number` is the row that says so; none where the point follows the table of its kind.
    """

    ahead: int
    places: Mapping[time, int]
    number: int | None = None


def slot_of(text: str) -> time | None:
    """A slot as an address or a form names it, 09:30."""
    return next((slot for slot in HALF_HOURS if f"{slot:%H:%M}" == text), None)


def bookable(day: date, slot: time, now: datetime) -> bool:
    """Whether the half hour is still to come."""
    return (day, slot) > (now.date(), now.time())


def numbered(number: int, booked: bool) -> str:
    """Y012 or A007, as the screen shows it."""
    return f"{LETTERS[booked]}{number:03d}"
