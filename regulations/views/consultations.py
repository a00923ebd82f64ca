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
from regulations.models import Consultation
from regulations.queries import consultations as asked
from regulations.queries import desk as lists
from regulations.queries import hearings, replacing
from regulations.queries.making import organs
from regulations.rules.text import labels
from regulations.views.making import number_of

RECEIPTS = ("gfx_comment_receipt", "gfx_hearing_receipt")


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What the public is asked about now, and what is over with its feedback."""
    on = timezone.localdate()
    if after := place(request.GET.get("after", "")):  # a further page of what is open shows nothing else
        running, going_on = asked.running(on, after)
        context = {"running": running, "more_url": onward("after", going_on), "first": True, "further": True}
        return render(request, "regulations/consultations.html", context)
    over, following = asked.over(on, place(request.GET.get("before", "")))
    first = "before" not in request.GET
    running, going_on = asked.running(on) if first else ([], None)
    context = {
        "running": running, "more_url": onward("after", going_on), "over": over, "first": first,
        "next_url": onward("before", following), "hearings": hearings.to_come() if first else [],
    }  # fmt: skip
    return render(request, "regulations/consultations.html", context)


def onward(name: str, behind: asked.Place | None) -> str:
    """The address of the next page; empty without one."""
    return f"?{name}={behind[0].isoformat()}~{behind[1]}" if behind else ""


def place(text: str) -> tuple[date, int] | None:
    """Where a page begins; None for anything else."""
    day, _, key = text.partition("~")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return (found, int(key)) if key.isascii() and key.isdecimal() and len(key) < 18 else None


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
        "one": one, "pieces": asked.articles(one), "changes": replacing.changes(one.version),
        "opened": opened, "person": person, "signed_in": user is not None,
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
    """One's own opinions with their answers, one's registrations for hearings, and the receipts of both."""
    rows, following = asked.mine(request.user, number_of(request, "before"))
    context = {
        "rows": rows, "next_url": f"?before={following}" if following else "",
        "registrations": [] if "before" in request.GET else hearings.mine(request.user),
    }  # fmt: skip
    return render(request, "regulations/my_comments.html", context)


@never_cache
@require_safe
def receipt(request: SignedIn, token: str) -> HttpResponseBase:
    """The receipt of one's own opinion or registration; 404 for everybody else."""
    found = Document.objects.filter(token=token, paper__in=RECEIPTS, act__actor=request.user).first()
    if found is None or not found.file:
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
    context = {"form": form, "drafts": list(lists.drafts_of(request.user))}
    return render(request, "regulations/suggest.html", context, status=422 if form.errors else 200)


def _organs(on: date) -> list[tuple[str, str]]:
    return organs(Case(), on)
