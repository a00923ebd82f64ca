"""What the gates of a complaint look at. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation

ITSELF = "DC-SFJ"  # the organ whose legal office handles complaints about organs (accounts/data/organisations.csv)


def not_itself(s: Situation) -> bool:
    """被反映的机关不是受理投诉举报的区司法局（反映区司法局的，向区政府或者监察机关提出）"""
    return s.facts.get("concerned") != ITSELF


def handler_not_of_concerned(s: Situation) -> bool:
    """经办人不属于被反映的机关，也没有回避事由"""
    return s.actor not in s.known["of_concerned"]


def earlier_own(s: Situation) -> bool:
    """已关联本人此前的投诉举报"""
    return bool(s.known["earlier_own"])


def two_persons(s: Situation) -> bool:
    """调查由两人以上进行"""
    return len({line.strip() for line in str(s.facts.get("persons", "")).splitlines() if line.strip()}) >= 2


def reply_by_ahead(s: Situation) -> bool:
    """说明的期限在今天以后"""
    return _after(s, "reply_by")


def correct_by_ahead(s: Situation) -> bool:
    """纠正的期限在今天以后"""
    return _after(s, "correct_by")


def _after(s: Situation, name: str) -> bool:
    """Whether the day that was stated lies ahead."""
    day: date | None = s.facts.get(name)
    return day is not None and day > s.today
