"""Applying: the start, the task list, one thing on each page, the check of all answers, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions as people
from accounts.models import Party, User
from accounts.source import client_address
from approvals import actions
from approvals.actions.filing import step_of
from approvals.forms.application import ApplicantForm, ContactForm, DeclarationForm, DeliveryForm, SheetForm
from approvals.forms.window import PersonForm
from approvals.models import Application, LicensingItem
from approvals.queries import bundles, drafts, items, limits, presence, questions
from approvals.queries.drafts import SUBMIT
from approvals.views import materials, window
from approvals.views.pages import Desk, desk, own_draft, owner, save_page, show_page
from casework.models import Draft
from casework.papers import grouped
from casework.printing.qr import svg_data_uri
from casework.refusal import NotAllowed, Refused


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What one needs and how long it takes; pressing the button begins a draft, or takes up the one that is there."""
    on = timezone.localdate()
    item = items.guide(code, on)
    if item is None:
        raise Http404
    user: Any = request.user
    if request.method == "POST":
        if not user.is_authenticated:
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
        return _begin(request, user, item)
    resume = drafts.begun(user, item.code, SUBMIT) if user.is_authenticated and user.kind == User.Kind.PERSON else None
    context = {
        "item": item,
        "resume": resume,
        "times": limits.of(item, on),
        "materials": [material for material in item.materials.all() if material.asked],
        "optional": [material for material in item.materials.all() if not material.required],
        "shared": [material for material in item.materials.all() if material.shared_from],
        "pages": len(item.form) + 3,
        "signed_in": user.is_authenticated,
    }
    return render(request, "approvals/start.html", context)


def _begin(request: HttpRequest, user: User, item: LicensingItem) -> HttpResponse:
    if user.kind != User.Kind.PERSON:
        raise PermissionDenied("工作人员账号不能提出申请。窗口收件请在办理端办理。")
    if not item.is_open:
        raise Http404
    resumed = drafts.begun(user, item.code, SUBMIT) if "new" not in request.POST else None
    draft = resumed or actions.begin(user, item, timezone.now())
    return redirect("apply-tasks", draft.code)


@require_safe
def tasks(request: HttpRequest, code: str) -> HttpResponse:
    """The task list of one application."""
    table = desk(request, code)
    if isinstance(table, HttpResponse):
        return table
    parts = table.parts
    ready = drafts.ready(parts)
    rows = [{"title": part.title, "url": table.url(part.name), "hint": part.hint, **_status(part)} for part in parts]
    last: dict[str, Any] = {"title": "核对并提交", "status": "还不能提交", "tone": "grey"}
    if ready:
        last |= {"url": table.url("check"), "status": "可以提交", "tone": "blue"}
    context = {
        "table": table, "draft": table.draft, "item": table.item, "rows": rows, "last": [last], "ready": ready,
        "done": sum(part.done for part in parts), "of": len(parts), "elsewhere": _elsewhere(table),
    }  # fmt: skip
    return render(request, "approvals/tasks.html", context)


def _elsewhere(table: Desk) -> list[LicensingItem]:
    """What the person needs besides and has to get elsewhere."""
    if not isinstance(table.item, bundles.Whole):
        return []
    return bundles.elsewhere(table.item.bundle, table.draft.content.get("chosen", []), timezone.localdate())


def _status(part: drafts.Part) -> dict[str, str]:
    if part.done:
        return {"status": "已完成"}
    return {"status": "未完成", "tone": "yellow"} if part.needed else {"status": "选填"}


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str, page: str) -> HttpResponse:
    """One page of an application."""
    table = desk(request, code)
    if isinstance(table, HttpResponse):
        return table
    if page == "check":
        return _check(request, table)
    if page not in {part.name for part in table.parts}:
        raise Http404
    name, _, number = page.partition("-")
    if name == "items":
        return _items(request, table)
    if name == "form":
        return _sheet(request, table, page, int(number))
    if name == "applicant":
        return _person(request, table) if table.at_window else _applicant(request, table)
    pages = {
        "contact": _contact, "delivery": _delivery, "materials": materials.overview, "presence": window.presence_page,
    }  # fmt: skip
    return pages[name](request, table)


def _items(request: HttpRequest, table: Desk) -> HttpResponse:
    """Of a bundle: the questions that decide which items are needed, and with them which questions follow."""
    whole = table.item
    if not isinstance(whole, bundles.Whole):
        raise Http404
    sheet = questions.Sheet(0, "需要办理的事项", bundles.asked(whole.bundle))
    form = SheetForm(sheet, request.POST or None, initial=table.draft.content.get("asked", {}))

    def change(locked: Draft, given: dict[str, Any]) -> Mapping[str, Any]:
        chosen = bundles.needed(whole.bundle, given)
        same = chosen == locked.content.get("chosen")
        return {"asked": given, "chosen": chosen} | ({} if same else {"seen": []})

    if request.method == "POST" and (answer := save_page(request, table, "items", form, change)):
        return answer
    return show_page(request, table, "items", form)


