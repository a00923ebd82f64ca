"""What became of the list: by year, as a feed, and what the public is asked about now."""

from __future__ import annotations

import logging
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed as Syndication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from casework.printing.worker import RenderFailed, RenderTimeout
from casework.views.sheets import FORMATS, Cell, Column, Sheet, sheet_response
from powerlist.queries import events
from powerlist.queries.changes import consulted
from powerlist.queries.events import Event, Page
from powerlist.queries.versions import as_item
from powerlist.rules import item as items
from powerlist.views.places import day_place, day_written, key_of

log = logging.getLogger(__name__)
IN_FEED = 50
EVER = date(2000, 1, 1), date(2999, 12, 31)
COLUMNS = (
    Column("施行日期", 14, "centre"), Column("调整", 8, "centre"), Column("权责编码", 22), Column("职权名称", 40),
    Column("职权类型", 12, "centre"), Column("原实施主体", 18), Column("实施主体", 18), Column("公布依据", 24),
)  # fmt: skip


def _year(request: HttpRequest) -> tuple[int, list[int]]:
    """The year asked for, this one unless there is a list of it, and all years, the latest first."""
    today = timezone.localdate()
    begun = events.first_day() or today
    years = list(range(today.year + 1, begun.year - 1, -1))  # what is published for the next year shows too
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 and int(asked) in years else today.year, years


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


@login_not_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The changes of a year, a page at a time, with the number of all of them by kind."""
    year, years = _year(request)
    found = events.page(*_days(year), day_place(request.GET.get("after", "")))
    counts = events.counts(*_days(year))
    context = {
        "year": year,
        "years": years,
        "found": found.events,
        "next_url": f"?{urlencode({'year': year, 'after': day_written(found.next)})}" if found.next else "",
        "counts": counts,
        "total": sum(number for _, number in counts),
        "exports": [
            (label, f"{reverse('powerlist:changes-file', args=[kind])}?year={year}")
            for kind, label in (("pdf", "PDF"), ("xlsx", "Excel 表格"), ("csv", "CSV"))
        ],
        "today": timezone.localdate(),
    }
    return render(request, "powerlist/changes.html", context)


@login_not_required
@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """All changes of a year as a table; more than one file takes is refused, not cut off."""
    year, _ = _year(request)
    most = FORMATS[kind].most
    found = events.page(*_days(year), size=most)
    back = f"{reverse('powerlist:changes')}?year={year}"
    if found.next:
        messages.error(request, f"该格式一次最多下载 {most} 条，请改用其他格式。")
        return redirect(back)
    counts = "，".join(f"{label}{number}项" for label, number in events.counts(*_days(year)))
    rows, today = [_cells(event) for event in found.events], timezone.localdate()
    sheet = Sheet(f"{year}年权责清单调整记录", COLUMNS, rows, today, f"共{len(rows)}项：{counts}。", f"changes-{year}")
    try:
        return sheet_response(sheet, FORMATS[kind])
    except (RenderFailed, RenderTimeout):
        log.exception("the changes of %s were not made", year)
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为下载 Excel 表格。")
        return redirect(back)


def _cells(event: Event) -> tuple[Cell, ...]:
    version, before = event.version, event.before
    former = before.organ.short_name if before else version.organ.short_name if event.kind == "ended" else ""
    holder = "" if event.kind == "ended" else version.organ.short_name
    number = event.act.case.number if event.act else ""
    return (
        event.day, event.label, version.power.code, version.name, items.KINDS[version.kind], former, holder, number,
    )  # fmt: skip


@login_not_required
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What the public is asked about: each text beside what stands now."""
    found, following = consulted(timezone.localdate(), key_of(request.GET.get("before", "")))
    context = {"found": found, "next_url": f"?{urlencode({'before': following})}" if following else ""}
    return render(request, "powerlist/consultations.html", context)


class Paged(Atom1Feed):
    """Atom of which older entries stand on further pages (RFC 5005)."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["older"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["older"]})


class Feed(Syndication):
    """The latest changes as Atom, and behind them all others, a page at a time."""

    feed_type = Paged
    title = "东城区权责清单调整"
    subtitle = "新增、承接、变更、划转、下放、委托和取消的权责事项"
    link = reverse_lazy("powerlist:changes")
    description = subtitle

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> tuple[Page, str]:
        """The page asked for, and the address of the next."""
        found = events.page(*EVER, day_place(request.GET.get("after", "")), IN_FEED, full=True)
        query = urlencode({"after": day_written(found.next)}) if found.next else ""
        return found, request.build_absolute_uri(f"{request.path}?{query}") if query else ""

    def feed_extra_kwargs(self, obj: tuple[Page, str]) -> dict[str, Any]:
        return {"older": obj[1]}

    def items(self, obj: tuple[Page, str]) -> list[Event]:
        return list(obj[0].events)

    def item_title(self, item: Any) -> str:
        return f"{item.label}：{item.version.name}（{item.version.organ.short_name}）"

    def item_description(self, item: Any) -> str:
        words = f"自{item.day:%Y-%m-%d}起施行。"
        if item.before:
            rows = items.differences(as_item(item.before), as_item(item.version))
            words += "变更：" + "、".join(label for label, _, _ in rows) + "。"
        return words

    def item_link(self, item: Any) -> str:
        return reverse("powerlist:versions", args=[item.version.power.code])

    def item_guid(self, item: Any) -> str:
        return f"tag:powers:{item.key}"

    item_guid_is_permalink = False

    def item_updateddate(self, item: Any) -> datetime:
        return item.act.at if item.act else timezone.make_aware(datetime.combine(item.day, time()))


feed = login_not_required(require_safe(Feed()))
