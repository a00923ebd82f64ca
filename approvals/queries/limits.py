"""The times of an item in words and days: what the law gives the organ, what the organ promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from approvals.models import LicensingItem
from law.limits import due
from law.queries import limit_for, work_calendar
from law.terms import Limit
from law.wording import articles_zh, law_zh, quantity_zh

ANSWER, DECIDE, DELIVER = "xk_deficiency_notice", "xk_decide", "xk_deliver"


@dataclass(frozen=True, slots=True)
class Times:
    """The legal and promised time of a decision. `law` is where the legal one stands."""

    legal: str
    law: str
    promised: str
    verified: bool


def of(item: LicensingItem, on: date) -> Times:
    """The times of an item on a day."""
    limit = limit_for(item.limit_key, on)
    promised = f"{item.promised_days}个工作日" if item.promised_days is not None else ""
    return Times(length(limit), cited(limit), promised, bool(limit.verified))


def length(limit: Limit) -> str:
    """20个工作日; 3个月"""
    return quantity_zh(limit.quantity, limit.unit)


def cited(limit: Limit) -> str:
    """《中华人民共和国行政许可法》第四十二条第一款"""
    return law_zh(limit.law_zh) + articles_zh(limit.article)


def last_day(key: str, trigger: date) -> date:
    """The last day of a limit counted from a day, without suspensions."""
    return due(trigger, limit_for(key, trigger), work_calendar()).date
