"""The public's part: what it is asked about, handing an opinion in, one's own opinions, suggesting a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import queries as people
from accounts.models import Organisation, User
from accounts.signed_in import SignedIn
from accounts.source import client_address
from casework.models import Case, Document
from casework.refusal import Refused
from casework.views import files
from casework.views.case import file_name
from regulations.actions import consulting, writing
from regulations.forms.making import CommentForm, SuggestForm
from regulations.models import Comment, Consultation
from regulations.queries import consultations as asked
from regulations.queries import plan
from regulations.queries.making import organs
from regulations.rules.text import labels
from regulations.views.making import number_of


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the public is asked about now, and what is over with its feedback."""
    on = timezone.localdate()
    if after := _place(request.GET.get("after", "")):  # a further page of what is open shows nothing else
        running, going_on = asked.running(on, after)
        context = {"running": running, "more_url": _onward("after", going_on), "first": True, "further": True}
        return render(request, "regulations/consultations.html", context)
    over, following = asked.over(on, _place(request.GET.get("before", "")))
    first = "before" not in request.GET
    running, going_on = asked.running(on) if first else ([], None)
    context = {
        "running": running, "more_url": _onward("after", going_on), "over": over, "first": first,
        "next_url": _onward("before", following), "hearings": asked.hearings() if first else [],
        "year": on.year,
    }  # fmt: skip
    return render(request, "regulations/consultations.html", context)


def _onward(name: str, place: asked.Place | None) -> str:
    return f"?{name}={place[0].isoformat()}~{place[1]}" if place else ""


def _place(text: str) -> tuple[date, int] | None:
    day, _, key = text.partition("~")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return (found, int(key)) if key.isascii() and key.isdecimal() and len(key) < 18 else None


@login_not_required
@require_safe
def yearly_plan(request: HttpRequest) -> HttpResponse:
    """The plan of a year, with how far each document has come."""
    on = timezone.localdate()
    offered = plan.years(on)
    asked_year = number_of(request, "year") or on.year
    year = asked_year if asked_year in offered else on.year
    lines, following = plan.plan(year, on, _place(request.GET.get("after", "")))
    onward = _onward("after", following)
    context = {
        "year": year, "years": offered, "lines": lines, "next_url": f"{onward}&year={year}" if onward else "",
    }  # fmt: skip
    return render(request, "regulations/plan.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft with its explanation; whoever has signed in as a person may hand an opinion in."""
    one = asked.consultation(pk)
    if one is None:
        raise Http404
    on = timezone.localdate()
    user = request.user if isinstance(request.user, User) else None
    person = user is not None and user.kind == User.Kind.PERSON
    opened = asked.takes_opinions(one, on)
    form = CommentForm(labels(one.version.body), request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if user is None:
            return redirect_to_login(request.path)
        if not person:
            raise PermissionDenied("请以个人或者单位账号登录后提出意见。")
        if form.is_valid() and _commented(request, one, user, form):
            messages.success(request, "意见已经收到，凭证可以在“我的意见”中下载。")
            return redirect("regulations:my-comments")
    comments, following = asked.feedback(one, number_of(request, "after") or 0)
    context = {
        "one": one, "pieces": asked.articles(one), "opened": opened, "person": person, "signed_in": user is not None,
        "form": form, "comments": comments, "next_url": f"?after={following}" if following else "",
    }  # fmt: skip
    return render(request, "regulations/consultation.html", context, status=422 if form.errors else 200)


def _commented(request: HttpRequest, one: Consultation, user: User, form: CommentForm) -> bool:
    try:
        consulting.comment(
            one, user, timezone.now(), article=form.cleaned_data["article"], words=form.cleaned_data["words"],
            address=client_address(request),
        )  # fmt: skip
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, str(reason))
        return False
    return True


@never_cache
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """One's own opinions, their receipts and their answers."""
    rows, following = asked.mine(request.user, number_of(request, "before"))
    context = {"rows": rows, "next_url": f"?before={following}" if following else ""}
    return render(request, "regulations/my_comments.html", context)


@never_cache
@require_safe
def receipt(request: SignedIn, token: str) -> HttpResponseBase:
    """The receipt of one's own opinion; 404 for everybody else."""
    found = Document.objects.filter(token=token, paper="gfx_comment_receipt").first()
    own = found and Comment.objects.filter(act=found.act_id, by=request.user).exists()
    if found is None or not own or not found.file:
        raise Http404
    return files.answer(request, found, file_name(found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: SignedIn) -> HttpResponse:
    """Suggest that a document be made: in whose name and to whom, then what and why."""
    if request.user.kind != User.Kind.PERSON:
        raise PermissionDenied("立规建议由公民、法人或者其他组织提出。")
    now = timezone.now()
    on = timezone.localdate(now)
    parties = {str(one.party_id): one.party for one in people.representations(request.user, on)}
    named = [(key, party.name) for key, party in parties.items()]
    form = SuggestForm(named, _organs(on), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        organ = Organisation.objects.get(code=form.cleaned_data["organ"])
        user: Any = request.user
        draft = writing.begin(user, writing.SUGGEST, organ, now, parties[form.cleaned_data["party"]])
        return redirect("regulations:proposal", draft.code)
    return render(request, "regulations/suggest.html", {"form": form}, status=422 if form.errors else 200)


def _organs(on: date) -> list[tuple[str, str]]:
    return organs(Case(), on)
