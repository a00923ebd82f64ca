"""Published results, and the state of a case for whoever holds its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.forms.catalogue import AcceptedForm, ResultsForm
from approvals.queries import accepted, results, tracking
from casework import registry
from casework.forms import TrackForm
from casework.queries import search
from casework.views.receipts import NOT_FOUND, found_by, private


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The list that the public may look up (行政许可法 40)."""
    asked = _asked(request, results.SEARCH.code, ResultsForm)
    found = results.page(asked.words, asked.organ, timezone.localdate(), asked.after)
    context = {"form": asked.form, "found": found.results, "next_url": asked.next_url(found.next)}
    return render(request, "approvals/results.html", context)


@login_not_required
@require_safe
def acceptances(request: HttpRequest) -> HttpResponse:
    """Which applications were accepted, and by when they are decided."""
    asked = _asked(request, accepted.SEARCH.code, AcceptedForm)
    found = accepted.page(asked.words, asked.organ, timezone.localdate(), asked.after)
    context = {"form": asked.form, "found": found.accepted, "next_url": asked.next_url(found.next)}
    return render(request, "approvals/accepted.html", context)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody looks for in a public list, and from where on."""

    form: ResultsForm
    words: str
    organ: int | None
    after: search.Place | None
    kept: dict[str, str]

    def next_url(self, place: search.Place | None) -> str:
        return f"?{urlencode(self.kept | {'after': str(place)})}" if place else ""


def _asked(request: HttpRequest, source: str, kind: type[ResultsForm]) -> _Asked:
    organs = {organ.code: organ for organ in search.organs(source)}
    form = kind([(code, organ.short_name) for code, organ in organs.items()], request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    organ = organs.get(given.get("organ", ""))
    kept = {name: request.GET[name] for name in ("q", "organ") if request.GET.get(name)}
    after = search.place_of(request.GET.get("after", ""))
    return _Asked(form, given.get("q", ""), organ.pk if organ else None, after, kept)


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
