"""One's own affairs: what was begun, what is under way, what waits for an answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.source import client_address
from approvals import actions
from approvals.models import Material
from approvals.queries import drafts, licences, reuse
from approvals.queries.drafts import CORRECTION
from approvals.queries.filing import asked_of
from approvals.views.materials import files_form, keep_all
from approvals.views.pages import owner
from casework import registry
from casework.models import Case, Document
from casework.queries import inbox
from casework.queries import mine as own
from casework.queries.file import find
from casework.queries.files import shown, sound
from casework.queries.rights import Standing
from casework.refusal import Conflict, NotAllowed, Refused
from casework.views import uploads

FIRST_CASES = 5


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Drafts, the newest cases, unread notices, on one page."""
    user: Any = request.user
    if user.is_official:
        return redirect("casework:desk")
    standing = Standing(user, timezone.localdate(), user.snapshot)
    cases, more = own.cases(standing)
    context = {
        "drafts": list(drafts.mine(user)[:20]),
        "cases": cases[:FIRST_CASES],
        "more": len(cases) > FIRST_CASES or bool(more),
        "several": len(standing.party_ids) > 1,
        "unread": inbox.unread(user),
        "counts": own.counts(standing),
        "licences": licences.of_parties(standing.party_ids).count(),
    }
    return render(request, "approvals/my.html", context)


def _awaiting(request: HttpRequest, code: str) -> Case:
    """A case that waits for the user's correction; 404 otherwise."""
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = find(standing, code)
    if case is None or case.procedure not in licences.CORRECTED:
        raise Http404
    row = registry.procedure(case.procedure, case.version).step(CORRECTION)
    if not standing.actors(case, row):
        raise Http404
    return case


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Correcting an application: what the notice asks for, uploading each, handing it in (行政许可法 32(1)(5))."""
    case = _awaiting(request, code)
    if case.state != "awaiting_correction":
        return redirect("casework:case", case.code)
    user, at = owner(request), timezone.now()
    draft = actions.begin_correction(case, user, at)
    asked, told = asked_of(case)
    errors: list[str] = []
    if request.method == "POST" and request.POST.get("go") == "submit":
        try:
            seen = request.POST.get("seen", "")
            actions.correct(
                case, draft, user, at, seen=int(seen) if seen.isdecimal() else None, address=client_address(request)
            )
            return redirect("casework:case", case.code)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            errors = [str(reason) for reason in refusal.reasons]
        except Conflict as conflict:
            errors = [str(conflict)]
    files = drafts.documents(draft)
    context = {
        "case": case,
        "told": told,
        "rows": [(material, _lines(case, files, material)) for material in asked],
        "ready": bool(sound(files)),
        "errors": [("correct", error) for error in errors],
    }
    return render(request, "approvals/correct.html", context, status=422 if errors else 200)


def _lines(case: Case, files: list[Document], material: Material) -> list[dict[str, Any]]:
    """The files gathered for one material, with where they stand in the inspection."""
    return [
        shown(file, "", remove_url=reverse("my-correct-remove", args=[case.code, file.token]))
        for file in files
        if file.slot == material.code
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def correct_file(request: HttpRequest, code: str, material: str) -> HttpResponse:
    """Files of one material for a correction."""
    case = _awaiting(request, code)
    if case.state != "awaiting_correction":
        return redirect("casework:case", case.code)
    wanted = next((each for each in asked_of(case)[0] if each.code == material), None)
    if wanted is None:
        raise Http404
    draft = actions.begin_correction(case, owner(request), timezone.now())
    form, status = files_form(request, wanted), 200
    if request.method == "POST":
        if keep_all(request, form, draft, wanted):
            return redirect("my-correct", case.code)
        status = 503 if form.has_error("files", uploads.NO_STORE) else 422
    files = [shown(file, "") for file in drafts.of_material(draft, wanted.code)]
    context = {
        "case": case, "material": wanted, "form": form, "files": files, "unfinished": uploads.unfinished(request),
        "back": reverse("my-correct", args=[case.code]),
    }  # fmt: skip
    return render(request, "approvals/correct_file.html", context, status=status)


@require_http_methods(["POST"])
def correct_remove(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Take back a file that was uploaded for a correction and not handed in."""
    case = _awaiting(request, code)
    gathered = Document.objects.filter(
        draft__owner=owner(request), draft__step=CORRECTION, draft__matter=f"case:{case.code}", case=None, token=token
    )
    found = gathered.first()
    if found is None:
        raise Http404
    actions.discard_file(found)
    return redirect("my-correct", case.code)


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """What was used again and looked at of one's own data, when and for what (个人信息保护法 第四十五条)."""
    person = owner(request)
    standing = Standing(person, timezone.localdate(), person.snapshot)
    if person.is_official:
        return redirect("casework:desk")
    return render(request, "approvals/uses.html", {"uses": reuse.uses(sorted(standing.party_ids), person.pk)})
