"""How one wants to be told: chosen on a page of one's own, and only where one can be reached."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts import reach
from accounts.actions import Refused, choose_channels
from accounts.models import AccessEvent, Party
from tests.accounts.people import AT, citizen, sign_in

pytestmark = pytest.mark.django_db


def test_whoever_signs_up_is_told_by_sms_until_they_say_otherwise() -> None:
    user = citizen()
    assert reach.chosen([user.pk]) == {user.pk: ["sms"]}
    assert reach.address(user, "sms") == user.phone
    choose_channels(user, by_email=False, by_sms=False, at=AT)
    assert reach.chosen([user.pk]) == {user.pk: []}
    assert reach.address(user, "sms") == ""
    assert AccessEvent.objects.filter(user=user, kind="profile_changed").count() == 1


def test_only_a_confirmed_address_gets_mail() -> None:
    user = citizen()
    address = EmailAddress.objects.create(user=user, email="a@mail.example", primary=True)
    with pytest.raises(Refused, match="验证"):
        choose_channels(user, by_email=True, by_sms=True, at=AT)
    address.verified = True
    address.save()
    choose_channels(user, by_email=True, by_sms=True, at=AT)
    assert reach.chosen([user.pk]) == {user.pk: ["email", "sms"]}
    address.verified = False
    address.save()
    assert reach.chosen([user.pk]) == {user.pk: ["sms"]}
    assert reach.address(user, "email") == ""


def test_a_disabled_account_is_told_nothing() -> None:
    user = citizen()
    user.is_active, user.disabled_at = False, AT
    user.save()
    assert reach.chosen([user.pk]) == {}
    assert reach.address(user, "sms") == ""


def test_an_sms_goes_to_mobile_numbers_only() -> None:
    assert reach.number(Party(phone="13912345678")) == "13912345678"
    assert reach.number(Party(phone="01065251234")) == reach.number(Party(phone="")) == ""


def test_channels_are_chosen_on_a_page(client: Client) -> None:
    user = citizen()
    sign_in(client, user)
    page = client.get("/accounts/notices/").content.decode()
    assert f"138****{user.phone[-4:]}" in page
    assert user.phone not in page
    answer = client.post("/accounts/notices/", {"by_email": "on"})
    assert "请先填写并验证电子邮箱" in answer.content.decode()
    assert client.post("/accounts/notices/", {})["Location"] == "/accounts/"
    user.refresh_from_db()
    assert (user.by_email, user.by_sms) == (False, False)
    assert "通知方式" in client.get("/accounts/").content.decode()
