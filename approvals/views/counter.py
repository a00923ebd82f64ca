"""At the window, for a case under way: a correction, a mistake put right on the spot, a withdrawal (行政许可法 32); and
the wish to collect at another point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import ServicePoint
from accounts.source import client_address
from approvals import actions
from approvals.actions import counter
from approvals.forms.application import PaperForm
from approvals.forms.window import VisitForm
from approvals.models import Material
from approvals.queries import drafts, items, licences, presence
from approvals.queries.applied import application_of
from approvals.queries.bundles import Whole, subject_of
from approvals.queries.drafts import BROUGHT, BY_WINDOW
from approvals.queries.filing import asked_of
from approvals.views.materials import files_form, keep_all
from approvals.views.pages import owner
from approvals.views.window import checked, points_of, presence_form
from casework import registry
from casework.forms import StepForm, TrackForm
from casework.models import Case, Document, Draft, Participant
from casework.procedure import Step
from casework.queries.choices import choices_for
from casework.queries.file import find
from casework.queries.files import shown, sound
from casework.queries.rights import AT_POINT, VISITED, Actor, Standing
from casework.refusal import Conflict, NotAllowed, Refused
from casework.views import uploads
from casework.views.receipts import NOT_FOUND, found_by, private


@dataclass
class Visit:
    """Somebody at a window: the case that it is about, the clerk's draft, and what may be taken in now."""

    case: Case
    draft: Draft
    rows: dict[str, Step]
    standing: Standing

    @property
    def settled(self) -> bool:
        return presence.settled(self.draft.content)

    def actors(self, row: Step) -> list[Actor]:
        return self.standing.actors(self.case, row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """By number and query code of the receipt: a case that was filed on line, or at another point."""
    points = points_of(request)
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        case = found_by(request, form)
        if case is None or case.procedure not in licences.CORRECTED:
            form.add_error(None, NOT_FOUND)
        elif case.ended_at:
            form.add_error(None, "本件已经办结。")
        elif point := _serving(points, case, request.POST.get("point", "")):
            counter.begin_visit(case, owner(request), point, timezone.now())
            return redirect("counter-visit", case.code)
        else:
            form.add_error(None, "您的网点不受理这一事项，请到受理该事项的网点办理。")
    context = {"form": form, "points": points}
    status = 422 if form.is_bound else 200
    return private(render(request, "approvals/counter/receipt.html", context, status=status))


def _serving(points: list[ServicePoint], case: Case, chosen: str) -> ServicePoint | None:
    """A point of the clerk's that takes such items in, the chosen one first; the point of receipt in any case."""
    application = application_of(case)
    subject = subject_of(application) if application else None
    codes = [member.code for member in subject.members] if isinstance(subject, Whole) else [case.matter]
    on = timezone.localdate()
    for point in sorted(points, key=lambda one: str(one.pk) != chosen):
        if point.pk == case.service_point_id or all(items.serves(point, code, on) for code in codes):
            return point
    return None


def _visit(request: HttpRequest, code: str) -> Visit:
    """The visit to one of the clerk's points about a case in which it has a part; 404 otherwise."""
    points = points_of(request)
    user = owner(request)
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = find(standing, code)
    if case is None or case.procedure not in licences.CORRECTED:
        raise Http404
    parts = Participant.objects.filter(case=case, role__in=(AT_POINT, VISITED), until=None)
    theirs = {case.service_point_id, *parts.values_list("point", flat=True)}
    point = next((one for one in points if one.pk in theirs), None)
    if point is None:
        raise Http404
    table = registry.procedure(case.procedure, case.version)
    rows = {name: table.step(name) for name in BY_WINDOW if case.state in table.step(name).when}
    return Visit(case, counter.begin_visit(case, user, point, timezone.now()), rows, standing)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """Who stands there, by which paper the clerk knows it, and what they want."""
    found = _visit(request, code)
    if not found.rows:
        messages.warning(request, "本件在目前的环节不需要补正，也不能更正、撤回、改送。")
        return redirect("casework:case", found.case.code)
    at = timezone.now()
    form = presence_form(request, found.draft, at, form=VisitForm)
    form.fields["what"].choices = [(name, row.label) for name, row in found.rows.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.given()
        what = given.pop("what")
        actions.save(found.draft, lambda locked: checked(given, owner(request), at), at)
        return redirect("counter-step", found.case.code, what)
    context = {"case": found.case, "form": form}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "approvals/counter/visit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """What was brought, and the button that counts."""
    found = _visit(request, code)
    row = found.rows.get(step)
    if row is None or not found.settled:
        return redirect("counter-visit", found.case.code)
    case, at = found.case, timezone.now()
    asked, told = asked_of(case) if step == BROUGHT else ([], {})
    sent = request.POST if request.method == "POST" else None
    options = choices_for(case, row, timezone.localdate(at))
    form = StepForm(row, found.actors(row), options, sent, initial={"seen": case.act_count})
    counted = {entry["code"]: entry["copies"] for entry in found.draft.content.get("paper", [])}
    paper = PaperForm(asked, sent, initial=counted) if asked else None
    right = paper is None or not paper.is_bound or paper.is_valid()
    if sent is not None and paper and right:
        actions.save(found.draft, lambda locked: {"paper": paper.given()}, at)
    if sent is not None and form.is_valid() and right:
        answer = _taken(request, found, row, form)
        if answer:
            return answer
    gathered = drafts.documents(found.draft)
    context = {
        "case": case, "row": row, "form": form, "paper": paper, "told": told,
        "basis": "；".join(map(str, row.under)), "seen": presence.rows(found.draft.content["presence"]),
        "rows": [(material, _lines(case, gathered, material)) for material in asked], "waits": not sound(gathered),
    }  # fmt: skip
    status = 422 if sent is not None else 200
    return render(request, "approvals/counter/step.html", context, status=status)


def _taken(request: HttpRequest, found: Visit, row: Step, form: StepForm) -> HttpResponse | None:
    """Take it in; what is refused is said on the page, which keeps what was written."""
    case = found.case
    try:
        counter.take_in(
            case, row.name, owner(request), timezone.now(), facts=form.given, attested=form.attested,
            seen=form.cleaned_data["seen"], address=client_address(request),
        )  # fmt: skip
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except Refused as refusal:
        form.refuse(refusal.reasons)
        return None
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        again = request.POST.copy()
        again["seen"] = str(Case.objects.get(pk=case.pk).act_count)
        form.data = again
        return None
    receipt = "凭证见本案“文书”。" if row.gives else ""
    messages.success(request, f"“{row.label}”已经办理，案号{case.number}。{receipt}")
    return redirect("casework:case", case.code)


def _lines(case: Case, files: list[Document], material: Material) -> list[dict[str, Any]]:
    return [
        shown(file, "", remove_url=reverse("counter-remove", args=[case.code, file.token]))
        for file in files
        if file.slot == material.code
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, code: str, material: str) -> HttpResponse:
    """Scans of one material that was brought."""
    found = _visit(request, code)
    if BROUGHT not in found.rows:
        return redirect("casework:case", found.case.code)
    wanted = next((each for each in asked_of(found.case)[0] if each.code == material), None)
    if wanted is None:
        raise Http404
    back = reverse("counter-step", args=[found.case.code, BROUGHT])
    form, status = files_form(request, wanted), 200
    if request.method == "POST":
        if keep_all(request, form, found.draft, wanted):
            return redirect(back)
        status = 503 if form.has_error("files", uploads.NO_STORE) else 422
    files = [shown(one, "") for one in drafts.of_material(found.draft, wanted.code)]
    context = {
        "case": found.case, "material": wanted, "form": form, "files": files, "back": back,
        "unfinished": uploads.unfinished(request),
    }  # fmt: skip
    return render(request, "approvals/correct_file.html", context, status=status)


@require_POST
def remove(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """Take back a scan that was not taken in."""
    found = _visit(request, code)
    scan = Document.objects.filter(draft=found.draft, case=None, token=token).first()
    if scan is None:
        raise Http404
    actions.discard_file(scan)
    return redirect("counter-step", found.case.code, BROUGHT)
