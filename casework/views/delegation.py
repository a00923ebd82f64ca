"""Standing in: an official lets a colleague act in a seat, in one case or in all matters, and ends it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import actions as people
from accounts.models import Delegation, Seat, User
from accounts.source import client_address
from casework.forms import DelegationForm
from casework.models import Case
from casework.queries import delegations as lent
from casework.queries.rights import subject_of
from casework.views import trail


@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: HttpRequest, code: str) -> HttpResponse:
    """Let a colleague act in this one case. 404 for whoever may not open it, 403 without a seat in its organ."""
    case, _ = trail.visible_case(request, code)
    user: Any = request.user
    if user.kind != User.Kind.STAFF:
        raise Http404
    seats = lent.seats_to_lend(user, timezone.localdate(), case.organ_id)
    if not seats:
        raise PermissionDenied("您在本案的承办单位没有任职，不能授权他人代行。")
    return _page(request, seats, case)


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Let a colleague act in all matters of a seat; what one has lent and been lent."""
    trail.office_scope(request)
    user: Any = request.user
    return _page(request, lent.seats_to_lend(user, timezone.localdate()), None)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation at once: by whoever gave it, or by the colleague. 404 for everybody else."""
    trail.office_scope(request)
    user: Any = request.user
    one = get_object_or_404(Delegation.objects.select_related("seat", "to"), pk=pk, revoked_at=None)
    try:
        people.revoke_delegation(one, by=user, at=timezone.now(), source=client_address(request))
    except people.Refused:
        raise Http404 from None
    messages.success(request, "授权已经终止。")
    case = Case.objects.filter(pk=int(one.subject[5:])).first() if one.subject.startswith("case:") else None
    # The colleague whose part in the case has just ended may not open it any more.
    if case and one.to_id != user.pk:
        return redirect("casework:delegate", case.code)
    return redirect("casework:delegations")


def _page(request: HttpRequest, seats: list[Seat], case: Case | None) -> HttpResponse:
    today = timezone.localdate()
    user: Any = request.user
    colleagues = [(str(one.pk), one.display_name) for one in lent.colleagues(user, seats, today)]
    choices = [(str(seat.pk), f"{seat.organisation.full_name} {seat.role_label}") for seat in seats]
    form = DelegationForm(choices, colleagues, request.POST or None, initial={"since": today})
    if request.method == "POST" and seats and form.is_valid() and _lend(request, form, seats, case, today):
        messages.success(request, "授权已经登记，从起始日期起生效。")
        return redirect(request.path)
    context = {
        "form": form, "case": case, "seats": seats, "user_key": user.pk,
        "rows": [_row(one, user) for one in (lent.of_case(case, today) if case else lent.of_user(user, today))],
        "back": trail.case_url(case.code, trail.of(request)) if case else reverse("casework:desk"),
    }  # fmt: skip
    return render(request, "casework/delegation.html", context, status=422 if form.errors else 200)


def _lend(request: HttpRequest, form: DelegationForm, seats: list[Seat], case: Case | None, today: date) -> bool:
    given, user = form.cleaned_data, request.user
    if given["since"] < today:
        form.add_error("since", "起始日期不能早于今天")
    elif given["until"] < given["since"]:
        form.add_error("until", "截止日期不能早于起始日期")
    else:
        try:
            people.delegate(
                next(seat for seat in seats if str(seat.pk) == given["seat"]),
                User.objects.get(pk=given["to"]),
                since=given["since"], until=given["until"] + timedelta(days=1), reason=given["reason"],
                by=user, at=timezone.now(),  # type: ignore[arg-type]
                subject=subject_of(case) if case else "", source=client_address(request),
            )  # fmt: skip
        except people.Refused as refusal:
            form.add_error(None, str(refusal))
    return not form.errors


def _row(one: Delegation, user: User) -> dict[str, Any]:
    mine = user.pk in (one.seat.user_id, one.granted_by_id, one.to_id)
    return {
        "pk": one.pk, "seat": f"{one.seat.organisation.full_name} {one.seat.role_label}",
        "holder": one.seat.user.display_name, "to": one.to.display_name, "since": one.since,
        "until": one.until and one.until - timedelta(days=1), "reason": one.reason,
        "one_case": one.subject.startswith("case:"), "may_end": mine,
    }  # fmt: skip
