"""Error pages: what happened, what to do now, and the number under which the office finds the request again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400. Rendered without the request: a hostile host name or header is often the reason."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponse(loader.get_template("errors/400.html").render(context), status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403. The reason is shown when our own code gave one, which is then in Chinese."""
    reason = str(exception)
    return render(request, "errors/403.html", {"reason": "" if reason.isascii() else reason}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Says nothing of whether the thing exists for others."""
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request: neither database nor session may be needed to say that something broke."""
    context = {"request_id": getattr(request, "request_id", "")}
    return HttpResponse(loader.get_template("errors/500.html").render(context), status=500)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long, or that another site sent (settings: CSRF_FAILURE_VIEW)."""
    return render(request, "errors/csrf.html", status=403)
