"""The legality review: each prohibition and each marked clause answered; and the answers to the public's opinions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casework import registry
from casework.refusal import Refused
from regulations.actions import consulting, reviewing
from regulations.forms.answering import AnswerSheet
from regulations.forms.making import AnswerForm
from regulations.models import Comment
from regulations.queries import consultations
from regulations.queries.making import CHECK, PROCEDURE, SUSPICION, answers, current, drafters, reviewers
from regulations.queries.suspicions import suspicions
from regulations.rules.highlight import highlighted
from regulations.rules.text import pieces
from regulations.views.making import making_case, number_of


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """The check-list and the marked clauses of the version under review."""
    case, standing = making_case(request, code)
    version = current(case)
    if version is None:
        raise Http404
    user: Any = request.user
    row = registry.procedure(PROCEDURE, case.version).step(reviewing.PASS)
    may_answer = case.state in row.when and bool(reviewers(case, standing, row)) and user.pk not in drafters(case)
    marked = suspicions(version, timezone.localdate())
    findings = [one.finding for one in marked]
    data = request.POST if request.method == "POST" else None
    sheet = AnswerSheet({kind: answers(version, kind) for kind in (CHECK, SUSPICION)}, marked, data)
    if data is not None:
        if not may_answer:
            raise PermissionDenied("审核意见由未参与起草的审核人员在合法性审核环节填写。")
        if sheet.is_valid():
            try:
                reviewing.answer(case, user, timezone.now(), version.number, sheet.given)
            except Refused as refusal:
                messages.error(request, f"{refusal}")
            else:
                messages.success(request, "审核清单已保存。")
                return redirect("casework:case", case.code)
    context = {
        "case": case, "version": version, "shown": highlighted(pieces(version.body), findings),
        "amended": highlighted(pieces(version.consolidated), findings),
        "sheet": sheet, "may_answer": may_answer,
    }  # fmt: skip
    return render(request, "regulations/review.html", context, status=422 if data is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_all(request: HttpRequest, code: str) -> HttpResponse:
    """The public's opinions on a draft, each with its answer; one is answered at a time."""
    case, standing = making_case(request, code)
    user: Any = request.user
    row = registry.procedure(PROCEDURE, case.version).step(consulting.FEEDBACK)
    may_answer = case.state in row.when and bool(standing.actors(case, row))
    after = number_of(request, "after") or 0
    listed, following, counts = consultations.of_case(case, after)
    bound: AnswerForm | None = None
    wanted = request.POST.get("comment", "")
    if request.method == "POST":
        given = next((one for one in listed if str(one.pk) == wanted), None)
        if given is None:
            raise Http404
        bound = AnswerForm(request.POST, prefix=f"c{given.pk}")
        if bound.is_valid():
            try:
                consulting.answer(given, user, timezone.now(), **bound.cleaned_data)
            except Refused as refusal:
                for reason in refusal.reasons:
                    bound.add_error(None, str(reason))
            else:
                messages.success(request, "答复已保存。")
                here = reverse("regulations:answers", args=[case.code])
                return redirect(f"{here}?after={after}#c{given.pk}" if after else f"{here}#c{given.pk}")
    rows = [(one, bound if bound and str(one.pk) == wanted else _answer_form(one)) for one in listed]
    context = {
        "case": case, "rows": rows, "counts": counts, "may_answer": may_answer, "bound": bound,
        "next_url": f"?after={following}" if following else "",
    }  # fmt: skip
    return render(request, "regulations/answers.html", context, status=422 if bound else 200)


def _answer_form(one: Comment) -> AnswerForm:
    return AnswerForm(prefix=f"c{one.pk}", initial={"outcome": one.outcome, "reason": one.reason})
