"""How one is told of one's cases, besides the inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import actions, identity, queries, reach
from accounts.forms.notices import ChannelsForm
from accounts.signed_in import SignedIn
from accounts.source import client_address


@require_http_methods(["GET", "POST"])
def channels(request: SignedIn) -> HttpResponse:
    """Choose e-mail and SMS, or leave them; it works for everything that is not sent yet."""
    user = request.user
    form = ChannelsForm(
        request.POST if request.method == "POST" else None,
        email=identity.mask_email(reach.confirmed_email(user)),
        phone=identity.mask_phone(user.phone),
        initial={"by_email": user.by_email, "by_sms": user.by_sms},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_channels(user, **form.cleaned_data, at=timezone.now(), source=client_address(request))
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "通知方式已保存。")
            return redirect("accounts:profile")
    own = queries.self_party(user, timezone.localdate())
    return render(request, "accounts/notices.html", {"form": form, "own": own})
