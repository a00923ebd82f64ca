"""Going through the sign-in pages as people do."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal import auth
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import AccessEvent, User
from tests.accounts.people import AT, PASSWORD, official

LOGIN = "/accounts/login/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def attempt(client: Client, login: str, password: str = PASSWORD, source: str = "192.0.2.1", **data: str) -> Any:
    return client.post(LOGIN, {"login": login, "password": password, **data}, REMOTE_ADDR=source)


def enrolled(role: str = "case_officer") -> User:
    user = official(role, at=timezone.now())
    actions.enrol_second_factor(user, SECRET, at=AT)
    return user


def code(shift: int = 0) -> str:
    """The code that the authenticator app shows now, or some steps of thirty seconds away."""
    counters = list(auth.yield_hotp_counters_from_time())
    return auth.format_hotp_value(auth.hotp_value(SECRET, counters[len(counters) // 2] + shift))


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def kinds(user: User) -> list[str]:
    return list(AccessEvent.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))
