"""The three administrators' pages: accounts and proposals, approvals, the register of access events.

Each page asks for the seat of one of them. None of them leads to a case.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import actions, queries
from accounts.encryption import blind_index
from accounts.forms import DecisionForm, EndSeatForm, EventFilterForm, ReasonForm, SeatForm, StaffForm
from accounts.models import AccessEvent, Seat, SeatRequest, User
from accounts.roles import ADMINISTRATOR_ROLES
from accounts.signed_in import SignedIn
from accounts.source import client_address

SYSTEM, SECURITY, AUDIT = "system_administrator", "security_administrator", "audit_administrator"
PAGE = 25
MOST_IN_TABLE = 10_000

View = Callable[..., HttpResponse]


def only(*allowed: str) -> Callable[[View], View]:
    """Opens a page to these administrators only."""

    def decorator(view: View) -> View:
        @wraps(view)
        def checked(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.snapshot.holds(role) for role in allowed):
                raise PermissionDenied
            return never_cache(view)(request, *args, **kwargs)

        return checked

    return decorator


@require_GET
@only(*ADMINISTRATOR_ROLES)
def start(request: SignedIn) -> HttpResponse:
    """To the page of one's own work."""
    snapshot = request.user.snapshot
    if snapshot.holds(SYSTEM):
        return redirect("accounts:manage_users")
    return redirect("accounts:manage_requests" if snapshot.holds(SECURITY) else "accounts:manage_events")


@require_GET
@only(SYSTEM, SECURITY)
def users(request: SignedIn) -> HttpResponse:
    """Officials' accounts; citizens' only by their exact user name."""
    text = request.GET.get("q", "").strip()
    found = User.objects.exclude(kind=User.Kind.PERSON)
    if text:
        found = User.objects.filter(
            Q(username=text.lower())
            | (~Q(kind=User.Kind.PERSON) & (Q(display_name__contains=text) | Q(staff_number=text)))
        )
    page = Paginator(found.order_by("username"), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "accounts/manage/users.html", {"page": page, "q": text, "role": _role(request), "section": "users"}
    )


@require_http_methods(["GET", "POST"])
@only(SYSTEM)
@reauthentication_required(allow_get=True)
def create_user(request: SignedIn) -> HttpResponse:
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        at, source = timezone.now(), client_address(request)
        password = get_random_string(40)
        try:
            user = actions.create_staff(
                data["username"],
                data["name"],
                kind=data["kind"],
                staff_number=data["staff_number"],
                phone=data["phone"],
                password=password,
                at=at,
                by=request.user,
                source=source,
            )
            temporary = actions.reset_password(user, by=request.user, at=at, source=source)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "accounts/manage/password.html", {"user_": user, "password": temporary})
    return render(request, "accounts/manage/create_user.html", {"form": form})


@require_GET
@only(SYSTEM, SECURITY)
def user(request: SignedIn, pk: int) -> HttpResponse:
    one = get_object_or_404(User, pk=pk)
    context = {
        "one": one,
        "seats": Seat.objects.filter(user=one).select_related("organisation__parent", "post").order_by("-since"),
        "requests": one.seat_requests.select_related("organisation__parent", "proposed_by", "decided_by")[:PAGE],
        "today": timezone.localdate(),
        "role": _role(request),
        "section": "users",
    }
    return render(request, "accounts/manage/user.html", context)


