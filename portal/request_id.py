"""One number for each request: on the error page, in the answer's header and in every log line about it."""

import logging
import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.request_number import current as current

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Takes the number that the reverse proxy gave, or makes one; `request.request_id` holds it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
        request.request_id = number  # type: ignore[attr-defined]
        token = current.set(number)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        response[HEADER] = number
        return response


class RequestIdFilter(logging.Filter):
    """Gives log records `request_id` ("-" outside a request)."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django logs an answer of 400 and more after the middleware is done, and hands the request over.
        record.request_id = getattr(getattr(record, "request", None), "request_id", current.get())
        return True
