"""What every request of a signed-in person passes: session limits, the gate for officials, and who they act as."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts import devices, limits, passwords
from accounts.permissions import PartyRef, Snapshot
from accounts.snapshot import snapshot

GetResponse = Callable[[HttpRequest], HttpResponse]

# The only pages that work before a temporary password is changed, and before a second factor is bound.
OPEN_PAGES = {"account_logout", "account_change_password", "account_reauthenticate"}
ENROLMENT_PAGES = OPEN_PAGES | {"mfa_activate_totp", "mfa_reauthenticate"}


class SessionLimits:
    """Ends sessions that stood idle or lived too long. Comes right after the authentication middleware.

    What a page asks for by itself (`X-Background`, static/js/watched.js) is no sign that somebody is there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user.is_authenticated
        if request.user.is_authenticated:
            now = time.time()
            if limits.expired(request.session, request.user.is_official, now):
                request.session_expired = True  # type: ignore[attr-defined]
                logout(request)
                request.session[limits.EXPIRED] = True
            elif "X-Background" not in request.headers and now - request.session.get(limits.SEEN, 0) >= limits.GRAIN:
                request.session.setdefault(limits.SIGNED_IN, now)
                request.session[limits.SEEN] = now
        response = self.get_response(request)
        # Nothing that one person saw is left for the next one at the same machine.
        if (signed_in or request.user.is_authenticated) and "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store, private"
        if signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
        if account := getattr(request, "remember_device", None):
            devices.remember(request, response, account)
        return response


class Identity:
    """Gives `request.user.snapshot` and `request.acting_party`, both only when somebody asks for them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting_party = None  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated:
            user.snapshot = SimpleLazyObject(lambda: snapshot(user, timezone.localdate()))  # type: ignore[assignment]
            request.acting_party = SimpleLazyObject(lambda: acting_party(request, user.snapshot))  # type: ignore
        return self.get_response(request)


def acting_party(request: HttpRequest, of: Snapshot) -> PartyRef | None:
    """The party chosen for this session while the person may act for it, otherwise the person, if it is one."""
    chosen = of.party(request.session.get(limits.ACTING_PARTY, 0))
    return chosen or next((party for party in of.parties if party.relation == "self"), None)


class Gate:
    """Lets nobody past a temporary password, and no official past a missing second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated:
            return None
        page = request.resolver_match.url_name if request.resolver_match else None
        public = not getattr(view, "login_required", True) and not request.path.startswith(settings.API_PREFIX)
        if public and page not in ENROLMENT_PAGES:
            return None
        if user.is_official and limits.SECOND_FACTOR not in request.session:
            if page in ENROLMENT_PAGES:
                return None
            if Authenticator.objects.filter(user=user).exists():
                # Signed in past the second factor (by another door than ours): begin again at ours.
                logout(request)
                return _turn(request, "account_login", "请重新登录并完成第二重验证")
            return _turn(request, "mfa_activate_totp", "请先绑定第二重验证")
        if passwords.must_change(user, timezone.now()) and page not in OPEN_PAGES:
            return _turn(request, "account_change_password", "请先修改密码")
        return None


def _turn(request: HttpRequest, page: str, reason: str) -> HttpResponse:
    if request.path.startswith(settings.API_PREFIX):
        return JsonResponse({"detail": reason}, status=403)
    return HttpResponseRedirect(reverse(page))
