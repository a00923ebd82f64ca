"""What the rules of the chapter may look at, whichever procedure asks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casework.models import Case
from regulations.queries import cleanup, suggestions

KNOWN = {
    suggestions.PROCEDURE: suggestions.known,
    cleanup.PROCEDURE: cleanup.known,
    cleanup.ITEM: cleanup.known,
}


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """Plain values for the rules of the case's procedure."""
    asked = KNOWN.get(case.procedure) if case else None
    return asked(case, facts, at) if asked else {}
