"""One's own account: masked data, contact details, for whom one acts, and in which capacity just now."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, identity, limits, queries, realname
from accounts.coming_back import next_page
from accounts.forms import AgentForm, ContactForm, EntityForm
from accounts.models import AccessEvent, Party, Representation, User
from accounts.signed_in import SignedIn
from accounts.source import client_address


def masked(party: Party) -> dict[str, str]:
    """What of a party is shown by default."""
    number = party.id_number if party.kind == Party.Kind.LEGAL else identity.mask_number(party.id_number)
    return {
        "id_kind": party.get_id_kind_display(),
        "id_number": number,
        "phone": identity.mask_phone(party.phone),
        "email": identity.mask_email(party.email),
        "address": identity.mask_address(party.address),
        "verified_by": realname.VERIFIED_BY.get(party.verified_by, party.verified_by),
    }


@require_GET
def profile(request: SignedIn) -> HttpResponse:
    user, today = request.user, timezone.localdate()
    own = queries.self_party(user, today)
    seats = queries.seats(user, today)
    context = {
        "own": own,
        "masked": masked(own) if own else None,
        "phone": identity.mask_phone(user.phone),
        "seats": seats,
        "credentials": user.credentials.all(),
        "delegations": queries.delegated(user, today),
        "represented": [one for one in queries.representations(user, today) if one.relation != "self"],
        "second_factor": Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists(),
        "sessions": len(UserSession.objects.purge_and_list(user)),
        "email": EmailAddress.objects.filter(user=user).first(),
        "events": AccessEvent.objects.filter(user=user).order_by("-pk")[:10],
    }
    return render(request, "accounts/profile.html", context)


@require_http_methods(["GET", "POST"])
def contact(request: SignedIn, party: int) -> HttpResponse:
    """Change how oneself or a represented party is reached."""
    user = request.user
    whose = _represented(user, party, timezone.localdate(), special=True)
    natural = whose.kind == Party.Kind.NATURAL
    first = {"phone": whose.phone, "email": whose.email, "address": whose.address}
    form = ContactForm(request.POST or None, natural=natural, initial=first)
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        try:
            actions.change_contact(user, whose, **form.cleaned_data, at=at, source=client_address(request))
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if natural and (address := actions.offer_email(user, form.cleaned_data["email"])) and not address.verified:
                address.send_confirmation(request)
            messages.success(request, "联系方式已修改。")
            return redirect("accounts:profile")
    return render(request, "accounts/contact.html", {"form": form, "party": whose})


@require_POST
def choose_identity(request: SignedIn) -> HttpResponse:
    """Act as oneself or as a represented party from now on in this session."""
    value = request.POST.get("party", "")
    found = request.user.snapshot.party(int(value)) if value.isdecimal() else None
    if found is None:
        raise Http404
    request.session[limits.ACTING_PARTY] = found.id
    actions.record(
        AccessEvent.Kind.IDENTITY_CHOSEN,
        timezone.now(),
        actor=request.user,
        user=request.user,
        source=client_address(request),
        party=found.id,
    )
    messages.success(request, f"现在以“{found.name}”的身份办事。")
    return redirect(next_page(request, "accounts:profile"))


@require_http_methods(["GET", "POST"])
def register_entity(request: SignedIn) -> HttpResponse:
    """A legal representative registers the entity."""
    own = queries.self_party(request.user, timezone.localdate())
    if own is None:
        raise Http404
    form = EntityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_legal_person(
                request.user,
                **form.cleaned_data,
                legal_representative=own.name,
                checker=realname.checker(),
                at=timezone.now(),
                source=client_address(request),
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "单位已登记，您可以代表该单位办事。")
            return redirect("accounts:representations")
    context = {"form": form, "notice": realname.checker().notice, "own": own}
    return render(request, "accounts/register_entity.html", context)


@require_GET
def representations(request: SignedIn) -> HttpResponse:
    """For whom one acts, and who acts for oneself and for the entities that one heads."""
    today = timezone.localdate()
    held = queries.representations(request.user, today)
    given = [
        (one.party, [other for other in queries.representatives(one.party, today) if other.relation == "agent"])
        for one in held
        if one.relation != Representation.Relation.AGENT
    ]
    return render(request, "accounts/representations.html", {"held": held, "given": given})


@require_http_methods(["GET", "POST"])
def authorise(request: SignedIn, party: int) -> HttpResponse:
    """Let another registered person act for oneself or the entity that one heads."""
    today = timezone.localdate()
    whose = _represented(request.user, party, today, special=True)
    form = AgentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        agent = queries.user_by_login(data["phone"])
        try:
            if agent is None or agent.display_name != data["name"].strip():
                raise actions.Refused("没有找到与该姓名和手机号码相符的实名注册用户")
            actions.register_agent(
                whose,
                agent,
                scope=data["scope"],
                since=today,
                until=months_later(today, data["months"]),
                by=request.user,
                at=timezone.now(),
                source=client_address(request),
            )
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已授权{agent.display_name}代理“{whose.name}”办事。")
            return redirect("accounts:representations")
    return render(request, "accounts/authorise.html", {"form": form, "party": whose})


@require_http_methods(["GET", "POST"])
def revoke(request: SignedIn, representation: int) -> HttpResponse:
    """End an agent's power, or give up one's own; asks first."""
    today = timezone.localdate()
    mine = Representation.objects.at(today).filter(user=request.user)
    heads = mine.exclude(relation=Representation.Relation.AGENT).values("party")
    visible = mine | Representation.objects.at(today).filter(party__in=heads)
    one = get_object_or_404(visible.exclude(relation=Representation.Relation.SELF), pk=representation)
    if request.method == "POST":
        try:
            actions.end_representation(one, by=request.user, at=timezone.now(), source=client_address(request))
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "授权已终止。")
        return redirect("accounts:representations")
    return render(request, "accounts/revoke.html", {"one": one})


def _represented(user: User, party: int, on: date, special: bool) -> Party:
    """The party, if the user may act for it; otherwise it does not exist for them."""
    found = get_object_or_404(Party, pk=party)
    if not queries.person_may_act_for(user, found, on, special=special):
        raise Http404
    return found


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
