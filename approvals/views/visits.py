"""Appointments and numbers: booking for citizens, the line for windows, the screen above them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import ServicePoint, User
from approvals.actions import visits as actions
from approvals.forms.visits import HoursForm
from approvals.models import Visit
from approvals.queries import visits
from approvals.rules import visits as rules
from approvals.views.pages import owner
from approvals.views.window import points_of
from casework.refusal import Refused

WINDOW = 20  # signs of a window's name


@login_not_required
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Where one can go, and for whoever is signed in the visits to come."""
    today = timezone.localdate()
    person = request.user if isinstance(request.user, User) and not request.user.is_official else None
    context = {"points": visits.points(today), "own": visits.own(person, today) if person else [], "today": today}
    return render(request, "approvals/visits.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a day and a half hour of one service point."""
    person, point = owner(request), _point(code)
    if person.is_official:
        raise PermissionDenied("请使用个人账号预约。")
    error, now = "", timezone.localtime()
    if request.method == "POST":
        day, _, slot = request.POST.get("slot", "").partition(" ")
        try:
            chosen = rules.slot_of(slot)
            if chosen is None:
                raise ValueError
            visit = actions.book(point, person, date.fromisoformat(day), chosen, "", now)
        except ValueError:
            error = "请选择一个时段。"
        except Refused as refusal:
            error = "；".join(str(reason) for reason in refusal.reasons)
        else:
            messages.success(
                request,
                f"已经预约：{point.name}，{visit.day:%Y-%m-%d} {chosen:%H:%M}。到达后凭预约码{visit.code}签到取号。",
            )
            return redirect("visits")
    found = visits.days(point, now)
    wanted = request.GET.get("day", "")
    shown = next((one for one in found if one.day.isoformat() == wanted), None)
    shown = shown or next((one for one in found if one.free), found[0])
    context = {"point": point, "days": found, "shown": shown, "error": error}
    return render(request, "approvals/visit_book.html", context, status=422 if error else 200)


@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Give one's place up."""
    visit = Visit.objects.filter(code=code, person=owner(request)).first()
    if visit is None:
        raise Http404
    actions.cancel(visit)
    messages.success(request, "预约已经取消。")
    return redirect("visits")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest) -> HttpResponse:
    """The line of today for a clerk: check in, hand out a number, call the next."""
    clerk: Any = request.user
    own = points_of(request)
    point = next((one for one in own if one.code == request.GET.get("point")), own[0])
    if request.method == "POST":
        _act(request, point, clerk)
        return redirect(f"{reverse('visit-line')}?point={point.code}")
    today = timezone.localdate()
    context = {
        "point": point, "points": own, "waiting": list(visits.in_line(point.pk, today)[:50]),
        "called": Visit.objects.filter(point=point, day=today, state=Visit.State.CALLED, called_by=clerk).first(),
        "window": request.session.get("window", ""),
    }  # fmt: skip
    return render(request, "approvals/visit_line.html", context)


def _act(request: HttpRequest, point: ServicePoint, clerk: User) -> None:
    """What the button names."""
    do, now = request.POST.get("do"), timezone.now()
    try:
        if do == "draw":
            visit = actions.draw(point, now)
            messages.success(request, f"已经取号：{rules.numbered(visit.number or 0, False)}。")
        elif do == "check_in":
            code = "".join(sign for sign in request.POST.get("code", "").upper() if sign.isalnum())[:15]
            found = Visit.objects.select_related("point").filter(code=code, point=point).first()
            if found is None:
                messages.error(request, "没有这个预约码，请核对。")
                return
            visit = actions.check_in(found, now)
            messages.success(request, f"已经签到：{rules.numbered(visit.number or 0, True)}。")
        elif do == "call":
            window = request.POST.get("window", "").strip()[:WINDOW]
            request.session["window"] = window
            called = actions.call_next(point, clerk, window, now)
            messages.success(request, f"请 {_numbered(called)} 到窗口。" if called else "没有人在等候。")
        elif do == "missed":
            now_called = Visit.objects.filter(point=point, state=Visit.State.CALLED, called_by=clerk).first()
            if now_called:
                actions.missed(now_called, clerk)
                messages.success(request, f"{_numbered(now_called)} 已作过号处理。")
    except Refused as refusal:
        messages.error(request, "；".join(str(reason) for reason in refusal.reasons))


def _numbered(visit: Visit) -> str:
    return rules.numbered(visit.number or 0, visit.slot is not None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """The half hours and places of a point, for whoever leads the organ to which it belongs."""
    manager, now = owner(request), timezone.now()
    if not (manager.is_official and _leads(manager)):
        raise PermissionDenied("预约安排由网点所属单位的负责人设定。")
    own = visits.managed(manager, timezone.localdate(now))
    if not own:
        return render(request, "approvals/visit_hours.html", {"points": own})
    point = next((one for one in own if one.code == request.GET.get("point")), own[0])
    form = HoursForm(visits.plan(point), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_hours(point, given["ahead"], form.places, manager, now, seen=given["seen"])
        except Refused as refusal:
            form.add_error(None, [str(reason) for reason in refusal.reasons])
        else:
            messages.success(request, f"已经设定{point.name}的预约安排。已经约好的不受影响。")
            return redirect(f"{reverse('visit-hours')}?point={point.code}")
    context = {"point": point, "points": own, "form": form, "changes": visits.changes(point)}
    return render(request, "approvals/visit_hours.html", context, status=422 if form.errors else 200)


def _leads(user: User) -> bool:
    """Whether somebody leads an organ or a section, or stands in for who does."""
    return any(seat.role in visits.MANAGERS and not seat.subject for seat in user.snapshot.seats)


@login_not_required
@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of a service point: numbers alone, anew every ten seconds without script."""
    point = _point(code)
    shown = visits.screen(point, timezone.localdate())
    called = [(_numbered(one), one.window) for one in shown.called]
    response = render(
        request, "approvals/visit_screen.html", {"point": point, "called": called, "waiting": shown.waiting}
    )
    response["Refresh"] = "10"
    return response


def _point(code: str) -> ServicePoint:
    point = ServicePoint.objects.at(timezone.localdate()).filter(code=code).first()
    if point is None:
        raise Http404
    return point
