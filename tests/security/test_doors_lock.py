"""Guessing passwords: as many are looked at as is documented, and nobody locks a known person out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.conf import settings as live
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import rates
from accounts.adapters import AccountAdapter
from accounts.backends import SignInBackend
from accounts.models import AccessEvent, Tally
from portal.cache import Pause
from tests.accounts.door import LOGIN, attempt, code, enrolled, kinds, signed_in
from tests.accounts.people import PASSWORD, citizen

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_at() -> Iterator[mock.Mock]:
    """Counts the passwords that are really compared."""
    honest = SignInBackend.authenticate
    with mock.patch.object(SignInBackend, "authenticate", autospec=True, side_effect=honest) as counted:
        yield counted


def guess(login: str, number: int, source: str) -> bool:
    """One try at the door, without the page around it. Whether it was looked at."""
    request = RequestFactory().post(LOGIN, {"login": login}, REMOTE_ADDR=source)
    request.session = SessionStore()
    try:
        return AccountAdapter(request).authenticate(request, username=login, password=f"guess-{number}") is None
    except rates.TooMany:
        return False


def test_ten_thousand_guesses_on_one_account_from_everywhere(looked_at: mock.Mock) -> None:
    """One a second, each from an address of its own: five are looked at, then none for 15 minutes from the fifth.

    A round takes 904 seconds, so that 10,000 seconds are eleven rounds and the five of a twelfth.
    """
    citizen(username="wang")
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for number in range(10_000):
            clock.move_to(start + timedelta(seconds=number))
            guess("wang", number, f"10.0.{number // 250}.{number % 250}")
    assert looked_at.call_count == 60
    assert AccessEvent.objects.filter(kind="locked_out").count() == 12


def test_one_source_that_tries_account_after_account(looked_at: mock.Mock) -> None:
    """Thirty in a quarter of an hour, whosever accounts they are, and whether they exist or not."""
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        for number in range(1000):
            clock.move_to(start + timedelta(seconds=3 * number))
            guess(f"somebody-{number}", number, "198.51.100.7")
    assert looked_at.call_count == 4 * live.RATES["sign_in_source"].amount  # 3000 seconds: four quarters begun


def test_who_signs_in_rightly_uses_nothing_up() -> None:
    """An office behind one address: forty people sign in and out, one after the other."""
    citizen(username="wang")
    for _ in range(40):
        assert attempt(Client(), "wang").status_code == 302


def test_an_official_gets_in_from_a_known_browser_while_the_account_is_under_attack(client: Client) -> None:
    user = enrolled()
    attempt(client, user.username)
    assert live.DEVICE_COOKIE_NAME not in client.cookies  # half a sign-in, without the second factor, is none
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert live.DEVICE_COOKIE_NAME in client.cookies
    client.post("/accounts/logout/")
    for number in range(30):
        attempt(Client(), user.username, "wrong", source=f"198.51.100.{number}")
    assert attempt(Client(), user.username).status_code == 429
    assert attempt(client, user.username).url == reverse("mfa_authenticate")
    client.post(reverse("mfa_authenticate"), {"code": code(1)})
    assert client.get("/accounts/").status_code == 200


def test_a_known_browser_has_five_tries_of_its_own(client: Client) -> None:
    user = citizen(username="wang")
    attempt(client, "wang")
    client.post("/accounts/logout/")
    cookie = client.cookies[live.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    answers = [attempt(client, "wang", "wrong").status_code for _ in range(6)]
    assert answers == [200] * 4 + [429] * 2
    assert kinds(user).count("locked_out") == 1
    # Its failures are its own: the owner at home is not shut out by somebody at his desk, and the other way round.
    assert attempt(Client(), "wang").status_code == 302


def test_a_forged_or_foreign_cookie_makes_nobody_known(client: Client) -> None:
    for name in ("wang", "li"):
        citizen(username=name)
    attempt(client, "li")
    client.post("/accounts/logout/")
    other = Client()
    other.cookies[live.DEVICE_COOKIE_NAME] = client.cookies[live.DEVICE_COOKIE_NAME].value[:-3] + "abc"
    for number in range(5):
        attempt(Client(), "wang", "wrong", source=f"198.51.100.{number}")
        attempt(Client(), "li", "wrong", source=f"198.51.100.{number}")
    assert attempt(client, "wang").status_code == 429
    assert attempt(other, "li").status_code == 429
    assert attempt(client, "li").status_code == 302


def test_the_count_holds_while_two_servers_look_at_the_same_moment() -> None:
    """A try is counted before the password is compared: those under way together are not more than the limit."""
    citizen(username="wang")
    seen: list[int] = []

    def meanwhile(*args: object, **kwargs: object) -> None:
        seen.append(1)
        if len(seen) < 9:
            guess("wang", len(seen), f"198.51.100.{len(seen)}")

    with mock.patch.object(SignInBackend, "authenticate", side_effect=meanwhile):
        guess("wang", 0, "198.51.100.200")
    assert len(seen) == live.RATES["sign_in_account"].amount


@pytest.mark.parametrize("last", ["wrong", "locked"])
def test_the_same_reply_and_the_same_work_for_unknown_accounts(last: str) -> None:
    """Same words, same number of hash computations, same questions to the database: nothing for a clock to tell."""
    citizen(username="wang", phone="13812345678")
    seen = []
    for login in ("wang", "13812345678", "nobody", "13900000000", "nobody@example.com"):
        Tally.objects.all().delete()
        for _ in range(4 if last == "wrong" else 6):
            attempt(Client(), login, "wrong")
        honest = MD5PasswordHasher.encode
        with (
            mock.patch.object(MD5PasswordHasher, "encode", autospec=True, side_effect=honest) as hashing,
            CaptureQueriesContext(connection) as queries,
        ):
            answer = attempt(Client(), login, "wrong")
        shapes = [re.sub(r"'[^']*'(::\w+)?|\b\d+\b|\bNULL\b", "?", query["sql"]) for query in queries]
        words = re.sub(r"csrf\S+ value=\S+|nonce=\S+|[0-9a-f]{16}|value=\"[^\"]*\"", "", answer.content.decode())
        seen.append((answer.status_code, hashing.call_count, shapes, words.replace(login, "")))
    assert seen[0][:2] == (429, 1 if last == "wrong" else 0)
    for other in seen[1:]:
        assert other == seen[0]


def test_without_a_cache_the_lock_holds_and_people_still_sign_in(settings: Settings, client: Client) -> None:
    settings.CACHES = {"default": {**live.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    Pause.ends = 0.0
    for name in ("wang", "li"):
        citizen(username=name)
    answers = [attempt(Client(), "wang", "wrong", source=f"198.51.100.{number}").status_code for number in range(6)]
    assert answers == [200] * 4 + [429] * 2
    assert attempt(client, "li").status_code == 302
    assert client.get("/accounts/").status_code == 200
    Pause.ends = 0.0


def test_emptying_the_cache_opens_nothing(client: Client) -> None:
    citizen(username="wang")
    for _ in range(5):
        attempt(client, "wang", "wrong")
    caches["default"].clear()
    assert attempt(client, "wang", PASSWORD).status_code == 429
    assert not signed_in(client)
