"""Gates of the public consultation on a draft. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation
from regulations.rules.making import business

OPENED = ("open_public_comment", "open_business_comment")
CLOSED = ("close_public_comment", "shorten_public_comment")


def touches_business(s: Situation) -> bool:
    """与经营主体的生产经营活动密切相关"""
    return business(s)


def not_touching_business(s: Situation) -> bool:
    """不属于与经营主体的生产经营活动密切相关的文件"""
    return not business(s)


def comment_days_enough(s: Situation) -> bool:
    """征求意见的期限不短于规定的最短期限"""
    return _long_enough(s, "gfxwj_comment_ordinary")


def business_comment_days_enough(s: Situation) -> bool:
    """征求意见的期限不短于国家和北京市规定的最短期限"""
    return _long_enough(s, "gfxwj_comment_business") and _long_enough(s, "gfxwj_comment_business_bj")


def _long_enough(s: Situation, key: str) -> bool:
    until, least = s.facts.get("until"), s.due(key, s.at)
    return isinstance(until, date) and least is not None and until >= least


def comments_open(s: Situation) -> bool:
    """公告的截止日期尚未过去"""
    return announced_until(s) >= s.today


def announced_days_over(s: Situation) -> bool:
    """公告载明的截止日期已过"""
    return date.min < announced_until(s) < s.today


def announced_until(s: Situation) -> date:
    """公告载明的截止日期"""
    opened = s.last(*OPENED)
    until = opened.facts.get("until") if opened else None
    return until if isinstance(until, date) else date.min


def comments_are_over(s: Situation) -> bool:
    """公开征求意见已经结束"""
    return any(s.after(step, *OPENED) for step in CLOSED) and s.taken(*OPENED)


def comments_answered(s: Situation) -> bool:
    """对各项意见均已答复采纳、部分采纳或者不采纳，并说明理由"""
    return not s.known.get("unanswered_comments")


def comments_were_sought(s: Situation) -> bool:
    """公开征求意见已经结束或者依法免除"""
    return s.taken("exempt_secret_from_comment") or comments_are_over(s)


def feedback_published(s: Situation) -> bool:
    """已公布意见采纳情况；依法免予公开征求意见的除外"""
    if not s.taken(*OPENED):
        return s.taken("exempt_secret_from_comment")
    return s.after("publish_feedback", *CLOSED)
