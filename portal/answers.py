"""What every answer carries, also one that another middleware gave, an error, a file or a redirect."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.views import errors


class Answers:
    """Adds `settings.ANSWER_HEADERS` where a view has not said otherwise, and words to an answer without any.

    Comes outside everything that may answer, and only within the policy's middleware: Django turns an exception into an
    answer where it arises, so that what stands further in never sees it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            page = errors.method_not_allowed(request)
            response.headers.pop("Content-Length", None)
            response.content, response.headers["Content-Type"] = page.content, page.headers["Content-Type"]
        for name, value in settings.ANSWER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
