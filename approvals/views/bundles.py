"""Bundles (一件事): the list, which items somebody needs, where one starts to apply, and the lead organ's board."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import ServicePoint, User
from approvals import actions
from approvals.forms.application import SheetForm
from approvals.models import Bundle
from approvals.queries import board, bundles, drafts, figures, items, limits, questions
from approvals.queries.drafts import SUBMIT
from approvals.views.catalogue import waited
from approvals.views.pages import owner
from approvals.views.window import clerk_points, points_of
from casework.views import trail
from law.links import linked


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The published bundles."""
    found = bundles.in_force(timezone.localdate()).order_by("name", "pk")
    return render(request, "approvals/bundles/list.html", {"bundles": found})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """What a bundle is, and which items these answers need. Pressing the button begins a draft with the answers."""
    on = timezone.localdate()
    found = bundles.bundle(code, on)
    if found is None:
        raise Http404
    asked = bundles.asked(found)
    given = request.POST if request.method == "POST" else request.GET
    answered = any(ask.name in given for ask in asked)
    form = SheetForm(questions.Sheet(0, found.name, asked), given if answered else None)
    ready = answered and form.is_valid()
    if request.method == "POST":
        user: Any = request.user
        if not user.is_authenticated:
            query = {ask.name: given.get(ask.name, "") for ask in asked}
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': f'{request.path}?{urlencode(query)}'})}")
        points = [] if user.kind == User.Kind.PERSON else points_of(request)
        if ready and (answer := _begin(user, found, form, _chosen(points, request.POST.get("point", "")))):
            return answer
    context = _guide(request, found, form) | (_needed(found, form.given()) if ready else {})
    wrong = answered and not (ready and form.is_valid())
    return render(request, "approvals/bundles/bundle.html", context, status=422 if wrong else 200)


def _chosen(points: list[ServicePoint], wanted: str) -> ServicePoint | None:
    """The point at which a clerk takes it in: the one that was chosen, where there are several."""
    return next((point for point in points if str(point.pk) == wanted), points[0] if points else None)


def _begin(user: User, found: Bundle, form: SheetForm, point: ServicePoint | None) -> HttpResponse | None:
    """A draft with the answers; nothing where the point does not take in all of the items, which the form then says."""
    at, answers = timezone.now(), form.given()
    on = timezone.localdate(at)
    chosen = bundles.needed(found, answers)
    whole = bundles.whole(found.code, on, chosen)
    if whole is None or not whole.is_open:
        raise Http404
    if point:
        lacking = [member.item.name for member in whole.members if not items.serves(point, member.code, on)]
        if lacking:
            form.add_error(None, f"{point.name}不受理：{'、'.join(lacking)}。请在受理全部事项的网点办理。")
            return None
    draft = actions.begin(user, whole, at, point=point, content={"asked": answers, "chosen": chosen})
    return redirect("apply-tasks", draft.code)


def _guide(request: HttpRequest, found: Bundle, form: SheetForm) -> dict[str, Any]:
    on, user = timezone.localdate(), request.user
    every = bundles.members([place.code for place in found.members.all()], on)
    resume = drafts.begun(owner(request), found.code, SUBMIT) if user.is_authenticated else None
    whole = bundles.Whole(found, every)
    basis = linked([entry["cite"] for entry in found.basis], on)
    return {
        "points": clerk_points(owner(request), on) if user.is_authenticated else [],
        "bundle": found,
        "form": form,
        "resume": resume,
        "times": limits.of(whole, on),
        "waited": waited(figures.waiting(found.code)),
        "members": [(place, every[place.code]) for place in found.members.all() if place.code in every],
        "basis": [(link, entry) for link, entry in zip(basis, found.basis, strict=True)],
        "signed_in": user.is_authenticated,
    }


def _needed(found: Bundle, answers: dict[str, Any]) -> dict[str, Any]:
    """What these answers come to: the items filed at once, those elsewhere, the materials, once each."""
    on = timezone.localdate()
    chosen = bundles.needed(found, answers)
    whole = bundles.whole(found.code, on, chosen)
    if whole is None:
        return {}
    names = {member.code: member.item.name for member in whole.members}
    materials = whole.materials
    return {
        "whole": whole,
        "rows": [
            (member.item, "、".join(names[code] for code in member.place.first if code in names))
            for member in whole.members
        ],
        "elsewhere": bundles.elsewhere(found, chosen, on),
        "materials": [material for material in materials if material.asked],
        "optional": [material for material in materials if not material.required],
        "shared": [material for material in materials if material.shared_from],
        "saved": sum(len(member.codes) for member in whole.members) - len(materials),
        "answers": answers,
    }


@require_safe
def led(request: HttpRequest) -> HttpResponse:
    """The lead organ's board: each bundle under way with its parts, who is late and who waits for whom."""
    scope, after = trail.office_scope(request), request.GET.get("after", "")
    number = int(after) if after.isdecimal() and len(after) < 19 else None
    found = board.page(scope, timezone.localdate(), number)
    next_url = f"?{urlencode({'after': found.next})}" if found.next else ""
    return render(request, "approvals/bundles/board.html", {"rows": found.rows, "next_url": next_url})
