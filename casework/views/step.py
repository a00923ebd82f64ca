"""One step of one case: what it asks, what it would do, and taking it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.source import client_address
from casework import registry
from casework.actions import Offer, take
from casework.actions.desk import done_already
from casework.actions.foresight import prospect
from casework.forms import StepForm
from casework.models import Case
from casework.procedure import Step
from casework.queries import queue
from casework.queries.choices import choices_for
from casework.queries.file import CaseFile, Door, find, read
from casework.refusal import Conflict, NotAllowed, Refused
from casework.views import trail
from law.queries import work_calendar


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Show the form of a step, or take it.

    409 when others acted meanwhile or the step is not open in this state, 403 without the right, 422 when refused.
    """
    case, standing = trail.visible_case(request, code)
    file = read(case, standing, timezone.now())
    row = file.rows.get(step)
    if row is None or row.by_the_law or row.opening:
        raise Http404
    if request.method == "POST" and _sent_twice(request, case, row):
        return _onward(request, case, row)
    door = file.door(step)
    if door is None:
        return _no_door(request, file, row)
    options = choices_for(case, row, timezone.localdate(file.at))
    if request.method != "POST":
        form = StepForm(row, door.actors, options, initial={"seen": case.act_count})
        return _page(request, file, door, form)
    form = StepForm(row, door.actors, options, request.POST)
    if not form.is_valid():
        return _page(request, file, door, form, status=422)
    offer = Offer(
        facts=form.given, attested=form.attested, seen=form.cleaned_data["seen"], address=client_address(request)
    )
    try:
        take(case, step, form.actor, file.at, offer)
    except Conflict as conflict:
        return _conflict(request, file, door, form, conflict)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from None
    except Refused as refusal:
        form.refuse(refusal.reasons)
        return _page(request, file, door, form, status=422)
    return _onward(request, case, row)


def _sent_twice(request: HttpRequest, case: Case, row: Step) -> bool:
    """Whether this very form was already acted on: the button was pressed twice, or the answer got lost on its way."""
    seen = request.POST.get("seen", "")
    user: Any = request.user
    if not seen.isdecimal() or len(seen) > 9 or int(seen) >= case.act_count:
        return False
    return done_already(case, row.name, user, int(seen)) is not None


def _page(
    request: HttpRequest, file: CaseFile, door: Door, form: StepForm, status: int = 200, **more: Any
) -> HttpResponse:
    facts = getattr(form, "cleaned_data", {}) if form.is_bound else {}
    context = {
        "file": file,
        "case": file.case,
        "row": door.row,
        "door": door,
        "form": form,
        "prospect": prospect(file, door.row, facts),
        "basis": "；".join(map(str, door.row.under)),
        "aid": _aid(file, door.row),
        "trail": trail.of(request),
        "back": trail.case_url(file.case.code, trail.of(request)),
        **more,
    }
    return render(request, "casework/step.html", context, status=status)


def _aid(file: CaseFile, row: Step) -> dict[str, str] | None:
    """A page of the chapter that may have to come before the step."""
    found = registry.chapter_of(file.case.procedure).aids.get((file.case.procedure, row.name))
    return {"label": found[0], "url": reverse(found[1], args=[file.case.code])} if found else None


def _conflict(request: HttpRequest, file: CaseFile, door: Door, form: StepForm, conflict: Conflict) -> HttpResponse:
    """409: what the others did meanwhile, and the form as it was typed, ready to be sent on the new picture."""
    case = find(file.standing, file.case.code)
    if case is None:
        raise Http404
    file = read(case, file.standing, file.at)
    now = file.door(door.row.name)
    data = request.POST.copy()
    data["seen"] = str(file.case.act_count)
    again = StepForm(door.row, door.actors, choices_for(file.case, door.row, timezone.localdate(file.at)), data)
    again.is_valid()
    meanwhile = [act for act in file.shown_acts if act.seq > conflict.seen]
    return _page(
        request,
        file,
        now or Door(door.row, door.actors),
        again,
        409,
        meanwhile=meanwhile,
        closed=now is None,
        said=_said(again),
    )


def _said(form: StepForm) -> list[dict[str, str]]:
    """What was typed, as text, for a step that can no longer be taken."""
    named = [(ask.label, form.given.get(ask.name)) for ask in form.row.asks]
    texts = [(label, "；".join(said.values()) if isinstance(said, dict) else said) for label, said in named]
    return [{"key": label, "value": str(text)} for label, text in texts if text is not None]


def _no_door(request: HttpRequest, file: CaseFile, row: Step) -> HttpResponse:
    """The step is not open here for this person: 403 without the right, 409 in the wrong state."""
    if not file.standing.actors(file.case, row, file.parts):
        raise PermissionDenied("您没有在本案中办理这一环节的权限。")
    context: dict[str, Any] = {
        "reason": f"本案现处于“{file.state.label}”环节，不能办理“{row.label}”。",
        "lines": [str(cite) for cite in row.under],
        "back_url": trail.case_url(file.case.code, trail.of(request)),
    }
    return render(request, "errors/409.html", context, status=409)


def _onward(request: HttpRequest, case: Case, row: Step) -> HttpResponse:
    """After acting: officers who came from the queue to its next case unless they want to stay, others back to this."""
    case.refresh_from_db(fields=["state", "due_on", "ended_at"])
    home = trail.case_url(case.code, trail.of(request))
    user: Any = request.user
    if user.kind != User.Kind.STAFF or "tab" not in request.GET or "stay" in request.POST:
        messages.success(request, f"“{row.label}”已经办理。")
        return redirect(home)
    done = format_html(
        '“{}”已经办理：<a class="govuk-notification-banner__link" href="{}">{}</a>。', row.label, home, case.number
    )
    asked, at = trail.wanted(request.GET), trail.place(request.GET, "at")
    scope = trail.office_scope(request)
    found = queue.page(scope, asked, timezone.localdate(), work_calendar(), after=at, size=2).rows if at else []
    following = next((line for line in found if line.id != case.pk), None)
    if following is None:
        messages.success(request, format_html("{}本队列后面没有案件了。", done))
        return redirect(f"{reverse('casework:desk')}?{trail.query(asked)}")
    messages.success(request, format_html("{}已为您打开下一件。", done))
    return redirect(trail.case_url(following.code, "?" + trail.query(asked, at=following.place)))
