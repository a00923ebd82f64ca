"""Proposing many changes from one file: the sheet to fill in, what each line would become, confirming it, and how far
it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation
from accounts.source import client_address
from casework.actions.bells import ring
from casework.tables import read
from casework.views.sheets import FORMATS, Cell, Column, Sheet, sheet_response
from law.reading import Unreadable
from powerlist.actions import importing as actions
from powerlist.forms.importing import ConfirmForm, FileForm
from powerlist.models import ImportedFile, ImportedLine
from powerlist.models.imports import OUTCOMES, SMALL
from powerlist.queries import importing, listing
from powerlist.queries.versions import as_item
from powerlist.rules import file
from powerlist.tasks import propose_lines
from powerlist.views.exports import COLUMNS
from powerlist.views.seats import Capacity, choose

CONFIRMED = "这个文件已经确认，逐行结果见下。"
GONE = "这个文件已经提出或者已经删除，正在办理的调整见下。"
REPORT = (
    Column("行", 6, "right"), Column(file.CODE, 24), Column("职权名称", 30), Column("检查结果", 12),
    Column("是否提出", 10), Column("案号", 26), Column("说明", 60),
)  # fmt: skip


def _organ(request: HttpRequest) -> Capacity | HttpResponse:
    """The organ for which the person proposes changes of its own list, or the page on which it is chosen."""
    return choose(request, {"head_of_organ"}, "清单调整由实施机关负责人从文件导入。")


def _mine(request: HttpRequest, code: str) -> ImportedFile:
    mine = ImportedFile.objects.filter(owner=request.user.pk, code=code.upper())
    if (found := mine.select_related("organ").first()) is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Hand a file in. Where a line of it can be proposed it is kept until the person confirms."""
    seat = _organ(request)
    if isinstance(seat, HttpResponse):
        return seat
    organ = seat.organ
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    lines: list[ImportedLine] = []
    if form.is_bound and form.is_valid():
        given, now = form.cleaned_data["file"], timezone.now()
        try:
            lines = importing.judged(read(given, given.name), organ, timezone.localdate(now))
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            if any(line.proposes for line in lines):
                user: Any = request.user
                return redirect("powerlist:imported", actions.keep(user, organ, given.name, lines, now).code)
            form.add_error("file", "文件中没有可以提出的调整，请按下面的说明改正后重新上传")
    shown = sorted(lines, key=lambda line: (list(OUTCOMES).index(line.outcome), line.number))[: importing.SHOWN]
    context = {
        "form": form, "organ": organ, "rows": shown, "more": len(lines) - len(shown),
        "headings": [file.CODE, *file.ELEMENTS, *file.WHY], "seat": seat.seat,
    }  # fmt: skip
    return render(request, "powerlist/import.html", context, status=422 if form.errors else 200)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The organ's list of today as the sheet to fill in."""
    seat = _organ(request)
    if isinstance(seat, HttpResponse):
        return seat
    organ, today = seat.organ, timezone.localdate()
    columns = [*COLUMNS[:-1], *(Column(heading, 30) for heading in file.WHY)]  # without the day, which nobody proposes
    names = dict(Organisation.objects.values_list("code", "name"))
    cells = [
        [version.power.code, *file.cells(as_item(version), names), *("" for _ in file.WHY)]
        for version in listing.of_organ(organ, today)
    ]
    made = Sheet(f"{organ.name}权责清单调整表", columns, cells, today, name=f"powers-{organ.code}-changes")
    return sheet_response(made, FORMATS["xlsx"])


@require_http_methods(["GET", "HEAD", "POST"])
def imported(request: HttpRequest, code: str) -> HttpResponse:
    """What the lines of a file would become; confirmed, how far they are, and in the end what each became."""
    kept = _mine(request, code)
    form = None
    if not kept.confirmed_at:
        form = ConfirmForm(actions.asked(kept), request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _confirmed(request, kept, form.attested if form else [])
    lines, following = importing.page(kept, _place(request))
    here = reverse("powerlist:imported", args=[kept.code])
    context = {
        "kept": kept,
        "form": form,
        "rows": lines,
        "progress": importing.progress(kept),
        "button": f"提出 {kept.proposing} 项调整",
        "counts": (counts := importing.counts(kept)),
        "refused": dict(counts).get(OUTCOMES["refused"], 0),
        "next_url": f"{here}?after={following}" if following else "",
    }
    return render(request, "powerlist/imported.html", context, status=422 if form and form.errors else 200)


def _confirmed(request: HttpRequest, kept: ImportedFile, attested: list[str]) -> HttpResponse:
    """What a person can wait for is proposed at once; a longer file by a worker. Once, however often it is pressed."""
    now = timezone.now()
    if not actions.confirm(kept, now, attested=attested, address=client_address(request)):
        messages.info(request, CONFIRMED)
        return redirect("powerlist:imported", kept.code)
    if not kept.small:
        ring(propose_lines)
    else:
        try:
            actions.propose(now, SMALL + 1, kept)
        except OperationalError:  # a deadlock, or the database went away: what is confirmed waits for a worker
            ring(propose_lines)
    done = importing.progress(kept)
    if not kept.small or done.proposed < kept.proposing:
        return redirect("powerlist:imported", kept.code)
    messages.success(request, f"已经提出 {done.proposed} 项调整，等待政府法制机构核对。")
    return redirect("powerlist:desk")


def _place(request: HttpRequest) -> int:
    after = request.GET.get("after", "")
    return int(after) if after.isascii() and after.isdecimal() and len(after) < 12 else 0


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    """What became of every line, to take away."""
    kept, today = _mine(request, code), timezone.localdate()
    cells: list[list[Cell]] = [
        [
            line.number, line.code, line.name, line.told, _whether_proposed(line, kept),
            line.case.number if line.case else "", "\n".join(line.said),
        ]
        for line in importing.ordered(kept)
    ]  # fmt: skip
    made = Sheet(f"{kept.organ.name}权责清单调整逐行结果", REPORT, cells, today, name=f"import-{kept.code}")
    return sheet_response(made, FORMATS["xlsx"])


def _whether_proposed(line: ImportedLine, kept: ImportedFile) -> str:
    """In a word; nothing while the line may still be proposed."""
    if line.case:
        return "已提出"
    if line.refusal or (kept.confirmed_at and line.outcome == "refused"):
        return "未提出"
    return "无需提出" if kept.confirmed_at and not line.proposes else ""


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    if actions.discard(_mine(request, code)):
        messages.success(request, "导入的文件已删除，没有提出调整。")
    else:
        messages.info(request, GONE)
    return redirect("powerlist:desk")
