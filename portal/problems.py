"""How the API says that something was not done: application/problem+json (RFC 9457), in Chinese, with a stable code."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse

from portal.request_id import current

CONTENT_TYPE = "application/problem+json"
TITLES = {
    "invalid": "提交的内容有误",
    "refused": "现在不能这样办理",
    "not_allowed": "没有权限",
    "not_authenticated": "请先登录",
    "not_found": "没有找到",
    "conflict": "已由他人先行办理",
    "throttled": "请求过于频繁",
    "too_large": "提交的内容过大",
    "unavailable": "服务暂时不可用",
    "error": "系统出现故障",
    "method_not_allowed": "不支持这种操作",
    "parse_error": "无法读取提交的内容",
    "unsupported_media_type": "不支持这种格式",
    "not_acceptable": "无法按要求的格式回答",
}


def body(status: int, code: str, detail: str, errors: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": f"urn:dongcheng:problem:{code}",
        "title": TITLES.get(code, "请求没有被接受"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": errors,
        "instance": f"urn:dongcheng:request:{current.get()}",
    }


def answer(status: int, code: str, detail: str) -> JsonResponse:
    """The same for what went wrong outside the API's own code."""
    return JsonResponse(
        body(status, code, detail, []),
        status=status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
