"""The settings of a portal on real servers, and what every answer of such a portal carries."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from unittest import mock

from django.conf import settings as live
from pytest_django.fixtures import Settings

from portal.environment import BASE_DIR

# What of them decides about headers and cookies.
SHARED = (
    "SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD", "ANSWER_HEADERS", "CONTENT_SECURITY_POLICY", "MIDDLEWARE",
)  # fmt: skip
COOKIES = (
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_NAME", "DEVICE_COOKIE_NAME",
)  # fmt: skip

HTTPS: dict[str, Any] = {"HTTP_X_FORWARDED_PROTO": "https"}
FIXED = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
INLINE = re.compile(r"<script(?![^>]*\bnonce=)[^>]*>|<style|\sstyle=\"|\son[a-z]+=\"|href=\"javascript:", re.IGNORECASE)


def production() -> ModuleType:
    """The settings module as it is without PORTAL_DEMO."""
    found = importlib.util.spec_from_file_location("portal_in_production", BASE_DIR / "portal/settings/__init__.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    with mock.patch.dict(os.environ, {"PORTAL_DEMO": "0"}):
        found.loader.exec_module(module)
    return module


def use(settings: Settings) -> None:
    """From now on in this test, with no end of requests allowed to a source."""
    module = production()
    for name in SHARED:
        setattr(settings, name, getattr(module, name))
    settings.RATES = {**live.RATES, "source": live.RATES["source"]._replace(amount=10**6)}
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


def faults(response: Any) -> Iterator[str]:
    """What is missing from an answer, in words."""
    for name, value in FIXED.items():
        if response.get(name) != value:
            yield f"{name}: {response.get(name)}"
    if response.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield f"Referrer-Policy: {response.get('Referrer-Policy')}"
    if "camera=()" not in response.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    if not response.get("X-Request-ID"):
        yield "no number"
    yield from policy_faults(response.get("Content-Security-Policy", ""))
    if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
        page = response.content.decode()
        yield from (f"inline: {found.group()}" for found in INLINE.finditer(page))
        nonces = set(re.findall(r'nonce="([^"]*)"', page))
        if nonces and not (len(nonces) == 1 and f"'nonce-{nonces.pop()}'" in response["Content-Security-Policy"]):
            yield "another nonce than the policy's"


def policy_faults(text: str) -> Iterator[str]:
    policy = {name: set(words) for name, *words in (part.split() for part in text.split(";") if part.strip())}
    for name in ("default-src", "base-uri", "frame-ancestors"):
        if policy.get(name) != {"'none'"}:
            yield f"{name}: {policy.get(name)}"
    for name in ("object-src", "frame-src", "script-src", "style-src"):
        if not all(word == "'none'" or word.startswith("'nonce-") for word in policy.get(name, {"'none'"})):
            yield f"{name}: {policy.get(name)}"
    if "unsafe" in text or "*" in text or "http:" in text:
        yield f"too wide: {text}"


def complain(where: str, response: Any) -> list[str]:
    return [f"{where} → {response.status_code} {fault}" for fault in faults(response)]
