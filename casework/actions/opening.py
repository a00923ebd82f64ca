"""Somebody opens a case: what a chapter keeps of it is kept before anything is read."""

from __future__ import annotations

from datetime import datetime

from casework import registry
from casework.models import Case
from casework.queries.file import find
from casework.queries.rights import Standing


def opened(standing: Standing, code: str, at: datetime) -> Case | None:
    """The case under a query code, if the person may open it; read again where keeping it had to wait for an act."""
    case = find(standing, code)
    if case is None or standing.user is None:
        return case
    waited = registry.chapter_of(case.procedure).opened(case, standing.user, at)
    return find(standing, code) if waited else case
