"""The service window: taking in an application that somebody brings, and entering interested parties in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from accounts import actions as people
from accounts import queries as of_people
from accounts.models import Party, Seat, ServicePoint, User
from approvals import actions
from approvals.forms.window import InterestedForm, PresenceForm
from approvals.queries import drafts, items, presence
from approvals.queries.known import parties
from approvals.views.pages import Desk, owner, save_page, show_page
from casework.models import Draft
from casework.procedure import SAME, statute, step
from casework.queries.file import find
from casework.queries.rights import Standing

MOST = 30
# Not a step of the table, but the right to it is judged like one: by organ, handler, delegation and recusal.
ENTERING = step(
    "enter_interested_party", "登记利害关系人", when="", by="case_officer|section_head", to=SAME,
    under=statute("行政许可法")("36"),
)  # fmt: skip


def points_of(request: HttpRequest) -> list[ServicePoint]:
    """The service points at which the person sits at a window; PermissionDenied if there is none."""
    points = clerk_points(owner(request), timezone.localdate())
    if not points:
        raise PermissionDenied("窗口收件由政务服务大厅的窗口人员办理。")
    return points


def clerk_points(user: User, on: date) -> list[ServicePoint]:
    """The same, without a word if there is none."""
    seats: list[Seat] = of_people.seats(user, on) if user.is_official else []
    return [seat.service_point for seat in seats if seat.role == "window_clerk" and seat.service_point]


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Choose the item that somebody brings; a draft in the clerk's name begins."""
    points = points_of(request)
    on = timezone.localdate()
    words = request.GET.get("q", "")[:60].replace("\x00", "")
    if request.method == "POST":
        point = next((each for each in points if str(each.pk) == request.POST.get("point", "")), points[0])
        item = items.item(request.POST.get("item", ""), on)
        if item is None or not item.is_open or not items.serves(point, item.code, on):
            raise Http404
        draft = actions.begin(owner(request), item, timezone.now(), point=point)
        return redirect("apply-page", draft.code, "applicant")
    context = {
        "points": points,
        "words": words,
        "found": list(items.served_by([point.pk for point in points], on, words)[:MOST]),
        "drafts": list(drafts.mine(owner(request))[:MOST]),
    }
    return render(request, "approvals/intake.html", context)


def presence_page(request: HttpRequest, table: Desk) -> HttpResponse:
    """Who hands the application in, by which paper the clerk knows it, and when a paper that came before came."""
    at = timezone.now()
    form = presence_form(request, table.draft, at, named=True)

    def change(locked: Draft, given: dict[str, Any]) -> Mapping[str, Any]:
        return checked(given, owner(request), at)

    if request.method == "POST" and (answer := save_page(request, table, "presence", form, change)):
        return answer
    return show_page(request, table, "presence", form)


def presence_form(
    request: HttpRequest, draft: Draft, at: datetime, *, named: bool = False, form: type[PresenceForm] = PresenceForm
) -> PresenceForm:
    """The same for whatever is brought to a window; `named`: the clerk has written down already who applies."""
    party = draft.party
    known: dict[str, Any] = {"way": presence.COUNTER}
    if party and party.kind == Party.Kind.NATURAL:
        known |= {"who": presence.SELF, "name": party.name if named else "", "id_kind": party.id_kind}
    saved = dict(draft.content.get("presence") or known)
    saved["received_at"] = parse_datetime(str(saved.get("received_at", "")))
    return form(party, at, request.POST or None, initial=saved)


def checked(given: Mapping[str, Any], clerk: User, at: datetime) -> dict[str, Any]:
    """What a draft keeps of it: who was identified, by whom and when."""
    return {"presence": {**given, "checked_by": clerk.display_name, "checked_at": at.isoformat()}}


@require_http_methods(["GET", "HEAD", "POST"])
def interested(request: HttpRequest, code: str) -> HttpResponse:
    """Enter somebody whose major interest the licence concerns, so that the step of telling them can name them."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = find(standing, code)
    if case is None or case.ended_at or not user.is_official:
        raise Http404
    if not standing.actors(case, ENTERING):
        raise PermissionDenied("由本案承办人或者科室负责人登记利害关系人。")
    form = InterestedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            party = actions.add_interested(case, by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, f"已经登记利害关系人{party.name}。")
            return redirect("casework:case", case.code)
        except people.Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"case": case, "form": form, "entered": parties(case, timezone.localdate())}
    return render(request, "approvals/interested.html", context, status=422 if form.is_bound else 200)
