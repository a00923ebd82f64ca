"""The daily comparison with the city: every run, its differences, and a table to take away."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from casework.models import Message
from casework.printing.worker import RenderFailed, RenderTimeout
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from exchange.actions.reconcile import reconcile
from exchange.forms import DayForm
from exchange.models import Reconciliation
from exchange.queries.desk import PAGE, may_act
from exchange.queries.peer import connected
from exchange.rules.kinds import label
from exchange.rules.ledger import DIFFERENT, MISSING_HERE, MISSING_THERE
from exchange.views.messages import keeper, reader
from law.wording import day_zh

log = logging.getLogger(__name__)
WHAT = {MISSING_THERE: "市级平台没有", MISSING_HERE: "本平台没有", DIFFERENT: "内容不同"}
DIRECTIONS = dict(Message.Direction.choices)
COLUMNS = (
    Column("方向", 8, "centre"), Column("种类", 16), Column("项目", 40), Column("本平台", 20, "centre"),
    Column("市级平台", 20, "centre"), Column("结果", 14, "centre"),
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """The runs, newest first; whoever looks after the exchange may start one."""
    user = keeper(request) if request.method == "POST" else reader(request)
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not connected():
            form.add_error(None, "本平台没有接入市级平台")
        elif form.cleaned_data["day"] > timezone.localdate():
            form.add_error("day", "不能核对以后的日期")
        else:
            run = reconcile(form.cleaned_data["day"], timezone.now(), user)
            return redirect("exchange-book", run.pk)
    before = request.GET.get("before", "")
    found = Reconciliation.objects.select_related("by").defer("figures", "differences")
    if before.isdecimal() and len(before) < 18:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE + 1])
    context = {
        "runs": rows[:PAGE],
        "form": form if may_act(user.snapshot) else None,
        "next_url": f"{reverse('exchange-books')}?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
    }
    return render(request, "exchange/books.html", context, status=422 if form.errors else 200)


@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """One run."""
    reader(request)
    run = get_object_or_404(Reconciliation.objects.select_related("by"), pk=pk)
    context: dict[str, Any] = {
        "run": run,
        "figures": _figures(run),
        "differences": _differences(run),
        "exports": [
            (label, reverse("exchange-book-file", args=[run.pk, kind]))
            for kind, label in (("pdf", "PDF"), ("xlsx", "Excel 表格"), ("csv", "CSV"))
        ],
    }
    return render(request, "exchange/book.html", context)


@require_safe
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a table."""
    reader(request)
    run = get_object_or_404(Reconciliation, pk=pk)
    if kind not in FORMATS:
        raise Http404
    cells: list[tuple[str, ...]] = [
        (one["direction"], one["kind"], "件数", str(one["ours"]), str(one["theirs"]), one["result"])
        for one in _figures(run)
    ]
    cells += [(one["direction"], one["kind"], one["key"], "", "", one["what"]) for one in _differences(run)]
    note = run.error or (
        f"尚在途中 {run.pending} 条；差异 {run.count} 条。核对时间：{timezone.localtime(run.at):%Y-%m-%d %H:%M}"
    )
    sheet = Sheet(
        f"市级平台交换核对（{day_zh(run.day)}）", COLUMNS, cells, timezone.localdate(), note, f"exchange-{run.day}"
    )
    try:
        return sheet_response(sheet, FORMATS[kind])
    except (RenderFailed, RenderTimeout):
        log.exception("the comparison of %s was not made", run.day)
        messages.error(request, "PDF 文件没有生成，请稍后再试，或者改为下载 Excel 表格。")
        return redirect("exchange-book", run.pk)


def _figures(run: Reconciliation) -> list[dict[str, Any]]:
    return [
        {
            "direction": DIRECTIONS[one["direction"]], "kind": label(one["kind"]), "ours": one["ours"],
            "theirs": one["theirs"],
            "result": "一致" if one["ours_digest"] == one["theirs_digest"] else "不一致",
        }
        for one in run.figures
    ]  # fmt: skip


def _differences(run: Reconciliation) -> list[dict[str, str]]:
    return [
        {
            "direction": DIRECTIONS[one["direction"]], "kind": label(one["kind"]), "key": one["key"],
            "what": WHAT[one["what"]],
        }
        for one in run.differences
    ]  # fmt: skip
