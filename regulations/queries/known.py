"""What the rules of the chapter may look at besides the case, by its procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from casework.models import Case
from regulations.queries import filing, making, validity

Asked = Callable[[Case | None, Mapping[str, Any], datetime], dict[str, Any]]
_MODULES = (making, filing, validity)
_KNOWN: dict[str, Asked] = {module.PROCEDURE: module.known for module in _MODULES}
_SUMMARIES: dict[str, Callable[[Case], list[tuple[str, str]]]] = {
    module.PROCEDURE: module.summary for module in _MODULES
}


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules`."""
    asked = _KNOWN.get(case.procedure) if case else None
    return asked(case, facts, at) if asked else {}


def summary(case: Case) -> list[tuple[str, str]]:
    """What a case is about, in a few lines of its page."""
    told = _SUMMARIES.get(case.procedure)
    return told(case) if told else []
