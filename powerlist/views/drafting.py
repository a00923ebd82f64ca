"""Changing the list: what waits on the desk, drafting an item, checking and proposing it, completing a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

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
from casework.forms import StepForm
from casework.models import Case, Draft
from casework.procedure import Step
from casework.queries.file import find
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import Conflict, Refused
from powerlist.actions import drafts
from powerlist.forms.drafting import ItemForm, NewForm, stage_forms
from powerlist.queries import basis_changes, changes, importing, listing
from powerlist.queries.holding import on_day
from powerlist.queries.known import KINDS, PROCEDURE, of_draft, organs
from powerlist.queries.organs import names_in
from powerlist.queries.versions import dates
from powerlist.rules import change as rules
from powerlist.rules import item as items
from powerlist.views import seats
from powerlist.views.places import key_of
from powerlist.views.report import READS

CHOICE = 20  # powers that a search for the one to change shows
PROPOSERS = {"head_of_organ": False, "district_legal_office": True}  # role: whether it proposes ex officio


def _official(request: HttpRequest) -> Any:
    user: Any = request.user
    if user.kind != User.Kind.STAFF:
        raise PermissionDenied("权责清单调整由行政机关工作人员办理。")
    return user


def may_propose(standing: Standing) -> bool:
    """Whether the person may propose changes of the list."""
    return any(seat.role in PROPOSERS for seat in standing.seats)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The organ's changes, those that wait for the person first, drafts, and checks of statutes that changed."""
    user = _official(request)
    standing = Standing(user, timezone.localdate(), user.snapshot)
    ended = "ended" in request.GET
    lines, before = changes.on_desk(standing, ended, key_of(request.GET.get("before", "")))
    checks, checks_before = basis_changes.on_desk(standing, ended, key_of(request.GET.get("checks", "")))
    kept = {"ended": "1"} if ended else {}
    context = {
        "lines": lines,
        "next_url": f"?{urlencode({**kept, 'before': before})}" if before else "",
        "checks": checks,
        "checks_url": f"?{urlencode({**kept, 'checks': checks_before})}" if checks_before else "",
        "drafts": [] if ended else list(changes.drafts_of(user)),
        "files": [] if ended else importing.files_of(user),
        "may_import": any(seat.role == "head_of_organ" for seat in standing.seats),
        "may_propose": may_propose(standing),
        "may_audit": standing.has_role(*READS),
        "ended": ended,
    }
    return render(request, "powerlist/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose what is to happen to which power; a draft begins with what stands now."""
    seat = seats.choose(request, PROPOSERS, "权责清单调整由实施机关负责人或者政府法制机构提出。")
    if isinstance(seat, HttpResponse):
        return seat
    organ, ex_officio, on = seat.organ, PROPOSERS[seat.role], timezone.localdate()
    listed = on_day(on) if ex_officio else on_day(on).filter(organ=organ)
    found, words = None, request.GET.get("q", "").strip()[:60]
    if words:
        found = listing.page(listing.Wanted(words, "" if ex_officio else organ.code), on, CHOICE)
    form = NewForm(listed, request.POST or None, initial={"kind": "change", "code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            draft = drafts.begin(
                request.user,  # type: ignore[arg-type]
                organ, asked["kind"], asked["code"], timezone.now(), ex_officio=ex_officio,
            )  # fmt: skip
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(reason.field or None, reason.words)
        else:
            name = "check" if asked["kind"] == "cancellation" else "draft"
            return redirect(f"powerlist:{name}", draft.code)
    context = {
        "form": form, "organ": organ, "words": words, "found": found, "ex_officio": ex_officio, "most": CHOICE,
        "seat": seat.seat,
    }  # fmt: skip
    return render(request, "powerlist/new.html", context, status=422 if form.errors else 200)


def _draft(request: HttpRequest, code: str) -> Draft:
    found = Draft.objects.filter(owner=request.user.pk, procedure=PROCEDURE, code=code.upper()).first()
    if found is None or found.case_id:
        raise Http404
    return found


def _editor(request: HttpRequest, draft: Draft, *, new_power: bool) -> tuple[ItemForm, list[Any], bool]:
    """The forms of an item, filled from the draft or from what was sent, and whether all of it can be kept."""
    content = draft.content["item"]
    listed = organs(Case(), timezone.localdate())
    code = str(draft.content["code"]) if new_power else None
    data = request.POST if request.method == "POST" else None
    form = ItemForm(content, listed, data, code=code)
    stages = stage_forms(content.get("stages") or [], data)
    valid = [each.is_valid() for each in (form, *stages)]  # every one of them, so that all errors show
    fine = data is not None and all(valid)
    return form, stages, fine


def _keep(draft: Draft, form: ItemForm, stages: Sequence[Any]) -> Draft:
    change: dict[str, Any] = {"item": form.item | {"stages": [stage.cleaned_data for stage in stages]}}
    if "code" in form.fields:
        change["code"] = form.cleaned_data["code"].strip().upper()
    return drafts.save(draft, change, timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The item, element by element; saved as it is, complete or not."""
    found = _draft(request, code)
    if found.content["kind"] == "cancellation":
        return redirect("powerlist:check", found.code)
    new_power = found.content["kind"] in ("addition", "take_over")
    form, stages, fine = _editor(request, found, new_power=new_power)
    if fine:
        _keep(found, form, stages)
        if "more" in request.POST:
            return redirect(f"{reverse('powerlist:draft', args=[found.code])}#stages")
        if "later" in request.POST:
            messages.success(request, "草稿已保存，尚未提出。")
            return redirect("powerlist:desk")
        return redirect("powerlist:check", found.code)
    context = {"draft": found, "form": form, "stages": stages, "kind": KINDS[found.content["kind"]]}
    return render(request, "powerlist/draft.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What would change, side by side, what is missing, and proposing it."""
    found = _draft(request, code)
    on = timezone.localdate()
    row = registry.procedure(PROCEDURE, on).step(found.step)
    organ = Organisation.objects.get(code=found.content["organ"])
    actors = actors_opening(Standing(request.user, on), row, organ, None)
    if not actors:
        raise PermissionDenied("您没有提出权责清单调整的权限。")
    form = StepForm(row, actors[:1], {}, request.POST or None, initial={"seen": 0})
    if request.method == "POST" and form.is_valid():
        try:
            case = drafts.propose(
                found, request.user, timezone.now(), facts=form.given, attested=form.attested,  # type: ignore[arg-type]
                address=client_address(request),
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal.reasons)
        else:
            messages.success(request, "已经提出，等待政府法制机构核对。")
            return redirect("casework:case", case.code)
    text = of_draft(found.content, on)
    cancelled = text.kind == "cancellation"
    context = {
        "draft": found,
        "form": form,
        "row": row,
        "kind": KINDS[text.kind],
        "name": text.content.get("name") or text.now.get("name", ""),
        "rows": items.differences(
            text.now or items.blank(), text.content or items.blank(), names_in([text.now, text.content])
        ),
        "new": not text.now,
        "gaps": [] if cancelled else [*filter(None, [items.code_fault(text.code)]), *items.gaps(text.content)],
        "cited": text.cited,
        "figures": listing.used(dates(text.code)) if text.version else None,
        "pending": rules.PENDING if text.removes else "",
    }
    return render(request, "powerlist/check.html", context, status=422 if form.errors else 200)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    drafts.discard(_draft(request, code))
    messages.success(request, "草稿已删除。")
    return redirect("powerlist:desk")


def _case(request: HttpRequest, code: str) -> tuple[Case, Standing]:
    user: Any = request.user
    standing = Standing(user, timezone.localdate(), user.snapshot)
    case = find(standing, code)
    if case is None or case.procedure != PROCEDURE:
        raise Http404
    return case, standing


@require_safe
def text(request: HttpRequest, code: str) -> HttpResponse:
    """The latest text of a case beside what stands on the list, with its basis in the words of the law."""
    case, _ = _case(request, code)
    found = changes.compared(case, timezone.localdate())
    if found is None:
        raise Http404
    pending = rules.PENDING if found.text.removes else ""
    context = {"case": case, "found": found, "cited": found.cited, "pending": pending}
    return render(request, "powerlist/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Complete the text of a case that was returned; the next text of the case is what was saved here."""
    case, standing = _case(request, code)
    row = registry.procedure(PROCEDURE, case.version).step(drafts.COMPLETE)
    if case.state not in row.when:
        raise Http404
    actors = standing.actors(case, row)
    if not actors:
        raise PermissionDenied("您没有在本案中办理这一环节的权限。")
    found = drafts.begin_completion(case, request.user, timezone.now())  # type: ignore[arg-type]
    plain = found.content["kind"] == "cancellation"
    form, stages, fine = _editor(request, found, new_power=False)
    said = StepForm(row, actors[:1], {}, request.POST or None, initial={"seen": case.act_count})
    if request.method == "POST" and said.is_valid() and (plain or fine):
        if not plain:
            _keep(found, form, stages)
        if "more" in request.POST:
            return redirect(f"{reverse('powerlist:complete', args=[case.code])}#stages")
        if _completed(request, case, row, found, said, actors[0]):
            messages.success(request, "补充材料已经提交。")
            return redirect("casework:case", case.code)
    context = {"case": case, "form": form, "stages": stages, "said": said, "plain": plain, "missing": _missing(case)}
    return render(request, "powerlist/complete.html", context, status=422 if request.method == "POST" else 200)


def _completed(request: HttpRequest, case: Case, row: Step, draft: Draft, said: StepForm, actor: Actor) -> bool:
    try:
        drafts.complete(
            case, draft, actor, timezone.now(), answer=str(said.given.get("answer", "")),
            seen=said.cleaned_data["seen"], address=client_address(request),
        )  # fmt: skip
    except Conflict as conflict:
        said.add_error(None, str(conflict))
    except Refused as refusal:
        said.refuse(refusal.reasons)
    else:
        return True
    return False


def _missing(case: Case) -> str:
    """What the office asked to be completed, in its words."""
    asked = case.acts.filter(to_state="awaiting_completion").order_by("-seq").first()
    return str(asked.facts.get("missing") or asked.facts.get("reasons") or "") if asked else ""
