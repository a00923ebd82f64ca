"""What the gates of a clean-up look at. Pure.

`scope` of what is known says whether a clean-up would take anything in, `unlisted` whether documents still wait to be
listed, `unsettled` whether cases of documents still wait for what was decided; `cycle_ends` is the last day for the
next full clean-up, where this case is the last full one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.situation import Situation

RESULT = ("taking_effect", "published")
PROPOSALS = {
    "propose_keep": "continues",
    "propose_amend": "to_be_amended",
    "propose_repeal": "repealed",
    "propose_lapse": "lapsed",
}
LAUNCHING = ("launch_periodic", "launch_for_changed_law", "launch_on_order")  # rows that open a clean-up
FOUND = "find_changed_law"  # the law opens it, and somebody launches it or finds no need
LAUNCHED = (*LAUNCHING, "launch_found")
NARROWING = ("organs", "subjects", "before")


def scope_found(s: Situation) -> bool:
    """清理范围由系统算出：至少有一份现行文件"""
    return bool(s.known["scope"])


def cycle_over(s: Situation) -> bool:
    """上一次全面清理的周期已经届满，其后没有启动全面清理"""
    day = s.known["cycle_ends"]
    return day is not None and day < s.today


def narrowed(facts: Mapping[str, Any]) -> bool:
    """Whether a launch takes in a part of the stock only: the two years are counted from a full one (全面清理)."""
    return any(facts.get(name) for name in NARROWING)


def all_listed(s: Situation) -> bool:
    """清理范围内的文件均已列入"""
    return not s.known["unlisted"]


def all_settled(s: Situation) -> bool:
    """各件的清理结果均已记载"""
    return not s.known["unsettled"]


def opinions_open(s: Situation) -> bool:
    """清理意见尚未报请决定"""
    return s.parent_state in ("listing", "launched", "collected")


def reply_ahead(s: Situation) -> bool:
    """提出意见的期限在今天以后"""
    day = s.facts.get("reply_by")
    return day is not None and _day(day) > s.today


def reply_passed(s: Situation) -> bool:
    """通知确定的日期已过；退回重提的，为退回时确定的日期"""
    asked = s.last(*LAUNCHED, "return_proposals")
    return asked is not None and _day(asked.facts["reply_by"]) < s.today


def nothing_unchecked(s: Situation) -> bool:
    """提出的意见均已经合法性审核"""
    return bool(s.children) and not any(child.state == "proposed" for child in s.children)


def in_force_today(s: Situation) -> bool:
    """当日现行有效"""
    return s.known["standing"] in ("current", "suspended", "not_yet")


def ended_meanwhile(s: Situation) -> bool:
    """文件其间已终止"""
    return s.known["standing"] not in ("current", "suspended", "not_yet")


def not_on_order(s: Situation) -> bool:
    """不属于按上级或者人大要求进行的清理"""
    return not s.taken("launch_on_order")


def proposed(step: str, words: str) -> Callable[[Situation], bool]:
    """A rule: the proposal that was agreed to is this one."""

    def holds(s: Situation) -> bool:
        last = s.last(*PROPOSALS)
        return last is not None and last.step == step

    holds.__name__, holds.__doc__ = f"{step}d", words
    return holds


proposed_keep = proposed("propose_keep", "审核同意的意见为继续有效")
proposed_amend = proposed("propose_amend", "审核同意的意见为修改")
proposed_repeal = proposed("propose_repeal", "审核同意的意见为废止")
proposed_lapse = proposed("propose_lapse", "审核同意的意见为宣布失效")


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
