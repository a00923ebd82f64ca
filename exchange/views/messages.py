"""What goes to the city and comes from it, for those who look after it: what waits, what failed, and what to do.

Lists name nobody. What a message says is opened with a reason, on record; what one person proposes another decides.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions as people
from accounts.models import User
from accounts.source import client_address
from casework.forms import RefusableForm
from casework.models import Message
from casework.refusal import Refused
from exchange.actions import desk as actions
from exchange.forms import DecideForm, OpenForm, RejectForm, RepairForm, ReplaceForm
from exchange.queries import desk
from exchange.queries.desk import TABS
from exchange.queries.peer import IN, connected
from exchange.rules import bodies


def reader(request: HttpRequest) -> User:
    """Who asks, if they look after the exchange or read everything."""
    user: Any = request.user
    if not (user.is_official and desk.may_read(user.snapshot)):
        raise PermissionDenied("与市级平台的交换由数据交换管理人员管理，审计、监察人员可以查看。")
    return user


def keeper(request: HttpRequest) -> User:
    """Who asks, if they look after the exchange."""
    user = reader(request)
    if not desk.may_act(user.snapshot):
        raise PermissionDenied("消息由数据交换管理人员处理。")
    return user


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """What waits in both directions, and one list, newest first."""
    reader(request)
    chosen, before = request.GET.get("tab", "held"), request.GET.get("before", "")
    tab = chosen if chosen in TABS else "held"
    found, following = desk.page(tab, int(before) if before.isdecimal() and len(before) < 18 else None)
    context = {
        "connected": connected(),
        "waiting": desk.waiting(),
        "tabs": [{"label": label, "url": f"?tab={name}", "current": name == tab} for name, label in TABS.items()],
        "messages_": [(one, desk.kind_label(one)) for one in found],
        "next_url": f"{reverse('exchange')}?tab={tab}&before={following}" if following else "",
    }
    return render(request, "exchange/list.html", context)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: what it is, what became of it, what people did with it."""
    user = reader(request)
    return _shown(request, user, get_object_or_404(Message.objects.select_related("case", "proposed_by"), pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then show what the message says; whoever looks after the exchange may put it right."""
    user = reader(request)
    found = get_object_or_404(Message, pk=pk)
    form = OpenForm(request.POST or None)
    if not form.is_valid():
        return _asked(request, found, form)
    try:
        people.look(
            by=user, reason=form.cleaned_data["why"], at=timezone.now(), source=client_address(request),
            subject=f"message:{found.pk}", message=found.key,
        )  # fmt: skip
    except people.Refused as refusal:
        form.add_error(None, str(refusal))
        return _asked(request, found, form)
    return _opened(request, found, _form_of(found)(found.body) if _open_to(found, user) else None, came=True)


@never_cache
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Once more; a proposal; the second look."""
    user, at = keeper(request), timezone.now()
    found = get_object_or_404(Message.objects.select_related("case", "proposed_by"), pk=pk)
    form = RefusableForm(request.POST)
    try:
        match what:
            case "retry":
                actions.retry(found, user, at)
            case "repair" | "replace":
                form = _form_of(found)(found.body, request.POST)
                if form.is_valid():
                    given = form.cleaned_data
                    actions.propose(found, what, user, at, reason=given["reason"], body=given["body"])
            case "reject":
                form = RejectForm(request.POST)
                if form.is_valid():
                    actions.propose(found, what, user, at, reason=form.cleaned_data["reason"])
            case "decide":
                form = DecideForm(request.POST)
                if form.is_valid():
                    given = form.cleaned_data
                    actions.decide(found, given["agreed"] == "yes", user, at, seen=given["seen"], reason=given["why"])
            case _:
                raise Http404
    except Refused as refusal:
        form.refuse(refusal.reasons)
    if form.is_valid():
        messages.success(request, DONE[what])
        return redirect("exchange-message", found.pk)
    if isinstance(form, RepairForm):
        return _opened(request, found, form, came=False)
    return _shown(request, user, found, form)


DONE = {
    "retry": "已重新列入处理。",
    "repair": "已提出修正意见，由另一人复核后生效。",
    "replace": "已提出代替原消息的意见，由另一人复核后生效。",
    "reject": "已提出退回意见，由另一人复核后生效。",
    "decide": "复核意见已经生效。",
}


def _open_to(found: Message, user: User) -> bool:
    """Whether somebody may propose something for a message."""
    return desk.may_act(user.snapshot) and (found.state, found.proposal) == ("held", "")


def _form_of(found: Message) -> type[RepairForm]:
    return RepairForm if found.direction == IN else ReplaceForm


def _shown(request: HttpRequest, user: User, found: Message, form: forms.Form | None = None) -> HttpResponse:
    may_act, proposed = desk.may_act(user.snapshot), bool(found.proposal)
    may_decide = may_act and proposed and found.proposed_by_id != user.pk
    finished = found.state in ("rejected", "replaced") or (found.direction == IN and found.state == "done")
    context = {
        "message": found,
        "kind": desk.kind_label(found),
        "form": form,
        "history": desk.history(found),
        "may_retry": may_act and not proposed and not finished,
        "may_propose": _open_to(found, user),
        "reject_form": (form if isinstance(form, RejectForm) else RejectForm())
        if _open_to(found, user) and found.direction == IN
        else None,
        "replacement": Message.objects.filter(replaces=found).first(),
        "decide_form": (
            (form if isinstance(form, DecideForm) else DecideForm(initial={"seen": desk.version(found)}))
            if may_decide
            else None
        ),
        "must_be_another": may_act and proposed and not may_decide,
        "changed": bodies.changed(found.body, found.repaired) if found.repaired else [],
    }
    return render(request, "exchange/message.html", context, status=422 if form and form.errors else 200)


def _asked(request: HttpRequest, found: Message, form: OpenForm) -> HttpResponse:
    context = {"message": found, "kind": desk.kind_label(found), "form": form}
    return render(request, "exchange/content.html", context, status=422 if form.errors else 200)


def _opened(request: HttpRequest, found: Message, repair: RepairForm | None, came: bool) -> HttpResponse:
    """With what came only where a reason was given for looking; a form that comes back holds what its sender wrote."""
    context = {
        "message": found, "kind": desk.kind_label(found), "form": repair, "opened": True,
        "came": _written(found.body) if came else "",
        "repaired": _written(found.repaired) if came and found.repaired else "",
    }  # fmt: skip
    return render(request, "exchange/content.html", context, status=422 if repair and repair.errors else 200)


def _written(body: dict[str, Any]) -> str:
    return json.dumps(bodies.shown(body), ensure_ascii=False, indent=2)
