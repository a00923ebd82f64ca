"""A department's whole list to take away: CSV, XLSX, JSON and PDF, as of a day."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from casework.printing.worker import RenderFailed, RenderTimeout
from casework.views.sheets import FORMATS, Cell, Column, Format, Sheet, sheet_response
from law.wording import day_zh
from powerlist.models import PowerVersion
from powerlist.queries import basis, listing
from powerlist.queries.versions import as_item
from powerlist.rules import file
from powerlist.rules.item import KINDS

log = logging.getLogger(__name__)
WIDE = ("authority", "basis", "stages", "supervision")
COLUMNS = (
    Column(file.CODE, 16),
    *(Column(heading, 40 if name in WIDE else 16) for heading, name in file.ELEMENTS.items()),
    Column(*file.TOLD, 16),
)
# What has room on a sheet of paper: elements that say more of another stand in its cell, each with its name.
PRINTED = (
    Column("编码和类型", 12), Column("职权名称、行使对象和说明", 26), Column("实施主体和行使层级", 14),
    Column("职责权限", 34), Column("法律依据", 28), Column("时限", 18), Column("责任清单", 44), Column("监督方式", 22),
)  # fmt: skip
UNREAD = "（原文未收录，未核对）"


@login_not_required
@require_safe
def export(request: HttpRequest, organ: str, kind: str) -> HttpResponseBase:
    """The list of one organ as of `?on=` (today without it)."""
    holder = get_object_or_404(Organisation, code=organ)
    on = _day(request.GET.get("on", "")) or timezone.localdate()
    rows = listing.of_organ(holder, on)
    back = f"{reverse('powerlist:list')}?organ={organ}"
    most = FORMATS[kind].most if kind in FORMATS else len(rows)
    if len(rows) > most:
        messages.error(request, f"该格式一次最多下载 {most} 项，本清单有 {len(rows)} 项，请改用其他格式。")
        return redirect(back)
    data = Format("json", "application/json; charset=utf-8", len(rows), lambda _: _json(holder, rows, on))
    try:
        return sheet_response(_sheet(holder, rows, on, printed=kind == "pdf"), FORMATS.get(kind, data))
    except (RenderFailed, RenderTimeout):
        log.exception("the list of %s was not made", organ)
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为导出 Excel 表格。")
        return redirect(back)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _sheet(organ: Organisation, rows: list[PowerVersion], on: date, printed: bool) -> Sheet:
    """The list of an organ as a table; the one of another day than today says so in its title."""
    today = timezone.localdate()
    title = f"{organ.name}权责清单" + (f"（{day_zh(on)}）" if on != today else "")
    note = "本清单为示例，以正式公布的清单为准。" if any(row.sample for row in rows) else ""
    if printed:
        cited = basis.cited(dict.fromkeys(one.citation for row in rows for one in row.bases.all()), on)
        unread = {one.citation for one in cited if one.state == basis.UNREAD}
        note += f"标有“{UNREAD.strip('（）')}”的依据，法规库没有收录原文，条文未核对。" if unread else ""
        return Sheet(title, PRINTED, [_printed(row, unread) for row in rows], today, note, f"powers-{organ.code}")
    return Sheet(title, COLUMNS, [_whole(row) for row in rows], today, note, f"powers-{organ.code}")


def _whole(version: PowerVersion) -> tuple[Cell, ...]:
    names = {organ.code: organ.name for organ in (version.organ, version.entrusted) if organ}
    return (version.power.code, *file.cells(as_item(version), names), version.since)


def _printed(version: PowerVersion, unread: set[str]) -> tuple[Cell, ...]:
    entrusted = version.entrusted.name if version.entrusted else ""
    return (
        f"{version.power.code}　{KINDS[version.kind]}",
        _named(version.name, ("行使对象", version.object), ("说明", version.note)),
        _named(version.organ.short_name, ("受委托机关", entrusted), ("行使层级", version.level)),
        version.authority,
        "；".join(one.citation + (UNREAD if one.citation in unread else "") for one in version.bases.all()),
        _named("", ("法定时限", version.time_limit), ("承诺时限", version.promised)) or "—",
        file.stages_written(as_item(version)["stages"]).replace("\n", "　"),
        f"{version.supervision}电话：{version.phone}",
    )  # fmt: skip


def _named(first: str, *more: tuple[str, str]) -> str:
    """Elements in one cell: the first as it is, others behind their names, empty ones left out."""
    return "　".join([first] * bool(first) + [f"{label}：{words}" for label, words in more if words])


def _json(organ: Organisation, rows: list[PowerVersion], on: date) -> bytes:
    body: dict[str, Any] = {
        "organ": {"code": organ.code, "name": organ.name},
        "as_of": on.isoformat(),
        "powers": [
            {"code": row.power.code, "since": row.since.isoformat(), "sample": row.sample, **as_item(row)}
            for row in rows
        ],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()
