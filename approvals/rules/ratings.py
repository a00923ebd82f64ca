"""What the gates of a rating's follow-up look at."""

from __future__ import annotations

from casework.situation import Situation

BADLY = ("不满意", "非常不满意")


def rated_badly(s: Situation) -> bool:
    """评价为不满意或者非常不满意"""
    return s.facts.get("level") in BADLY


def verified_by_somebody_else(s: Situation) -> bool:
    """由没有办理过被评价事项的负责人回访"""
    return s.actor is not None and s.actor not in s.known.get("handled_by", ())
