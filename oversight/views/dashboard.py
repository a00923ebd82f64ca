"""The dashboard of leaders and of reading offices: how many cases are where, and how many end in time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.views.sheets import FORMATS, Cell, Column, Sheet, sheet_response
from law.queries import work_calendar
from oversight.forms import Narrowing
from oversight.queries import figures
from oversight.queries.figures import Figures, Line, Reach, Report

TABLES = {"organ": "按单位", "procedure": "按程序", "month": "按月份"}
NOW = ("在办", "三日内到期", "已超期")
COLUMNS = [
    Column("收件", 10, "right"), *(Column(title, 12, "right") for title in NOW), Column("办结", 10, "right"),
    Column("其中超期办结", 14, "right"), Column("按期办结率", 14, "right"),
]  # fmt: skip


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures within reach. Query budget: two, however many cases there are."""
    reach, today = reach_of_reader(request), timezone.localdate()
    organ, procedure = _narrowed(request)
    found = figures.report(reach, today, work_calendar(), organ, procedure)
    most = max((max(line.figures.opened, line.figures.ended) for line in found.by_month), default=0)
    asked = urlencode({name: value for name, value in (("organ", organ), ("procedure", procedure)) if value})
    context = {
        "today": today,
        "first": figures.first_month(today),
        "total": found.total,
        "form": Narrowing({"organ": organ or "", "procedure": procedure}, found.organs, found.procedures),
        "clear_url": reverse("oversight:dashboard") if asked else "",
        "tables": _tables(found, organ),
        "months": [_bars(line, most) for line in found.by_month],
        "exports": [(by, title, f"by={by}&{asked}".rstrip("&")) for by, title in TABLES.items()],
    }
    return render(request, "oversight/dashboard.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the tables to take away."""
    reach, today = reach_of_reader(request), timezone.localdate()
    organ, procedure = _narrowed(request)
    by = request.GET.get("by", "organ")
    by = by if by in TABLES else "organ"
    found = figures.report(reach, today, work_calendar(), organ, procedure)
    lines: list[Line] = getattr(found, f"by_{by}")
    months = by == "month"
    columns = [column for column in COLUMNS if not (months and column.title in NOW)]
    cells = [(line.label, *_cells(line.figures, months)) for line in [*lines, Line("", "合计", found.total)]]
    title = f"办件统计（{TABLES[by]}）"
    sheet = Sheet(title, [Column(TABLES[by][1:], 30), *columns], cells, today, name="figures")
    return sheet_response(sheet, FORMATS[kind])


def reach_of_reader(request: HttpRequest) -> Reach:
    """Whose figures the reader may see. PermissionDenied for whoever sees none."""
    user: Any = request.user
    reach = figures.reach_of(user.snapshot) if user.is_official else None
    if reach is None:
        raise PermissionDenied("办件统计供机关负责人、科室负责人、法制机构和监督机关查看。")
    return reach


def _narrowed(request: HttpRequest) -> tuple[int | None, str]:
    organ = request.GET.get("organ", "")
    return int(organ) if organ.isdecimal() and len(organ) < 10 else None, request.GET.get("procedure", "")[:60]


def _tables(found: Report, organ: int | None) -> list[dict[str, Any]]:
    shown = [("单位", "organ", found.by_organ)] if len(found.by_organ) > 1 or organ else []
    shown.append(("程序", "procedure", found.by_procedure))
    return [{"title": title, "name": name, "lines": lines} for title, name, lines in shown]


def _cells(of: Figures, months: bool) -> tuple[Cell, ...]:
    now = () if months else (of.running, of.soon, of.overdue)
    return (of.opened, *now, of.ended, of.late, of.rate_words)


def _bars(line: Line, most: int) -> dict[str, Any]:
    """A month with the lengths of its bars in per cent of the longest."""
    long = {name: round(100 * getattr(line.figures, name) / most) if most else 0 for name in ("opened", "ended")}
    return {"label": line.label, "figures": line.figures, **long}
