"""The desk of what organs make public: one official enters, another compares and publishes, or it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Organisation
from accounts.signed_in import SignedIn
from casework.refusal import Refused
from powerlist.actions import communities, disclosure, purchases
from powerlist.forms.communities import ActivityForm, SocialOrganisationForm
from powerlist.forms.purchases import CatalogueForm, Entering, ProjectForm, TransferForm, WithdrawForm
from powerlist.models import Activity, Catalogue, Project, SocialOrganisation, Transfer
from powerlist.models.disclosure import Disclosed
from powerlist.queries import disclosing
from powerlist.queries import purchases as found
from powerlist.queries.communities import communities_of, hosts


@dataclass(frozen=True, slots=True)
class Kind:
    """A table of rows that two people make public. `only`: the organ that alone answers for it, by its code."""

    model: type[Disclosed]
    label: str
    only: str = ""
    withdrawn: bool = True


KINDS = {
    "projects": Kind(Project, "政府购买服务项目"),
    "transfers": Kind(Transfer, "转移支付", only=disclosing.FINANCE),
    "activities": Kind(Activity, "公益活动"),
    "organisations": Kind(SocialOrganisation, "社会组织", only=disclosing.CIVIL_AFFAIRS),
    "catalogues": Kind(Catalogue, "指导性目录", only=disclosing.FINANCE, withdrawn=False),
}


def _office(request: SignedIn) -> None:
    """PermissionDenied for whoever neither enters nor publishes for any organ."""
    if not disclosing.organs(request.user.snapshot, disclosing.ENTERS | disclosing.PUBLISHES):
        raise PermissionDenied("录入和公布由各机关的承办人、科室负责人和机关负责人办理。")


def _kind(request: SignedIn, what: str) -> Kind:
    """The kind under this name, for whoever may have to do with it."""
    _office(request)
    if what not in KINDS:
        raise Http404
    return KINDS[what]


def _offers(request: SignedIn, kind: Kind) -> bool:
    """Whether the person can enter a row of this kind."""
    entering = disclosing.own_organs(request.user.snapshot, disclosing.ENTERS)
    return entering.filter(code=kind.only).exists() if kind.only else entering.exists()


@never_cache
@require_safe
def index(request: SignedIn) -> HttpResponse:
    """What waits for a second person, and what stands published, of the person's organs."""
    _office(request)
    held = request.user.snapshot
    parts = [
        {
            "what": what, "label": kind.label, "enter": _offers(request, kind),
            "waiting": disclosing.waiting(kind.model, held), "published": disclosing.published(kind.model, held),
        }
        for what, kind in KINDS.items()
    ]  # fmt: skip
    shown = [part for part in parts if part["enter"] or part["waiting"] or part["published"]]
    return render(request, "powerlist/disclosing.html", {"parts": shown})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn, what: str) -> HttpResponse:
    """Enter a row. What was wrong is said, and nothing that was typed is lost."""
    kind = _kind(request, what)
    if not _offers(request, kind):
        office = Organisation.objects.filter(code=kind.only).values_list("short_name", flat=True).first()
        raise PermissionDenied(f"{kind.label}由{office}录入。" if office else "您没有录入的权限。")
    form = _form(request, what)
    if request.method == "POST" and form.is_valid():
        try:
            row = _enter(request, form)
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, "已经录入。请由另一名工作人员核对后公布。")
            return redirect("powerlist:disclosed", what, row.pk)
    context = {"form": form, "label": kind.label, "what": what}
    return render(request, "powerlist/disclosing_new.html", context, status=422 if form.errors else 200)


def _form(request: SignedIn, what: str) -> Entering:
    given = request.POST if request.method == "POST" else None
    if what == "transfers":
        return TransferForm(given)
    if what == "organisations":
        return SocialOrganisationForm(given)
    if what == "catalogues":
        latest = Catalogue.objects.order_by("-number").first()
        return CatalogueForm(given, initial=CatalogueForm.like(latest))
    organs, today = disclosing.own_organs(request.user.snapshot, disclosing.ENTERS), timezone.localdate()
    if what == "activities":
        entering = disclosing.organs(request.user.snapshot, disclosing.ENTERS)
        return ActivityForm(
            organs, hosts(today), communities_of(entering, today), given, initial={"organ": organs.first()}
        )
    return ProjectForm(organs, found.ever_finest(), given, initial={"organ": organs.first()})


