"""The words of time limits: Limit, Suspension, Extension, Due. Pure; `law.limits` computes with them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from law.wording import day_zh

BEIJING = ZoneInfo("Asia/Shanghai")
Day = date  # for the class that has a field of this name


class LimitError(ValueError):
    """A due date cannot be worked out; the text says why, in one line of Chinese."""


def local(value: date | datetime) -> date | datetime:
    """An aware instant as naive Beijing time; days and naive instants as they are."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(BEIJING).replace(tzinfo=None)
    return value


def day_of(value: date | datetime) -> date:
    """The day, in Beijing, of a day or instant."""
    value = local(value)
    return value.date() if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Extension:
    """A prolongation that somebody approved: so much more, counted on from the end of the base period."""

    quantity: int
    unit: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days (or instants) on which the clock stands still: from start to end, both days inclusive.

    end None: not resumed yet. For limits in hours the clock stops to the minute (a bare day counts from its first
    minute to its last); for all others every day that is touched is left out whole.
    """

    start: date | datetime
    end: date | datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.end is None:
            return
        start, end = local(self.start), local(self.end)
        both = isinstance(start, datetime) and isinstance(end, datetime)
        if day_of(end) < day_of(start) or (both and end < start):
            raise LimitError(f"中止的结束时间早于开始时间：{start.isoformat()}..{end.isoformat()}")


@dataclass(frozen=True, slots=True)
class Limit:
    """One version of a time limit: a row of the table of limits. (key, effective_from) is its identity.

    unit: working_day, natural_day, month, year, hour. quantity None: the law gives no number (is_setting).
    """

    key: str
    chapter: str
    procedure_zh: str
    trigger_zh: str
    trigger_en: str
    quantity: int | None
    unit: str
    start_rule: str
    end_rule: str
    extension_quantity: int | None
    extension_unit: str
    extension_condition: str
    law_zh: str
    article: str
    effective_from: date
    effective_to: date | None
    consequence: str
    verified: bool
    counting: str = ""
    is_setting: bool = False
    id: int | None = None

    @property
    def extension(self) -> Extension | None:
        """The prolongation that the law itself allows, if any."""
        if self.extension_quantity is None:
            return None
        return Extension(self.extension_quantity, self.extension_unit)

    def in_force(self, on: date) -> bool:
        """Whether this version applies to a trigger on that day."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


@dataclass(frozen=True, slots=True)
class Due:
    """The end of a period.

    date: its last day; None while an open suspension keeps it from ending (paused). at: the instant, for hour limits.
    opens: the first day on which what was held off may be done (floors, waiting periods, bars).
    provisional: the computation touched a year for which no holiday notice is in the tables.
    """

    key: str
    trigger: Day | datetime
    date: Day | None
    at: datetime | None
    opens: Day | None
    provisional: bool
    paused: bool
    law: str
    article: str
    steps: tuple[str, ...] = field(repr=False)

    def as_dict(self) -> dict[str, Any]:
        """The answer for programs: days as 2026-11-22, instants as 2026-11-22T10:30; due None while paused."""
        end = self.at or self.date
        return {
            "key": self.key,
            "trigger": _iso(self.trigger),
            "due": _iso(end) if end else None,
            "law": self.law,
            "article": self.article,
            "provisional": self.provisional,
            "steps": list(self.steps),
        }


def _iso(value: date | datetime) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def version_on(versions: Sequence[Limit], on: date) -> Limit:
    """The version in force on the day of the trigger. versions: all of one key, at least one.

    Raises LimitError for a day before the first version, after the last, or between two.
    """
    for limit in versions:
        if limit.in_force(on):
            return limit
    ordered = sorted(versions, key=lambda limit: limit.effective_from)
    key, first, last = ordered[0].key, ordered[0].effective_from, ordered[-1].effective_to
    if on < first:
        raise LimitError(f"{key} 的规定自{day_zh(first)}起施行，{day_zh(on)}没有可以适用的版本")
    if last and on > last:
        raise LimitError(f"{key} 的规定适用至{day_zh(last)}，{day_zh(on)}没有可以适用的版本")
    raise LimitError(f"{key} 在{day_zh(on)}没有可以适用的版本")
