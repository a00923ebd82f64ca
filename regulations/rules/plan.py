"""Gates of the year's plan. Pure."""

from __future__ import annotations

from casework.situation import Situation


def something_listed(s: Situation) -> bool:
    """这一年度至少有一个已列入计划的项目"""
    return bool(s.known.get("projects"))


def no_other_plan(s: Situation) -> bool:
    """这一年度没有另外拟订待批准的或者已经公布的计划"""
    return not (s.facts.get("year") and s.known.get("other_plan"))
