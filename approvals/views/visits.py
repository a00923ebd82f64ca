"""Appointments and numbers: booking for citizens, the line for windows, the screen above them."""

from __future__ import annotations

from collections.abc import Mapping
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

from accounts import identity
from accounts.models import ServicePoint, User
from approvals.actions import visits as actions
from approvals.forms.visits import HoursForm, MatterForm
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
    error, now, picked = "", timezone.localtime(), request.POST.get("slot", "")
    form = MatterForm(visits.matters(point, now.date()), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day, _, slot = picked.partition(" ")
        try:
            chosen = rules.slot_of(slot)
            if chosen is None:
                raise ValueError
            visit = actions.book(point, person, date.fromisoformat(day), chosen, form.cleaned_data["matter"], now)
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
    wanted = picked.partition(" ")[0] or request.GET.get("day", "")
    shown = next((one for one in found if one.day.isoformat() == wanted), None)
    shown = shown or next((one for one in found if one.free), found[0])
    slots = [(slot, left, f"{shown.day} {slot:%H:%M}") for slot, left in shown.slots]
    context = {
        "point": point, "days": found, "shown": shown, "slots": slots, "error": error, "form": form, "picked": picked,
    }  # fmt: skip
    return render(request, "approvals/visit_book.html", context, status=422 if error or form.errors else 200)


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
    now = timezone.localtime()
    known = visits.matters(point, now.date())
    if request.method == "POST":
        _act(request, point, clerk, MatterForm(known, request.POST))
        return redirect(f"{reverse('visit-line')}?point={point.code}")
    found, names = visits.today(point, clerk, now), dict(known)
    context = {
        "point": point, "points": own, "window": request.session.get("window", ""), "form": MatterForm(known),
        "called": _line(found.called, names) if found.called else None,
        **{name: [_line(one, names) for one in getattr(found, name)] for name in ("waiting", "booked", "missed")},
    }  # fmt: skip
    return render(request, "approvals/visit_line.html", context)


def _line(visit: Visit, names: Mapping[str, str]) -> dict[str, Any]:
    """One visit as a window sees it; who booked is named as far as one is called."""
    return {
        "visit": visit, "number": _numbered(visit) if visit.number else "",
        "matter": names.get(visit.matter, visit.matter),
        "name": identity.mask_name(visit.person.display_name) if visit.person else "",
    }  # fmt: skip


def _act(request: HttpRequest, point: ServicePoint, clerk: User, form: MatterForm) -> None:
    """What the button names."""
    do, now = request.POST.get("do"), timezone.now()
    try:
        match do:
            case "draw" if form.is_valid():
                visit = actions.draw(point, now, form.cleaned_data["matter"])
                messages.success(request, f"已经取号：{_numbered(visit)}。")
            case "draw":
                messages.error(request, "这个网点不办理所选的事项。")
            case "check_in":
                if found := _coded(request, point):
                    messages.success(request, f"已经签到：{_numbered(actions.check_in(found, now))}。")
            case "call":
                called = actions.call_next(point, clerk, _window(request), now)
                messages.success(request, f"请 {_numbered(called)} 到窗口。" if called else "没有人在等候。")
            case "again":
                if found := _coded(request, point):
                    actions.call_again(found, clerk, _window(request), now)
                    messages.success(request, f"再次请 {_numbered(found)} 到窗口。")
            case "missed" | "served":
                today = timezone.localdate(now)
                there = Visit.objects.filter(point=point, day=today, state=Visit.State.CALLED, called_by=clerk).first()
                if there:
                    (actions.missed if do == "missed" else actions.served)(there, clerk)
                    words = "已作过号处理" if do == "missed" else "已经办结"
                    messages.success(request, f"{_numbered(there)} {words}。")
    except Refused as refusal:
        messages.error(request, "；".join(str(reason) for reason in refusal.reasons))


def _coded(request: HttpRequest, point: ServicePoint) -> Visit | None:
    """The visit of a code that somebody says, or that a list names."""
    code = "".join(sign for sign in request.POST.get("code", "").upper() if sign.isalnum())[:15]
    found = Visit.objects.select_related("point").filter(code=code, point=point).first()
    if found is None:
        messages.error(request, "没有这个预约码，请核对。")
    return found


def _window(request: HttpRequest) -> str:
    """The window at which the clerk sits; a button that does not ask for it means the one of before."""
    window = request.POST.get("window", request.session.get("window", "")).strip()[:WINDOW]
    request.session["window"] = window
    return window


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
    shown = visits.screen(point, timezone.localtime())
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
