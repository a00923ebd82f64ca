"""The figures of licensing: how many filings, how many of them online, corrected, in time, how they were rated."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.queries import figures as filings
from approvals.queries.figures import Line
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from oversight.forms import Filings
from oversight.queries.figures import first_month
from oversight.views.dashboard import reach_of_reader

TABLES = {"organ": "单位", "item": "事项", "point": "服务网点", "month": "月份"}
COLUMNS = [
    Column("收件", 10, "right"), Column("网上申请率", 12, "right"), Column("补正率", 12, "right"),
    Column("办结", 10, "right"), Column("其中超期", 10, "right"), Column("按期办结率", 12, "right"),
    Column("评价", 10, "right"), Column("满意率", 12, "right"),
]  # fmt: skip


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """One table within reach. Query budget: two, however many cases there are."""
    by, organ, lines, form = _asked(request)
    most = max((line.filed for line in lines), default=0)
    asked = {"by": by, **({"organ": organ} if organ else {})}
    context = {
        "form": form,
        "clear_url": reverse("oversight:filings") if organ or by != "organ" else "",
        "by": TABLES[by],
        "lines": [{"line": line, "cells": _shares(line), "long": _percent(line.filed, most)} for line in lines],
        "total": filings.total(lines),
        "shares": _shares(filings.total(lines)),
        "first": first_month(timezone.localdate()),
        "query": urlencode(asked),
    }
    return render(request, "oversight/filings.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same table to take away."""
    by, _, lines, _ = _asked(request)
    today = timezone.localdate()
    cells = []
    for line in [*lines, filings.total(lines)]:
        shares = _shares(line)
        cells.append(
            (line.label, line.filed, shares["online"], shares["corrected"], line.ended, line.late, shares["in_time"],
             line.rated, shares["content"])
        )  # fmt: skip
    note = f"自{first_month(today):%Y年%m月}起，截至{today:%Y年%m月%d日}零时。"
    sheet = Sheet(
        f"审批办件统计（按{TABLES[by]}）", [Column(TABLES[by], 30), *COLUMNS], cells, today, note, name="filings"
    )
    return sheet_response(sheet, FORMATS[kind])


def _asked(request: HttpRequest) -> tuple[str, int | None, list[Line], Filings]:
    """By what, of which organ, the lines, and the form that says so. PermissionDenied for whoever sees no figures."""
    reach, since = reach_of_reader(request), first_month(timezone.localdate())
    within = None if reach.everywhere else sorted(reach.organs)
    form = Filings(request.GET or None, filings.organs(since, within), TABLES)
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    by, organ = given.get("by") or "organ", int(given["organ"]) if given.get("organ") else None
    return by, organ, filings.lines(by, since, within, organ), form


def _shares(line: Line) -> dict[str, str]:
    """Never rounded up to a hundred."""
    parts = {"online": line.online_share, "corrected": line.corrected_share, "in_time": line.in_time_share}
    parts["content"] = line.content_share
    return {name: "—" if part is None else f"{int(part * 10) / 10:.1f}%" for name, part in parts.items()}


def _percent(number: int, most: int) -> int:
    return round(100 * number / most) if most else 0
