"""One's own licences: how each stands, and applying for its change or its renewal, on line or at the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import ServicePoint
from accounts.source import client_address
from approvals import actions
from approvals.actions import licences as about
from approvals.forms.application import DeclarationForm
from approvals.forms.licences import ChangeForm, RenewalForm
from approvals.models import Licence
from approvals.queries import drafts, items, licences, limits
from approvals.queries import presence as at_counter
from approvals.queries.licences import CHANGE, RENEWAL
from approvals.views.materials import files_form, keep_all
from approvals.views.pages import owner
from approvals.views.window import checked, points_of, presence_form
from casework import registry
from casework.models import Case, Document, Draft
from casework.queries.file import find, read
from casework.queries.files import shown
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from casework.views import uploads

KINDS = {"change": CHANGE, "renewal": RENEWAL}
# Steps that a holder takes in the file of a licence, offered on its own page.
OFFERED = ("report_corrected", "make_statement", "request_hearing", "ask_for_cancellation")
LATE_WORDS = (
    "有效期届满三十日前的申请期限已经过去。法律没有规定逾期申请的后果：本机关仍可在届满前作出决定，"
    "但逾期未作决定的，可能不视为准予延续。"
)
NOT_NOW = "该许可证件现在不能提出这一申请。"
# What ended is on record as ended, whenever a paper came: it is not taken back at a window.
ENDED = "该许可证件的有效期已经届满，不能再提出这一申请。届满以前收到、没有补录的纸质申请，请转交发证机关处理。"


@dataclass
class Held:
    """A licence in its holder's hands, or brought to a window."""

    licence: Licence
    file: Case
    point: ServicePoint | None = None

    def url(self, name: str, *more: str) -> str:
        prefix = "window-licence" if self.point else "my-licence"
        return reverse(f"{prefix}-{name}", args=[self.file.code, *more])

    @property
    def home(self) -> str:
        return reverse("intake") if self.point else reverse("my-licence", args=[self.file.code])


def _own(request: HttpRequest, code: str) -> tuple[Held, Standing]:
    """A licence of somebody for whom the person may act; 404 otherwise."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    file = find(standing, code)
    if file is None or file.procedure != licences.IN_FORCE or file.applicant_id not in standing.party_ids:
        raise Http404
    licence = licences.licence_of(file)
    if licence is None:
        raise Http404
    return Held(licence, file), standing


def _at_window(request: HttpRequest, code: str) -> Held:
    """A licence whose item one of the clerk's service points takes in; 404 otherwise."""
    on = timezone.localdate()
    file = Case.objects.filter(code=code.upper(), procedure=licences.IN_FORCE).select_related("parent").first()
    licence = licences.licence_of(file) if file else None
    if file is None or licence is None:
        raise Http404
    for point in points_of(request):
        if items.serves(point, licence.item.code, on):
            return Held(licence, file, point)
    raise Http404


def _held(request: HttpRequest, code: str, window: bool) -> Held:
    return _at_window(request, code) if window else _own(request, code)[0]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """All licences of the parties for whom the person may act."""
    user: Any = request.user
    if user.is_official:
        return redirect("casework:desk")
    on = timezone.localdate()
    standing = Standing(user, on, user.snapshot)
    rows = licences.listed(standing.party_ids, on)
    return render(request, "approvals/licences/mine.html", {"rows": rows, "several": len(standing.party_ids) > 1})


@require_safe
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """One licence: what it allows, how long, what happened to it, what its holder may do now."""
    held, standing = _own(request, code)
    at = timezone.now()
    found, on = held.licence, timezone.localdate(at)
    term = licences.term(found, on)
    file = read(held.file, standing, at)
    valid = licences.in_force(found, on)
    under_way = {kind: licences.pending(found, code) for kind, code in KINDS.items()}
    context = {
        "licence": found, "file": held.file, "term": term, "rows": licences.shown(found), "valid": valid,
        "place": file.state.label, "under_way": [case for case in under_way.values() if case],
        "change_url": held.url("apply", "change") if valid and not under_way["change"] else "",
        "renewal_url": held.url("apply", "renewal") if term.renewal and not under_way["renewal"] else "",
        "late": term.renewal == licences.LATE, "late_words": LATE_WORDS,
        "doors": [
            {"label": door.row.label, "url": reverse("casework:step", args=[held.file.code, door.row.name])}
            for door in file.doors
            if door.open and door.row.name in OFFERED
        ],
        "entries": list(found.entries.all()), "certificate": licences.certificates(found).first(),
    }  # fmt: skip
    return render(request, "approvals/licences/licence.html", context)


def _open(held: Held, kind: str, request: HttpRequest) -> Draft | HttpResponse:
    """The draft of a request; back to the licence where none can be made now, with the reason."""
    if kind not in KINDS:
        raise Http404
    at, procedure = timezone.now(), KINDS[kind]
    on = timezone.localdate(at)
    under_way = licences.pending(held.licence, procedure)
    if under_way:
        messages.warning(request, f"已有正在办理的{about.TITLES[procedure]}申请，案号{under_way.number}。")
        return redirect(held.home)
    if not licences.in_force(held.licence, on) or (kind == "renewal" and not held.licence.valid_to):
        ended = held.licence.valid_to and held.licence.valid_to < on
        messages.warning(request, ENDED if held.point and ended else NOT_NOW)
        return redirect(held.home)
    return about.begin_request(held.licence, procedure, owner(request), at, held.point)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str, kind: str, window: bool = False) -> HttpResponse:
    """What is applied for; saved, and on to materials and declaration."""
    held = _held(request, code, window)
    draft = _open(held, kind, request)
    if isinstance(draft, HttpResponse):
        return draft
    form = _form(held.licence, draft, request)
    if request.method == "POST" and form.is_valid():
        values = {"reasons": form.cleaned_data["reasons"], "values": form.values()}
        if kind == "change" and not about.changes_of(held.licence, values["values"]):
            form.add_error(None, "没有需要变更的内容。请改写要变更的项目；没有改写的保持不变。")
        else:
            actions.save(draft, lambda locked: values, timezone.now())
            return redirect(held.url("presence" if held.point else "check", kind))
    term = licences.term(held.licence, timezone.localdate())
    context = {
        "held": held, "licence": held.licence, "form": form, "kind": kind, "title": about.TITLES[KINDS[kind]],
        "term": term, "late": kind == "renewal" and term.renewal == licences.LATE, "late_words": LATE_WORDS,
        "back": held.home,
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "approvals/licences/apply.html", context, status=status)


