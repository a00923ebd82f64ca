"""The search through everything that is public. Open to everybody, without script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework import registry
from casework.forms import SearchForm
from casework.queries import search as finding
from casework.search import terms

YEARS = 10
FILTERS = ("q", "kind", "organ", "year")


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box for guides, results and whatever else the chapters publish; the newest first."""
    on = timezone.localdate()
    sources = registry.sources()
    kinds = [(code, source.label) for code, source in sources.items()]
    organs = {organ.code: organ for organ in finding.organs(*sources)}
    listed = [(code, organ.short_name) for code, organ in organs.items()]
    form = SearchForm(kinds, listed, range(on.year, on.year - YEARS, -1), request.GET or None)
    asked: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    words = asked.get("q", "")
    context: dict[str, Any] = {"form": form}
    if terms(words):
        organ = organs.get(asked["organ"])
        wanted = finding.Wanted(
            words=words, source=asked["kind"], organ=organ.pk if organ else None, year=asked["year"],
            after=finding.place_of(request.GET.get("after", "")),
        )  # fmt: skip
        found = finding.page(wanted, on)
        kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
        context |= {
            "words": words,
            "found": finding.shown(found.entries, words),
            "count": found.count,
            "many": found.many,
            "further": wanted.after is not None,
            "next_url": f"?{urlencode(kept | {'after': str(found.next)})}" if found.next else "",
            "tabs": [
                {"label": label, "url": f"?{urlencode(kept | {'kind': code})}", "current": code == wanted.source}
                for code, label in (("", "全部"), *kinds)
            ],
            "all_url": f"?{urlencode({'q': words})}" if set(kept) - {"q"} else "",
        }
    return render(request, "casework/search.html", context, status=422 if form.errors else 200)
