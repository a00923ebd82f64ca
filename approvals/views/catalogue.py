"""The public catalogue: finding an item, its guide, where one starts to apply. Open to everybody, without script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from approvals.forms.catalogue import SearchForm
from approvals.models import LicensingItem, Waiting
from approvals.queries import bundles, figures, items, limits
from law.links import linked
from powerlist.queries import holding

TITLES = {"": "全部事项", "personal": "个人服务", "corporate": "法人服务"}
_PLACE = signing.Signer(salt="approvals.catalogue")


def _place(text: str) -> tuple[int, str, int] | None:
    """The place of a page from its address; a made-up one is no place."""
    try:
        rank, name, pk = json.loads(_PLACE.unsign(text))
    except (signing.BadSignature, ValueError):
        return None
    return rank, name, pk


@login_not_required
@require_safe
def services(request: HttpRequest, audience: str = "") -> HttpResponse:
    """The items of one catalogue, found by words, theme and organ; what can be filed online comes first."""
    on = timezone.localdate()
    organs = items.organs(on, audience)
    form = SearchForm([(organ.code, organ.short_name) for organ in organs], request.GET or None)
    asked: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    theme = request.GET.get("theme", "")
    wanted = items.Wanted(
        words=asked.get("q", ""), organ=asked.get("organ", ""), theme=theme if theme in items.THEMES else "",
        audience=audience, open_only=bool(asked.get("open")), after=_place(request.GET.get("after", "")),
    )  # fmt: skip
    found = items.page(wanted, on)
    kept = {name: request.GET[name] for name in ("q", "organ", "open", "theme") if request.GET.get(name)}
    next_url = f"?{urlencode({**kept, 'after': _PLACE.sign(json.dumps(found.next))})}" if found.next else ""
    here = request.path
    themes = items.themes(on, audience) if audience else []
    context = {
        "title": TITLES[audience],
        "audience": audience,
        "form": form,
        "found": found.items,
        "next_url": next_url,
        "here": here,
        "theme": items.THEMES.get(wanted.theme, ""),
        "themes": [
            {"label": label, "url": f"?{urlencode({'theme': code})}", "count": count, "current": code == wanted.theme}
            for code, label, count in themes
        ],
        "filtered": bool(kept),
        "other": [
            (TITLES[name], reverse(f"services-{name}")) for name in ("personal", "corporate") if name != audience
        ],
    }
    return render(request, "approvals/services.html", context)


@login_not_required
@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """The organs and how many items each has."""
    organs = items.organs(timezone.localdate())
    return render(request, "approvals/departments.html", {"organs": organs})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the guide with its grounds as links."""

    text: str
    basis: SafeString
    verified: bool
    version: str = ""


@login_not_required
@require_safe
def guide(request: HttpRequest, code: str) -> HttpResponse:
    """The service guide 办事指南 of one item (行政许可法 30): everything that must be published, on one page."""
    on = timezone.localdate()
    item = items.guide(code, on)
    if item is None:
        raise Http404
    times = limits.of(item, on)
    stages = limits.stages(item, on)
    materials = list(item.materials.all())
    texts = [
        *(entry["cite"] for entry in item.basis),
        *(entry["basis"] for entry in item.conditions),
        *(material.basis for material in materials),
        *(stage.law for stage in stages),
        times.law,
    ]
    links = iter(linked(texts, on))
    context = {
        "item": item,
        "basis": [
            Line(entry.get("text", ""), next(links), entry["verified"], entry.get("version", ""))
            for entry in item.basis
        ],
        "conditions": [Line(entry["text"], next(links), entry["verified"]) for entry in item.conditions],
        "materials": [(material, next(links)) for material in materials],
        "stages": [(stage, next(links)) for stage in stages],
        "times": times,
        "times_law": next(links),
        "points": [served.point for served in item.points.all() if served.point.covers(on)],
        "facts": _facts(item, times, figures.waiting(item.code)),
        "power": holding.held(item.organ_id, item.code, on),
        "apply_url": reverse("apply", args=[item.code]),
        "bundles": bundles.with_item(item.code, on),
        "crumbs": [{"label": "我要办", "url": reverse("services")}, {"label": item.name}],
    }
    return render(request, "approvals/guide.html", context)


def _facts(item: LicensingItem, times: limits.Times, waiting: Waiting | None) -> list[dict[str, str]]:
    rows = [
        ("实施机关", item.organ.name),
        ("事项类型", item.get_kind_display()),
        ("服务对象", item.get_audience_display()),
        ("法定时限", times.legal),
        ("承诺时限", times.promised),
        ("实际等待", waited(waiting)),
        ("收费", item.fee),
        ("审批结果", item.result_name),
        ("事项编码", item.code),
    ]
    if item.origin == LicensingItem.Origin.IMPORTED:
        rows = [row for row in rows if row[0] in ("实施机关", "事项类型", "事项编码")]
    return [{"key": key, "value": value} for key, value in rows if value]


def waited(waiting: Waiting | None) -> str:
    """How long people really waited for a decision, where enough of them did."""
    if waiting is None:
        return ""
    return (
        f"近30天作出决定并办结{waiting.number}件，半数在{waiting.half}天以内、九成在{waiting.most}天以内办结"
        f"（自收件起的自然日，不含等待补正的时间，不含撤回、不予受理等没有作出决定的；"
        f"截至{waiting.as_of:%Y-%m-%d}零时）"
    )
