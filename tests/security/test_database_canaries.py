"""Who steals a dump, the write-ahead log, the queue or the logs reads no identity number, telephone or address."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import actions as people
from accounts.models import AccessEvent
from accounts.realname import LocalFake
from casework.models import Document
from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey
from portal.environment import next_number
from tests import settings as test_settings
from tests.accounts.people import PASSWORD, party_of, resident_number
from tests.approvals import conftest as licensing
from tests.casework.conftest import renew_stamp
from tests.running import Worker

SERIAL = uuid.uuid4().int
NUMBER = resident_number(SERIAL % 1000)
PHONE = f"137{SERIAL % 10**8:08d}"
PHONE_OF_CONTACT = f"136{SERIAL // 7 % 10**8:08d}"
ADDRESS = f"北京市东城区金丝雀胡同{SERIAL % 10**6}号"
ADDRESS_OF_CONTACT = f"北京市东城区联络巷{SERIAL % 10**6}号"
CANARIES = (NUMBER, PHONE, PHONE_OF_CONTACT, ADDRESS, ADDRESS_OF_CONTACT)
MARK = f"标记{SERIAL % 10**9}"  # not personal: proves that what is searched is what was written


def forms(text: str) -> list[bytes]:
    """The bytes by which a text would be known: plain, as JSON writes it, in UTF-16 and GB 18030, in base64."""
    plain = text.encode()
    escaped = text.encode("unicode_escape")
    # Wherever base64 begins within a longer text, one of three shifts shows; its first and last signs depend on others.
    shifted = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, escaped, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("gb18030"), *shifted]


def hits(content: bytes, text: str) -> bool:
    return any(form in content for form in forms(text))


def found(where: str, contents: Iterator[tuple[str, bytes]]) -> list[str]:
    return [f"{where}: {name}: {text}" for name, content in contents for text in CANARIES if hits(content, text)]


def files_below(directory: Path) -> Iterator[tuple[str, bytes]]:
    for path in directory.rglob("*"):
        try:
            if path.is_file():
                yield str(path), path.read_bytes()
        except OSError:
            continue  # a temporary file that is gone meanwhile


@pytest.fixture
def spoken_of(settings: Settings, tmp_path: Path, worker: Worker) -> Iterator[Worker]:
    """Through the doors: an account, a licence applied for and accepted, papers, a look at data, a wrong sign-in."""
    settings.MEDIA_ROOT = tmp_path
    licensing.make_district()
    renew_stamp()
    world = licensing.make_world()
    given: dict[str, Any] = {
        "id_number": NUMBER,
        "phone": PHONE,
        "password": PASSWORD,
        "username": "canary",
        "address": ADDRESS,
    }
    citizen = people.create_citizen(name=MARK, checker=LocalFake(), at=licensing.MADE, **given)
    world.citizen, world.company = citizen, party_of(citizen)
    contact = {"name": MARK, "phone": PHONE_OF_CONTACT, "address": ADDRESS_OF_CONTACT}
    before = dict(licensing.CONTACT)
    licensing.CONTACT.update(contact)
    case = world.accepted()
    licensing.CONTACT.update(before)
    party = party_of(citizen)
    assert people.reveal(party, by=world.officer, reason="核对", at=timezone.now()).address == ADDRESS
    Client().post("/accounts/login/", {"login": PHONE, "password": f"{PASSWORD}x"})
    Client().get("/services/", {"q": PHONE})
    worker.settle()
    assert Document.objects.filter(case=case, kind=Document.Kind.PAPER).exists()
    assert AccessEvent.objects.filter(user=world.officer, detail__has_key="reason").exists()
    yield worker
    renew_stamp()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_clear_at_rest(spoken_of: Worker) -> None:
    directory = test_settings.DIRECTORY
    postgres = Postgres(directory)
    database = connection.settings_dict
    program = postgres._programs()[0] / "pg_dump"
    dump = subprocess.run(
        [program, "--inserts", f"--dbname={database['NAME']}", f"--username={database['USER']}", "--no-password",
         f"--host={database['HOST']}", f"--port={database['PORT']}"],
        env={**os.environ, "PGPASSWORD": str(database["PASSWORD"])}, capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert hits(dump, MARK), "names are not sealed: the dump is the one that was meant"
    assert found("dump", iter([("pg_dump", dump)])) == []

    kept = files_below(postgres.data / "pg_wal")
    assert any(hits(content, MARK) for _, content in kept), "the write-ahead log has what was just written"
    assert found("database", files_below(postgres.data)) == []

    queue = redis.Redis.from_url(configured.CELERY_BROKER_URL)
    queue.save()
    assert found("queue", files_below(Valkey(directory).data)) == []
    assert found("keys", _keys()) == []
    assert found("logs", files_below(directory / "log")) == []
    assert found("worker", iter([("worker", spoken_of.log.read_bytes())])) == []
    assert found("errors", files_below(Path(configured.VAR) / "log")) == []


def test_a_clear_value_would_be_found(tmp_path: Path) -> None:
    for number, form in enumerate(forms(ADDRESS)):
        (tmp_path / str(number)).write_bytes(b"before" + form + b"after")
    longer = base64.b64encode(f"前言{PHONE}后记".encode())
    (tmp_path / "longer").write_bytes(longer)
    assert len(found("here", files_below(tmp_path))) == len(forms(ADDRESS)) + 1
    shutil.rmtree(tmp_path)


def _keys() -> Iterator[tuple[str, bytes]]:
    """Every key of the broker and of the cache with its value."""
    for address in (configured.CELERY_BROKER_URL, next_number(configured.CELERY_BROKER_URL)):
        server = redis.Redis.from_url(address)
        for key in server.scan_iter():
            yield repr(key), key + (server.dump(key) or b"")