@require_http_methods(["GET", "POST"])
@only(SYSTEM)
@reauthentication_required(allow_get=True)
def propose(request: SignedIn, pk: int) -> HttpResponse:
    one = get_object_or_404(User.objects.exclude(kind=User.Kind.PERSON), pk=pk)
    form = SeatForm(request.POST or None, user=one, on=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        role, organisation = data.pop("role"), data.pop("organisation")
        try:
            actions.propose_seat(
                one, role, organisation, **data, by=request.user, at=timezone.now(), source=client_address(request)
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "任职申请已提交，须经安全管理员批准后生效。")
            return redirect("accounts:manage_user", pk)
    return render(request, "accounts/manage/propose.html", {"form": form, "one": one})


@require_http_methods(["GET", "POST"])
@only(SYSTEM)
@reauthentication_required(allow_get=True)
def propose_end(request: SignedIn, seat: int) -> HttpResponse:
    one = get_object_or_404(Seat.objects.select_related("user", "organisation__parent"), pk=seat)
    form = EndSeatForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_end(
                one, **form.cleaned_data, by=request.user, at=timezone.now(), source=client_address(request)
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "终止任职的申请已提交，须经安全管理员批准后生效。")
            return redirect("accounts:manage_user", one.user_id)
    return render(request, "accounts/manage/propose_end.html", {"form": form, "seat": one})


# What may be done to an account: the words of the page, and who does it.
ACCOUNT_ACTS = {
    "disable": ("停用账号", "账号将立即停用，所有会话同时结束。", SYSTEM),
    "enable": ("恢复账号", "账号恢复后可以重新登录。", SYSTEM),
    "password": ("重置密码", "生成一次性临时密码，请当面交给本人；第二重验证不受影响。", SYSTEM),
    "factor": ("解除第二重验证", "请先当面核实身份。解除后，本人下次登录须重新绑定。", SECURITY),
}


@require_http_methods(["GET", "POST"])
@only(SYSTEM, SECURITY)
@reauthentication_required(allow_get=True)
def act(request: SignedIn, pk: int, what: str) -> HttpResponse:
    """Disable, enable, reset the password, unbind the second factor; asks first."""
    one = get_object_or_404(User, pk=pk)
    title, text, role = ACCOUNT_ACTS[what]
    if not request.user.snapshot.holds(role):
        raise PermissionDenied
    form = ReasonForm(request.POST or None) if what == "disable" else None
    refusal_text = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        given: dict[str, Any] = {"by": request.user, "at": timezone.now(), "source": client_address(request)}
        try:
            if what == "disable" and form is not None:
                actions.disable(one, reason=form.cleaned_data["reason"], **given)
            elif what == "enable":
                actions.enable(one, **given)
            elif what == "factor":
                actions.remove_second_factor(one, **given)
            else:
                password = actions.reset_password(one, **given)
                return render(request, "accounts/manage/password.html", {"user_": one, "password": password})
        except actions.Refused as refusal:
            refusal_text = str(refusal)
        else:
            messages.success(request, f"{title}：已完成。")
            return redirect("accounts:manage_user", pk)
    context = {"one": one, "title": title, "text": text, "form": form, "refusal": refusal_text}
    return render(request, "accounts/manage/act.html", context)


@require_GET
@only(SYSTEM, SECURITY)
def requests(request: SignedIn) -> HttpResponse:
    """Proposals, the undecided ones first."""
    found = SeatRequest.objects.select_related("user", "organisation__parent", "proposed_by", "decided_by")
    pending = found.filter(outcome=SeatRequest.Outcome.PENDING).order_by("proposed_at")
    decided = found.exclude(outcome=SeatRequest.Outcome.PENDING).order_by("-decided_at")
    page = Paginator(decided, PAGE).get_page(request.GET.get("page"))
    context = {"pending": pending[:100], "page": page, "role": _role(request), "section": "requests"}
    return render(request, "accounts/manage/requests.html", context)


@require_http_methods(["GET", "POST"])
@only(SECURITY)
@reauthentication_required(allow_get=True)
def decide(request: SignedIn, pk: int) -> HttpResponse:
    one = get_object_or_404(
        SeatRequest.objects.select_related("user", "organisation__parent", "post", "service_point", "proposed_by"),
        pk=pk,
        outcome=SeatRequest.Outcome.PENDING,
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("decision") in {"approve", "refuse"}:
        approve = request.POST["decision"] == "approve"
        try:
            actions.decide(
                one, approve, **form.cleaned_data, by=request.user, at=timezone.now(), source=client_address(request)
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已批准，任职变更生效。" if approve else "已决定不予批准。")
            return redirect("accounts:manage_requests")
    held = queries.seats(one.user, timezone.localdate())
    return render(request, "accounts/manage/decide.html", {"form": form, "one": one, "held": held})


@require_GET
@only(AUDIT)
def events(request: SignedIn) -> HttpResponse:
    """The register of access events, newest first; older pages by the key of the last row. All of it as a table."""
    form = EventFilterForm(request.GET or None)
    found: QuerySet[AccessEvent] = AccessEvent.objects.select_related("actor", "user").order_by("-pk")
    if form.is_valid():
        found = _filtered(found, form.cleaned_data)
    if "csv" in request.GET:
        return _table(found[:MOST_IN_TABLE])
    before = request.GET.get("before", "")
    if before.isdecimal():
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    query = request.GET.copy()
    if len(rows) > PAGE:
        query["before"] = str(rows[PAGE - 1].pk)
    context = {"form": form, "rows": rows[:PAGE], "older": query.urlencode() if len(rows) > PAGE else ""}
    context["role"], context["table"] = AUDIT, f"{request.GET.urlencode()}&csv=1".lstrip("&")
    return render(request, "accounts/manage/events.html", context)


def _filtered(found: QuerySet[AccessEvent], data: dict[str, Any]) -> QuerySet[AccessEvent]:
    if data["kind"]:
        found = found.filter(kind=data["kind"])
    if data["account"]:
        typed = data["account"].strip().lower()
        found = found.filter(
            Q(user__username=typed) | Q(actor__username=typed) | Q(detail__typed=blind_index(typed, "sign-in"))
        )
    if data["matter"]:
        # This floor knows no cases; what is written down about one names its number.
        number = data["matter"].strip()
        found = found.filter(Q(detail__case=number) | Q(detail__reason__startswith=f"{number}：") | Q(subject=number))
    if data["since"]:
        found = found.filter(at__gte=_midnight(data["since"]))
    if data["until"]:
        found = found.filter(at__lt=_midnight(data["until"] + timedelta(days=1)))
    return found


def _table(found: QuerySet[AccessEvent]) -> HttpResponse:
    """The rows as CSV with their place in the chain, for whoever checks them elsewhere."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="events.csv"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow(
        ("时间", "事件", "操作人", "涉及账号", "来源地址", "请求编号", "事项", "内容", "链", "序号", "散列值")
    )
    for one in found:
        detail = "；".join(f"{name}：{value}" for name, value in one.shown_detail)
        row = (
            timezone.localtime(one.at).isoformat(), one.get_kind_display(), one.actor.username if one.actor else "",
            one.user.username if one.user else "", one.source or "", one.request, one.subject, detail,
            one.lane, one.link, bytes(one.hash).hex(),
        )  # fmt: skip
        # A cell must not be taken for a formula.
        table.writerow([f"'{cell}" if str(cell)[:1] in "=+-@\t\r" and str(cell) else cell for cell in row])
    return response


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _role(request: SignedIn) -> str:
    """Which of the administrators is looking."""
    return next((role for role in (SYSTEM, SECURITY, AUDIT) if request.user.snapshot.holds(role)), "")
