"""The list of lamps for heads of organs, the district legal office and whoever supervises: who must act."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.queries.keyset import Place, place_of
from casework.queries.worklist import scope_of
from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from law.queries import work_calendar
from law.wording import day_zh
from oversight.forms import OfOrgan
from oversight.queries import watch
from oversight.queries.watch import Organ
from oversight.views.dashboard import reach_of_reader

MOST = 2000  # lines to take away
COLUMNS = [
    Column("案号", 26), Column("事项", 34), Column("单位", 16), Column("环节", 16), Column("责任人", 18),
    Column("法定期限", 16), Column("法定", 16), Column("承诺期限", 16), Column("承诺", 16),
]  # fmt: skip


@require_safe
def lamps(request: HttpRequest) -> HttpResponse:
    """One page of the list. Query budget: two, however many cases there are."""
    reach, today, calendar = reach_of_reader(request), timezone.localdate(), work_calendar()
    user: Any = request.user
    scope = scope_of(user.snapshot)
    organs = watch.organs(reach, today, calendar)
    form = OfOrgan(
        request.GET or None, [(str(one.key), f"{one.name}（红{one.red}　黄{one.yellow}）") for one in organs]
    )
    chosen = _chosen(request)
    found = watch.page(reach, today, calendar, chosen, _after(request))
    asked = {"organ": chosen} if chosen else {}
    context = {
        "form": form,
        "clear_url": reverse("oversight:watch") if chosen else "",
        "rows": [(row, scope.everything or row.organ_id in scope.organs) for row in found.rows],
        "total": _total(organs, chosen),
        "next_url": f"?{urlencode({**asked, 'after': found.next})}" if found.next else "",
        "query": urlencode(asked),
    }
    return render(request, "oversight/watch.html", context)


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The list to take away, from its beginning."""
    reach, today, calendar = reach_of_reader(request), timezone.localdate(), work_calendar()
    found = watch.page(reach, today, calendar, _chosen(request), size=MOST)
    cells = [
        (
            row.number, row.title, row.organ, row.state, row.responsible, day_zh(row.due_on) if row.due_on else "",
            row.lamp.words, day_zh(row.promised_on) if row.promised_on else "",
            row.promise.words if row.promised_on else "没有承诺",
        )
        for row in found.rows
    ]  # fmt: skip
    note = f"只列出前{MOST}件。" if found.next else ""
    return sheet_response(Sheet("办理期限督办清单", COLUMNS, cells, today, note, name="lamps"), FORMATS[kind])


def _chosen(request: HttpRequest) -> int | None:
    organ = request.GET.get("organ", "")
    return int(organ) if organ.isdecimal() and len(organ) < 10 else None


def _after(request: HttpRequest) -> Place | None:
    place = place_of(request.GET.get("after", ""), "open")
    return place if place and place.value else None


def _total(organs: list[Organ], chosen: int | None) -> Organ:
    here = [one for one in organs if chosen in (None, one.key)]
    return Organ(0, "", sum(one.red for one in here), sum(one.yellow for one in here))
