"""Single sign-on against a real provider beside the test, which speaks OpenID Connect over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import actions
from accounts.models import User
from tests.accounts.people import AT, citizen, official

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Provider(ThreadingHTTPServer):
    """Knows one person; hands out a code, a token for the code, and claims for the token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.claims: dict[str, str] = {}
        self.asked: list[dict[str, list[str]]] = []


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        base = self.server.address
        answers: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "userinfo_endpoint": f"{base}/userinfo",
                "jwks_uri": f"{base}/keys",
            },
            "/userinfo": self.server.claims,
        }
        self.answer(answers[urlsplit(self.path).path])

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(form)
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def answer(self, body: object) -> None:
        raw = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.ROOT_URLCONF = "tests.accounts.sso_urls"
    app = {
        "provider_id": "sso",
        "name": "统一身份认证",
        "client_id": "portal",
        "secret": "secret",
        "settings": {"server_url": server.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def arrive(client: Client, provider: Provider, **claims: str) -> Any:
    """Through the provider and back, as the browser goes."""
    provider.claims = {"sub": "abc", **claims}
    login = reverse("openid_connect_login", args=["sso"])
    asked = client.get(login)
    assert "统一身份认证" in asked.content.decode()
    sent = urlsplit(client.post(login).url)  # type: ignore[attr-defined]
    assert f"{sent.scheme}://{sent.netloc}" == provider.address
    state = parse_qs(sent.query)["state"][0]
    assert parse_qs(sent.query)["code_challenge_method"] == ["S256"]
    return client.get(reverse("openid_connect_callback", args=["sso"]), {"code": "code", "state": state})


def test_without_a_provider_there_is_no_such_address() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", args=["sso"])


def test_an_official_is_found_by_staff_number_and_still_shows_the_second_factor(
    client: Client, provider: Provider
) -> None:
    user = official("case_officer", staff_number="N-4711", at=timezone.now())
    actions.enrol_second_factor(user, SECRET, at=AT)
    response = arrive(client, provider, staff_number="N-4711", phone_number="13912345678")
    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert provider.asked[0]["client_id"] == ["portal"]
    (account,) = SocialAccount.objects.filter(user=user)
    assert account.extra_data == {}
    again = arrive(Client(), provider, phone_number="13912345678")
    assert again.url == reverse("mfa_authenticate")
    account.refresh_from_db()
    assert account.extra_data == {}


def test_the_sign_in_page_offers_it(client: Client, provider: Provider) -> None:
    assert "统一身份认证登录" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("claims", [{}, {"staff_number": "N-0"}, {"staff_number": ""}, {"email": "wang@example.com"}])
def test_nobody_else_gets_in_and_no_account_is_made(client: Client, provider: Provider, claims: dict[str, str]) -> None:
    citizen(email="wang@example.com")
    official("case_officer", staff_number="N-4711")
    response = arrive(client, provider, **claims)
    assert "没有对应的账号" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == 2


def test_a_disabled_official_stays_outside(client: Client, provider: Provider) -> None:
    user, system = official("case_officer", staff_number="N-4711"), official("system_administrator")
    actions.enrol_second_factor(user, SECRET, at=AT)
    arrive(client, provider, staff_number="N-4711")
    actions.disable(user, by=system, reason="离职", at=AT)
    response = arrive(Client(), provider, staff_number="N-4711")
    assert response.url == reverse("account_inactive")
    assert "已停用" in client.get(response.url).content.decode()


def test_a_forged_return_is_refused(client: Client, provider: Provider) -> None:
    response = client.get(reverse("openid_connect_callback", args=["sso"]), {"code": "code", "state": "forged"})
    assert "未能完成" in response.content.decode()
    assert provider.asked == []
