"""Asking for the revocation of somebody else's licence (行政许可法 69(1)), and finding a licence at the window."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import Party
from accounts.source import client_address
from approvals.actions.licences import ask_for_revocation
from approvals.forms.licences import NumberForm, RevocationForm
from approvals.models import Licence
from approvals.queries import items, licences
from approvals.views.pages import owner
from approvals.views.window import points_of
from casework.models import Document
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """A request about the licence whose certificate bears this verification code."""
    user: Any = request.user
    if user.is_official:
        raise PermissionDenied("工作人员账号不能提出请求。")
    certificate = Document.objects.select_related("case__parent").filter(token=token, paper="xk_licence").first()
    found = licences.licence_of(certificate.case) if certificate and certificate.case else None
    if found is None or found.delivered_on is None:
        raise Http404
    standing = Standing(user, timezone.localdate(), user.snapshot)
    parties: list[Party] = [each.party for each in standing.representations if each.party_id != found.holder_id]
    form = RevocationForm(parties, request.POST or None)
    if request.method == "POST" and form.is_valid():
        party = next(each for each in parties if str(each.pk) == form.cleaned_data["party"])
        try:
            act = ask_for_revocation(
                found, party, owner(request), timezone.now(), interest=form.cleaned_data["interest"],
                request=form.cleaned_data["request"], address=client_address(request),
            )  # fmt: skip
            messages.success(request, "请求已经提交，接收凭证见本案“文书”。")
            return redirect("casework:case", act.case.code)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, str(reason))
    context = {"licence": found, "form": form, "token": token, "nobody": not parties}
    return render(request, "approvals/licences/revocation.html", context, status=422 if form.is_bound else 200)


def standing_shown(certificate: Document) -> list[tuple[str, str]]:
    """What the verification page tells of a certificate: how the licence stands, and what one may do about it."""
    rows = licences.standing_of(certificate)
    if certificate.voided_at is None and rows:
        url = reverse("ask-revocation", args=[certificate.token])
        rows.append(("利害关系人", format_html('<a class="govuk-link" href="{}">请求撤销该许可</a>', url)))
    return rows


@require_http_methods(["GET", "HEAD"])
def at_window(request: HttpRequest) -> HttpResponse:
    """Find the licence that somebody brings to the window, by the number on its certificate."""
    points = points_of(request)
    form = NumberForm(request.GET if "number" in request.GET else None)
    found: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        on = timezone.localdate()
        wanted = Licence.objects.filter(number=form.cleaned_data["number"].strip(), delivered_on__isnull=False)
        for licence in wanted.select_related("item", "organ", "holder"):
            file = licences.file_of(licence)
            if file and any(items.serves(point, licence.item.code, on) for point in points):
                found.append({"licence": licence, "file": file, "term": licences.term(licence, on)})
        if not found:
            form.add_error("number", "没有找到本窗口可以受理的许可证件，请核对编号")
    return render(request, "approvals/licences/window.html", {"form": form, "found": found})
