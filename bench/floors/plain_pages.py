"""The plain floor's pages: a work list, a case, and a form that keeps two rows."""

import json
from datetime import date

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone

from bench.floors.tables.models import Case, Event, Filing, Seat

PAGE = 25
SOON = 3  # days


def organs(request: HttpRequest) -> list[int]:
    return list(Seat.objects.filter(user=request.user.pk, until=None).values_list("organisation_id", flat=True))


def colour(due: date | None, today: date) -> str:
    if due is None:
        return "none"
    days = (due - today).days
    return "red" if days < 0 else "yellow" if days <= SOON else "green"


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = Case.objects.filter(organ__in=organs(request), ended_at=None).select_related("organ", "handler")
    rows = list(found.order_by("due_on", "id")[:PAGE])
    for row in rows:
        row.colour = colour(row.due_on, today)
    return render(request, "queue.html", {"rows": rows})


@login_required
def case(request: HttpRequest, code: str) -> HttpResponse:
    found = Case.objects.filter(organ__in=organs(request)).select_related("organ", "handler")
    one = get_object_or_404(found, code=code)
    context = {
        "case": one,
        "acts": one.acts.order_by("seq"),
        "documents": one.documents.order_by("added_at"),
        "deadlines": one.deadlines.order_by("due_on"),
    }
    return render(request, "case.html", context)


@login_required
def submit(request: HttpRequest) -> HttpResponse:
    given = json.loads(request.body)
    if not given.get("title") or not given.get("applicant"):
        return HttpResponseBadRequest("title and applicant are needed")
    now = timezone.now()
    with transaction.atomic():
        filing = Filing.objects.create(
            title=given["title"], applicant=given["applicant"], content=given, filed_at=now, filed_by_id=request.user.pk
        )
        Event.objects.create(filing=filing, label="提出申请", at=now)
    return JsonResponse({"filing": filing.pk}, status=201)


urlpatterns = [path("queue/", queue), path("cases/<slug:code>/", case), path("submit/", submit)]
