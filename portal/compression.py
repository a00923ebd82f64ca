"""Answers travel compressed where they are text.

A compressed answer can tell a secret in it by its length to whoever makes the same browser ask again and again with
words of his own in it (BREACH). Django adds up to a hundred random bytes to each answer for that reason and masks the
token of its forms anew every time, and the cookie of a session (SameSite=Lax) comes only with pages that somebody goes
to, never with what another site fetches. What is no text (papers, materials) stays as it is.
"""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/problem+json", "application/vnd.oai.openapi")


class Compression(GZipMiddleware):
    """Django's, for text only, and never for what is streamed."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
