"""Rating a matter with number and query code, as the QR code of a receipt fills them in; and how the organs fare."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions.ratings import rate
from approvals.forms.catalogue import TrackForm
from approvals.forms.ratings import RatingForm
from approvals.queries import ratings
from approvals.views.results import found_by, private
from casework.refusal import Refused


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """One rating for each matter, by whoever holds its receipt; without number and code it asks for them first."""
    key = TrackForm(request.POST if request.method == "POST" else request.GET)
    case = found_by(request, key) if key.is_bound and key.is_valid() else None
    if case is None:
        given = {name: request.GET[name] for name in ("number", "code") if request.GET.get(name)}
        return redirect(f"{reverse('track')}?{urlencode(given)}" if given else reverse("track"))
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
