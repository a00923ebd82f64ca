"""Making a document: the desk, proposing, writing the text, its versions side by side, the review, the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Organisation, User
from accounts.source import client_address
from casework import registry
from casework.forms import RefusableForm, StepForm
from casework.models import Case, Draft
from casework.queries.file import find
from casework.queries.rights import Standing, actors_opening
from casework.refusal import Refused
from casework.views.trail import office_scope
from law.reading import Unreadable
from regulations.actions import writing
from regulations.forms.making import FileForm, ManuscriptForm
from regulations.models import Manuscript, TextVersion
from regulations.queries import amending, replacing
from regulations.queries import desk as lists
from regulations.queries.making import PROCEDURE, current
from regulations.rules import reading, text

DRAFT_STEPS = (writing.PROPOSE, writing.SUGGEST)


def standing_of(request: HttpRequest) -> Standing:
    user: Any = request.user
    return Standing(user, timezone.localdate(), user.snapshot)


def making_case(request: HttpRequest, code: str) -> tuple[Case, Standing]:
    """The case of a making under its code; 404 unless the official may open it."""
    return official_case(request, code, PROCEDURE)


def official_case(request: HttpRequest, code: str, *procedures: str) -> tuple[Case, Standing]:
    """A case of these procedures; 404 for whoever is no official of an organ or may not open it."""
    standing = standing_of(request)
    staff = getattr(request.user, "kind", "") == User.Kind.STAFF
    case = find(standing, code) if staff else None
    if case is None or case.procedure not in procedures:
        raise Http404
    return case, standing


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number in the address; None for anything else."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else None


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The makings that the official may open, and what was begun."""
    office_scope(request)
    standing, ended = standing_of(request), "ended" in request.GET
    lines, following = lists.on_desk(standing, PROCEDURE, ended, number_of(request, "after"))
    query = "&ended=1" if ended else ""
    context = {
        "lines": lines,
        "next_url": f"?after={following}{query}" if following else "",
        "drafts": [] if ended else list(lists.drafts_of(request.user)),
        "may_propose": standing.has_role("head_of_organ"),
        "may_plan": standing.has_role("district_legal_office"),
        "to_amend": [] if ended else _to_amend(standing),
        "today": timezone.localdate(),
        "ended": ended,
    }
    return render(request, "regulations/desk.html", context)


