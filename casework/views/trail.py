"""Where an officer is in the queue: carried from page to page in the address, so that it survives acting."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.actions.opening import opened
from casework.models import Case
from casework.queries.keyset import Place, place_of
from casework.queries.rights import Standing
from casework.queries.worklist import TABS, Scope, Wanted, scope_of

PARTS = ("tab", "q", "matter", "organ")


def office_scope(request: HttpRequest) -> Scope:
    """The scope of an official who handles cases; PermissionDenied for everybody else, the three administrators too."""
    user: Any = request.user
    if user.kind == User.Kind.ADMINISTRATOR:
        raise PermissionDenied("系统管理员、安全管理员、审计管理员不办理也不查看案件。")
    if user.kind != User.Kind.STAFF:
        raise PermissionDenied("办理端仅供工作人员使用。")
    return scope_of(user.snapshot)


def visible_case(request: HttpRequest, code: str) -> tuple[Case, Standing]:
    """The case under a query code with the standing of whoever asks; 404 unless that person may open it."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = opened(standing, code, timezone.now())
    if case is None:
        raise Http404
    return case, standing


def wanted(given: QueryDict) -> Wanted:
    """What the address asks the queue for; unknown tabs and malformed values count as nothing."""
    tab = given.get("tab", "")
    organ = given.get("organ", "")
    return Wanted(
        tab=tab if tab in TABS else next(iter(TABS)),
        q=given.get("q", "")[:60].replace("\x00", ""),
        matter=given.get("matter", "")[:80].replace("\x00", ""),
        organ=int(organ) if organ.isdecimal() and len(organ) < 10 else None,
    )


def place(given: QueryDict, name: str) -> Place | None:
    """The place in the queue that the address names."""
    return place_of(given.get(name, ""), wanted(given).tab)


def query(asked: Wanted, **more: Any) -> str:
    """The address part of a tab with its filters; empty values are left out."""
    values = {"tab": asked.tab, "q": asked.q, "matter": asked.matter, "organ": asked.organ, **more}
    made = QueryDict(mutable=True)
    made.update({name: str(value) for name, value in values.items() if value})
    return made.urlencode(safe="~")


def of(request: HttpRequest) -> str:
    """The trail of this request, to be appended to links; nothing if the person does not come from the queue."""
    if "tab" not in request.GET:
        return ""
    at = place(request.GET, "at")
    return "?" + query(wanted(request.GET), at=at or "")


def case_url(code: str, trail: str = "") -> str:
    return reverse("casework:case", args=[code]) + trail
