"""Days, instants and intervals as they are written for programs, and as people type them. Pure."""

import re
from datetime import date, datetime

from law.terms import LimitError, Suspension

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*")
_TYPED = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[\sT　]*(?P<hour>\d{1,2})\s*[:：时]\s*(?P<minute>\d{1,2})?\s*分?)?"
)
_TO = re.compile(r"\s*(?:\.\.|至|到|~|～|—)\s*")


def read_moment(text: str) -> date | datetime:
    """2026-11-22 or 2026-11-22T10:30, in Beijing time unless an offset follows. Raises LimitError, in one line."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise LimitError(f"日期格式不正确：{text}，应当写作 2026-11-22 或者 2026-11-22T10:30")


def read_suspension(text: str) -> Suspension:
    """2026-03-02..2026-03-06, both days suspended; 2026-03-02.. is not resumed yet. Raises LimitError, in one line."""
    first, dots, last = text.partition("..")
    if not dots:
        raise LimitError(f"中止期间格式不正确：{text}，应当写作 2026-03-02..2026-03-06，未恢复的写作 2026-03-02..")
    return Suspension(read_moment(first), read_moment(last) if last else None)


def tidy_moment(text: str) -> str:
    """What people type, as read_moment wants it: 2026年3月2日 9:30 becomes 2026-03-02T09:30; the rest stays."""
    match = _TYPED.fullmatch(text.strip())
    if not match:
        return text.strip()
    day = f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}"
    return day if match["hour"] is None else f"{day}T{int(match['hour']):02d}:{int(match['minute'] or 0):02d}"


def tidy_suspension(text: str) -> str:
    """What people type, as read_suspension wants it: 2026年3月2日至2026年3月6日 becomes 2026-03-02..2026-03-06."""
    parts = _TO.split(text.strip(), maxsplit=1)
    return "..".join(tidy_moment(part) for part in parts)