def _to_amend(standing: Standing) -> list[amending.Owed]:
    """What a clean-up wants amended: all of it for the legal office, of the others what their organs made."""
    everything = standing.has_role("district_legal_office", "auditor", "supervisor")
    return amending.owed(standing.on, None if everything else standing.organ_ids)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a proposal for the organ that the person heads."""
    user: Any = request.user
    standing = standing_of(request)
    seat = next((seat for seat in standing.seats if seat.role == "head_of_organ"), None)
    if seat is None:
        raise PermissionDenied("立项由起草单位负责人申请。")
    organ = Organisation.objects.get(pk=seat.organisation.organ_id)
    draft = writing.begin(user, writing.PROPOSE, organ, timezone.now())
    return redirect("regulations:proposal", draft.code)


def own_draft(request: HttpRequest, code: str) -> Draft:
    found = (
        Draft.objects.select_related("party", "case")
        .filter(owner=request.user.pk, procedure=PROCEDURE, step__in=DRAFT_STEPS, code=code.upper())
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """What is proposed, and handing it in. Pressed twice, it is one case."""
    draft = own_draft(request, code)
    if draft.case:
        return redirect("casework:case", draft.case.code)
    user: Any = request.user
    row = registry.procedure(PROCEDURE, timezone.localdate()).step(draft.step)
    organ = Organisation.objects.get(code=draft.matter)
    actors = actors_opening(Standing(user, timezone.localdate()), row, organ, draft.party)
    if not actors:
        raise PermissionDenied("您没有提出立项的权限。")
    form = StepForm(row, actors[:1], {}, request.POST or None, initial={"seen": 0})
    if request.method == "POST" and form.is_valid():
        try:
            case = writing.propose(
                draft, user, timezone.now(), facts=form.given, attested=form.attested, address=client_address(request)
            )
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, "已经提出，等待论证。")
            return redirect("casework:case", case.code)
    context = {"draft": draft, "row": row, "organ": organ, "form": form, "citizen": draft.step == writing.SUGGEST}
    return render(request, "regulations/proposal.html", context, status=422 if form.errors else 200)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Forget what was begun and not handed in."""
    draft = own_draft(request, code)
    Draft.objects.filter(pk=draft.pk, case=None).delete()
    messages.success(request, "草稿已删除。")
    official = getattr(request.user, "kind", "") == User.Kind.STAFF
    return redirect("regulations:desk" if official else "regulations:suggest")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """The manuscript: written here or taken from a file, kept whether or not it is complete."""
    case, standing = making_case(request, code)
    row = registry.procedure(PROCEDURE, case.version).step(writing.WRITE)
    may_write = case.state in row.when and bool(standing.actors(case, row))
    found = Manuscript.objects.select_related("saved_by").filter(case=case).first()
    revision = found.revision if found else 0
    amended = replacing.amended(case, timezone.localdate())
    initial = {**(found.content if found else {"title": _proposed_name(case)}), "revision": revision}
    if amended and not initial.get("consolidated"):
        initial["consolidated"] = replacing.current_words(amended)  # what is to be changed
    named = str(amended) if amended else ""
    form, upload = ManuscriptForm(initial=initial, amends=named), FileForm(initial={"revision": revision})
    status = 200
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied("草案由起草人员在起草环节编写。")
        if "upload" in request.POST:
            upload = FileForm(request.POST, request.FILES)
            if _taken(request, case, upload, found):
                return redirect("regulations:write", case.code)
        else:
            form = ManuscriptForm(request.POST, amends=named)
            if _saved(request, case, form):
                onward = reverse("casework:step", args=[case.code, writing.WRITE])
                return redirect(onward if "form" in request.POST else reverse("regulations:write", args=[case.code]))
        status = 422
    context = {
        "case": case, "form": form, "upload": upload, "found": found, "may_write": may_write,
        "gaps": text.gaps(found.content, amends=bool(amended)) if found else [], "version": current(case),
    }  # fmt: skip
    return render(request, "regulations/write.html", context, status=status)


def _proposed_name(case: Case) -> str:
    opened = case.acts.filter(seq=1).first()
    return str(opened.facts.get("name", "")) if opened else ""


def _saved(request: HttpRequest, case: Case, form: ManuscriptForm) -> bool:
    if not form.is_valid():
        return False
    given = form.cleaned_data
    content = {name: given[name] for name in text.asked_for(amends=True) if name in given}
    return _kept(request, case, form, content, given["revision"])


def _taken(request: HttpRequest, case: Case, form: FileForm, found: Manuscript | None) -> bool:
    if not form.is_valid():
        return False
    file = form.cleaned_data["file"]
    try:
        handed = reading.read(file, file.name)
    except Unreadable as error:
        form.add_error("file", str(error))
        return False
    content = {**(found.content if found else {}), "title": handed.title, "body": handed.body}
    for words in handed.warnings:
        messages.warning(request, words)
    return _kept(request, case, form, content, form.cleaned_data["revision"], source=handed.source, file_name=file.name)


def _kept(
    request: HttpRequest, case: Case, form: RefusableForm, content: dict[str, str], revision: int, **more: str
) -> bool:
    user: Any = request.user
    try:
        writing.save(case, user, timezone.now(), content, revision=revision, **more)
    except Refused as refusal:
        form.refuse(refusal.reasons)
        return False
    messages.success(request, "草案已保存，尚未形成一稿。")
    return True


@require_safe
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """The versions of a text; two of them side by side."""
    case, _ = making_case(request, code)
    versions = list(TextVersion.objects.filter(case=case).select_related("act").order_by("-number"))
    if not versions:
        return render(request, "regulations/texts.html", {"case": case, "versions": []})
    by_number = {one.number: one for one in versions}
    new = by_number.get(number_of(request, "to") or 0, versions[0])
    old = by_number.get(number_of(request, "from") or new.number - 1)
    context = {
        "case": case, "versions": versions, "new": new, "old": old,
        "rows": text.differences(old.body, new.body) if old else [],
        "pieces": text.pieces(new.body), "changes": replacing.changes(new), "amended": text.pieces(new.consolidated),
        "amended_rows": text.differences(old.consolidated, new.consolidated) if old else [],
    }  # fmt: skip
    return render(request, "regulations/texts.html", context)
