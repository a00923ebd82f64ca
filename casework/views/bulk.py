"""Many cases given to one colleague: choose the officer, act case by case, say of each what became of it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts import queries as people
from accounts.models import Organisation
from accounts.source import client_address
from casework.actions import desk as actions
from casework.forms import AssignForm
from casework.models import Case
from casework.queries import queue
from casework.queries.rights import Standing
from casework.queries.worklist import Scope
from casework.views import trail
from law.queries import work_calendar

TICKED = re.compile(r"(\d{1,18})-(\d{1,9})")


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """First the ticked cases, then the officer, then the outcome of each."""
    scope, at = trail.office_scope(request), timezone.now()
    if not scope.may_assign():
        raise PermissionDenied("您没有分派承办人的权限。")
    back = f"{reverse('casework:desk')}?{trail.query(trail.wanted(request.GET))}"
    seen = _chosen(request, scope)
    standing = Standing(request.user, timezone.localdate(at))
    cases = list(standing.visible(Case.objects.filter(pk__in=seen)).select_related("organ").order_by("due_on", "pk"))
    complaint = _complaint(cases)
    if complaint:
        messages.error(request, complaint)
        return redirect(back)
    sent = "handler" in request.POST
    form = AssignForm(_officers(cases[0].organ), request.POST if sent else None)
    context: dict[str, Any] = {"cases": cases, "seen": seen, "form": form, "back": back, "trail": trail.of(request)}
    if not sent or not form.is_valid():
        return render(request, "casework/assign.html", context, status=422 if sent else 200)
    handler = form.cleaned_data["handler"]
    user: Any = request.user
    outcomes = actions.assign_all(cases, seen, handler, user, at, client_address(request))
    name = dict(form.fields["handler"].choices)[handler]  # type: ignore[attr-defined]
    done = sum(outcome.done for outcome in outcomes)
    context |= {"outcomes": outcomes, "done": done, "failed": len(outcomes) - done, "name": name}
    return render(request, "casework/assigned.html", context)


def _chosen(request: HttpRequest, scope: Scope) -> dict[int, int]:
    """Keys of the chosen cases with the number of acts that the page showed."""
    if request.POST.get("all"):
        asked = trail.wanted(request.GET)
        rows = queue.lines(scope, asked, timezone.localdate(), work_calendar(), actions.MOST_CASES + 1)
        return {row.id: row.seen for row in rows}
    ticked = (TICKED.fullmatch(text) for text in request.POST.getlist("selected")[: actions.MOST_CASES + 1])
    return {int(match[1]): int(match[2]) for match in ticked if match}


def _complaint(cases: list[Case]) -> str:
    if not cases:
        return "请先勾选需要分派的案件。"
    if len(cases) > actions.MOST_CASES:
        return f"一次最多分派 {actions.MOST_CASES} 件，请缩小范围后再操作。"
    if len({case.organ_id for case in cases}) > 1:
        return "所选案件属于不同的承办单位，请按承办单位分别分派。"
    return ""


def _officers(organ: Organisation) -> list[tuple[str, str]]:
    on = timezone.localdate()
    found = {user.pk: user for role in ("case_officer", "section_head") for user in people.holders(role, organ, on)}
    return [(str(pk), user.display_name) for pk, user in found.items()]
