"""What everybody may see of purchases and transfer payments: the catalogue, its projects, the register, files."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.printing.worker import RenderFailed
from casework.views.sheets import FORMATS, Cell, Column, Sheet, sheet_response
from powerlist.forms.purchases import RowFilter
from powerlist.models import Catalogue, Project, Transfer
from powerlist.queries import purchases
from powerlist.queries.purchases import Wanted

log = logging.getLogger(__name__)
CATALOGUE = (Column("编码", 10), Column("级次", 8), Column("服务事项", 40))
PROJECTS = (
    Column("年度", 8, "centre"), Column("购买主体", 28), Column("目录编码", 10, "centre"), Column("服务事项", 28),
    Column("项目名称", 36), Column("金额（元）", 16, "right"), Column("承接主体", 28), Column("承接主体类型", 16),
    Column("购买方式", 14), Column("合同签订日期", 14), Column("示例", 8, "centre"),
)  # fmt: skip
TRANSFERS = (
    Column("年度", 8, "centre"), Column("转移支付名称", 36), Column("类型", 16), Column("拨付方", 24),
    Column("接收地区或者单位", 24), Column("项目", 30), Column("下达文号", 24), Column("安排金额（元）", 18, "right"),
    Column("执行金额（元）", 18, "right"), Column("示例", 8, "centre"),
)  # fmt: skip
FILTERED = "仅列出符合筛选条件的内容。"


@login_not_required
@require_safe
def catalogue(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """One version of the catalogue, by default the one in force, with what was bought under it."""
    today = timezone.localdate()
    known = purchases.versions()
    shown = _version(known, number, today)
    if shown is None and number is not None:
        raise Http404
    context = {
        "shown": shown,
        "tree": purchases.tree(shown) if shown else [],
        "exclusions": purchases.exclusions(shown) if shown else [],
        "versions": [(one, _standing(one, known, today)) for one in known],
        "bars": purchases.by_year(Project),
    }
    return render(request, "powerlist/catalogue.html", context)


def _version(known: list[Catalogue], number: int | None, today: date) -> Catalogue | None:
    if number is not None:
        return next((one for one in known if one.number == number), None)
    return next((one for one in known if one.since <= today), None)


def _standing(one: Catalogue, known: list[Catalogue], today: date) -> str:
    if one.since > today:
        return "尚未施行"
    return "现行" if one is next(each for each in known if each.since <= today) else "已被替代"


@login_not_required
@require_safe
def catalogue_file(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A version of the catalogue to take away."""
    shown = _version(purchases.versions(), int(number), timezone.localdate())
    if shown is None:
        raise Http404
    levels = {1: "一级", 2: "二级", 3: "三级"}
    lines = [(each.code, levels[each.level], each.name) for each in shown.headings.order_by("code")]
    title = f"{shown.title}（第{shown.number}版）"
    sheet = Sheet(title, CATALOGUE, lines, timezone.localdate(), name="catalogue")
    return _made(request, sheet, kind, reverse("powerlist:catalogue", args=[shown.number]))


def _asked(given: QueryDict, form: RowFilter) -> tuple[Wanted, dict[str, str]]:
    """What the address asks for, and what of it stays from page to page."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    heading = given.get("heading", "")
    wanted = Wanted(
        words=asked.get("q", ""), organ=asked.get("organ", ""), year=asked.get("year"),
        heading=heading if heading.isalnum() and heading.isascii() and len(heading) <= 5 else "",
        after=_place(given.get("after", "")),
    )  # fmt: skip
    return wanted, {name: str(given[name]) for name in ("q", "organ", "year", "heading") if given.get(name)}


def _place(text: str) -> tuple[int, int] | None:
    year, dot, key = text.partition(".")
    whole = year.isascii() and year.isdigit() and key.isascii() and key.isdigit()
    return (int(year), int(key)) if dot and whole and len(year) == 4 and len(key) < 18 else None


@login_not_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """The published projects, the latest year first."""
    form = RowFilter(purchases.years(Project), purchases.buyers(), request.GET)
    return _rows(request, Project, form, "powerlist/projects.html")


@login_not_required
@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """The register of transfer payments (预算法实施条例 6), the latest year first."""
    form = RowFilter(purchases.years(Transfer), None, request.GET)
    return _rows(request, Transfer, form, "powerlist/transfers.html")


def _rows(request: HttpRequest, model: Any, form: RowFilter, template: str) -> HttpResponse:
    wanted, kept = _asked(request.GET, form)
    found, following = purchases.listed(model, wanted)
    next_url = f"?{urlencode({**kept, 'after': f'{following[0]}.{following[1]}'})}" if following else ""
    context = {
        "form": form, "found": found, "next_url": next_url, "kept": urlencode(kept), "heading": wanted.heading,
        "bars": purchases.by_year(model, Wanted(wanted.words, wanted.organ, wanted.year, wanted.heading)),
    }  # fmt: skip
    return render(request, template, context)


@login_not_required
@require_safe
def projects_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The projects under the filters of the page, as a table."""
    form = RowFilter(purchases.years(Project), purchases.buyers(), request.GET)
    return _file(request, Project, form, kind)


@login_not_required
@require_safe
def transfers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The transfer payments under the filters of the page, as a table."""
    return _file(request, Transfer, RowFilter(purchases.years(Transfer), None, request.GET), kind)


def _file(request: HttpRequest, model: Any, form: RowFilter, kind: str) -> HttpResponse:
    """More than one file takes is refused, not cut off."""
    wanted, kept = _asked(request.GET, form)
    most = FORMATS[kind].most
    rows, more = purchases.listed(model, replace(wanted, after=None), most)
    back = f"{reverse('powerlist:projects' if model is Project else 'powerlist:transfers')}?{urlencode(kept)}"
    if more:
        messages.error(request, f"该格式一次最多下载 {most} 条，请按年度或者关键词分别下载。")
        return redirect(back)
    today, note = timezone.localdate(), FILTERED if kept else ""
    if model is Project:
        sheet = Sheet("政府购买服务项目", PROJECTS, [_project(row) for row in rows], today, note, "projects")
    else:
        sheet = Sheet("转移支付", TRANSFERS, [_transfer(row) for row in rows], today, note, "transfers")
    return _made(request, sheet, kind, back)


def _made(request: HttpRequest, sheet: Sheet, kind: str, back: str) -> HttpResponse:
    try:
        return sheet_response(sheet, FORMATS[kind])
    except RenderFailed:
        log.exception("a list of %s lines was not made", len(sheet.cells))
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为下载 Excel 表格。")
        return redirect(back)


def _project(row: Project) -> tuple[Cell, ...]:
    return (
        row.year, row.organ.name, row.heading.code, row.heading.name, row.name, row.amount, row.receiver,
        row.get_receiver_kind_display(), row.get_method_display(), row.contracted_on, "示例" if row.sample else "",
    )  # fmt: skip


def _transfer(row: Transfer) -> tuple[Cell, ...]:
    return (
        row.year, row.programme, row.get_kind_display(), row.giver, row.receiver, row.project, row.document,
        row.amount, row.paid, "示例" if row.sample else "",
    )  # fmt: skip
