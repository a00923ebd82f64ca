"""Somebody stands at a window of the district's hall with a paper to be put right."""

from __future__ import annotations

from typing import Any


def visit(code: str, at: Any) -> None:
    """The visit is begun, and who it is is written down; what was brought is left to be taken in."""
    from accounts.models import ServicePoint, User
    from approvals.actions.counter import begin_visit
    from approvals.actions.drafts import save
    from casework.models import Case

    clerk, point = User.objects.get(username="window"), ServicePoint.objects.get(code="QZW")
    draft = begin_visit(Case.objects.get(code=code), clerk, point, at)
    seen = {
        "way": "counter", "who": "self", "name": "示例居民乙", "id_kind": "passport", "id_number": "E12345679",
        "checked_by": "窗口人员", "checked_at": at.isoformat(),
    }  # fmt: skip
    save(draft, lambda locked: {"presence": seen}, at)
