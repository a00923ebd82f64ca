"""The personal data of a party in clear, for the office: with a reason, on record, never kept in a browser."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import actions as people
from accounts.models import Party, User
from accounts.source import client_address
from casework import registry
from casework.forms import RevealForm
from casework.queries.file import CaseFile, read
from casework.queries.rights import subject_of
from casework.views import trail


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for the reason, then show number, telephone and address once. 404 for outsiders and strangers to the case."""
    case, standing = trail.visible_case(request, code)
    file = read(case, standing, timezone.now())
    party = _party(file, pk)
    if not file.internal or party is None or not isinstance(request.user, User):
        raise Http404
    form = RevealForm(request.POST or None)
    back = trail.case_url(code, trail.of(request))
    context = {"case": case, "party": party, "form": form, "back": back}
    if request.method == "POST" and form.is_valid():
        reason = f"{case.number}：{form.cleaned_data['reason']}"
        try:
            context["clear"] = people.reveal(
                party, by=request.user, reason=reason, at=file.at, source=client_address(request),
                subject=subject_of(case),
            )  # fmt: skip
            if party == case.applicant:
                context["contact"] = registry.chapter_of(case.procedure).private(case)
        except people.Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "casework/reveal.html", context, status=422 if form.errors else 200)


def _party(file: CaseFile, pk: int) -> Party | None:
    parties = [file.case.applicant, *(part.party for part in file.parts)]
    return next((party for party in parties if party and party.pk == pk), None)
