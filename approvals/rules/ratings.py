"""What the gates of a rating's follow-up look at."""

from __future__ import annotations

from casework.situation import Situation

BADLY = ("不满意", "非常不满意")


def rated_badly(s: Situation) -> bool:
    """评价为不满意或者非常不满意"""
    return s.facts.get("level") in BADLY
