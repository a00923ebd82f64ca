"""The list held against itself, the statute-book and the cases, for the legal office and those who read everything."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.printing.worker import RenderFailed
from casework.views.sheets import FORMATS, Cell, Column, Sheet, sheet_response
from powerlist.forms.report import OrganTypeForm
from powerlist.models import PowerVersion
from powerlist.queries import report
from powerlist.queries.report import Gap, Overlap
from powerlist.rules.item import KINDS

log = logging.getLogger(__name__)
READS = frozenset({"district_legal_office", "head_of_government", "auditor", "supervisor"})
PARTS = {"overlaps": "交叉重叠", "gaps": "可能遗漏", "unused": "两年未行使"}
_PLACE = signing.Signer(salt="powerlist.report")
LIMITS = {
    "overlaps": "只比较清单上的文字：同一法规的同一条，行使对象填写相同，由几个机关行使。"
    "行使对象写法不同的，不能发现；市、区分级行使或者依法共同行使的，也会列出。",
    "gaps": "按文字查找法规库现行法律、法规、规章：条文写明区级可能设有的部门并含有许可、处罚、强制、征收、检查、确认、"
    "奖励、裁决用语，而清单上没有事项以该条为依据的，列为线索。不能判断该条是否由区级行使，不能识别用“本机关”“有关部门”等称谓"
    "授予的权力，也不能发现法规库没有收录的法规。清单以同一法规其他条款为依据的，请先核对。",
    "unused": "只统计本门户立案的事项，即关联服务事项的权力。不在本门户立案的权力，不能据此认为没有行使。",
}
OVERLAP_COLUMNS = (
    Column("法律依据", 30), Column("行使对象", 20), Column("实施主体", 18), Column("权责编码", 22),
    Column("职权名称", 34), Column("职权类型", 12, "centre"),
)  # fmt: skip
GAP_COLUMNS = (
    Column("法规", 30), Column("条", 10, "centre"), Column("条文所称的部门", 16), Column("可能的类型", 12, "centre"),
    Column("条文", 70),
)  # fmt: skip
UNUSED_COLUMNS = (
    Column("实施主体", 18), Column("权责编码", 22), Column("职权名称", 40), Column("职权类型", 12, "centre"),
    Column("列入清单日期", 14, "centre"), Column("说明", 22),
)  # fmt: skip


def _reader(request: HttpRequest) -> None:
    user: Any = request.user
    held = user.snapshot.seats if user.is_official else ()
    if not any(seat.role in READS and not seat.subject for seat in held):
        raise PermissionDenied("清单核查报告供政府法制机构、区政府负责人和监督机关查看。")


def _after(request: HttpRequest) -> Any:
    try:
        return json.loads(_PLACE.unsign(request.GET.get("after", "")))
    except (signing.BadSignature, ValueError):
        return None


def _asked(request: HttpRequest) -> str:
    form = OrganTypeForm(request.GET)
    return str(form.cleaned_data["organ"]) if form.is_valid() else ""


@require_safe
def page(request: HttpRequest, part: str = "overlaps") -> HttpResponse:
    """One of the three reports, a page at a time."""
    _reader(request)
    on, organ, after = timezone.localdate(), _asked(request) if part == "gaps" else "", _after(request)
    rows, following = _rows(part, on, organ, after, report.PAGE)
    kept = [("organ", organ)] if organ else []
    context: dict[str, Any] = {
        "part": part,
        "title": PARTS[part],
        "tabs": [(name, label, reverse("powerlist:report-part", args=[name])) for name, label in PARTS.items()],
        "limits": LIMITS[part],
        "rows": rows,
        "next_url": f"?{urlencode([*kept, ('after', _PLACE.sign(json.dumps(following)))])}" if following else "",
        "exports": [
            (label, f"{reverse('powerlist:report-file', args=[part, kind])}?{urlencode(kept)}".rstrip("?"))
            for kind, label in (("pdf", "PDF"), ("xlsx", "Excel 表格"), ("csv", "CSV"))
        ],
        "today": on,
    }
    if part == "gaps":
        context |= {"form": OrganTypeForm({"organ": organ}), "texts": report.texts(on), "no_text": report.no_text(on)}
        context["rows"] = [(row, KINDS[row.given.kind]) for row in rows]
    if part == "unused":
        context |= {"unseen": report.unseen(on), "rows": _with_days(rows, on)}
    return render(request, "powerlist/report.html", context)


@require_safe
def file(request: HttpRequest, part: str, kind: str) -> HttpResponse:
    """The whole report as a table; more than one file takes is refused, not cut off."""
    _reader(request)
    on, organ = timezone.localdate(), _asked(request) if part == "gaps" else ""
    most = FORMATS[kind].most
    rows, more = _rows(part, on, organ, None, most)
    back = reverse("powerlist:report-part", args=[part])
    cells = _cells(part, rows, on)
    if more or len(cells) > most:
        messages.error(request, f"该格式一次最多下载 {most} 条，请改用其他格式，或者按部门分别下载。")
        return redirect(back)
    columns = {"overlaps": OVERLAP_COLUMNS, "gaps": GAP_COLUMNS, "unused": UNUSED_COLUMNS}[part]
    title = f"权责清单核查（{PARTS[part]}）"
    try:
        return sheet_response(Sheet(title, columns, cells, on, LIMITS[part], f"powers-{part}"), FORMATS[kind])
    except RenderFailed:
        log.exception("a report of %s lines was not made", len(cells))
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为下载 Excel 表格。")
        return redirect(back)


def _rows(part: str, on: date, organ: str, after: Any, most: int) -> tuple[list[Any], Any]:
    """The rows of one page, and the place after which the next one begins."""
    found: list[Any]
    if part == "overlaps":
        found = report.overlaps(on, tuple(after) if isinstance(after, list) else None, most + 1)
    elif part == "gaps":
        found = list(islice(report.gaps(on, organ, after if isinstance(after, int) else 0, most + 1), most + 1))
    else:
        versions = report.unused(on).order_by("pk")
        found = list(versions.filter(pk__gt=after if isinstance(after, int) else 0)[: most + 1])
    shown = found[:most]
    return shown, _place(shown[-1]) if len(found) > most else None


def _place(row: Overlap | Gap | PowerVersion) -> Any:
    if isinstance(row, Overlap):
        return row.key
    return row.provision.pk if isinstance(row, Gap) else row.pk


def _with_days(versions: Sequence[PowerVersion], on: date) -> list[tuple[PowerVersion, date, bool]]:
    """Each with the day on which its power came on the list, and whether that is two years ago."""
    first, since = report.first_listed(versions), report.years_before(on)
    return [(one, first[one.power_id], first[one.power_id] <= since) for one in versions]


def _cells(part: str, rows: Sequence[Any], on: date) -> list[tuple[Cell, ...]]:
    if part == "overlaps":
        return [
            (row.basis, row.object, one.organ.short_name, one.power.code, one.name, KINDS[one.kind])
            for row in rows
            for one in row.held
        ]
    if part == "gaps":
        return [
            (row.provision.text.title, row.place, row.given.organ, KINDS[row.given.kind], row.given.words)
            for row in rows
        ]
    return [
        (one.organ.short_name, one.power.code, one.name, KINDS[one.kind], day, "" if whole else "列入清单不足两年")
        for one, day, whole in _with_days(rows, on)
    ]
