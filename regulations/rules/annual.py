"""What the gates of the yearly list for the congress look at. Pure."""

from __future__ import annotations

from casework.situation import Situation

MONTH = 1  # in which it is due


def year_is_over(s: Situation) -> bool:
    """目录所属的年度刚刚结束"""
    return s.known["year"] == s.today.year - 1 and s.today.month == MONTH
