"""Which browsers have signed in to an account before. OWASP calls it a device cookie: it opens nothing.

Who has one is counted for himself when he types a wrong password, so that strangers' guesses do not lock him out; a
stolen one allows no more guesses than a lock does.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "accounts.device"
MOST = 8  # accounts that one browser is remembered for


@dataclass(frozen=True)
class Device:
    """A browser by a random number, and the accounts that signed in there, latest last."""

    number: str
    accounts: tuple[int, ...]


def of(request: HttpRequest) -> Device | None:
    """The browser, if its cookie is one of ours and not too old."""
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        number, accounts = signing.loads(cookie, salt=SALT, max_age=settings.DEVICE_COOKIE_AGE)
    except signing.BadSignature:
        return None
    return Device(number, tuple(accounts))


def remember(request: HttpRequest, response: HttpResponse, account: int) -> None:
    """Give the browser the cookie that says so."""
    known = of(request) or Device(secrets.token_urlsafe(12), ())
    accounts = [*(one for one in known.accounts if one != account), account][-MOST:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([known.number, accounts], salt=SALT),
        max_age=settings.DEVICE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
