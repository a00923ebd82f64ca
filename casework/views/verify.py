"""Verification of official papers, for everybody: does it stand, and is the copy in hand the one that was issued?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import rates
from accounts.source import network
from casework.forms import CompareForm
from casework.queries import verify as papers


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What a paper's code says of it; POST compares a file. 404 for unknown codes, 429 for too many questions."""
    rates.take("compare_source" if request.method == "POST" else "verify_source", network(request), timezone.now())
    paper = papers.paper(token)
    if paper is None:
        return render(request, "casework/verify_unknown.html", status=404)
    form = CompareForm(request.POST or None, request.FILES or None) if request.method == "POST" else CompareForm()
    context: dict[str, Any] = {
        "paper": paper,
        "form": form,
        "standing": paper.words,
        "signature": papers.signature(paper),
    }
    if request.method == "POST" and form.is_valid():
        context["comparison"] = papers.compare(paper, form.cleaned_data["file"].read())
    status = 422 if form.errors else 200
    return render(request, "casework/verify.html", context, status=status)
