"""For the system administrator: how notices leave the house, what did not, and once more.

The page names no person and no matter: three administrators handle no cases (GB/T 22239).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from casework.actions.send import send_again
from casework.models import Notice
from casework.queries import delivery


def _only_system_administrators(request: HttpRequest) -> Any:
    user: Any = request.user
    if not user.snapshot.holds("system_administrator"):
        raise PermissionDenied
    return user


@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """What waits on each channel, and the notices that were given up, newest first."""
    _only_system_administrators(request)
    before = request.GET.get("before", "")
    found, following = delivery.given_up(int(before) if before.isdecimal() and len(before) < 18 else None)
    context = {
        "channels": delivery.waiting(),
        "notices": found,
        "next_url": f"{reverse('casework:undelivered')}?before={following}" if following else "",
    }
    return render(request, "casework/undelivered.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one anew."""
    user = _only_system_administrators(request)
    notice = get_object_or_404(Notice, pk=pk)
    if send_again(notice, user, timezone.now()):
        messages.success(request, "已重新列入发送。")
    else:
        messages.error(request, "该通知不在未送达之列，无需重新发送。")
    return redirect("casework:undelivered")
