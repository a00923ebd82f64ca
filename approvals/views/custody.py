"""Hand-overs between service points and organs: what has to go on, what comes in, what was handed over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from approvals.actions import custody as actions
from approvals.forms.custody import ReceiptForm
from approvals.queries import custody
from approvals.queries.custody import Places
from casework.refusal import Reason, Refused
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response

GONE = "没有这一项，或者已经由他人办理。"
COLUMNS = [
    Column("案号", 24), Column("事项", 30), Column("内容", 40), Column("移交", 22), Column("移交人、时间", 24),
    Column("接收", 22), Column("接收人、时间", 24), Column("备注", 20),
]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def handovers(request: HttpRequest) -> HttpResponse:
    """The lists of one's places. Query budget: fixed, however many cases there are."""
    places = _places(request)
    form = ReceiptForm(request.POST if "receive" in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        remark = form.cleaned_data["remark"] if form.is_bound else ""
        return _act(request, places, remark)
    context = {
        "waiting": custody.waiting(places),
        "coming": custody.coming(places),
        "gone": custody.gone(places),
        "form": form,
    }
    return render(request, "approvals/handovers.html", context, status=422 if form.is_bound else 200)


def _act(request: HttpRequest, places: Places, remark: str) -> HttpResponse:
    """Hand over or receive what the button names."""
    user: Any = request.user
    now = timezone.now()
    try:
        if key := request.POST.get("receive"):
            one = next((each for each in custody.coming(places) if str(each.pk) == key), None)
            if one is None:
                raise Refused([Reason("gone", GONE)])
            actions.receive(one, user, now, remark)
            messages.success(request, f"已经接收：{one.case.number}，{one.pieces}。")
        else:
            given = next((each for each in custody.waiting(places) if each.key == request.POST.get("send")), None)
            if given is None:
                raise Refused([Reason("gone", GONE)])
            actions.hand_over(given.case, given.content, given.pieces, given.to, user, now)
            where = given.to.name if given.to else given.case.organ.name
            messages.success(request, f"已经移交：{given.case.number}，{given.pieces}，送往{where}。")
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, str(reason))
    return redirect("handovers")


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of hand-overs, to print and sign or to keep."""
    rows = [
        (
            one.case.number, one.case.title, f"{one.get_content_display()}：{one.pieces}", _name(one, "sender"),
            f"{one.sent_by.display_name} {timezone.localtime(one.sent_at):%m-%d %H:%M}", _name(one, "receiver"),
            f"{one.received_by.display_name} {timezone.localtime(one.received_at):%m-%d %H:%M}"
            if one.received_by and one.received_at else "", one.remark,
        )
        for one in custody.gone(_places(request))
    ]  # fmt: skip
    sheet = Sheet("材料和证件交接单", COLUMNS, rows, timezone.localdate(), name="handovers")
    return sheet_response(sheet, FORMATS[kind])


def _places(request: HttpRequest) -> Places:
    user: Any = request.user
    places = custody.places_of(user, timezone.localdate()) if user.is_official else None
    if not places:
        raise PermissionDenied("材料和证件的交接由窗口人员和承办人办理。")
    return places


def _name(one: Any, end: str) -> str:
    point = getattr(one, end)
    return str(point.name if point else one.case.organ.short_name)
