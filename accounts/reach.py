"""How people want to be reached besides the inbox, and where. Telephone numbers are opened only when they are used."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress

from accounts import identity
from accounts.models import Party, User

EMAIL, SMS = "email", "sms"


def chosen(user_ids: Iterable[int]) -> dict[int, list[str]]:
    """The channels that each of these accounts has chosen and can be reached by. Two queries."""
    found = list(
        User.objects.filter(pk__in=user_ids, is_active=True).values_list("pk", "by_email", "by_sms", "phone_index")
    )
    mailing = [pk for pk, by_email, _, _ in found if by_email]
    confirmed = set(_confirmed(mailing)) if mailing else set()
    return {
        pk: [name for name, works in ((EMAIL, pk in confirmed), (SMS, by_sms and bool(phone))) if works]
        for pk, _, by_sms, phone in found
    }


def address(user: User, channel: str) -> str:
    """Where this account is reached by the channel now; "" if it has left the channel or has no such address."""
    if not user.is_active:
        return ""
    if channel == EMAIL:
        return _confirmed([user.pk]).get(user.pk, "") if user.by_email else ""
    return _mobile(user.phone) if user.by_sms else ""


def number(party: Party) -> str:
    """The mobile number that a party left; "" if there is none, or only a landline."""
    return _mobile(party.phone)


def confirmed_email(user: User) -> str:
    """The address that the account has confirmed, or ""."""
    return _confirmed([user.pk]).get(user.pk, "")


def _confirmed(user_ids: Iterable[int]) -> dict[int, str]:
    found = EmailAddress.objects.filter(user__in=user_ids, verified=True).order_by("primary", "pk")
    return dict(found.values_list("user_id", "email"))


def _mobile(phone: str) -> str:
    try:
        return identity.mobile(phone)
    except identity.IdentityError:
        return ""
