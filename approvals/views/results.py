"""Published results, and the state of a case for whoever holds its receipt."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.source import client_address
from approvals.forms.catalogue import ResultsForm, TrackForm
from approvals.queries import results, tracking

TRIES, WINDOW = 10, 15 * 60  # failed look-ups from one address, and for one number, within so many seconds


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The list that the public may look up (行政许可法 40)."""
    form = ResultsForm(results.organs(), request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found, following = results.page(asked.get("q", ""), asked.get("organ", ""), _before(request.GET.get("before", "")))
    kept = {name: request.GET[name] for name in ("q", "organ") if request.GET.get(name)}
    next_url = f"?{urlencode({**kept, 'before': f'{following[0]}.{following[1]}'})}" if following else ""
    context = {"form": form, "found": found, "next_url": next_url, "filtered": bool(kept)}
    return render(request, "approvals/results.html", context)


def _before(text: str) -> tuple[date, int] | None:
    day, _, key = text.partition(".")
    try:
        return (date.fromisoformat(day), int(key)) if key.isdecimal() and len(key) < 18 else None
    except ValueError:
        return None


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
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        doors = (f"track:from:{client_address(request)}", f"track:number:{number}")
        if any((cache.get(door) or 0) >= TRIES for door in doors):
            form.add_error(None, "查询次数过多，请15分钟后再试，或者拨打12345查询。")
            status = 429
        elif case := tracking.find(number, code):
            context["progress"] = tracking.progress(case)
        else:
            for door in doors:
                cache.add(door, 0, WINDOW)
                cache.incr(door)
            form.add_error(None, "没有找到。请核对收件凭证上的案号和查询码。")
            status = 404
    response = render(request, "approvals/track.html", context, status=status)
    response["Referrer-Policy"] = "no-referrer"  # the query code may stand in the address
    return response