def _form(licence: Licence, draft: Draft, request: HttpRequest) -> ChangeForm | RenewalForm:
    kept = {"reasons": draft.content.get("reasons", "")}
    data = request.POST if request.method == "POST" else None
    if draft.procedure == RENEWAL:
        return RenewalForm(data, initial=kept)
    asked = licences.changeable(licence)
    now = {ask.name: value for ask, value in asked}
    return ChangeForm(asked, data, initial=now | draft.content.get("values", {}) | kept)


@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """At the window: who hands the request in, by which paper the clerk knows it, and when it came."""
    held = _at_window(request, code)
    draft = _open(held, kind, request)
    if isinstance(draft, HttpResponse):
        return draft
    at = timezone.now()
    form = presence_form(request, draft, at)
    if request.method == "POST" and form.is_valid():
        seen = checked(form.given(), owner(request), at)
        actions.save(draft, lambda locked: seen, at)
        return redirect(held.url("check", kind))
    context = {"licence": held.licence, "form": form, "back": held.url("apply", kind)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "approvals/licences/presence.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str, kind: str, window: bool = False) -> HttpResponse:
    """Materials, everything once more, the declaration, and the button that counts."""
    held = _held(request, code, window)
    draft = _open(held, kind, request)
    if isinstance(draft, HttpResponse):
        return draft
    at = timezone.now()
    changes = about.changes_of(held.licence, draft.content.get("values", {})) if kind == "change" else []
    if kind == "change" and not changes:
        return redirect(held.url("apply", kind))
    if held.point and not at_counter.settled(draft.content):
        return redirect(held.url("presence", kind))
    received = at_counter.received_at(draft.content, at)
    row = registry.procedure(draft.procedure).step(about.step_for(held.licence, draft.procedure, received))
    form = DeclarationForm([gate.words for gate in row.needs if gate.attested], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = about.file_request(
                draft, owner(request), at, attested=form.attested, address=client_address(request)
            )  # fmt: skip
            messages.success(request, f"已经提交，案号{case.number}。收件凭证见本案“文书”。")
            return redirect("casework:case", case.code)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            if said := [reason.words for reason in refusal.reasons if reason.field == "presence"]:
                messages.warning(request, "".join(said))
                return redirect(held.url("presence", kind))
            form.refuse(refusal.reasons)
    materials = [each for each in held.licence.item.materials.all() if not each.shared_from]
    gathered = drafts.documents(draft)
    context = {
        "held": held, "licence": held.licence, "form": form, "kind": kind, "changes": changes, "row": row,
        "title": about.TITLES[draft.procedure], "reasons": draft.content.get("reasons", ""),
        "materials": [
            {
                "material": each, "url": held.url("file", kind, each.code),
                "files": [
                    {**shown(file, ""), "token": file.token, "remove": held.url("remove", kind, file.token)}
                    for file in gathered if file.slot == each.code
                ],
            }
            for each in materials
        ],
        "answer_by": limits.last_day(limits.ANSWER, timezone.localdate(received)),
        "received": received if received < at else None, "seen": at_counter.rows(draft.content.get("presence", {})),
        "seen_url": held.url("presence", kind) if held.point else "", "back": held.url("apply", kind),
        "late": row.name == licences.LATE, "late_words": LATE_WORDS,
    }  # fmt: skip
    return render(request, "approvals/licences/check.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str, kind: str, material: str, window: bool = False) -> HttpResponse:
    """Files of one material for a request."""
    held = _held(request, code, window)
    draft = _open(held, kind, request)
    if isinstance(draft, HttpResponse):
        return draft
    wanted = next((each for each in held.licence.item.materials.all() if each.code == material), None)
    if wanted is None or wanted.shared_from:
        raise Http404
    form, status = files_form(request, wanted), 200
    if request.method == "POST":
        if keep_all(request, form, draft, wanted):
            return redirect(held.url("check", kind))
        status = 503 if form.has_error("files", uploads.NO_STORE) else 422
    context = {
        "material": wanted, "form": form, "back": held.url("check", kind),
        "files": [shown(one, "") for one in drafts.of_material(draft, wanted.code)],
        "unfinished": uploads.unfinished(request),
    }  # fmt: skip
    return render(request, "approvals/licences/file.html", context, status=status)


@require_POST
def remove(request: HttpRequest, code: str, kind: str, token: str, window: bool = False) -> HttpResponse:
    """Take back a file that was not submitted."""
    held = _held(request, code, window)
    draft = _open(held, kind, request)
    if isinstance(draft, HttpResponse):
        return draft
    found = Document.objects.filter(draft=draft, case=None, token=token).first()
    if found is None:
        raise Http404
    actions.discard_file(found)
    return redirect(held.url("check", kind))
