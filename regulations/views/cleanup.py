"""Clean-ups: the board of the office and of the makers, beginning one, one with its documents, published results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.source import client_address
from casework import registry
from casework.actions import Offer
from casework.forms import StepForm
from casework.lamps import lamp
from casework.models import Case
from casework.models.case import CODE_ALPHABET, new_code
from casework.queries.rights import UNNAMED, Standing
from casework.refusal import NotAllowed, Refused
from law.queries import work_calendar
from regulations.actions.cleanup import launch
from regulations.queries import cleanup
from regulations.rules.cleanup import LAUNCHING
from regulations.views.making import number_of

OFFICE = "district_legal_office"
SHOWN = 50
SOURCES = {"makers": cleanup.makers, "subjects": cleanup.subjects}


class LaunchForm(StepForm):
    """An opening row's questions; `token` makes one clean-up of any number of presses."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=15, max_length=15)

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"])
        if set(token) - set(CODE_ALPHABET):
            raise forms.ValidationError("页面已经过期，请刷新后重新填写")
        return token


def _standing(request: HttpRequest) -> Standing:
    user: Any = request.user
    if getattr(user, "kind", "") != User.Kind.STAFF:
        raise PermissionDenied("清理由区司法局和制定机关办理。")
    return Standing(user, timezone.localdate(), user.snapshot)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The clean-ups that the person may open, and the documents on which their organ still owes an opinion."""
    standing, today = _standing(request), timezone.localdate()
    table = registry.procedure(cleanup.PROCEDURE, today)
    items = Case.objects.filter(procedure=cleanup.ITEM, state="to_assess", participants__until=None)
    owed = items.filter(participants__role="maker", participants__organisation__in=sorted(standing.organ_ids))
    cases = standing.visible(Case.objects.filter(procedure=cleanup.PROCEDURE)).order_by("-pk")[:SHOWN]
    office, cycle = standing.has_role(OFFICE), cleanup.cycle()
    context = {
        "cases": [(case, registry.procedure(case.procedure, case.version).state(case.state).label) for case in cases],
        "owed": owed.select_related("parent").order_by("pk")[:SHOWN],
        "owed_whole": owed.count(),
        "office": office,
        "launching": [(table.step(name).label, reverse("regulations:cleanup-new", args=[name])) for name in LAUNCHING],
        "cycle": cycle,
        "lamp": lamp(cycle.due_on if cycle else None, today, work_calendar()),
    }
    return render(request, "regulations/cleanups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, step: str) -> HttpResponse:
    """Begin a clean-up: what it takes in is worked out, and told before anything is begun."""
    standing, now = _standing(request), timezone.now()
    on = timezone.localdate(now)
    if step not in LAUNCHING:
        raise Http404
    if not standing.has_role(OFFICE):
        raise PermissionDenied("规范性文件清理由区司法局启动。")
    row = registry.procedure(cleanup.PROCEDURE, on).step(step)
    options = {ask.name: SOURCES[ask.source](None, on) for ask in row.asks if ask.source}
    form = LaunchForm(row, [UNNAMED], options, request.POST or None, initial={"seen": 0, "token": new_code()})
    found = None
    if request.method == "POST" and form.is_valid():
        found = cleanup.scope(form.given, on)
        if "count" not in request.POST:
            user: Any = request.user
            offer = Offer(facts=form.given, attested=form.attested, address=client_address(request))
            try:
                draft = launch(form.cleaned_data["token"], step, offer, now, user)
                return redirect("casework:case", draft.case.code)  # type: ignore[union-attr]
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from None
            except Refused as refusal:
                form.refuse(refusal.reasons)
    context = {
        "row": row,
        "form": form,
        "basis": "；".join(map(str, row.under)),
        "count": None if found is None else found.count(),
        "found": [] if found is None else found[:SHOWN],
        "crumbs": [{"label": "规范性文件清理", "url": reverse("regulations:cleanups")}, {"label": row.label}],
    }
    return render(request, "regulations/cleanup_new.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One clean-up with what was said of each document, page by page, and how far the worker has come."""
    standing = _standing(request)
    case = standing.visible(Case.objects.filter(procedure=cleanup.PROCEDURE, code=code.upper())).first()
    if case is None:
        raise Http404
    table = registry.procedure(cleanup.ITEM, case.version)
    page = cleanup.page(case, number_of(request, "after") or 0)
    context = {
        "case": case,
        "rows": [(line, table.state(line.case.state).label if line.case else "等待列入") for line in page.rows],
        "whole": cleanup.progress(case).whole,
        "progress": cleanup.told_progress(case),
        "next_url": f"?after={page.next}" if page.next else "",
        "crumbs": [
            {"label": "规范性文件清理", "url": reverse("regulations:cleanups")},
            {"label": case.number},
        ],
    }
    return render(request, "regulations/cleanup.html", context)


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The results that were published, the newest first: one with its documents by outcome, page by page."""
    labels = {**cleanup.OUTCOMES, "": "没有提出意见、不列入目录"}
    results = list(cleanup.results()[:SHOWN])
    shown = next((case for case in results if case.code == request.GET.get("result")), next(iter(results), None))
    context: dict[str, Any] = {"results": results, "shown": shown}
    if shown:
        outcome = request.GET.get("outcome")
        counts = cleanup.counts(shown)
        chosen = outcome if outcome in counts else next(iter(counts), "")
        page = cleanup.page(shown, number_of(request, "after") or 0, chosen, shown=True)
        here = f"?result={shown.code}&outcome={chosen}"
        context |= {
            "published_on": cleanup.published_on(shown),
            "tabs": [(labels[step], f"?result={shown.code}&outcome={step}", number, step == chosen)
                     for step, number in counts.items()],
            "label": labels[chosen],
            "rows": page.rows,
            "next_url": f"{here}&after={page.next}" if page.next else "",
        }  # fmt: skip
    return render(request, "regulations/cleanup_results.html", context)
