"""A statute changed: the powers of an organ that rest on it, with the old and the new words."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.queries.file import find
from casework.queries.rights import Standing
from powerlist.queries import basis_changes
from powerlist.views.drafting import may_propose


@require_safe
def basis_change(request: HttpRequest, code: str) -> HttpResponse:
    """The listed powers under the provisions they rest on, one page at a time; for whoever may open the case."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = find(standing, code)
    if case is None or case.procedure != basis_changes.PROCEDURE:
        raise Http404
    after = request.GET.get("after", "")
    changed = case.basis_change
    found = basis_changes.page(changed, int(after) if after.isdecimal() and len(after) < 19 else 0)
    context = {
        "case": case,
        "changed": changed,
        "said": basis_changes.opening(case).facts.get("said", ""),
        "stated": case.acts.filter(step="state_unchanged").first(),
        "found": found.places,
        "next_url": f"?after={found.next}" if found.next else "",
        "may_propose": may_propose(standing) and not case.ended_at,
    }
    return render(request, "powerlist/basis_change.html", context)
