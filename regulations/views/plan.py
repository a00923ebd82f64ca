"""The year's plan: for everybody with how far each document has come, and drawn up by the legal office."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.source import client_address
from casework import registry
from casework.actions import Offer
from casework.models import Case
from casework.models.case import new_code
from casework.queries.rights import UNNAMED
from casework.refusal import NotAllowed, Refused
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from regulations.actions import plan as actions
from regulations.queries import plan
from regulations.queries.making import PLAN
from regulations.views.cleanup import LaunchForm
from regulations.views.consultations import onward, place
from regulations.views.making import number_of, standing_of

OFFICE = "district_legal_office"
COLUMNS = (
    Column("文件", 40), Column("起草单位", 24), Column("制发主体", 18), Column("完成时间", 14, "centre"),
    Column("计划外增列", 12, "centre"), Column("进展", 20), Column("是否已过完成时间", 16, "centre"),
)  # fmt: skip


def _year(request: HttpRequest) -> int:
    today = timezone.localdate()
    asked = number_of(request, "year") or today.year
    return asked if asked in plan.years(today) else today.year


@login_not_required
@require_safe
def yearly_plan(request: HttpRequest) -> HttpResponse:
    """The plan of a year, with how far each document has come."""
    on, year = timezone.localdate(), _year(request)
    lines, following = plan.plan(year, on, place(request.GET.get("after", "")))
    further = onward("after", following)
    context = {
        "year": year, "years": plan.years(on), "lines": lines, "next_url": f"{further}&year={year}" if further else "",
        "issued": plan.issued(year), "kinds": list(FORMATS),
    }  # fmt: skip
    return render(request, "regulations/plan.html", context)


@login_not_required
@require_safe
def plan_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table to take away, whole."""
    on, year, made = timezone.localdate(), _year(request), FORMATS[kind]
    issued = plan.issued(year)
    cells = [
        (line.name, line.organ, line.level, line.finish_on, _yes(line.added), line.state, _yes(line.late))
        for line in plan.whole(year, on, made.most)
    ]
    note = f"计划文号：{issued.number}。" if issued else "这一年的计划尚未公布。"
    sheet = Sheet(f"{year}年规范性文件制定计划", COLUMNS, cells, on, note, f"making-plan-{year}")
    return sheet_response(sheet, made)


def _yes(value: bool) -> str:
    return "是" if value else "否"


@require_http_methods(["GET", "HEAD", "POST"])
def draw_up(request: HttpRequest) -> HttpResponse:
    """Draw up the plan of a year, over what is included in it."""
    now = timezone.now()
    on, standing = timezone.localdate(now), standing_of(request)
    if not standing.has_role(OFFICE):
        raise PermissionDenied("年度计划由区司法局拟订。")
    row = registry.procedure(PLAN, on).step(actions.DRAW_UP)
    years = {"year": plan.choices(Case(), on)}
    form = LaunchForm(row, [UNNAMED], years, request.POST or None, initial={"seen": 0, "token": new_code()})
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        offer = Offer(facts=form.given, attested=form.attested, address=client_address(request))
        try:
            draft = actions.draw_up(form.cleaned_data["token"], offer, now, user)
            return redirect("casework:case", draft.case.code)  # type: ignore[union-attr]
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            form.refuse(refusal.reasons)
    context = {
        "row": row, "form": form, "basis": "；".join(map(str, row.under)),
        "years": [(year, plan.projects(year)) for year in plan.offered(on)],
    }  # fmt: skip
    return render(request, "regulations/plan_new.html", context, status=422 if form.errors else 200)
