"""The second factor: each code counts once, also for two at the same moment; what is dangerous asks again."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as live
from django.core.cache import caches
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import limits
from accounts.models import SeatRequest, User
from portal.cache import Pause
from tests.accounts.door import attempt, code, enrolled, signed_in
from tests.accounts.people import citizen, official, organisation, sign_in

AUTHENTICATE = reverse("mfa_authenticate")


def half_way(user: User) -> Client:
    """A browser in which the password was right."""
    client = Client()
    attempt(client, user.username)
    return client


def at_once(each: list[Callable[[], object]]) -> None:
    """All of them at the same moment, each with a connection of its own, as two web servers have."""

    def run(one: Callable[[], object]) -> None:
        try:
            one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(each)) as pool:
        list(pool.map(run, each))


def spare_codes(user: User) -> list[str]:
    codes: list[str] = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    return codes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_of_six_that_send_the_same_code_at_once_one_gets_in(kind: str) -> None:
    user = enrolled()
    once = code() if kind == "totp" else spare_codes(user)[0]
    browsers = [half_way(user) for _ in range(5)]
    at_once([lambda one=one: one.post(AUTHENTICATE, {"code": once}) for one in browsers])  # type: ignore[misc]
    assert sum(signed_in(one) for one in browsers) == 1


@pytest.mark.django_db(transaction=True)
def test_two_recovery_codes_at_once_are_both_used_up() -> None:
    """They are ticked off in one value; neither may undo the other's tick."""
    user = enrolled()
    two = spare_codes(user)[:2]
    browsers = [half_way(user) for _ in two]
    at_once([
        lambda one=one, spare=spare: one.post(AUTHENTICATE, {"code": spare})  # type: ignore[misc]
        for one, spare in zip(browsers, two, strict=True)
    ])  # fmt: skip
    assert all(signed_in(one) for one in browsers)
    assert not set(two) & set(spare_codes(user))


@pytest.mark.django_db
def test_emptying_the_cache_or_losing_it_makes_no_code_new(settings: Settings) -> None:
    user = enrolled()
    once = code()
    half_way(user).post(AUTHENTICATE, {"code": once})
    caches["default"].clear()
    second = half_way(user)
    second.post(AUTHENTICATE, {"code": once})
    assert not signed_in(second)
    settings.CACHES = {"default": {**live.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    Pause.ends = 0.0
    third = half_way(user)
    third.post(AUTHENTICATE, {"code": once})
    assert not signed_in(third)
    third.post(AUTHENTICATE, {"code": code(1)})
    assert signed_in(third)
    Pause.ends = 0.0


@pytest.mark.django_db
def test_a_recovery_code_is_a_second_factor_and_no_first() -> None:
    user = enrolled()
    spare = spare_codes(user)[0]
    client = Client()
    assert client.post(AUTHENTICATE, {"code": spare}).status_code == 302
    assert not signed_in(client)
    attempt(client, user.username, "wrong")
    client.post(AUTHENTICATE, {"code": spare})
    assert not signed_in(client)
    attempt(client, user.username, spare)
    assert not signed_in(client)
    assert spare in spare_codes(user)


@pytest.mark.django_db
def test_five_wrong_codes_shut_the_second_door_however_often_one_goes_back_to_the_first() -> None:
    user = enrolled()
    answers = []
    for number in range(7):
        client = half_way(user)
        answers.append(client.post(AUTHENTICATE, {"code": f"00000{number}"}).status_code)
    assert answers == [200] * 5 + [429] * 2
    client = half_way(user)
    assert client.post(AUTHENTICATE, {"code": code()}).status_code == 429
    assert not signed_in(client)


def later(client: Client, by: timedelta) -> None:
    """The session is older than it was."""
    session = client.session
    session[limits.SECOND_FACTOR] -= by.total_seconds()
    session[limits.SIGNED_IN] -= by.total_seconds()
    for one in session.get("account_authentication_methods", []):
        one["at"] -= by.total_seconds()
    session.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_activate_totp", "mfa_download_recovery_codes"],
)
def test_changing_the_factor_asks_who_is_there(name: str) -> None:
    client = sign_in(Client(), enrolled())
    client.get("/accounts/")
    later(client, timedelta(minutes=14))
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url or name == "mfa_activate_totp"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_granting_a_seat_asks_again_and_then_does_it() -> None:
    """ASVS 7.5.3: a highly sensitive act, in a session whose owner may have gone for tea."""
    system = official("system_administrator", at=timezone.now())
    from accounts import actions
    from tests.accounts.door import SECRET
    from tests.accounts.people import AT

    actions.enrol_second_factor(system, SECRET, at=AT)
    whom, where = official(at=timezone.now()), organisation()
    client = sign_in(Client(), system)
    client.get("/accounts/manage/users/")
    later(client, timedelta(minutes=14))
    page = reverse("accounts:manage_propose", args=[whom.pk])
    today = timezone.localdate()
    form = {
        "role": "case_officer", "organisation": where.pk, "since_0": today.year, "since_1": today.month,
        "since_2": today.day, "since": today.isoformat(), "since-year": today.year, "since-month": today.month,
        "since-day": today.day, "reason": "任命",
    }  # fmt: skip
    assert client.get(page).status_code == 200
    asked = client.post(page, form)
    assert "reauthenticate" in asked.url  # type: ignore[attr-defined]
    assert not SeatRequest.objects.exists()
    client.post(reverse("mfa_reauthenticate"), {"code": code(), "next": page})
    client.post(page, form)
    assert SeatRequest.objects.filter(user=whom).count() == 1


@pytest.mark.django_db
def test_citizens_sign_in_without_and_officials_never(settings: Settings) -> None:
    """The gate asks the account's kind, not what the session says of itself."""
    client = sign_in(Client(), enrolled(), second_factor=False)
    for path in ("/accounts/", "/desk/", "/api/v1/me"):
        assert client.get(path).status_code in (302, 403)
    person = sign_in(Client(), citizen(), second_factor=False)
    assert person.get("/accounts/").status_code == 200
    assert time.time() > 0
