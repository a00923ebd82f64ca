"""The API as a whole: the routers of the apps, its description, and how it says that something went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import include, path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import exceptions
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import set_rollback

from casework.api import reason_body
from casework.refusal import Conflict, NotAllowed, Refused
from portal.problems import CONTENT_TYPE, body


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as application/problem+json (RFC 9457) in Chinese, with a stable code (REST_FRAMEWORK).

    None for what nobody foresaw: that is an error of the server.
    """
    made = _problem(error)
    if made is None:
        return None
    set_rollback()
    status, code, detail, errors = made
    return Response(body(status, code, detail, errors), status=status, content_type=CONTENT_TYPE)


def _problem(error: Exception) -> tuple[int, str, str, list[dict[str, Any]]] | None:
    match error:
        case Conflict():
            return 409, "conflict", f"{error}期间的办理：{'、'.join(error.acts)}。", []
        case Refused():
            errors = [_reason(reason_body(reason)) for reason in error.reasons]
            if any(reason.code == "idempotency_mismatch" for reason in error.reasons):
                return 409, "conflict", str(error), errors
            allowed = not isinstance(error, NotAllowed)
            return (422, "refused", str(error), errors) if allowed else (403, "not_allowed", str(error), errors)
        case Http404():
            return 404, "not_found", "没有这一内容，或者您无权查看。", []
        case PermissionDenied():
            return 403, "not_allowed", str(error) or "您没有这样做的权限。", []
        case exceptions.ValidationError():
            return 400, "invalid", "提交的内容有误，请逐项修改。", list(_invalid(error.detail))
        case exceptions.PermissionDenied():
            return 403, "not_allowed", str(error.detail), []
        case exceptions.APIException():
            return error.status_code, str(error.default_code), str(error.detail), []
    return None


def _reason(reason: dict[str, Any]) -> dict[str, Any]:
    return {"code": reason["code"], "detail": reason["words"], "field": reason["field"], "basis": reason["basis"]}


def _invalid(detail: Any, field: str = "") -> Iterator[dict[str, Any]]:
    """The errors of a serializer, however deep they lie, each with the path of its field."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _invalid(inner, f"{field}.{name}" if field else str(name))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _invalid(inner, field)
    else:
        code = getattr(detail, "code", "invalid")
        yield {"code": code, "detail": str(detail), "field": "" if field == "non_field_errors" else field, "basis": []}


schema = login_not_required(SpectacularAPIView.as_view())
docs = login_not_required(
    SpectacularSwaggerSplitView.as_view(
        url_name="api-schema", template_name="portal/api_docs.html", title="开放接口说明"
    )
)


@extend_schema(exclude=True)
@login_not_required
@api_view(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
@permission_classes([AllowAny])
def unknown(request: Request) -> Response:
    """Programs are told in their own language that there is nothing at this address."""
    raise Http404


urlpatterns = [
    path("schema/", schema, name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("", include("accounts.api")),
    path("", include("law.api")),
    path("", include("casework.api")),
    path("", include("powerlist.api")),
    path("", include("regulations.api")),
    path("", include("approvals.api")),
    re_path("", unknown, name="api-unknown"),
]
