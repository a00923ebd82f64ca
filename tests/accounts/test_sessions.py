"""How long sessions live, what ends them, and how a forgotten password is replaced."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts import actions, limits
from accounts.models import User
from tests.accounts.door import LOGIN, attempt, code, enrolled, kinds, signed_in
from tests.accounts.people import AT, PASSWORD, citizen, official, resident_number, sign_in

pytestmark = pytest.mark.django_db


def aged(client: Client, key: str, by: timedelta) -> None:
    session = client.session
    session[key] -= by.total_seconds()
    session.save()


@pytest.mark.parametrize(
    ("who", "key", "within", "beyond"),
    [
        ("official", limits.SEEN, timedelta(minutes=14), timedelta(minutes=15)),
        ("official", limits.SIGNED_IN, timedelta(hours=7, minutes=59), timedelta(hours=8)),
        ("person", limits.SEEN, timedelta(minutes=29), timedelta(minutes=30)),
        ("person", limits.SIGNED_IN, timedelta(hours=11, minutes=59), timedelta(hours=12)),
    ],
)
def test_sessions_end_when_idle_and_when_old(
    client: Client, who: str, key: str, within: timedelta, beyond: timedelta
) -> None:
    user = enrolled() if who == "official" else citizen()
    sign_in(client, user)
    client.get("/accounts/")
    aged(client, key, within)
    assert client.get("/accounts/").status_code == 200
    aged(client, key, beyond)
    response = client.get("/accounts/")
    assert response.url.startswith(LOGIN)  # type: ignore[attr-defined]
    assert not signed_in(client)
    assert "自动退出" in client.get(LOGIN).content.decode()
    assert kinds(user)[-1] == "session_expired"


def test_work_keeps_a_session_alive_without_a_write_for_every_page(client: Client) -> None:
    sign_in(client, citizen())
    client.get("/accounts/")
    before = client.session[limits.SEEN]
    client.get("/accounts/")
    assert client.session[limits.SEEN] == before
    aged(client, limits.SEEN, timedelta(minutes=20))
    client.get("/accounts/")
    assert client.session[limits.SEEN] > before - 1


def test_what_a_page_asks_for_by_itself_keeps_no_session_alive(client: Client) -> None:
    sign_in(client, enrolled())
    client.get("/accounts/")
    for _ in range(2):
        aged(client, limits.SEEN, timedelta(minutes=8))
        client.get("/accounts/", headers={"X-Background": "1"})
    assert client.get("/accounts/")["Location"].startswith(LOGIN)
    assert not signed_in(client)


def test_disabling_an_account_ends_every_session_at_once(client: Client) -> None:
    user, system = enrolled(), official("system_administrator")
    others = [sign_in(Client(), user) for _ in range(3)]
    for one in others:
        assert one.get("/accounts/").status_code == 200
    actions.disable(user, by=system, reason="离职", at=AT)
    for one in others:
        assert one.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
    actions.enable(user, by=system, at=AT)
    for one in others:
        assert one.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]


def test_a_new_password_ends_the_other_sessions(client: Client) -> None:
    user = citizen(username="wang")
    attempt(client, "wang")
    other = Client()
    attempt(other, "wang")
    new = "another-lamp-in-the-lane"
    page = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert "当前密码不正确" in client.post("/accounts/password/change/", {**page, "oldpassword": "x"}).content.decode()
    assert client.post("/accounts/password/change/", page).url == "/accounts/"  # type: ignore[attr-defined]
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
    assert User.objects.get(pk=user.pk).check_password(new)
    assert kinds(user)[-1] == "password_changed"


def test_own_sessions_are_listed_and_ended(client: Client) -> None:
    citizen(username="wang")
    attempt(client, "wang")
    other = Client(
        headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 MicroMessenger/8"}
    )
    attempt(other, "wang", source="198.51.100.7")
    page = client.get("/accounts/sessions/").content.decode()
    assert "198.51.100.7" in page
    assert "微信，安卓" in page
    client.post("/accounts/sessions/")
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]


def test_a_temporary_password_leads_to_a_new_one_and_nowhere_else(client: Client) -> None:
    user, system = enrolled(), official("system_administrator")
    temporary = actions.reset_password(user, by=system, at=AT)
    attempt(client, user.username, temporary)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    change = reverse("account_change_password")
    assert client.get("/accounts/").url == change  # type: ignore[attr-defined]
    assert client.get("/api/v1/me").status_code == 403
    for weak in (temporary, "dongcheng-2026-Aa", "alllowercaseletters"):
        client.post(change, {"oldpassword": temporary, "password1": weak, "password2": weak})
        assert client.get("/accounts/").url == change  # type: ignore[attr-defined]
    good = "Lantern-in-the-lane-3"
    client.post(change, {"oldpassword": temporary, "password1": good, "password2": good})
    assert client.get("/accounts/").status_code == 200


def test_an_officials_password_grows_old(client: Client, settings: Settings) -> None:
    user = enrolled()
    sign_in(client, user)
    User.objects.filter(pk=user.pk).update(password_changed_at=AT - timedelta(days=4000))
    assert client.get("/accounts/").url == reverse("account_change_password")  # type: ignore[attr-defined]
    settings.OFFICIAL_PASSWORD_RULES = False
    assert client.get("/accounts/").status_code == 200


# --- a forgotten password ----------------------------------------------------------------------------------------


def link() -> str:
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_confirmed_address_resets_the_password(client: Client) -> None:
    page = {
        "name": "王小燕", "id_kind": "resident_id", "id_number": resident_number(4), "phone": "13812345678",
        "email": "wang@example.com", "password1": PASSWORD, "password2": PASSWORD, "consent": "on",
    }  # fmt: skip
    assert client.post("/accounts/register/", page).url == LOGIN  # type: ignore[attr-defined]
    user = User.objects.get()
    reset = reverse("account_reset_password")
    client.post(reset, {"email": "wang@example.com"})
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "电子邮箱验证"
    confirmation = link()
    assert "wang@example.com" in client.get(confirmation).content.decode()
    client.post(confirmation)
    other = sign_in(Client(), user)
    client.post(reset, {"email": "Wang@example.com"})
    assert mail.outbox[-1].subject == "重新设置密码"
    address = client.get(link()).url  # type: ignore[attr-defined]
    new = "another-lamp-in-the-lane"
    client.post(address, {"password1": new, "password2": new})
    assert User.objects.get().check_password(new)
    assert other.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
    assert "失效" in client.get(link()).content.decode()


def test_officials_and_strangers_get_no_mail_and_the_same_answer(client: Client) -> None:
    user = official(email="zhang@example.com")
    address = actions.offer_email(user, "zhang@example.com")
    assert address
    address.set_verified()
    reset = reverse("account_reset_password")
    for email in ("zhang@example.com", "nobody@example.com"):
        assert client.post(reset, {"email": email}).url == reverse("account_reset_password_done")  # type: ignore
    assert mail.outbox == []
