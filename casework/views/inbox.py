"""Notices to oneself, and one's own cases."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from casework.actions import desk as actions
from casework.models import Notice
from casework.queries import delivery, inbox
from casework.queries import mine as own
from casework.queries.rights import Standing


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The cases of those for whom somebody may act; officials have the queue instead."""
    if request.user.is_official:  # type: ignore[union-attr]
        return redirect("casework:desk")
    standing = Standing(request.user, timezone.localdate())
    ended = "ended" in request.GET
    found, following = own.cases(standing, ended, _key(request))
    numbers = own.counts(standing)
    here = reverse("casework:mine")
    context = {
        "cases": found,
        "ended": ended,
        "several": len(standing.party_ids) > 1,
        "tabs": [
            {"label": "在办", "url": here, "count": numbers["open"], "current": not ended},
            {"label": "已办结", "url": f"{here}?ended=1", "count": numbers["ended"], "current": ended},
        ],
        "next_url": f"{here}?{'ended=1&' if ended else ''}before={following}" if following else "",
    }
    return render(request, "casework/mine.html", context)


def _key(request: HttpRequest) -> int | None:
    """The key behind which a page begins; anything else than a number is no key."""
    before = request.GET.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 18 else None


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The inbox, newest first; `unread=1` shows only what was not read yet."""
    user: Any = request.user
    only_unread = "unread" in request.GET
    found, following = inbox.notices(user, only_unread, _key(request))
    failures = delivery.failures(found)
    here = reverse("casework:notices")
    waiting = inbox.unread(user)
    context = {
        "notices": [(notice, failures.get(notice.pk, [])) for notice in found],
        "unread": waiting,
        "tabs": [
            {"label": "全部", "url": here, "current": not only_unread},
            {"label": "未读", "url": f"{here}?unread=1", "count": waiting, "current": only_unread},
        ],
        "next_url": f"{here}?{'unread=1&' if only_unread else ''}before={following}" if following else "",
    }
    return render(request, "casework/notices.html", context)


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own notice as read and go to its case."""
    notice = get_object_or_404(Notice.objects.select_related("case"), pk=pk, to=request.user, channel="inbox")
    actions.read_notice(notice, timezone.now())
    cache.delete(inbox.unread_key(request.user))
    return redirect("casework:case", notice.case.code) if notice.case else redirect("casework:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    number = actions.read_all_notices(user, timezone.now())
    cache.delete(inbox.unread_key(request.user))
    messages.success(request, f"{number} 条通知已标为已读。")
    return redirect("casework:notices")
