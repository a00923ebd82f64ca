"""The door: passwords, lock-out, second factor. With Django's test client through the real pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import actions, encryption
from accounts.models import AccessEvent, User
from tests.accounts.door import LOGIN, SECRET, attempt, code, enrolled, kinds, signed_in
from tests.accounts.people import AT, PASSWORD, citizen, official, sign_in

pytestmark = pytest.mark.django_db


def test_a_citizen_signs_in_and_out(client: Client) -> None:
    user = citizen(phone="13812345678")
    assert client.get(LOGIN).status_code == 200
    response = attempt(client, "138 1234 5678", next="/accounts/")
    assert response.url == "/accounts/"
    assert signed_in(client)
    page = client.get("/accounts/")
    assert page["Cache-Control"] == "no-store, private"
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert not UserSession.objects.exists()
    assert kinds(user)[-2:] == ["signed_in", "signed_out"]


def test_the_session_key_changes_at_the_door(client: Client) -> None:
    citizen(username="wang")
    client.get("/preference/elder/")
    session = client.session
    session["something"] = 1
    session.save()
    before = session.session_key
    attempt(client, "wang")
    assert client.session.session_key != before


def test_an_address_elsewhere_is_not_followed(client: Client) -> None:
    citizen(username="wang")
    assert attempt(client, "wang", next="https://evil.example/").url == "/"


@pytest.mark.parametrize("known", [True, False])
def test_five_failures_lock_account_and_source_alike_for_known_and_unknown(client: Client, known: bool) -> None:
    citizen(username="wang", phone="13812345678")
    login = "wang" if known else "nobody"
    for _ in range(4):
        response = attempt(client, login, "wrong")
        assert response.status_code == 200
        assert "账号或者密码不正确" in response.content.decode()
    response = attempt(client, login, "wrong")
    assert response.status_code == 429
    assert "15分钟" in response.content.decode()
    assert attempt(client, login).status_code == 429
    assert not signed_in(client)


def test_another_name_for_the_same_account_does_not_help(client: Client) -> None:
    citizen(username="wang", phone="13812345678")
    for name in ("wang", "WANG", "13812345678", "+86 13812345678", "138-1234-5678"):
        response = attempt(client, name, "wrong")
    assert response.status_code == 429
    assert attempt(client, "wang").status_code == 429


def test_nobody_elsewhere_can_lock_a_person_out(client: Client) -> None:
    citizen(username="wang")
    attempt(client, "wang")
    client.post("/accounts/logout/")
    for number in range(20):
        attempt(Client(), "wang", "wrong", source=f"198.51.100.{number}")
    assert attempt(Client(), "wang").status_code == 429
    assert attempt(client, "wang").status_code == 302
    assert signed_in(client)


def test_a_forwarded_address_is_not_believed_unless_a_proxy_is_configured(client: Client) -> None:
    citizen(username="wang")
    for number in range(5):
        response = client.post(
            LOGIN, {"login": "wang", "password": "wrong"}, headers={"x-forwarded-for": f"203.0.113.{number}"}
        )
    assert response.status_code == 429


def test_behind_a_proxy_each_source_counts_for_itself(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(40):
        response = client.post(
            LOGIN, {"login": f"n{number}", "password": "wrong"}, headers={"x-forwarded-for": f"203.0.113.{number}"}
        )
    assert response.status_code == 200


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client) -> None:
    citizen(username="wang")
    for _ in range(5):
        attempt(client, "wang", "wrong")
    waits = client.post(LOGIN, {"login": "wang", "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")["Retry-After"]
    assert 890 < int(waits) <= 900
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        assert attempt(client, "wang").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=15), tick=False):
        assert attempt(client, "wang").status_code == 302


def test_a_success_clears_the_count(client: Client) -> None:
    citizen(username="wang")
    for _ in range(3):
        for _ in range(4):
            attempt(client, "wang", "wrong")
        attempt(client, "wang")
        assert signed_in(client)
        client.post("/accounts/logout/")


def test_an_unknown_account_costs_as_much_as_a_wrong_password(client: Client, settings: Settings) -> None:
    """The same questions to the database and the same hashing: nothing for a clock to tell apart."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    citizen(username="wang")
    costs = []
    for login in ("wang", "nobody", "13900000000"):
        honest = PBKDF2PasswordHasher.encode
        with (
            mock.patch.object(PBKDF2PasswordHasher, "encode", autospec=True, side_effect=honest) as hashing,
            CaptureQueriesContext(connection) as queries,
        ):
            attempt(client, login, "wrong")
        shapes = [re.sub(r"'[^']*'|\b\d+\b|\bNULL\b", "?", query["sql"]) for query in queries]
        costs.append((hashing.call_count, shapes))
    assert costs[0][0] == 1
    assert costs[0] == costs[1] == costs[2]


def test_what_was_typed_is_not_kept(client: Client) -> None:
    attempt(client, "13912345678", "wrong")
    attempt(client, PASSWORD, "wrong")
    for event in AccessEvent.objects.all():
        assert "13912345678" not in str(event.detail)
        assert PASSWORD not in str(event.detail)
    assert AccessEvent.objects.filter(detail__typed=encryption.blind_index("13912345678", "sign-in")).exists()


