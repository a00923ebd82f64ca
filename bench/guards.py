"""Whether a page is right. A fast wrong page is no result: what a guard finds fails the run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.client import Answer, Check

TAB = re.compile(r'moj-sub-navigation__link"[^>]*>([^<]+)<span[^>]*>（?(\d+)）?</span>')


class Wrong(Exception):
    """A page that is not what it should be, before anything was measured."""


def answered(*statuses: int) -> Check:
    """Nothing but the status is looked at."""

    def check(answer: Answer) -> str:
        return "" if answer.status in statuses else f"status {answer.status}"

    return check


def holding(*words: str) -> Check:
    """200, and these words in the page."""

    def check(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        missing = [word for word in words if word not in answer.text]
        return f"without {', '.join(missing)}" if missing else ""

    return check


def listing(expected: Sequence[str], others: Sequence[str] = ()) -> Check:
    """200, and the expected signs in this order, each of them once; none of the others."""

    def check(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        text = answer.text
        places = [text.find(f">{sign}<") for sign in expected]
        if -1 in places:
            return f"row {places.index(-1) + 1} is missing: {expected[places.index(-1)]}"
        if places != sorted(places):
            return "the rows are in another order"
        strange = [sign for sign in others if f">{sign}<" in text]
        return f"shows {strange[0]}, which is somebody else's" if strange else ""

    return check


def tabs(answer: Answer) -> dict[str, int]:
    """label → count of the tabs of a work list."""
    return {label.strip(): int(count) for label, count in TAB.findall(answer.text)}


def demand(what: str, fault: str) -> None:
    """Raises Wrong if there is a fault."""
    if fault:
        raise Wrong(f"{what}: {fault}")
