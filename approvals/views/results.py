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

from approvals.forms.catalogue import ResultsForm
from approvals.queries import results, tracking
from casework import registry
from casework.forms import TrackForm
from casework.queries import search
from casework.views.receipts import NOT_FOUND, found_by, private


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
            onward = registry.chapter_of(case.procedure).onward(case)
            context["onward"] = [(label, f"{reverse(name)}?{key}") for label, name in onward]
        else:
            form.add_error(None, NOT_FOUND)
            status = 404
    return private(render(request, "approvals/track.html", context, status=status))
