"""Complaining of an organ: with one's name or without, and the receipt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as people
from accounts.models import User
from accounts.source import client_address
from casework.models import Deadline, Draft
from casework.models.case import new_code
from casework.refusal import NotAllowed, Refused
from oversight.actions.complaining import complain
from oversight.forms import ComplaintForm, NamedComplaintForm
from oversight.queries import complaints


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What can be complained of here and what elsewhere, and the two ways to begin."""
    about = complaints.power(request.GET.get("power", ""), timezone.localdate())
    query = f"?{urlencode({'power': about.power.code})}" if about else ""
    named = f"{reverse('oversight:complain-named')}{query}"
    context = {
        "about": about,
        "named": named if request.user.is_authenticated else f"{settings.LOGIN_URL}?{urlencode({'next': named})}",
        "unnamed": f"{reverse('oversight:complain-unnamed')}{query}",
        "signed_in": request.user.is_authenticated,
    }
    return render(request, "oversight/complain.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def named(request: HttpRequest) -> HttpResponse:
    """A complaint under one's own name, or that of whom one acts for."""
    user: Any = request.user
    if user.kind != User.Kind.PERSON:
        raise PermissionDenied("工作人员账号不能提出投诉举报。")
    today = timezone.localdate()
    parties = {str(party.pk): party for party in people.parties_of(user, today)}
    choices = [(key, party.name) for key, party in parties.items()]
    form = NamedComplaintForm(choices, complaints.organs(None, today), request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        party = parties[form.cleaned_data["party"]]
        if answer := _take(request, form, user=user, party=party, address=client_address(request)):
            return answer
    return _shown(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unnamed(request: HttpRequest) -> HttpResponse:
    """A complaint without a name: nothing is kept of whoever sends it."""
    form = ComplaintForm(complaints.organs(None, timezone.localdate()), request.POST or None, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and (answer := _take(request, form)):
        return answer
    return _shown(request, form)


def _initial(request: HttpRequest) -> dict[str, str]:
    about = complaints.power(request.GET.get("power", ""), timezone.localdate())
    known = {"power": about.power.code, "concerned": about.organ.code} if about else {}
    return {"token": new_code(), **known}


def _take(request: HttpRequest, form: ComplaintForm, **by: Any) -> HttpResponse | None:
    given = form.cleaned_data
    said = {name: given[name] for name in ("concerned", "power", "facts", "wish", "earlier") if given.get(name)}
    try:
        draft = complain(given["token"], said, timezone.now(), **by)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, str(reason))
        return None
    return redirect("oversight:complained", draft.code)


def _shown(request: HttpRequest, form: ComplaintForm) -> HttpResponse:
    code = form["power"].value() or ""
    context = {
        "form": form,
        "about": complaints.power(code, timezone.localdate()),
        "named": isinstance(form, NamedComplaintForm),
        "crumbs": [{"label": "投诉举报", "url": reverse("oversight:complain")}, {"label": "填写"}],
    }
    return render(request, "oversight/complaint.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt, at an address that nobody can guess: the same one however often it is opened."""
    draft = Draft.objects.select_related("case__organ").filter(code=code.upper()).first()
    user: Any = request.user
    own = draft is not None and draft.owner_id in (None, user.pk)
    if draft is None or not own or draft.case is None or draft.procedure != complaints.PROCEDURE:
        raise Http404
    case = draft.case
    clock = Deadline.objects.filter(case=case, stopped_at=None, owner="case").first()
    context = {
        "case": case,
        "named": draft.owner_id is not None,
        "grouped": "-".join(case.code[place : place + 4] for place in range(0, len(case.code), 4)),
        "track": f"{reverse('track')}?{urlencode({'number': case.number, 'code': case.code})}",
        "until": clock.due_on if clock else None,
    }
    answer = render(request, "oversight/complained.html", context)
    answer["Referrer-Policy"] = "same-origin"
    return answer