def _applicant(request: HttpRequest, table: Desk) -> HttpResponse:
    parties = drafts.applicants(owner(request), table.item, timezone.localdate())
    by_key = {str(party.pk): party for party, _ in parties}
    form = ApplicantForm(parties, request.POST or None, initial={"party": str(table.draft.party_id or "")})

    def change(locked: Draft, given: dict[str, Any]) -> Mapping[str, Any]:
        locked.party = by_key.get(given.get("party", ""), locked.party)
        return {}

    if request.method == "POST" and (answer := save_page(request, table, "applicant", form, change)):
        return answer
    return show_page(request, table, "applicant", form, parties=parties, nobody=not parties)


def _person(request: HttpRequest, table: Desk) -> HttpResponse:
    """At the window: the applicant is who the paper says, registered on the spot if new."""
    party = table.draft.party
    known = (
        {"kind": party.kind, "name": party.name, "id_kind": party.id_kind} if party else {"kind": Party.Kind.NATURAL}
    )
    form = PersonForm(request.POST or None, initial=known)
    clerk = owner(request)

    def change(locked: Draft, given: dict[str, Any]) -> Mapping[str, Any]:
        before = locked.party_id
        locked.party = people.register_party(at=timezone.now(), verified_by="window", by=clerk, **given)
        return {} if locked.party_id == before else {"presence": {}}  # who was identified, was for somebody else

    if request.method == "POST":
        if request.POST.get("go") == "later":
            return redirect("intake")
        try:
            if answer := save_page(request, table, "applicant", form, change):
                return answer
        except people.Refused as refusal:
            form.add_error(None, str(refusal))
    if form.is_valid() and not table.item.serves(form.cleaned_data["kind"]):
        form.add_error("kind", f"本事项的服务对象是{table.item.get_audience_display()}")
    return show_page(request, table, "applicant", form, registered=party)


def _contact(request: HttpRequest, table: Desk) -> HttpResponse:
    party, user = table.draft.party, owner(request)
    known = {"name": "" if table.at_window else user.display_name}
    if party:
        known |= {"phone": party.phone, "address": party.address, "email": party.email}
        if party.kind == Party.Kind.NATURAL:
            known["name"] = party.name
    saved = table.draft.content.get("contact") or known
    form = ContactForm(request.POST or None, initial=saved)
    if request.method == "POST" and (
        answer := save_page(request, table, "contact", form, lambda locked, given: {"contact": given})
    ):
        return answer
    return show_page(request, table, "contact", form)


def _sheet(request: HttpRequest, table: Desk, page: str, number: int) -> HttpResponse:
    sheet = questions.sheets(table.item)[number - 1]
    form = SheetForm(sheet, request.POST or None, initial=drafts.of_sheet(sheet, table.draft.content))
    names = {ask.name for ask in sheet.asks}
    later = request.POST.get("go") == "later"

    def change(locked: Draft, given: dict[str, Any]) -> Mapping[str, Any]:
        others = {name: value for name, value in locked.content.get("answers", {}).items() if name not in names}
        seen = set(locked.content.get("seen", [])) | (set() if later else {number})
        return {"answers": {**others, **given}, "seen": sorted(seen)}

    if request.method == "POST" and (answer := save_page(request, table, page, form, change)):
        return answer
    return show_page(request, table, page, form)


def _delivery(request: HttpRequest, table: Desk) -> HttpResponse:
    points = items.points_of(table.item, timezone.localdate())
    saved = dict(table.draft.content.get("delivery") or {"way": "electronic"})
    saved["point"] = str(saved.get("point", ""))
    saved.setdefault("hand_over", Application.HandOver.TOGETHER)
    form = DeliveryForm(points, _several(table), request.POST or None, initial=saved)
    if request.method == "POST" and (
        answer := save_page(request, table, "delivery", form, lambda locked, given: {"delivery": given})
    ):
        return answer
    return show_page(request, table, "delivery", form)


def _several(table: Desk) -> bool:
    """Whether there is more than one result to hand over."""
    return isinstance(table.item, bundles.Whole) and len(table.item.members) > 1


def _check(request: HttpRequest, table: Desk) -> HttpResponse:
    """All answers once more, the declaration, and the button that counts."""
    if not drafts.ready(table.parts):
        messages.warning(request, "还有内容没有填写，填写完整后才能提交。")
        return redirect(table.url())
    at = timezone.now()
    row = step_of(table.draft, at)
    words = [gate.words for gate in row.needs if gate.attested]
    form = DeclarationForm(words, request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.file_application(
                table.draft, owner(request), at, attested=form.attested, address=client_address(request)
            )
            return redirect("apply-done", table.draft.code)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(reason))
    if form.is_bound and form.errors:
        status = 422
    today = timezone.localdate(at)
    received = timezone.localdate(presence.received_at(table.draft.content, at))
    context = {
        "table": table, "draft": table.draft, "item": table.item, "form": form, "sections": _sections(table, today),
        "outlook": limits.outlook(table.item, received), "back": table.url(), "row": row,
        "received": received if received < today else None,
    }  # fmt: skip
    return render(request, "approvals/check.html", context, status=status)


