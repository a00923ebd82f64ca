"""The page of one case, for the people concerned and for the office: one page with the parts that each may see."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from accounts.models import Party
from casework import registry
from casework.models import Case, Document
from casework.printing.qr import svg_data_uri
from casework.procedure import Step
from casework.queries import delivery, story
from casework.queries.file import CONCERNED, CaseFile, masked, read
from casework.queries.files import may_open, shown
from casework.queries.rights import Standing
from casework.views import files, trail
from law.queries import work_calendar
from law.wording import day_zh


@require_safe
def case(request: HttpRequest, code: str) -> HttpResponse:
    """The case page; 404 for whoever may not open the case."""
    found, standing = trail.visible_case(request, code)
    file = read(found, standing, timezone.now())
    clocks = story.clocks(file, work_calendar())
    running = [clock for clock in clocks if clock.running]
    text, note = story.progress(file, running)
    doors = file.doors
    way = trail.of(request)
    context: dict[str, Any] = {
        "file": file,
        "case": found,
        "number": found.number,
        "text": text,
        "note": note,
        "running": running,
        "past": [clock for clock in clocks if not clock.running],
        "tasks": story.tasks(file),
        "forward": [_link(file, door.row, way) for door in doors if door.open and door.row.moves],
        "aside": [_link(file, door.row, way) for door in doors if door.open and not door.row.moves],
        "shut": [door for door in doors if not door.open],
        "papers": [_paper(file, document) for document in file.shown_documents if document.kind == "paper"],
        "materials": _materials(file),
        "held": _held(file),
        "entries": [_entry(file, entry) for entry in story.timeline(file)],
        "rights": file.rights,
        "receipts": delivery.receipts(found) if file.internal else [],
        "above": _above(found, standing),
        "facts": _facts(file),
        "content": _content(file),
        "beside": registry.chapter_of(found.procedure).beside(found) if not file.outside else [],
        "parties": _parties(file),
        "onward": _onward(file),
        "trail": way,
        "delegate": _delegate(request, found),
        "crumbs": _crumbs(request, found.number),
    }
    if way:
        asked, at = trail.wanted(request.GET), trail.place(request.GET, "at")
        onward = f"{reverse('casework:neighbour')}?{trail.query(asked, at=at or '')}"
        context |= {"next_url": onward, "previous_url": f"{onward}&back=1", "queue": trail.query(asked)}
    return render(request, "casework/case.html", context)


@require_safe
def document(request: HttpRequest, code: str, token: str) -> HttpResponseBase:
    """One file of a case as an attachment; 404 unless the person may open the case and the file."""
    found, standing = trail.visible_case(request, code)
    file = read(found, standing, timezone.now())
    chosen = next((one for one in file.shown_documents if one.token == token), None)
    if chosen is None or not chosen.file:
        raise Http404
    return files.answer(request, chosen, file_name(chosen))


def file_name(document: Document) -> str:
    """The name under which a file is saved: title and number, without signs that file systems refuse."""
    stored = document.file.name or ""
    extension = stored.rpartition(".")[2].lower() if "." in stored else "bin"
    words = f"{document.title}（{document.number}）" if document.number else document.title
    words = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", words).strip(". ") or "文件"
    return words if words.lower().endswith(f".{extension}") else f"{words}.{extension}"


def _url(file: CaseFile, document: Document) -> str:
    return f"{file.url}documents/{document.token}/" if document.file else ""


def _paper(file: CaseFile, paper: Document) -> dict[str, Any]:
    replaced = any(other.replaces_id == paper.pk for other in file.documents)
    state, tone = ("已签章", "green") if paper.made_at else ("正在生成", "yellow")
    if replaced:
        state, tone = "已被更正替换", "orange"
    if paper.voided_at:
        state, tone = "已作废", "red"
    label = f"{paper.title}（{paper.number}）" if paper.number else paper.title
    verify = f"/v/{paper.token}/" if paper.made_at else ""
    return {"name": label, "url": _url(file, paper), "state": state, "tone": tone, "verify": verify}


def _materials(file: CaseFile) -> list[dict[str, Any]]:
    """Materials and records, each under the name of the thing that it is."""
    found = [document for document in file.shown_documents if document.kind != "paper"]
    slots = registry.chapter_of(file.case.procedure).choices.get("materials")
    named = dict(slots(file.case, timezone.localdate(file.at))) if slots and any(one.slot for one in found) else {}
    lines = []
    for one in found:
        url = _url(file, one) if may_open(one, file.standing.user) else ""
        line = shown(one, url)
        name = f"{named[one.slot]}：{one.title}" if one.slot in named else one.title
        scanned = file.case.channel == Case.Channel.WINDOW and one.added_by_id == file.case.filed_by_id
        lines.append({**line, "name": f"{name}（窗口扫描）" if scanned else name})
    return lines


def _onward(file: CaseFile) -> list[dict[str, str]]:
    """Where the applicant is led on to; at a window by a QR code, which needs no account."""
    if file.outside or file.case.applicant_id is None:
        return []
    key = urlencode({"number": file.case.number, "code": file.case.code})
    found = [
        (label, f"{reverse(name)}?{key}") for label, name in registry.chapter_of(file.case.procedure).onward(file.case)
    ]
    return [
        {"label": label, "url": url, "qr": svg_data_uri(f"{settings.BASE_URL}{url}") if file.internal else ""}
        for label, url in found
    ]


def _held(file: CaseFile) -> int:
    """How many materials are still being looked into: the office is told, that it does not act on half a file."""
    return sum(not one.sound and not one.locked_away for one in file.shown_documents)


def _link(file: CaseFile, row: Step, way: str) -> dict[str, str]:
    """To the page of a step: the chapter's own, where it has one."""
    own = registry.chapter_of(file.case.procedure).pages.get((file.case.procedure, row.name))
    url = reverse(own, args=[file.case.code]) if own else f"{file.url}steps/{row.name}/{way}"
    return {"label": row.label, "url": url}


