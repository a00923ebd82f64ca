"""What a receipt opens: number and query code are the key to a case, the code of a draft to what became of it."""

from __future__ import annotations

import hmac
from datetime import date

from casework import registry
from casework.models import Case, Deadline, Draft


def find(number: str, code: str) -> Case | None:
    """The case with this number if the query code is its own and its chapter tells of it. One query."""
    case = Case.objects.select_related("organ").filter(number=number).first()
    if case is None or not registry.chapter_of(case.procedure).progress:
        return None
    return case if hmac.compare_digest(case.code.encode(), code.encode()) else None


def handed_in(code: str, procedure: str) -> Draft | None:
    """The draft under this code that became a case of a procedure."""
    found = Draft.objects.filter(code=code.upper(), procedure=procedure, case__isnull=False)
    return found.select_related("case__organ").first()


def until(case: Case) -> date | None:
    """The last day of the clock that runs."""
    clock = Deadline.objects.filter(case=case, stopped_at=None, owner="case").first()
    return clock.due_on if clock else None
