"""The same headers on every answer that no view gives: errors, refusals, files, redirects; and on the cookies."""

from __future__ import annotations

import json
import re
from typing import Any
from unittest import mock

import pytest
from django.conf import settings as live
from django.test import Client
from pytest_django.fixtures import Settings

from tests.accounts.door import LOGIN, attempt
from tests.accounts.people import citizen, sign_in
from tests.security.doors import COOKIES, HTTPS, complain, production, use


@pytest.fixture(autouse=True)
def as_in_production(settings: Settings) -> None:
    use(settings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "path", "options"),
    [
        (301, "/help/", {"HTTP_X_FORWARDED_PROTO": "http"}),
        (400, "/help/", {"HTTP_HOST": "evil.example"}),
        (404, "/no/such/page/", {}),
        (404, "/api/v1/no/such/thing", {}),
        (404, "/static/no/such/file.css", {}),
        (200, "/static/images/favicon.svg", {}),
        (302, "/accounts/", {}),
        (200, "/healthz/live", {"HTTP_X_FORWARDED_PROTO": "http"}),
    ],
)
def test_answers_that_no_view_gives(status: int, path: str, options: dict[str, Any]) -> None:
    response = Client(raise_request_exception=False).get(path, **{**HTTPS, **options})
    assert response.status_code == status
    assert complain(path, response) == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/help/", "/api/v1/items/"])
def test_refusals(path: str, settings: Settings) -> None:
    """405, 413, 429, 500: the page in Chinese with the number, or problem details; nothing of what is behind."""
    api = path.startswith("/api/")
    answers = {
        405: Client().delete(path, **HTTPS),
        413: Client().post(path, **{**HTTPS, "CONTENT_LENGTH": str(10**9)}),
    }
    view = "approvals.api.Items.get" if api else "portal.views.pages.render"
    with mock.patch(view, side_effect=RuntimeError("SELECT secret FROM accounts_user")):
        answers[500] = Client(raise_request_exception=False).get(path, **HTTPS)
    settings.RATES = {**live.RATES, "source": live.RATES["source"]._replace(amount=0)}
    answers[429] = Client().get(path, **HTTPS)
    for status, response in answers.items():
        assert response.status_code == status
        assert complain(path, response) == []
        said = response.content.decode()
        assert response["X-Request-ID"] in said
        assert not re.search(r"SELECT|Traceback|RuntimeError|/\w+/\w+\.py", said)
        if api:
            assert response["Content-Type"] == "application/problem+json"
            assert json.loads(said)["status"] == status
        else:
            assert "12345" in said


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused_with_all_headers() -> None:
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "x", "password": "y"}, **HTTPS)
    assert response.status_code == 403
    assert complain("csrf", response) == []


@pytest.mark.django_db
def test_cookies_belong_to_this_host_and_travel_by_https_only(settings: Settings) -> None:
    module = production()
    for name in COOKIES:
        setattr(settings, name, getattr(module, name))
    citizen(username="wang")
    client = Client(**HTTPS)
    client.get(LOGIN)
    attempt(client, "wang")
    assert set(client.cookies) == {"__Host-session", "__Host-csrf", "__Host-device"}
    for cookie in client.cookies.values():
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.django_db
def test_leaving_empties_the_browser() -> None:
    client = sign_in(Client(), citizen())
    response = client.post("/accounts/logout/", **HTTPS)
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in response["Cache-Control"]
