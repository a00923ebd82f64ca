"""The home page and the pages that every government site must have."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.navigation import links, url_of

# What is kept about a person and why (Personal Information Protection Law, art. 17 and 34).
KEPT = (
    ("身份信息", "姓名或者名称、证件类型和号码，用于核对申请人身份"),
    ("联系方式", "电话、地址、电子邮箱，用于通知和送达"),
    ("申请材料", "您填写和上传的内容，用于审查和决定"),
    ("办理记录", "谁在何时办理了什么，用于监督和保障您的权利"),
    ("访问日志", "时间、网络地址、访问的页面，用于网络安全，依法保存不少于六个月"),
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The front door: search, what one can do here, and in elder mode only the few great doors."""
    context = {
        "entries": links("public"),
        "search": url_of("search"),
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍声明: the level aimed at, what is known to be missing, whom to tell."""
    return render(request, "portal/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """隐私保护: what is kept about a person, why and how long (Personal Information Protection Law, art. 17)."""
    return render(request, "portal/privacy.html", {"rows": [{"key": key, "value": value} for key, value in KEPT]})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """使用帮助: signing in, applying, elder mode, keys."""
    return render(request, "portal/help.html")


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """网站地图: every entry of the navigation that this user may see."""
    user: Any = request.user
    official = user.is_authenticated and user.is_official
    parts = [("办理端", links("desk", roles=user.snapshot.roles))] if official else [("公众端", links("public"))]
    return render(request, "portal/site_map.html", {"parts": [*parts, ("关于本网站", links("footer"))]})
