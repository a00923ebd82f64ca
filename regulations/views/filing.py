"""Filing for those who answer for it: what is due, materials, rates of each organ; and the public catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from casework.lamps import lamp
from casework.models import Case
from casework.queries.rights import READS_ALL
from casework.refusal import Refused
from casework.views import files
from casework.views.case import file_name
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from casework.views.trail import office_scope
from law.queries import work_calendar
from regulations.actions import filing_review
from regulations.forms.answering import AnswerSheet, FiledSuspicionForm
from regulations.queries import annual, filing, validity
from regulations.queries import desk as lists
from regulations.queries import filing_review as answered
from regulations.queries.about import document_of
from regulations.queries.document import published_version
from regulations.queries.exchange import with_the_city
from regulations.rules.highlight import highlighted
from regulations.rules.text import pieces
from regulations.views.making import number_of, official_case, standing_of

LEGAL_OFFICE = ("district_legal_office", "superior_government", "auditor", "supervisor")
HEAD = "head_of_organ"  # sees the figures of the own organ
FIRST_YEAR = 2016  # the rule of the city applies from that year
LISTS = {
    "filing": (filing.PROCEDURE, "备案"),
    "congress": (filing.CONGRESS, "报区人大备案"),
    "annual": (annual.PROCEDURE, "年度目录"),
    "validity": (validity.PROCEDURE, "有效期"),
}


@require_safe
def desk(request: HttpRequest, kind: str) -> HttpResponse:
    """The filings, or the terms, that the official may open, with their lamps."""
    office_scope(request)
    standing, ended = standing_of(request), "ended" in request.GET
    procedure, label = LISTS[kind]
    lines, following = lists.on_desk(standing, procedure, ended, number_of(request, "after"))
    today, calendar = timezone.localdate(), work_calendar()
    query = "&ended=1" if ended else ""
    context = {
        "lines": [(line, lamp(line.case.due_on, today, calendar)) for line in lines],
        "next_url": f"?after={following}{query}" if following else "",
        "label": label, "kind": kind, "ended": ended,
        "may_see_rates": standing.has_role(*LEGAL_OFFICE, HEAD),
    }  # fmt: skip
    return render(request, "regulations/filings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, code: str) -> HttpResponse:
    """The package of a filing: each material with its paper, what is missing, and what the scan marks in the text.

    Whoever reviews answers each item there, and reads the answers afterwards; the maker reads them in the opinion.
    """
    case, standing = official_case(request, code, filing.PROCEDURE, filing.CONGRESS)
    document = document_of(case)
    if document is None:
        raise Http404
    user: Any = request.user
    row = filing_review.row_of(case)
    reviews = bool(standing.actors(case, row))
    marked = answered.marked(document, timezone.localdate())
    said = answered.answers(case) if reviews or standing.has_role(*READS_ALL) else None
    sheet, data = None, request.POST if request.method == "POST" else None
    if reviews and case.state in row.when and not with_the_city(case):
        sheet = AnswerSheet(said or {}, marked, data, FiledSuspicionForm)
    if data is not None:
        if sheet is None:
            raise PermissionDenied("逐项审查由审查机关的人员在审查环节填写。")
        if sheet.is_valid() and _kept(request, case, user, sheet):
            return redirect("casework:case", case.code)
    version = published_version(document)
    limits = filing.limits_of(document)
    context = {
        "case": case, "document": document, "materials": list(filing.materials(case).items()),
        "city": limits[filing.CITY_LIMIT], "state": limits[filing.STATE_LIMIT],
        "shown": highlighted(pieces(version.body), [one.finding for one in marked]) if version else [],
        "sheet": sheet, "clauses": sheet.clauses if sheet else [(one, None) for one in marked],
        "said": answered.listed(said, marked) if said else [],
    }  # fmt: skip
    return render(request, "regulations/filing_materials.html", context, status=200 if data is None else 422)


def _kept(request: HttpRequest, case: Case, user: User, sheet: AnswerSheet) -> bool:
    try:
        filing_review.answer(case, user, timezone.now(), sheet.given)
    except Refused as refusal:
        messages.error(request, f"{refusal}")
        return False
    messages.success(request, "逐项审查已保存。")
    return True


@require_safe
def paper(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """The file of one paper of the package. It lies in the making, in which those who receive a filing have no part."""
    case, _ = official_case(request, code, filing.PROCEDURE, filing.CONGRESS)
    chosen = next((one for one in filing.materials(case).values() if one and one.token == token), None)
    if chosen is None or not chosen.file:
        raise Http404
    return files.answer(request, chosen, file_name(chosen))


COLUMNS = [
    Column("制定机关", 30), Column("已报送", 10), Column("其中逾期报送", 12), Column("期内待报", 10),
    Column("逾期未报", 10),
    Column("报送及时率", 12), Column("材料齐全率", 12), Column("规范率（未被要求纠正）", 16),
    Column("被要求纠正", 12), Column("限期内纠正", 12), Column("逾期未纠正", 12),
]  # fmt: skip


@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """How each organ filed what it published in a year, for the legal office and auditors; of a head the own organ."""
    year, rows = _rates(request)
    today = timezone.localdate()
    context = {"year": year, "years": range(today.year, FIRST_YEAR - 1, -1), "rows": rows, "kinds": list(FORMATS)}
    return render(request, "regulations/filing_rates.html", context)


@require_safe
def rates_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table to take away."""
    year, rows = _rates(request)
    cells: list[list[Any]] = [
        [
            one.organ, one.filed, one.late, one.waiting, one.overdue, one.on_time, one.complete, one.correct,
            one.corrected, one.mended, one.unmended,
        ]
        for one in rows
    ]  # fmt: skip
    made = Sheet(f"{year}年规范性文件备案情况", COLUMNS, cells, timezone.localdate(), name=f"filing-rates-{year}")
    return sheet_response(made, FORMATS[kind])


def _rates(request: HttpRequest) -> tuple[int, list[filing.Rate]]:
    year, organs = counted(request)
    return year, filing.rates(date(year, 1, 1), date(year, 12, 31), timezone.localdate(), organs)


def counted(request: HttpRequest) -> tuple[int, frozenset[int] | None]:
    """The year that is asked for, and whose figures the person may see: all (None), or of the organs they head."""
    office_scope(request)
    standing = standing_of(request)
    if not standing.has_role(*LEGAL_OFFICE, HEAD):
        raise PermissionDenied("统计供政府法制机构、监督机关和机关负责人使用。")
    heads = frozenset(seat.organisation.organ_id for seat in standing.seats if seat.role == HEAD)
    today = timezone.localdate()
    asked = number_of(request, "year") or today.year
    year = asked if FIRST_YEAR <= asked <= today.year else today.year
    return year, None if standing.has_role(*LEGAL_OFFICE) else heads


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The documents whose filing was registered in a month."""
    today = timezone.localdate()
    text = request.GET.get("month", "")
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        asked = today.replace(day=1)
    month = asked if date(FIRST_YEAR, 1, 1) <= asked <= today else today.replace(day=1)
    before = date(month.year - (month.month == 1), 12 if month.month == 1 else month.month - 1, 1)
    after = date(month.year + (month.month == 12), month.month % 12 + 1, 1)
    context = {
        "month": month, "filed": filing.catalogue(month.year, month.month),
        "previous_url": f"?month={before:%Y-%m}" if before >= date(FIRST_YEAR, 1, 1) else "",
        "next_url": f"?month={after:%Y-%m}" if after <= today else "",
    }  # fmt: skip
    return render(request, "regulations/filing_catalogue.html", context)
