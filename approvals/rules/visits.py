"""When a service point can be visited by appointment. Parameters of the portal; no law sets them."""

from __future__ import annotations

from datetime import date, datetime, time

AHEAD = 10  # working days for which one may book, the next one first
PLACES = 4  # visitors in one half hour
SLOTS = tuple(time(hour, minute) for hour in (9, 10, 11, 13, 14, 15, 16) for minute in (0, 30))
LETTERS = {True: "Y", False: "A"}  # of the numbers of those who booked, and of those who come as they are


def slot_of(text: str) -> time | None:
    """A slot as an address or a form names it, 09:30."""
    return next((slot for slot in SLOTS if f"{slot:%H:%M}" == text), None)


def bookable(day: date, slot: time, now: datetime) -> bool:
    """Whether the half hour is still to come."""
    return (day, slot) > (now.date(), now.time())


def numbered(number: int, booked: bool) -> str:
    """Y012 or A007, as the screen shows it."""
    return f"{LETTERS[booked]}{number:03d}"
