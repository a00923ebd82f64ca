"""Complaining of an organ: with one's name or without, the receipt, and adding to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
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
from casework import registry
from casework.forms import TrackForm
from casework.models import Case, Draft
from casework.models.case import new_code
from casework.papers import grouped
from casework.queries import receipts
from casework.queries.rights import UNNAMED, Actor
from casework.refusal import Conflict, NotAllowed, Refused
from casework.views.receipts import found_by, private
from casework.views.trail import visible_case
from oversight.actions.complaining import add as add_to
from oversight.actions.complaining import complain
from oversight.actions.evidence import begin
from oversight.forms import ComplaintForm, MoreForm, NamedComplaintForm
from oversight.queries import complaints
from oversight.views.evidence import files_of, receive, status


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
    form = NamedComplaintForm(
        [(key, party.name) for key, party in parties.items()], complaints.organs(None, today), request.POST or None,
        files_of(request), initial=_initial(request), resumable=True,
    )  # fmt: skip
    if request.method == "POST" and receive(request, form, _begin(complaints.NAMED, user), user):
        by = {"user": user, "party": parties[form.cleaned_data["party"]], "address": client_address(request)}
        if answer := _take(form, **by):
            return answer
    return _shown(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unnamed(request: HttpRequest) -> HttpResponse:
    """A complaint without a name: nothing is kept of whoever sends it."""
    organs = complaints.organs(None, timezone.localdate())
    form = ComplaintForm(organs, request.POST or None, files_of(request), initial=_initial(request))
    received = request.method == "POST" and receive(request, form, _begin(complaints.UNNAMED, None), None)
    if received and (answer := _take(form)):
        return answer
    return _shown(request, form)


def _begin(step: str, user: User | None, matter: str = "") -> Callable[[str], Draft]:
    return lambda token: begin(token, step, timezone.now(), user=user, matter=matter)


def _initial(request: HttpRequest) -> dict[str, str]:
    about = complaints.power(request.GET.get("power", ""), timezone.localdate())
    known = {"power": about.power.code, "concerned": about.organ.code} if about else {}
    return {"token": new_code(), **known}


def _take(form: ComplaintForm, **by: Any) -> HttpResponse | None:
    given = form.cleaned_data
    said = {name: given[name] for name in ("concerned", "power", "facts", "wish", "earlier") if given.get(name)}
    try:
        draft = complain(given["token"], said, timezone.now(), **by)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except Refused as refusal:
        form.refuse(refusal.reasons)
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
    return render(request, "oversight/complaint.html", context, status=status(form))


@login_not_required
@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt, at an address that nobody can guess: the same one however often it is opened."""
    draft = receipts.handed_in(code, complaints.PROCEDURE)
    if draft is None or draft.case is None or draft.owner_id not in (None, request.user.pk):
        raise Http404
    case = draft.case
    context = {
        "case": case,
        "named": draft.owner_id is not None,
        "grouped": grouped(case.code),
        "track": f"{reverse('track')}?{_key(case)}",
        "until": receipts.until(case),
        "evidence": complaints.evidence(case),
    }
    return private(render(request, "oversight/complained.html", context))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever complained under a name adds something, files too."""
    case, standing = visible_case(request, code)
    if case.procedure != complaints.PROCEDURE:
        raise Http404
    actors = standing.actors(case, registry.procedure(case.procedure, case.version).step(complaints.ADD))
    if not actors:
        raise PermissionDenied("只有提出投诉举报的人可以补充。")
    return _more(request, case, actors[0], reverse("casework:case", args=[case.code]), {})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest) -> HttpResponse:
    """The same without a name: number and query code are all that anybody has of such a complaint."""
    key = TrackForm(request.POST or request.GET)
    case = found_by(request, key) if key.is_valid() else None
    if case is None or not complaints.without_a_name(case):
        return redirect("track")
    hidden = {"number": case.number, "code": case.code}
    return private(_more(request, case, UNNAMED, f"{reverse('track')}?{_key(case)}", hidden))


def _more(request: HttpRequest, case: Case, actor: Actor, back: str, hidden: Mapping[str, str]) -> HttpResponse:
    user: Any = actor.user
    form = MoreForm(
        request.POST or None, files_of(request), initial={"token": new_code(), "seen": case.act_count},
        resumable=user is not None,
    )  # fmt: skip
    begun = _begin(complaints.ADD, user, f"case:{case.code}")
    is_open = complaints.open_for_more(case)
    if request.method == "POST" and is_open and receive(request, form, begun, user):
        given = form.cleaned_data
        try:
            draft = begun(given["token"])
            add_to(
                case, draft, actor, timezone.now(), facts={"facts": given["facts"]}, seen=given["seen"],
                address=client_address(request) if user else None,
            )  # fmt: skip
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Conflict as conflict:
            if complaints.added(case, user, given["seen"], given["facts"]):
                return redirect(back)  # the button was pressed twice
            form.add_error(None, str(conflict))
            again: Any = request.POST.copy()
            again["seen"] = str(conflict.now)
            form.data = again
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, "补充的内容已经收到。")
            return redirect(back)
    context = {"case": case, "form": form, "back": back, "hidden": hidden, "is_open": is_open, "named": bool(user)}
    return render(request, "oversight/complaint_more.html", context, status=status(form) if is_open else 409)


def _key(case: Case) -> str:
    return urlencode({"number": case.number, "code": case.code})
