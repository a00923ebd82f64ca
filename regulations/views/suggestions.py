"""Proposing that a document be reviewed, and the receipt."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as people
from accounts.models import User
from accounts.source import client_address
from casework.models.case import new_code
from casework.queries import receipts
from casework.refusal import NotAllowed, Refused
from regulations.actions.suggestions import suggest
from regulations.forms.suggestions import SuggestionForm
from regulations.queries import suggestions


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for one document of the register."""
    user: Any = request.user
    today = timezone.localdate()
    document = suggestions.open_to(str(pk))
    handling = suggestions.reviewer(document, today) if document else None
    if document is None or handling is None:
        raise Http404
    if user.kind != User.Kind.PERSON:
        raise PermissionDenied("工作人员账号不能提出审查建议。")
    parties = {str(party.pk): party for party in people.parties_of(user, today)}
    form = SuggestionForm(
        [(key, party.name) for key, party in parties.items()], request.POST or None, initial={"token": new_code()}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = {"document": str(document.pk)} | {
            name: given[name] for name in ("articles", "matters", "reasons", "news")
        }
        try:
            draft = suggest(
                given["token"], said, timezone.now(), user=user, party=parties[given["party"]],
                address=client_address(request),
            )  # fmt: skip
            return redirect("regulations:review-proposed", draft.code)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            form.refuse(refusal.reasons)
    context = {
        "document": document,
        "handling": handling,
        "form": form,
        "crumbs": [{"label": document.title, "url": document.get_absolute_url()}, {"label": "提出审查建议"}],
    }
    return render(request, "regulations/propose_review.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt: the same one however often it is opened."""
    draft = receipts.handed_in(code, suggestions.PROCEDURE)
    if draft is None or draft.case is None or draft.owner_id != request.user.pk:
        raise Http404
    context = {"case": draft.case, "until": receipts.until(draft.case)}
    return render(request, "regulations/review_proposed.html", context)