def test_a_disabled_account_gets_the_same_reply_as_a_wrong_password(client: Client) -> None:
    user, system = citizen(username="wang"), official("system_administrator")
    actions.disable(user, by=system, reason="冒名", at=AT)
    response = attempt(client, "wang")
    assert "账号或者密码不正确" in response.content.decode()
    assert not signed_in(client)


# --- second factor -----------------------------------------------------------------------------------------------


def test_an_official_needs_both_factors(client: Client) -> None:
    user = enrolled()
    assert attempt(client, user.username).url == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert client.get("/accounts/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert signed_in(client)
    assert client.get("/accounts/").status_code == 200
    assert kinds(user)[-2:] == ["sign_in_failed", "signed_in"]


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_a_code_counts_once_even_within_the_tolerance(client: Client, shift: int) -> None:
    user = enrolled()
    once = code(shift)
    attempt(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": once})
    assert signed_in(client)
    second = Client()
    attempt(second, user.username)
    response = second.post(reverse("mfa_authenticate"), {"code": once})
    assert "已经使用过" in response.content.decode()
    assert not signed_in(second)


@pytest.mark.parametrize("shift", [-3, 3])
def test_a_code_of_another_time_does_not_count(client: Client, shift: int) -> None:
    user = enrolled()
    attempt(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": code(shift)})
    assert not signed_in(client)


def test_a_recovery_code_counts_once(client: Client) -> None:
    user = enrolled()
    spare = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    attempt(client, user.username)
    client.post(reverse("mfa_authenticate"), {"code": spare})
    assert signed_in(client)
    second = Client()
    attempt(second, user.username)
    second.post(reverse("mfa_authenticate"), {"code": spare})
    assert not signed_in(second)


def test_guessing_codes_is_stopped(client: Client) -> None:
    user = enrolled()
    attempt(client, user.username)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    response = client.post(reverse("mfa_authenticate"), {"code": code()})
    assert response.status_code == 429
    assert not signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_an_official_without_a_second_factor_gets_nowhere_but_to_enrolment(client: Client) -> None:
    user = official("case_officer", at=timezone.now())
    attempt(client, user.username)
    assert signed_in(client)
    enrolment = reverse("mfa_activate_totp")
    for address in ("/accounts/", "/accounts/sessions/", reverse("mfa_index")):
        assert client.get(address).url == enrolment  # type: ignore[attr-defined]
    assert client.get("/api/v1/me").status_code == 403
    page = client.get(enrolment)
    assert page.status_code == 200
    secret = page.context["form"].secret
    wrong = client.post(enrolment, {"code": "000000"})
    assert "验证码不正确" in wrong.content.decode()
    secret = client.session["mfa.totp.secret"]
    counter = list(auth.yield_hotp_counters_from_time())[1]
    client.post(enrolment, {"code": auth.format_hotp_value(auth.hotp_value(secret, counter))})
    assert client.get("/accounts/").status_code == 200
    assert client.get("/api/v1/me").status_code == 200
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert encryption.decrypt(stored, encryption.SECOND_FACTOR) == secret
    assert "factor_enrolled" in kinds(user)
    shown = client.get(reverse("mfa_view_recovery_codes"))
    assert shown.context["unused_codes"]


def test_a_session_past_the_second_factor_is_thrown_out(client: Client) -> None:
    user = enrolled()
    sign_in(client, user, second_factor=False)
    assert client.get("/accounts/").url == LOGIN  # type: ignore[attr-defined]
    assert not signed_in(client)


def test_officials_cannot_drop_the_second_factor_and_citizens_can(client: Client) -> None:
    for user, kept in ((enrolled(), True), (citizen(username="wang"), False)):
        if not kept:
            actions.enrol_second_factor(user, SECRET, at=AT)
        page = sign_in(Client(), user)
        page.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user=user, type="totp").exists() is kept


def test_after_removal_by_the_security_administrator_everything_begins_anew(client: Client) -> None:
    user, security = enrolled(), official("security_administrator")
    sign_in(client, user)
    assert client.get("/accounts/").status_code == 200
    actions.remove_second_factor(user, by=security, at=AT)
    assert client.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
    attempt(client, user.username)
    assert client.get("/accounts/").url == reverse("mfa_activate_totp")  # type: ignore[attr-defined]


def test_demo_codes_are_shown_for_demo_accounts_in_demonstrations_only(client: Client, settings: Settings) -> None:
    def page(user: User) -> Any:
        visitor = Client()
        attempt(visitor, user.username)
        return visitor.get(reverse("mfa_authenticate"))

    settings.DEMO = True
    demo, real = official("case_officer", demo=True), enrolled()
    actions.enrol_second_factor(demo, SECRET, at=AT)
    shown = re.search(r'id="demo-code">(\d{6})<', page(demo).content.decode())
    assert shown
    assert "demo-code" not in page(real).content.decode()
    attempt(client, demo.username)
    client.post(reverse("mfa_authenticate"), {"code": shown[1]})
    assert signed_in(client)
    again = re.search(r'id="demo-code">(\d{6})<', page(demo).content.decode())
    assert again
    assert again[1] != shown[1]
    assert demo.username in Client().get(LOGIN).content.decode()
    settings.DEMO = False
    assert "demo-code" not in page(demo).content.decode()
    assert demo.username not in Client().get(LOGIN).content.decode()
