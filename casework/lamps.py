"""When a clock is spoken of: the lamp on a list, and the days on which it rings. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from law.calendar import WorkCalendar

SOON = 3  # working days before the last day from which the lamp is amber


@dataclass(frozen=True, slots=True)
class Lamp:
    """Shape, colour and words together, so that nobody depends on one of them."""

    code: str  # overdue, today, soon, fine, none
    words: str


def lamp(due_on: date | None, today: date, calendar: WorkCalendar) -> Lamp:
    """The lamp of a due day as seen on a day, counted in working days."""
    if due_on is None:
        return Lamp("none", "不计期限")
    if due_on == today:
        return Lamp("today", "今日到期")
    if due_on < today:
        days = calendar.working_days_between(due_on, today)
        return Lamp("overdue", f"超期 {max(days, 1)} 个工作日")
    days = calendar.working_days_between(today, due_on)
    return Lamp("soon" if days <= SOON else "fine", f"剩 {days} 个工作日" if days else "今日为最后工作日")


ACTING = "acting"  # those who have to act where the case stands


@dataclass(frozen=True, slots=True)
class Ring:
    """One reminder of a clock: so many working days after its last day (before it, if negative), to these audiences.

    Section heads and heads are those of the organs that have to act, whoever's case it is.
    """

    code: str
    offset: int
    audiences: tuple[str, ...]
    words: str


# Yellow is for whoever has to act and leads the section, red for the head of the organ as well.
YELLOW, RED = (ACTING, "section_head"), (ACTING, "section_head", "head_of_organ")
RINGS = (
    Ring("before", -SOON, YELLOW, "还有三个工作日到期"),
    Ring("last_day", 0, YELLOW, "今日到期"),
    Ring("lapsed", 1, RED, "已经超期"),
    Ring("escalated", 4, ("section_head", "head_of_organ"), "超期三个工作日以上，请机关负责人督办"),
)
# What an organ promised beyond the law is spoken of too.
PROMISES = (
    Ring("before", -SOON, YELLOW, "距承诺办结还有三个工作日"),
    Ring("last_day", 0, YELLOW, "今日承诺办结"),
    Ring("lapsed", 1, RED, "已经超过承诺办结的时限"),
)


def ring_day(ring: Ring, due_on: date, calendar: WorkCalendar) -> date:
    """The day of a reminder. The first day after the last one is a calendar day: the law itself acts on it."""
    if ring.code == "lapsed":
        return due_on + timedelta(days=1)
    return calendar.add_working_days(due_on, ring.offset)


def next_ring(due_on: date | None, rung: int, calendar: WorkCalendar) -> date | None:
    """The day of the next reminder when `rung` of them are done; None when all are, or while the clock stands still."""
    if due_on is None or rung >= len(RINGS):
        return None
    return ring_day(RINGS[rung], due_on, calendar)


def due_ring(rings: tuple[Ring, ...], due_on: date, today: date, calendar: WorkCalendar) -> Ring | None:
    """The last of the reminders whose day has come; of a day to come none is spoken of when it has passed."""
    return next((ring for ring in reversed(rings) if ring_day(ring, due_on, calendar) <= today), None)
