"""Error pages: what happened, what to do now, and the number under which the office finds the request again.

To a caller of the API the same as problem details. None of them says what broke.
"""

from __future__ import annotations

import sys

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from portal import problems

# What others do for us and do not do just now: not our error, and over in a while.
OUTAGES = (OperationalError, InterfaceError, RedisError, BrokerError, BotoCoreError, ClientError, OSError)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY = 30  # seconds after which it is worth while to try again


def for_api(request: HttpRequest) -> bool:
    return request.path.startswith(settings.API_PREFIX)


def plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page without the request: neither database nor session nor a host name may be needed to say that it failed."""
    context = {name: str(getattr(request, name.lower(), "")) for name in ("request_id", "CSP_NONCE")}
    return HttpResponse(loader.get_template(template).render(context), status=status)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a hostile host name or header is often the reason. 413 for more than may be sent at once."""
    if isinstance(exception, TOO_LARGE):
        return too_large(request)
    if for_api(request):
        return problems.answer(400, "parse_error", "系统无法识别这次请求。")
    return plain(request, "errors/400.html", 400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403. The reason is shown when our own code gave one, which is then in Chinese."""
    reason = "" if str(exception).isascii() else str(exception)
    if for_api(request):
        return problems.answer(403, "not_allowed", reason or "您没有这样做的权限。")
    return render(request, "errors/403.html", {"reason": reason}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. Says nothing of whether the thing exists for others."""
    if for_api(request):
        return problems.answer(404, "not_found", "没有这一内容，或者您无权查看。")
    return render(request, "errors/404.html", status=404)


def method_not_allowed(request: HttpRequest) -> HttpResponse:
    """405; what is allowed stands in the header of the answer that had no words."""
    if for_api(request):
        return problems.answer(405, "method_not_allowed", "这一地址不支持这种操作。")
    return plain(request, "errors/405.html", 405)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    if for_api(request):
        return problems.answer(413, "too_large", "一次提交的内容超过了系统允许的大小。")
    return plain(request, "errors/413.html", 413)


def too_many(request: HttpRequest, wait: int, template: str = "errors/429.html") -> HttpResponse:
    """429, with the seconds after which it may be tried again."""
    if for_api(request):
        response: HttpResponse = problems.answer(429, "throttled", f"请求过于频繁，请在{wait}秒后再试。")
    else:
        response = render(request, template, {"wait": wait, "minutes": -(-wait // 60)}, status=429)
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where something that we depend on is gone: Django calls this while the error is being handled."""
    outage = isinstance(sys.exc_info()[1], OUTAGES)
    status, code = (503, "unavailable") if outage else (500, "error")
    if for_api(request):
        words = "系统所依赖的服务暂时不可用，这次操作没有完成。" if outage else "这次操作没有完成。"
        response: HttpResponse = problems.answer(status, code, f"{words}请稍后再试。")
    else:
        response = plain(request, f"errors/{status}.html", status)
    if outage:
        response["Retry-After"] = str(RETRY)
    response["Cache-Control"] = "no-store"
    return response


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long, or that another site sent (settings: CSRF_FAILURE_VIEW)."""
    if for_api(request):
        return problems.answer(403, "not_allowed", "缺少或者不符的防伪标识（CSRF），没有接受。")
    return render(request, "errors/csrf.html", status=403)
