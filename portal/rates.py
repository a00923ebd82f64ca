"""How much and how often anybody may ask, whatever page or API it is (`settings.RATES`, `settings.BODY_LIMIT`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import rates
from accounts.source import network
from portal.views import errors

# A load balancer asks often, and is answered whatever else goes on.
FREE = "/healthz/"


class Rates:
    """Counts every request against its account, or against its source where nobody is signed in.

    Comes after the middleware that knows who is signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(FREE) and (wait := self.count(request, 1)):
            return errors.too_many(request, wait)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        more = settings.COSTS.get((request.method or "", name), 1) - 1
        wait = self.count(request, more) if more else 0
        return errors.too_many(request, wait) if wait else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, rates.TooMany):
            return errors.too_many(request, error.wait, error.template)
        return None

    def count(self, request: HttpRequest, cost: int) -> int:
        """0, or the seconds to wait."""
        if request.user.is_authenticated:
            return rates.count("account", request.user.pk, timezone.now(), cost)
        return rates.count("source", network(request), timezone.now(), cost)


class BodyLimit:
    """Refuses a body that is too long before any of it is read. Comes first: nothing else may have touched it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_LIMIT:
            return errors.too_large(request)
        return self.get_response(request)
