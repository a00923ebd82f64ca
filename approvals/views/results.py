"""Published results, and the state of a case for whoever holds its receipt."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rates
from accounts.source import network
from approvals.forms.catalogue import ResultsForm, TrackForm
from approvals.queries import results, tracking
from approvals.queries.ratings import may_rate
from casework.models import Case
from casework.queries import search

NOT_FOUND = "没有找到。请核对收件凭证上的案号和查询码。"


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The list that the public may look up (行政许可法 40)."""
    organs = {organ.code: organ for organ in search.organs(results.SEARCH.code)}
    form = ResultsForm([(code, organ.short_name) for code, organ in organs.items()], request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    organ = organs.get(asked.get("organ", ""))
    after = search.place_of(request.GET.get("after", ""))
    found = results.page(asked.get("q", ""), organ.pk if organ else None, timezone.localdate(), after)
    kept = {name: request.GET[name] for name in ("q", "organ") if request.GET.get(name)}
    context = {
        "form": form,
        "found": found.results,
        "next_url": f"?{urlencode(kept | {'after': str(found.next)})}" if found.next else "",
    }
    return render(request, "approvals/results.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """How far a case is. Number and query code together are the key; the QR code of a receipt fills in both."""
    asked = request.POST or request.GET
    form = TrackForm(asked if "code" in asked else None)
    context: dict[str, object] = {"form": form}
    status = 200
    if form.is_bound and form.is_valid():
        if case := found_by(request, form):
            key = urlencode({"number": case.number, "code": case.code})
            context["progress"] = tracking.progress(case)
            context["rate_url"] = f"{reverse('rate')}?{key}" if may_rate(case) else ""
        else:
            form.add_error(None, NOT_FOUND)
            status = 404
    return private(render(request, "approvals/track.html", context, status=status))


def found_by(request: HttpRequest, form: TrackForm) -> Case | None:
    """The case of number and query code; who guesses too often is kept waiting."""
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    doors = (("track_source", network(request)), ("track_number", number))
    for limit, subject in doors:
        rates.take(limit, subject, timezone.now())
    case = tracking.find(number, code)
    if case:
        for limit, subject in doors:
            rates.give_back(limit, subject)
    return case


def private(response: HttpResponse) -> HttpResponse:
    """A page whose address may hold the query code."""
    # The query code may stand in the address. Not “no-referrer”: then the browser would hide where the form comes from,
    # and the form would be refused.
    response["Referrer-Policy"] = "same-origin"
    return response
