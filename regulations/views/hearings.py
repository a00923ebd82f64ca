"""A hearing on a draft: its announcement and putting one's name down for it; for the officer, who has done so."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.source import client_address
from casework.refusal import Refused
from regulations.actions import hearing as actions
from regulations.forms.making import RegistrationForm
from regulations.models import Hearing
from regulations.queries import hearings, replacing
from regulations.rules.text import pieces
from regulations.views.making import making_case


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, pk: int) -> HttpResponse:
    """One hearing with its text; whoever has signed in as a person may put their name down."""
    one = hearings.hearing(pk)
    if one is None:
        raise Http404
    user = request.user if isinstance(request.user, User) else None
    person = user is not None and user.kind == User.Kind.PERSON
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if user is None:
            return redirect_to_login(request.path)
        if not person:
            raise PermissionDenied("请以个人或者单位账号登录后报名。")
        if form.is_valid() and _registered(request, one, user, form):
            messages.success(request, "报名已经收到，凭证可以在“我的意见”中下载。")
            return redirect("regulations:my-comments")
    context = {
        "one": one, "pieces": pieces(one.version.body), "form": form, "person": person, "signed_in": user is not None,
        "changes": replacing.changes(one.version), "opened": hearings.takes_names(one, timezone.localdate()),
        "registered": hearings.own(one, user) if user and person else None,
    }  # fmt: skip
    return render(request, "regulations/hearing.html", context, status=422 if form.errors else 200)


def _registered(request: HttpRequest, one: Hearing, user: User, form: RegistrationForm) -> bool:
    try:
        actions.register(one, user, timezone.now(), **form.cleaned_data, address=client_address(request))
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, str(reason))
        return False
    return True


@require_safe
def registrations(request: HttpRequest, code: str) -> HttpResponse:
    """Who has put their name down for the hearing of a case, and who was chosen."""
    case, _ = making_case(request, code)
    one = hearings.of_case(case)
    listed = hearings.registrations(one) if one else []
    context = {"case": case, "one": one, "rows": [(each, hearings.named(each)) for each in listed]}
    return render(request, "regulations/registrations.html", context)