def _entry(file: CaseFile, entry: story.Entry) -> dict[str, Any]:
    documents = [
        {"label": file_name(one) if one.file else f"{one.title}（正在生成）", "url": _url(file, one)}
        for one in entry.documents
        if one.kind == "paper"
    ]
    return {
        "title": entry.title,
        "byline": entry.byline,
        "at": entry.at,
        "text": entry.text,
        "basis": entry.basis if file.internal else "",
        "documents": documents,
    }


def _facts(file: CaseFile) -> list[dict[str, Any]]:
    found = file.case
    rows = [
        ("查询码", "-".join(re.findall("....?.?", found.code)) if not file.outside else ""),
        ("收件时间", found.opened_at),
        ("收件方式", found.get_channel_display() + (f"（{found.service_point.name}）" if found.service_point else "")),
        ("承办单位", found.organ.name),
    ]
    if url := registry.power_page(file.table, found):
        rows.append(("行使的权力", format_html('<a class="govuk-link" href="{}">权责清单上的事项</a>', url)))
    if found.promised_on:
        rows.append(("承诺期限", day_zh(found.promised_on)))
    if file.internal:
        rows.append(("承办人", found.handler.display_name if found.handler else "未分派"))
    return [{"key": label, "value": value} for label, value in rows if value]


def _content(file: CaseFile) -> list[dict[str, Any]]:
    """What was applied for, in the chapter's words; contact data only for the side that gave them."""
    if file.outside:
        return []
    chapter = registry.chapter_of(file.case.procedure)
    rows = chapter.summary(file.case) + ([] if file.internal else chapter.private(file.case))
    return [{"key": label, "value": value} for label, value in rows if value]


def _parties(file: CaseFile) -> list[dict[str, Any]]:
    """The people of the case; what identifies a party is masked, and shown only to the office and to itself."""
    found = file.case
    parties = []
    if found.applicant and file.side != CONCERNED:
        parties.append(_party(file, "投诉举报人" if file.table.hides else "申请人", found.applicant, not file.outside))
    helpers: dict[str, list[str]] = {}
    for part in file.parts:
        if part.party and file.side != CONCERNED:
            own = file.internal or part.party_id in file.standing.party_ids
            parties.append(_party(file, "第三人", part.party, own))
        elif file.internal and part.user:
            helpers.setdefault(PARTS.get(part.role, "参加人员"), []).append(part.user.display_name)
        elif file.internal and part.organisation:
            helpers.setdefault(PARTS.get(part.role, "参加单位"), []).append(part.organisation.name)
    return parties + [{"part": label, "name": "、".join(names), "rows": []} for label, names in helpers.items()]


def _party(file: CaseFile, part: str, party: Party, shown: bool) -> dict[str, Any]:
    rows = masked(party) if shown else []
    clear = f"{file.url}parties/{party.pk}/" if file.internal and rows else ""
    return {"part": part, "name": party.name, "rows": rows, "clear": clear}


PARTS = {
    "verifier": "核查人员",
    "presider": "听证主持人",
    "third_party": "第三人",
    "lead": "牵头机关",
    "member": "成员机关",
}


def _delegate(request: HttpRequest, case: Case) -> str:
    """The page on which a colleague is let into this case: for whoever holds a seat of their own in its organ."""
    held = getattr(request.user, "snapshot", None)
    own = held is not None and any(seat.organ_id == case.organ_id and not seat.for_user_id for seat in held.seats)
    return reverse("casework:delegate", args=[case.code]) if own else ""


def _above(case: Case, standing: Standing) -> Case | None:
    """The case out of which this one was opened, for whoever may open that too: what was handed in lies there."""
    above = case.parent if case.parent_id else None
    return above if above and standing.may_open(above) else None


def _crumbs(request: HttpRequest, number: str) -> list[dict[str, str]]:
    if getattr(request.user, "is_official", False):
        asked = trail.query(trail.wanted(request.GET))
        return [{"label": "待办队列", "url": f"{reverse('casework:desk')}?{asked}"}, {"label": number}]
    return [{"label": "全部办件", "url": reverse("casework:mine")}, {"label": number}]
