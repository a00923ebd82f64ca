"""Pages for whoever holds a receipt: number and query code in the place of an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import rates
from accounts.source import network
from casework.forms import TrackForm
from casework.models import Case
from casework.queries import receipts

NOT_FOUND = "没有找到。请核对收件凭证上的案号和查询码。"


def found_by(request: HttpRequest, form: TrackForm) -> Case | None:
    """The case of number and query code; who guesses too often is kept waiting."""
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    doors = (("track_source", network(request)), ("track_number", number))
    for limit, subject in doors:
        rates.take(limit, subject, timezone.now())
    case = receipts.find(number, code)
    if case:
        for limit, subject in doors:
            rates.give_back(limit, subject)
    return case


def private(response: HttpResponse) -> HttpResponse:
    """A page whose address may hold the query code."""
    # The query code may stand in the address. Not “no-referrer”: then the browser would hide where the form comes from,
    # and the form would be refused.
    response["Referrer-Policy"] = "same-origin"
    return response