def _enter(request: SignedIn, form: Entering) -> Disclosed:
    at, by = timezone.now(), request.user
    match form:
        case SocialOrganisationForm():
            return communities.enter_organisation(form.cleaned_data, by, at)
        case TransferForm():
            return purchases.enter_transfer(form.cleaned_data, by, at)
        case CatalogueForm():
            given = form.cleaned_data
            return purchases.enter_catalogue(
                given["title"], given["since"], given["headings"], given["exclusions"], by, at
            )
        case ActivityForm():
            return communities.enter_activity(form.cleaned_data["organ"], form.given, by, at)
        case ProjectForm():
            return purchases.enter_project(form.cleaned_data["organ"], form.given, by, at)
    raise TypeError(form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def row(request: SignedIn, what: str, pk: int) -> HttpResponse:
    """One row with all that it says; here it is published, thrown away or withdrawn."""
    kind = _kind(request, what)
    held = request.user.snapshot
    mine = disclosing.organs(held, disclosing.ENTERS | disclosing.PUBLISHES)
    related = ("organ", "entered_by", "published_by", "withdrawn_by")
    one = kind.model._default_manager.select_related(*related).filter(pk=pk, organ__in=mine).first()
    if one is None:
        raise Http404
    form = WithdrawForm(request.POST if request.POST.get("go") == "withdraw" else None)
    if request.method == "POST":
        try:
            done = _act(request, one, form)
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason.words)
            return redirect("powerlist:disclosed", what, pk)
        if done:
            messages.success(request, done)
            return redirect("powerlist:disclosing")
    publishes = disclosing.may_publish(held, one.organ_id)
    context = {
        "row": one, "what": what, "label": kind.label, "facts": _facts(one), "form": form,
        "changes": found.changes(one) if isinstance(one, Catalogue) else None,
        "tree": found.tree(one) if isinstance(one, Catalogue) else [],
        "exclusions": found.exclusions(one) if isinstance(one, Catalogue) else [],
        "may_publish": publishes and one.published_at is None and disclosing.second_person(one, request.user),
        "must_be_another": publishes and one.published_at is None and not disclosing.second_person(one, request.user),
        "may_drop": one.published_at is None,
        "may_withdraw": kind.withdrawn and publishes and one.published_at and not one.withdrawn_at,
    }  # fmt: skip
    return render(request, "powerlist/disclosing_row.html", context, status=422 if form.errors else 200)


def _act(request: SignedIn, one: Disclosed, form: WithdrawForm) -> str:
    """Do what the button says; the words for the next page, or nothing where the page has to come back."""
    at, by = timezone.now(), request.user
    match request.POST.get("go"):
        case "publish":
            disclosure.publish(one, by, at)
            return "已经公布。"
        case "drop":
            disclosure.drop(one, by, at)
            return "已经删除，没有公布。"
        case "withdraw" if form.is_valid():
            reason = form.cleaned_data["reason"]
            if isinstance(one, Activity):
                communities.call_off(one, by, reason, at)
                return "已经取消，并通知了报名和候补的人。"
            disclosure.withdraw(one, by, reason, at)
            return "已经撤回，公众不再看到这一条。"
    return ""


def _facts(one: Disclosed) -> list[dict[str, Any]]:
    """The row's own columns with their names, as the table of the model has them."""
    shared = {field.name for field in Disclosed._meta.get_fields()} - {"organ"}
    facts = []
    for field in one._meta.concrete_fields:
        if field.name in shared or field.primary_key:
            continue
        shown = getattr(one, f"get_{field.name}_display", None)
        value = shown() if shown else getattr(one, field.name)
        facts.append({"key": field.verbose_name, "value": "是" if value is True else value})
    return facts
