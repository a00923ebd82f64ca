"""Hand-overs between service points and organs: what has to go on, what comes in, what was handed over."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from approvals.actions import custody as actions
from approvals.forms.custody import ReceiptForm
from approvals.queries import custody
from approvals.queries.custody import Places, Waiting
from casework.models import Case
from casework.queries.rights import Standing
from casework.refusal import Reason, Refused
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response

FIRST_YEAR = 2026  # the register begins with the portal
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
    year, before = _asked(request)
    gone = custody.gone(places, year, before, custody.MOST + 1)
    more = {"before": gone[custody.MOST - 1].pk} if len(gone) > custody.MOST else {}
    chosen = {"year": year} if year else {}
    waiting = custody.waiting(places)
    context = {
        "waiting": waiting,
        "linked": _opened(request, waiting),
        "coming": custody.coming(places),
        "gone": gone[: custody.MOST],
        "next_url": f"?{urlencode(chosen | more)}#register" if more else "",
        "previous_url": f"?{urlencode(chosen)}#register" if before else "",
        "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1),
        "year": year,
        "query": f"?{urlencode(chosen)}" if chosen else "",
        "form": form,
    }
    return render(request, "approvals/handovers.html", context, status=422 if form.is_bound else 200)


def _opened(request: HttpRequest, waiting: list[Waiting]) -> set[int]:
    """The cases among them that whoever looks may open: what was brought to a point stays there beyond its visit."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    cases = Case.objects.filter(pk__in={one.case.pk for one in waiting})
    return set(standing.visible(cases).values_list("pk", flat=True))


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
            messages.success(request, f"已经移交：{given.case.number}，{given.pieces}，送往{given.to.name}。")
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, str(reason))
    return redirect("handovers")


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The register of hand-overs, of one year if one is named, to print and sign or to keep."""
    year, _ = _asked(request)
    wanted = FORMATS[kind]
    found = custody.gone(_places(request), year, most=wanted.most)
    rows = [
        (
            one.case.number, one.case.title, f"{one.get_content_display()}：{one.pieces}", one.sender_name,
            _signed(one.sent_by, one.sent_at), one.receiver_name, _signed(one.received_by, one.received_at), one.remark,
        )
        for one in found
    ]  # fmt: skip
    note = f"由近到远，最多{wanted.most}行。" if len(found) == wanted.most else ""
    title = f"材料和证件交接单（{year}年）" if year else "材料和证件交接单"
    return sheet_response(Sheet(title, COLUMNS, rows, timezone.localdate(), note, name="handovers"), wanted)


def _signed(by: User | None, at: datetime | None) -> str:
    return f"{by.display_name} {timezone.localtime(at):%Y-%m-%d %H:%M}" if by and at else ""


def _asked(request: HttpRequest) -> tuple[int | None, int | None]:
    """The year, and the line below which the page begins; what is none is not asked for."""
    year, before = request.GET.get("year", ""), request.GET.get("before", "")
    named = int(year) if re.fullmatch(r"20\d\d", year) else None
    return named, int(before) if re.fullmatch(r"\d{1,18}", before) else None


def _places(request: HttpRequest) -> Places:
    user: Any = request.user
    places = custody.places_of(user, timezone.localdate()) if user.is_official else None
    if not places:
        raise PermissionDenied("材料和证件的交接由窗口人员和承办人办理。")
    return places
