"""The words of a notice, for every channel: one place, so that inbox, mail and SMS never tell different things. Pure.

Nobody's name, number or address stands in them: what a mail or an SMS tells can be read by others than its addressee.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LONGEST_SMS = 70  # characters of one message, with its signature


@dataclass(frozen=True, slots=True)
class Words:
    """What is told: a subject, a few sentences, and for an SMS what happened and until when."""

    subject: str
    body: str
    short: str
    until: str = ""


def of_act(
    *, title: str, number: str, label: str, place: str, until: date | None = None, besides: str = ""
) -> Words:  # fmt: skip
    """A step was taken; `until` is the last day on which the reader has to do something, `besides` whom it concerns."""
    label += f"（{besides}）" if besides else ""
    body = f"案号{number}，现处于“{place}”环节。"
    if until is None:
        return Words(f"{title}：{label}", body, f"办件{number}：{label}")
    body += f"请您最迟于{day(until)}办理。"
    return Words(f"{title}：{label}", body, f"办件{number}：{label}", f"，请最迟于{until:%Y-%m-%d}办理")


def of_ring(*, title: str, number: str, words: str, due_on: date | None) -> Words:
    """A clock rings."""
    until = f"，期限截至{due_on.isoformat()}" if due_on else ""
    body = f"{title}{until}。" if due_on else title
    return Words(f"{number}{words}", body, f"案件{number}{words}", until)


def sms(words: Words, sign: str, online: bool) -> str:
    """The text of an SMS, signed in front as operators demand; what happened is cut where it is too long."""
    front = f"【{sign}】"
    behind = words.until + ("。请登录平台查看。" if online else "。详情请咨询受理窗口。")
    room = LONGEST_SMS - len(front) - len(behind)
    return front + (words.short if len(words.short) <= room else f"{words.short[: room - 1]}…") + behind


def day(of: date) -> str:
    """2026年3月9日"""
    return f"{of.year}年{of.month}月{of.day}日"


def quiet_until(at: datetime, hours: tuple[int, int], ends_on: date | None) -> datetime | None:
    """When an SMS may go that must not go at `at` (a local time); None if it may go now.

    Nobody is woken between the hours, except that an evening does not swallow what ends on that very day.
    """
    evening, morning = hours
    if morning <= at.hour < evening or (at.hour >= evening and ends_on == at.date()):
        return None
    opens = at.date() + timedelta(days=1) if at.hour >= evening else at.date()
    return datetime.combine(opens, time(morning), at.tzinfo)
