"""Communities and public-welfare activities: for everybody to see, for citizens to sign up, for organisers a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.signed_in import SignedIn
from casework.refusal import Refused
from powerlist.actions import communities as actions
from powerlist.forms.communities import ActivityFilter
from powerlist.models import Activity, SignUp
from powerlist.queries import communities, disclosing

SIGN_UP = ("可以报名", "可以候补")


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The communities with their stations, and the registered social organisations."""
    today = timezone.localdate()
    form = ActivityFilter(communities.subdistricts(today), request.GET, words=False)
    asked = form.cleaned_data["subdistrict"] if form.is_bound and form.is_valid() else ""
    context = {
        "form": form, "communities": communities.communities(today, asked),
        "organisations": communities.social_organisations(today),
    }  # fmt: skip
    return render(request, "powerlist/communities.html", context)


@login_not_required
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """The activities to come, the nearest first."""
    at = timezone.now()
    form = ActivityFilter(communities.subdistricts(timezone.localdate(at)), request.GET)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    after = _place(request.GET.get("after", ""))
    found, following = communities.coming(at, asked.get("subdistrict", ""), asked.get("q", ""), after)
    kept = {name: request.GET[name] for name in ("q", "subdistrict") if request.GET.get(name)}
    listed = [(one, _standing(one, at)) for one in found]
    context = {"form": form, "found": listed, "next_url": _next_url(following, kept)}
    return render(request, "powerlist/activities.html", context)


@login_not_required
@require_safe
def past_activities(request: HttpRequest) -> HttpResponse:
    """The activities that are over, the latest first."""
    at = timezone.now()
    found, following = communities.past(at, _place(request.GET.get("after", "")))
    listed = [(one, _standing(one, at)) for one in found]
    context = {"found": listed, "next_url": _next_url(following, {}), "past": True}
    return render(request, "powerlist/activities.html", context)


def _next_url(following: tuple[datetime, int] | None, kept: dict[str, str]) -> str:
    return f"?{urlencode({**kept, 'after': f'{following[0].isoformat()}~{following[1]}'})}" if following else ""


def _place(text: str) -> tuple[datetime, int] | None:
    moment, sign, key = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    whole = sign and key.isascii() and key.isdigit() and len(key) < 18
    return (at, int(key)) if whole and at.tzinfo else None


def _standing(one: Activity, at: datetime) -> tuple[str, str]:
    """How it stands with the sign-up: words and the colour of their tag."""
    if one.withdrawn_at is not None:
        return "已取消", "red"
    if at >= one.ends_at:
        return "已结束", "grey"
    if at > one.closes_at:
        return "报名截止", "grey"
    if one.free > 0 and not one.waiting:
        return "可以报名", "green"
    return ("可以候补", "yellow") if one.free_waiting > 0 else ("名额已满", "orange")


@login_not_required
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, and for whoever is signed in the own part in it."""
    one, at = _published(pk), timezone.now()
    user = request.user if isinstance(request.user, User) else None
    own = communities.own(one, user) if user else None
    standing = _standing(one, at)
    context = {
        "one": one, "standing": standing, "own": own,
        "turn": communities.turn(own) if own and own.state == SignUp.State.WAITING else None,
        "may_sign_up": standing[0] in SIGN_UP and own is None and not (user and user.is_official),
        "may_leave": own is not None and at < one.starts_at,
        "signed_in": user is not None,
    }  # fmt: skip
    return render(request, "powerlist/activity.html", context)


def _published(pk: int) -> Activity:
    found = communities.activity(pk)
    if found is None:
        raise Http404
    return found


@require_POST
def sign_up(request: SignedIn, pk: int) -> HttpResponse:
    """Take a place, or a turn on the waiting list."""
    if request.user.is_official:
        raise PermissionDenied("请使用个人账号报名。")
    one = _published(pk)
    try:
        done = actions.sign_up(one, request.user, timezone.now())
    except Refused as refusal:
        messages.error(request, f"{refusal}。")
    else:
        words = (
            "报名成功。" if done.state == SignUp.State.IN else "名额已满，您已进入候补。有人取消时依次递补并通知您。"
        )
        messages.success(request, words)
    return redirect("powerlist:activity", pk)


@require_POST
def leave(request: SignedIn, pk: int) -> HttpResponse:
    """Give one's part up."""
    if request.user.is_official:
        raise PermissionDenied("请使用个人账号。")
    one = _published(pk)
    try:
        done = actions.leave(one, request.user, timezone.now())
    except Refused as refusal:
        messages.error(request, f"{refusal}。")
    else:
        messages.success(request, "已经取消报名。" if done else "您没有报名这一活动。")
    return redirect("powerlist:activity", pk)


@never_cache
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """Everything one has signed up for."""
    if request.user.is_official:
        return redirect("powerlist:disclosing")
    return render(request, "powerlist/my_activities.html", {"sign_ups": communities.mine(request.user)})


@never_cache
@require_safe
def participants(request: SignedIn, pk: int) -> HttpResponse:
    """The organiser's list to print: names and numbers are masked."""
    mine = disclosing.organs(request.user.snapshot, disclosing.ENTERS | disclosing.PUBLISHES)
    if not mine:
        raise PermissionDenied("名单仅供主办机关查看。")
    related: Any = Activity.objects.select_related("organ", "host")
    one = related.filter(pk=pk, organ__in=mine, published_at__isnull=False).first()
    if one is None:
        raise Http404
    listed = communities.participants(one)
    return render(request, "powerlist/participants.html", {"one": one, "listed": listed, "at": timezone.now()})
