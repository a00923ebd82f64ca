"""Whether a document applies on a day, and if not, why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NOT_YET, CURRENT, LAPSED, REPEALED, REVOKED, REPLACED, SUSPENDED, UNPUBLISHED = (
    "not_yet", "current", "lapsed", "repealed", "revoked", "replaced", "suspended", "unpublished",
)  # fmt: skip
WORDS = {
    CURRENT: "现行有效",
    NOT_YET: "尚未施行",
    SUSPENDED: "停止执行",
    LAPSED: "已失效",
    REPEALED: "已废止",
    REVOKED: "已撤销",
    REPLACED: "已被新文件代替",
    UNPUBLISHED: "尚未公布",
}
SHOWN = (CURRENT, NOT_YET, SUSPENDED, LAPSED, REPEALED, REVOKED, REPLACED)  # of what is public
ENDS = {name: WORDS[name] for name in (LAPSED, REPEALED, REVOKED, REPLACED)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days on which the standing of a document depends; `ended_on` and `valid_until` still belong to it.

    `suspended` are the times in which the whole is not applied: the first day, and the day from which it is again.
    """

    published_on: date | None
    effective_from: date | None
    valid_until: date | None
    ended_on: date | None
    ended: str = ""
    suspended: Sequence[tuple[date, date | None]] = ()


def held(since: date, until: date | None, on: date) -> bool:
    """Whether a suspension holds on a day; it is applied again from `until` on."""
    return since <= on and (until is None or on < until)


DAYS = ("published_on", "effective_from", "valid_until", "ended_on", "ended")


def standing(dates: Dates, on: date) -> str:
    """One of the names above, as seen on a day.

    What was ended stays ended for the reason that was given; what passes the last day of its validity lapses by
    itself, whether or not anybody has recorded it.
    """
    if dates.published_on is None or on < dates.published_on:
        return UNPUBLISHED
    if dates.ended_on and on > dates.ended_on:
        return dates.ended
    if dates.valid_until and on > dates.valid_until:
        return LAPSED
    if dates.effective_from is None or on < dates.effective_from:
        return NOT_YET
    if any(held(since, until, on) for since, until in dates.suspended):
        return SUSPENDED
    return CURRENT
