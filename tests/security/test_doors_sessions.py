"""A session ends at once, on every web server, for whoever lost the account or the seat; nobody chooses its key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts import actions
from tests.accounts.door import LOGIN, attempt, enrolled, signed_in
from tests.accounts.people import citizen, official, sign_in

pytestmark = pytest.mark.django_db


def servers(user: object) -> list[Client]:
    """Two browsers of one person, served by two web servers that both have the session in the cache."""
    clients = [sign_in(Client(), user) for _ in range(2)]  # type: ignore[arg-type]
    for client in clients:
        assert client.get("/accounts/").status_code == 200
        cached = caches["default"].get(f"django.contrib.sessions.cached_db{client.session.session_key}")
        assert cached["_auth_user_id"]
    return clients


def test_ending_a_seat_ends_the_sessions_with_the_next_request() -> None:
    user = enrolled()
    clients = servers(user)
    actions.end_seat(user.seats.get(), at=timezone.now())
    for client in clients:
        assert client.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
        assert not signed_in(client)


def test_a_seat_that_ends_tomorrow_ends_no_session_today() -> None:
    user = enrolled()
    clients = servers(user)
    actions.end_seat(user.seats.get(), at=timezone.now(), on=timezone.localdate() + timedelta(days=1))
    assert clients[0].get("/accounts/").status_code == 200


def test_disabling_ends_them_though_they_are_in_the_cache() -> None:
    user, system = enrolled(), official("system_administrator")
    clients = servers(user)
    actions.disable(user, by=system, reason="离职", at=timezone.now())
    for client in clients:
        assert client.get("/accounts/").url.startswith(LOGIN)  # type: ignore[attr-defined]
        assert client.get("/api/v1/me").status_code in (401, 403)


def test_a_key_that_somebody_else_chose_is_never_a_session_of_mine() -> None:
    """Session fixation: the key from before signing in is worth nothing afterwards, whether it was one or made up."""
    citizen(username="wang")
    real = Client()
    real.get("/preference/elder/")
    session = real.session
    session["planted"] = 1
    session.save()
    for planted in (session.session_key or "", "a" * 32, "attackerattackerattacker12345678"):
        victim, attacker = Client(), Client()
        victim.cookies["sessionid"] = attacker.cookies["sessionid"] = planted
        attempt(victim, "wang")
        assert signed_in(victim)
        assert victim.cookies["sessionid"].value != planted
        assert attacker.get("/accounts/").status_code == 302
        assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_leaves_nothing_of_the_session() -> None:
    client = sign_in(Client(), citizen())
    client.get("/accounts/")
    key = client.session.session_key or ""
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=key).exists()
    assert caches["default"].get(f"django.contrib.sessions.cached_db{key}") is None
    again = Client()
    again.cookies["sessionid"] = key
    assert again.get("/accounts/").status_code == 302
