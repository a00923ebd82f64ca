"""The list for everybody: finding a power, its page, its versions side by side. Works without script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from casework import registry
from law.links import linked
from powerlist.forms.public import DayForm, SearchForm
from powerlist.models import PowerVersion
from powerlist.papers.drawing import chart
from powerlist.queries import basis, held, listing
from powerlist.queries.organs import names_in
from powerlist.queries.versions import as_item, current, dates, history
from powerlist.rules import item as items
from powerlist.views.places import place_of, written

TOTALS_LIVE = 60  # seconds; the rows themselves are never remembered


def _totals(on: date) -> tuple[list[tuple[str, str, int]], dict[str, int], int, list[tuple[str, str]]]:
    """The figures of a day, and the organs that can be asked for: all that ever held a power."""
    key = f"powerlist:figures:{on}"
    found = cache.get(key)
    if found is None:
        organs, kinds, whole = listing.totals(on)
        holders = list(held.holders().values_list("code", "short_name"))
        found = [(organ.code, organ.short_name, number) for organ, number in organs], kinds, whole, holders
        cache.set(key, found, TOTALS_LIVE)
    return found


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list as of a day, by words, organ and kind."""
    today = timezone.localdate()
    organs, kinds, whole, holders = _totals(today)
    form = SearchForm(holders, request.GET or None)
    valid = form.is_bound and form.is_valid()
    asked: Mapping[str, Any] = form.cleaned_data if valid else {}
    on = asked.get("on") or today
    wanted = listing.Wanted(
        words=asked.get("q", ""), organ=asked.get("organ", ""), kind=asked.get("kind", ""),
        after=place_of(request.GET.get("after", "")),
    )  # fmt: skip
    found = listing.page(wanted, on)
    kept = [(name, value) for name, value in request.GET.items() if name != "after" and value]
    next_url = f"?{urlencode([*kept, ('after', written(found.next))])}" if found.next else ""
    context = {
        "form": form,
        "found": found.rows,
        "next_url": next_url,
        "on": on,
        "past": on != today,
        "asked": bool(kept),
        "labels": items.KINDS,
        "whole": whole,
        "kinds": [(label, kinds.get(code, 0), f"?kind={code}") for code, label in items.KINDS.items()],
        "organs": [(name, number, f"?organ={code}") for code, name, number in organs],
        "exports": _exports(wanted.organ, on) if wanted.organ else [],
    }
    return render(request, "powerlist/list.html", context, status=422 if form.is_bound and not valid else 200)


def _exports(organ: str, on: date) -> list[tuple[str, str]]:
    return [
        (label, f"{reverse('powerlist:export', args=[organ, kind])}?on={on:%Y-%m-%d}")
        for kind, label in (("pdf", "PDF"), ("xlsx", "Excel 表格"), ("csv", "CSV"), ("json", "JSON"))
    ]


@login_not_required
@require_safe
def power(request: HttpRequest, code: str) -> HttpResponse:
    """One power as of a day: the six contents, the articles in their words, stages with responsibility, figures."""
    today = timezone.localdate()
    form = DayForm(request.GET) if "on" in request.GET or "on_0" in request.GET else DayForm()
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else today
    version = current(code, on)
    every = dates(code)
    if not every:
        raise Http404
    context: dict[str, Any] = {
        "code": code,
        "form": form,
        "on": on,
        "past": on != today,
        "version": version,
        "every": every,
        "latest": every[0],
        "coming": next((one for one in every if one.since > on), None),
        "crumbs": [
            {"label": "权责清单", "url": reverse("powerlist:list")},
            {"label": version.name if version else every[0].name},
        ],
    }
    if version:
        context |= _page(version, every, on)
    status = 422 if form.errors else 200 if version or form.is_bound else 404
    return render(request, "powerlist/power.html", context, status=status)


def _page(version: PowerVersion, every: list[PowerVersion], on: date) -> dict[str, Any]:
    item = as_item(version)
    cited = linked([row["basis"] for row in item["stages"]], on)
    return {
        "bases": basis.cited(item["basis"], on),
        "stages": [{**row, "basis": words} for row, words in zip(item["stages"], cited, strict=True)],
        # Drawn from the published stages; the drawing escapes their words itself.
        "chart": mark_safe(chart(version.name, item["stages"])),  # noqa: S308
        "figures": listing.used(every),
        "complaints": listing.complained(version.power.code),
        "complain": _complain(version.power.code),
        "guides": _guides(version.items),
        "superior": version.organ.parent,
        "exports": _exports(version.organ.code, on),
    }


def _guides(codes: list[str]) -> list[tuple[str, str]]:
    """The guides of the service items bound to the power, where a chapter above publishes them."""
    known = registry.service_items(codes, timezone.localdate())
    return [(code, known[code]) for code in codes if known.get(code)]


def _complain(code: str) -> str:
    """Where anybody complains of the use of the power, where a chapter above has a page for it."""
    try:
        return f"{reverse('oversight:complain')}?{urlencode({'power': code})}"
    except NoReverseMatch:
        return ""


@login_not_required
@require_safe
def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of a power, each beside the one before it."""
    every = history(code)
    if not every:
        raise Http404
    texts = [as_item(one) for one in every]
    names = names_in(texts)
    pairs = [
        {"version": one, "before": before, "rows": items.differences(before, text, names) if before else []}
        for one, text, before in zip(every, texts, [*texts[1:], None], strict=True)
    ]
    context = {
        "code": code,
        "pairs": pairs,
        "name": every[0].name,
        "crumbs": [
            {"label": "权责清单", "url": reverse("powerlist:list")},
            {"label": every[0].name, "url": reverse("powerlist:power", args=[code])},
            {"label": "历次版本"},
        ],
    }
    return render(request, "powerlist/versions.html", context)
