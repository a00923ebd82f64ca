"""Proposing many changes from one file: the sheet to fill in, what each line would become, and confirming it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import queries as people
from accounts.models import Organisation, User
from accounts.source import client_address
from casework.models import Draft
from casework.refusal import Refused
from casework.tables import read
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from law.reading import Unreadable
from powerlist.actions import importing as actions
from powerlist.forms.importing import ConfirmForm, FileForm
from powerlist.queries import listing
from powerlist.queries.importing import OUTCOMES, Row, judged, kept
from powerlist.queries.known import PROCEDURE
from powerlist.queries.versions import as_item
from powerlist.rules import file
from powerlist.views.exports import COLUMNS

GONE = "这个文件已经提出或者已经删除，正在办理的调整见下。"


def _organ(request: HttpRequest) -> Organisation:
    """The organ for which the person proposes changes of its own list."""
    user: Any = request.user
    seats = people.seats(user, timezone.localdate()) if user.kind == User.Kind.STAFF else []
    seat = next((seat for seat in seats if seat.role == "head_of_organ"), None)
    if seat is None:
        raise PermissionDenied("清单调整由实施机关负责人从文件导入。")
    return Organisation.objects.get(pk=seat.organisation.organ_id)


def _mine(request: HttpRequest, code: str) -> Draft:
    found = Draft.objects.filter(
        owner=request.user.pk, procedure=PROCEDURE, step=actions.IMPORT, code=code.upper()
    ).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Hand a file in. Where a line of it can be proposed it is kept until the person confirms."""
    organ = _organ(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    rows: list[Row] = []
    if form.is_bound and form.is_valid():
        given, now = form.cleaned_data["file"], timezone.now()
        try:
            rows = judged(read(given, given.name), organ, timezone.localdate(now))
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            if any(row.proposes for row in rows):
                user: Any = request.user
                return redirect("powerlist:imported", actions.keep(user, organ, given.name, rows, now).code)
            form.add_error("file", "文件中没有可以提出的调整，请按下面的说明改正后重新上传")
    headings = [file.CODE, *file.ELEMENTS, *file.WHY]
    context = {"form": form, "organ": organ, "rows": _shown(rows), "headings": headings}
    return render(request, "powerlist/import.html", context, status=422 if form.errors else 200)


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The organ's list of today as the sheet to fill in."""
    organ, today = _organ(request), timezone.localdate()
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
    """What the lines of a file would become; confirmed, each is a proposal. Once, however often it is pressed."""
    user: Any = request.user
    if request.method == "POST" and not Draft.objects.filter(code=code.upper()).exists():
        messages.info(request, GONE)
        return redirect("powerlist:desk")
    draft = _mine(request, code)
    rows = kept(draft.content)
    form = ConfirmForm(actions.asked(rows), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cases = actions.propose(
                draft, user, timezone.now(), attested=form.attested, address=client_address(request)
            )  # fmt: skip
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(reason))
        else:
            messages.success(request, f"已经提出 {len(cases)} 项调整，等待政府法制机构核对。" if cases else GONE)
            return redirect("powerlist:desk")
    context = {
        "draft": draft,
        "form": form,
        "rows": _shown(rows),
        "button": f"提出 {sum(row.proposes for row in rows)} 项调整",
        "refused": sum(row.outcome == "refused" for row in rows),
        "counts": [(OUTCOMES[name], count) for name, count in Counter(row.outcome for row in rows).items()],
    }
    return render(request, "powerlist/imported.html", context, status=422 if form.errors else 200)


def _shown(rows: list[Row]) -> list[Row]:
    """What is wrong first, each kind in the order of the file."""
    order = ["refused", "addition", "change", "unchanged"]
    return sorted(rows, key=lambda row: (order.index(row.outcome), row.number))


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    _mine(request, code).delete()
    messages.success(request, "导入的文件已删除，没有提出调整。")
    return redirect("powerlist:desk")
