"""Rating a matter with number and query code, as the QR code of a receipt fills them in; and how the organs fare."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions.ratings import rate
from approvals.forms.ratings import RatingForm
from approvals.queries import ratings
from casework.forms import TrackForm
from casework.refusal import Refused
from casework.views.receipts import NOT_FOUND, found_by, private


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """One rating for each matter, by whoever holds its receipt; without number and code it asks for them first."""
    asked = request.POST or request.GET
    key = TrackForm(asked if "code" in asked else None)
    if not (key.is_bound and key.is_valid()):
        return private(render(request, "approvals/rate.html", {"form": key}))
    case = found_by(request, key)
    if case is None:
        key.add_error(None, NOT_FOUND)
        return private(render(request, "approvals/rate.html", {"form": key}, status=404))
    form = RatingForm(request.POST if "level" in request.POST or "words" in request.POST else None)
    rating, status = ratings.rating_of(case), 200
    if request.method == "POST" and form.is_bound:
        if form.is_valid():
            try:
                rating = rate(case, form.cleaned_data["level"], form.cleaned_data["words"], timezone.now())
            except Refused as refusal:
                form.add_error(None, [str(reason) for reason in refusal.reasons])
        if form.errors:
            status = 422
    context = {"case": case, "code": key.cleaned_data["code"], "form": form, "rating": rating}
    context["open"] = rating is None and ratings.may_rate(case)
    return private(render(request, "approvals/rate.html", context, status=status))


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """What people said of the organs' service in the last year."""
    return render(request, "approvals/ratings.html", {"rows": ratings.standings(timezone.localdate())})
