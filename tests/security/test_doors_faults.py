"""Each thing that we depend on is taken away in turn: what still works does, the rest says so and tells nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as live
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts import actions
from accounts.models import User
from accounts.realname import Answer
from casework.models import Case, Document
from portal.cache import Pause
from portal.celery import app as celery
from tests.accounts.door import attempt, code, enrolled
from tests.accounts.people import PASSWORD, citizen, resident_number, sign_in
from tests.approvals.conftest import World, district, world  # noqa: F401

SECRET = re.compile(
    r"psycopg|redis|Traceback|Error\b|Exception|SELECT|INSERT|127\.0\.0\.1|localhost|connection|/\w+/\w+\.py|\bport\b"
)


def told(response: Any, status: int, api: bool = False) -> None:
    """The answer has the status, the number of the request, plain words, and nothing of what is behind."""
    said = response.content.decode()
    assert response.status_code == status
    assert response["X-Request-ID"] in said
    assert response["Retry-After"]
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Security-Policy"]
    words = re.sub(r"<[^>]+>", "", said)
    assert not SECRET.search(words), SECRET.search(words)
    if api:
        problem = json.loads(said)
        assert (problem["status"], problem["code"], problem["title"]) == (503, "unavailable", "服务暂时不可用")
    else:
        assert "服务暂时不可用" in said


@pytest.fixture
def no_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Nothing listens where the database should be."""
    with django_db_blocker.unblock():
        connection.close()
        port = connection.settings_dict["PORT"]
        connection.settings_dict["PORT"] = "1"
        yield
        connection.close()
        connection.settings_dict["PORT"] = port


@pytest.fixture
def no_cache(settings: Settings) -> Iterator[None]:
    settings.CACHES = {"default": {**live.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    Pause.ends = 0.0
    yield
    Pause.ends = 0.0


@pytest.fixture
def no_broker() -> Iterator[None]:
    """Nothing listens where messages should be sent to."""
    app: Any = celery
    addresses = app.conf.broker_url, app.conf.broker_write_url

    def point_at(read: str, write: str | None) -> None:
        app.conf.broker_url, app.conf.broker_write_url = read, write
        app._pool = app.amqp._producer_pool = None

    point_at("redis://127.0.0.1:1/0", "redis://127.0.0.1:1/0")
    yield
    point_at(*addresses)


@pytest.mark.parametrize("path", ["/services/", "/law/", "/v/unknown/", "/api/v1/items/"])
def test_without_a_database_reading_says_so(no_database: None, path: str) -> None:
    told(Client(raise_request_exception=False).get(path), 503, path.startswith("/api/"))


def test_without_a_database_signing_in_says_so(no_database: None) -> None:
    client = Client(raise_request_exception=False)
    told(client.post("/accounts/login/", {"login": "wang", "password": PASSWORD}), 503)
    client.cookies["sessionid"] = "a" * 32
    told(client.get("/accounts/"), 503)
    told(client.get("/api/v1/me"), 503, api=True)


def test_without_a_database_what_needs_none_works(no_database: None) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/help/", "/privacy/", "/accessibility/", "/healthz/live", "/accounts/login/"):
        assert client.get(path).status_code == 200 or path == "/accounts/login/"
    ready = client.get("/healthz/ready")
    assert (ready.status_code, ready.json()["database"]) == (503, False)


@pytest.mark.django_db
def test_without_a_cache_everything_works(no_cache: None) -> None:
    citizen(username="wang")
    client = Client()
    attempt(client, "wang")
    for path in ("/", "/services/", "/accounts/", "/api/v1/items/", "/api/v1/me", "/my/"):
        assert client.get(path).status_code in (200, 302), path
    user = enrolled()
    desk = Client()
    attempt(desk, user.username)
    desk.post(reverse("mfa_authenticate"), {"code": code()})
    assert desk.get("/desk/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/accounts/").status_code == 302
    assert client.get("/healthz/ready").json()["cache"] is False


@pytest.mark.django_db
def test_without_broker_and_cache_an_application_is_taken_all_the_same(
    world: World,  # noqa: F811
    no_broker: None,
    no_cache: None,
    django_capture_on_commit_callbacks: Any,
) -> None:
    draft = world.draft("2026-03-02T09:00")
    client = sign_in(Client(), world.citizen)
    page = f"/apply/draft/{draft.code}/check/"
    shown = client.get(page)
    boxes = re.findall(r'<input[^>]*type="checkbox"[^>]*>', shown.content.decode())
    form: dict[str, list[str]] = {}
    for box in boxes:
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', box))
        form.setdefault(attributes["name"], []).append(attributes.get("value", "on"))
    with django_capture_on_commit_callbacks(execute=True) as bells:
        answer = client.post(page, form)
    assert answer.status_code == 302
    assert bells
    assert Case.objects.count() == 1


class Gone:
    """A register that does not answer."""

    code, notice = "gone", "实名认证平台"

    def person(self, *asked: str, **named: str) -> Answer:
        raise ConnectionError("https://register.example: connection refused")

    body = person


@pytest.mark.django_db
def test_without_the_real_name_register_nobody_is_registered(settings: Settings) -> None:
    settings.REAL_NAME_CHECK = "tests.security.test_doors_faults.Gone"
    form = {
        "name": "王小燕", "id_kind": "resident_id", "id_number": resident_number(4), "phone": "13812345678",
        "email": "", "password1": PASSWORD, "password2": PASSWORD, "consent": "on",
    }  # fmt: skip
    told(Client(raise_request_exception=False).post("/accounts/register/", form), 503)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_a_mail_relay_the_answer_is_the_same_for_known_and_unknown(settings: Settings) -> None:
    user = citizen(email="wang@example.com")
    address = actions.offer_email(user, "wang@example.com")
    assert address
    address.set_verified()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in ("wang@example.com", "nobody@example.com")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, reverse("account_reset_password_done"))
    }
    assert mail.outbox == []


@pytest.mark.django_db
def test_without_the_store_a_file_says_so(world: World, settings: Settings) -> None:  # noqa: F811
    draft = world.draft("2026-03-02T09:00")
    document = Document.objects.filter(draft=draft).first()
    assert document
    client = sign_in(Client(raise_request_exception=False), world.citizen)
    settings.MEDIA_ROOT = "/nonexistent/media"
    answer = client.get(f"/api/v1/drafts/{draft.code}/files/{document.token}/")
    assert answer.status_code in (404, 405, 503)


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    form = {f"field{number}": "x" for number in range(1001)}
    told_large = Client(raise_request_exception=False).post("/accounts/login/", form)
    assert told_large.status_code == 413
    long_word = Client(raise_request_exception=False).post("/accounts/login/", {"login": "x" * 3_000_000})
    assert long_word.status_code in (200, 413)
    assert "过大" in told_large.content.decode()