def _sections(table: Desk, on: Any) -> list[dict[str, Any]]:
    """Everything that was filled in, part by part, each with the way back to its page."""
    content, draft = table.draft.content, table.draft
    contact, delivery = content.get("contact", {}), content.get("delivery", {})
    labels = {"name": "联系人", "phone": "联系电话", "email": "电子邮箱", "address": "联系地址"}
    ways = dict(DeliveryForm.base_fields["way"].choices)  # type: ignore[attr-defined]
    sections: list[dict[str, Any]] = [
        {"title": "申请人", "page": "applicant", "rows": [("申请人", draft.party.name if draft.party else "")]},
        {
            "title": "联系方式",
            "page": "contact",
            "rows": [(labels[name], contact[name]) for name in labels if contact.get(name)],
        },
    ]
    if table.at_window:
        seen = presence.rows(content.get("presence", {}))
        sections.insert(1, {"title": "身份核验和收到时间", "page": "presence", "rows": seen})
    if isinstance(table.item, bundles.Whole):
        chosen = [(member.item.organ.short_name, member.item.name) for member in table.item.members]
        sections.insert(0, {"title": "需要办理的事项", "page": "items", "rows": chosen})
    for sheet in questions.sheets(table.item):
        rows = questions.shown(sheet.asks, content.get("answers", {}))
        sections.append({"title": sheet.title, "page": f"form-{sheet.number}", "rows": rows})
    if table.item.materials.all():
        sections.append({"title": "申请材料", "page": "materials", "rows": materials.listed(table)})
    delivered = [("领取方式", str(ways.get(delivery.get("way"), "")))]
    if delivery.get("point"):
        delivered += [
            ("领取地点", point.name) for point in items.points_of(table.item, on) if point.pk == delivery["point"]
        ]
    if _several(table):
        chosen_way = delivery.get("hand_over", Application.HandOver.TOGETHER)
        delivered.insert(0, ("各事项的结果", Application.HandOver(chosen_way).label))
    delivered.append(("同意电子送达", "是" if delivery.get("electronic_service") else "否"))
    sections.append({"title": "领取和送达", "page": "delivery", "rows": delivered})
    return [
        {
            "title": section["title"],
            "rows": [{"key": key, "value": value, "url": table.url(section["page"])} for key, value in section["rows"]],
        }
        for section in sections
    ]


@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: the same one, however often it is opened."""
    draft = own_draft(request, code)
    if draft.case is None:
        return redirect("apply-tasks", draft.code)
    case = draft.case
    received = timezone.localdate(case.opened_at)
    item = bundles.subject_of(case.application)
    track = f"{settings.BASE_URL}{reverse('track')}?{urlencode({'number': case.number, 'code': case.code})}"
    qr = format_html('<img src="{}" alt="查询办理进度的二维码" width="140" height="140">', svg_data_uri(track))
    context = {
        "draft": draft, "case": case, "item": item, "code": grouped(case.code), "qr": qr, "track": track,
        "outlook": limits.outlook(item, received), "times": limits.of(item, received), 
        "elsewhere": list(bundles.members(case.application.elsewhere, received).values()),
        "at_window": draft.step != SUBMIT, "goes_on": bool(case.application.paper_materials),
        "facts": [
            {"key": "查询码", "value": grouped(case.code)},
            {"key": "申请事项", "value": case.title},
            {"key": "申请人", "value": case.applicant_name},
            {"key": "承办单位", "value": case.organ.name},
            *({"key": key, "value": value} for key, value in _taken_in(case.application)),
        ],
    }  # fmt: skip
    return render(request, "approvals/done.html", context)


def _taken_in(application: Application) -> list[tuple[str, str]]:
    """What the receipt says of the window: who was identified, and where the result will lie."""
    place = application.delivery_point
    collected = [("领取地点", f"{place.name}，{place.address}")] if place else []
    return [*presence.rows(application.presence), *collected]


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a draft away, asked once more."""
    draft = own_draft(request, code)
    if draft.case_id:
        return redirect("apply-done", draft.code)
    if request.method == "POST":
        actions.discard(draft)
        messages.success(request, f"“{draft.title}”的草稿已经删除。")
        return redirect("my" if draft.step == SUBMIT else "intake")
    return render(request, "approvals/discard.html", {"draft": draft})
