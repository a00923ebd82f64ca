"""What happens at the door is written into the register of access events."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts import limits
from accounts.actions import record
from accounts.backends import lockout_name
from accounts.models import AccessEvent, User
from accounts.source import client_address

Kind = AccessEvent.Kind


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    now = time.time()
    request.session[limits.SIGNED_IN] = request.session[limits.SEEN] = now
    request.session.pop(limits.EXPIRED, None)
    request.remember_device = user.pk  # type: ignore[attr-defined]
    methods = [one["method"] for one in request.session.get("account_authentication_methods", [])]
    record(Kind.SIGNED_IN, timezone.now(), actor=user, user=user, source=client_address(request), methods=methods)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is None:
        return
    if request.session.session_key:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
    kind = Kind.SESSION_EXPIRED if getattr(request, "session_expired", False) else Kind.SIGNED_OUT
    record(kind, timezone.now(), actor=user, user=user, source=client_address(request))


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is None:
        return
    name = lockout_name(request, credentials)
    # The same questions whether or not the account exists, so that the time does not tell.
    user = User.objects.filter(pk=name.removeprefix("user-") if name.startswith("user-") else 0).first()
    typed = "" if user else name
    record(Kind.SIGN_IN_FAILED, timezone.now(), user=user, source=client_address(request), typed=typed)


@receiver(authentication_step_completed)
def step_completed(request: HttpRequest, method: str, **kwargs: Any) -> None:
    if method == "mfa":
        request.session[limits.SECOND_FACTOR] = time.time()


@receiver(authentication_failed, sender=Authenticator)
def second_factor_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.SIGN_IN_FAILED, timezone.now(), user=user, source=client_address(request), step="second_factor")


@receiver(authenticator_added, sender=Authenticator)
def factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        # The code just typed proved the device; this session has now shown both factors.
        request.session[limits.SECOND_FACTOR] = time.time()
    kind = Kind.CODES_ISSUED if authenticator.type == Authenticator.Type.RECOVERY_CODES else Kind.FACTOR_ENROLLED
    record(kind, timezone.now(), actor=user, user=user, source=client_address(request), factor=authenticator.type)


@receiver(authenticator_reset, sender=Authenticator)
def codes_renewed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(Kind.CODES_ISSUED, timezone.now(), actor=user, user=user, source=client_address(request))


@receiver(authenticator_removed, sender=Authenticator)
def factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record(
        Kind.FACTOR_REMOVED,
        timezone.now(),
        actor=user,
        user=user,
        source=client_address(request),
        factor=authenticator.type,
    )
