"""S2: personal data of people who do not exist, looked for in every byte that leaves the portal."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import AccessEvent, User
from approvals import actions
from casework.actions.make import make_papers
from casework.actions.send import send_batch
from casework.models import Document, Message, Notice
from casework.queries.file import CaseFile
from tests.approvals.conftest import TRUTH, make_district
from tests.security import matrix, world
from tests.security.canaries import CANARIES, everything, leaks, names, readable
from tests.security.clear import CLEAR, NAMED
from tests.security.findings import FOUND, NOT_LISTED
from tests.security.matrix import Cell
from tests.security.policy import OFFICE, RULES, SEES
from tests.security.rules import EVERYBODY, of
from tests.security.world import FOOD, Town, make_town

CASES = sorted(SEES)
REASONED = ("casework:reveal", "exchange-content")  # personal data in clear are asked for by POST, with a reason
# Further pages below a route of the policy: what is added to its address, or stands in the place of its last part.
MORE = {
    "casework:desk": ("?tab=open", "?tab=ended", "?tab=overdue", "?tab=mine"),
    "casework:mine": ("?ended=1",),
    "results": ("?q=食品",),
    "search": ("?q=食品", "?q=准予", "?q=东城"),
    "api-cases": ("?ended=true",),
}


@pytest.fixture(scope="module")
def printed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    """The town with its papers really printed."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        make_district()
        town = make_town(timezone.now())
        make_papers(timezone.now())
        assert not Document.objects.filter(kind="paper", made_at=None).exists()
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def town(printed: Town, db: None) -> Town:
    return printed


def asked() -> Iterator[tuple[Cell, str]]:
    """Every page and object by GET as everybody; what the office may ask for in clear by POST."""
    for name in sorted(set(RULES) - {"law:text"}):
        rule = RULES[name]
        for label in rule.labels:
            if rule.get is not None:
                for who in sorted(EVERYBODY):
                    yield from ((Cell(rule, label, "GET", who), more) for more in ("", *MORE.get(name, ())))
            if name in REASONED:
                yield from ((Cell(rule, label, "POST", who), "") for who in sorted(EVERYBODY))


def allowed(cell: Cell) -> set[tuple[str, str]]:
    """(person, field) that this answer may hold in clear."""
    told = CLEAR.get((cell.rule.route, cell.label), {})
    if cell.rule.route in REASONED and cell.method != "POST":
        return set()
    return {(whose, field) for (whose, fields), who in told.items() if cell.who in who for field in fields}


def test_no_answer_holds_more_than_the_policy_opens(town: Town) -> None:
    faults, opened, seen = [], set(), 0
    for cell, more in asked():
        outcome = matrix.ask(town, cell, more)
        content = everything(outcome.response)
        found = leaks(content)
        if found - allowed(cell):
            faults.append(f"{cell}{more}: in clear {sorted(found - allowed(cell))}")
        opened |= {(cell.rule.route, cell.label, cell.who, *one) for one in found & allowed(cell)}
        strangers = {one for one in names(content) if cell.who not in NAMED[one] | {one.partition(":")[0]}}
        if strangers:
            faults.append(f"{cell}{more}: full name of {sorted(strangers)}")
        seen += 1
    assert not faults, f"{len(faults)} of {seen}:\n" + "\n".join(faults[:60])
    # What the policy opens is really there: a policy that opens too much is wrong as well.
    promised = {
        (route, label, who, whose, field)
        for (route, label), told in CLEAR.items()
        for (whose, fields), people in told.items()
        for who in people
        for field in fields
    }
    assert promised == opened


def test_masked_values_say_the_same_wherever_they_stand(town: Town) -> None:
    citizen = CANARIES["citizen"]
    masks = (citizen.id_number[:3] + "*" * 11 + citizen.id_number[-4:], citizen.phone[:3] + "****" + citizen.phone[-4:])
    for who in sorted((OFFICE["a_filed"] | {"citizen", "agent"}) - {"third"}):
        page = matrix.ask(town, Cell(RULES["casework:case"], "a_filed", "GET", who)).response.content.decode()
        assert all(mask in page for mask in masks), who
    page = matrix.ask(town, Cell(RULES["casework:case"], "a_filed", "GET", "third")).response.content.decode()
    assert not any(mask in page for mask in masks)


def test_the_public_reads_a_masked_name(town: Town) -> None:
    page = matrix.ask(town, Cell(RULES["results"], "", "GET", "anonymous")).response.content.decode()
    assert "甄*鸣" in page
    paper = Document.objects.filter(case=town.cases["a_ended"], paper="xk_grant_decision").get()
    with paper.file.open("rb") as file:
        assert CANARIES["citizen"].name in readable(file.read())


@pytest.mark.parametrize("field", ["id_number", "phone", "address", "contact_phone"])
def test_nobody_is_found_by_what_is_secret(town: Town, field: str) -> None:
    secret = CANARIES["citizen"].secrets[field]
    for who, route in (("auditor", "casework:desk"), ("head", "casework:desk"), ("anonymous", "results")):
        page = matrix.ask(town, Cell(RULES[route], "", "GET", who), f"?tab=open&q={secret}").response.content.decode()
        assert not any(case.number in page for case in town.cases.values()), who


def test_seeing_clear_data_is_written_down_with_its_reason(town: Town) -> None:
    cell = Cell(RULES["casework:reveal"], "a_filed", "POST", "officer")
    before = AccessEvent.objects.filter(kind="personal_data_read").count()
    town.client.cookies.clear()
    town.client.cookies["sessionid"] = town.cookies["officer"]
    address = f"/cases/{town.cases['a_filed'].code}/parties/{town.cases['a_filed'].applicant_id}/"
    assert leaks(town.client.post(address, {"reason": ""}).content) == set()
    assert AccessEvent.objects.filter(kind="personal_data_read").count() == before
    assert leaks(town.client.post(address, {"reason": "电话通知"}).content) == allowed(cell)
    event = AccessEvent.objects.filter(kind="personal_data_read").latest("pk")
    assert (event.actor, event.detail["party"]) == (town.people["officer"], town.parties["citizen"].pk)
    assert not leaks(str(event.detail).encode())


def test_an_export_holds_no_secret_in_either_kind(town: Town) -> None:
    for kind in ("csv", "xlsx"):
        town.client.cookies["sessionid"] = town.cookies["auditor"]
        content = everything(town.client.get(f"/desk/export/{kind}/?tab=open"))
        assert town.cases["a_filed"].number in content.decode(), kind
        assert not leaks(content)


def test_nothing_is_left_in_logs_cache_broker_notices_and_mail(
    town: Town,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    caplog.set_level(logging.DEBUG)
    now = timezone.now()
    User.objects.filter(pk=town.people["citizen"].pk).update(by_email=True, by_sms=True)
    with django_capture_on_commit_callbacks(execute=True):
        draft = world._draft(town, "citizen", "citizen", FOOD, now)
        town.cases["late"] = actions.file_application(draft, town.people["citizen"], now, attested=[TRUTH])
        world.act(town, "late", "accept", "officer", now)
    for cell, more in asked():
        if cell.who in ("citizen", "officer", "system", "anonymous"):
            matrix.ask(town, cell, more)
    send_batch("email", now)
    monkeypatch.setattr(CaseFile, "doors", property(lambda file: 1 / 0))
    broken = matrix.ask(town, Cell(RULES["casework:case"], "a_filed", "GET", "officer")).response
    assert broken.status_code == 500
    del town.cases["late"]

    assert not leaks(everything(broken))
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "ZeroDivisionError" in logged
    assert not leaks(logged.encode())
    assert leaks_in(str(settings.CACHES["default"]["LOCATION"])) == (True, set())
    assert leaks_in(settings.CELERY_BROKER_URL) == (True, set())
    told = [*Notice.objects.values_list("subject", "body"), *Message.objects.values_list("kind", "body", "error")]
    assert told
    assert not leaks(str(told).encode())
    assert not leaks("".join(f"{sent.subject}{sent.body}" for sent in mail.outbox).encode())


def leaks_in(address: str) -> tuple[bool, set[tuple[str, str]]]:
    """Whether anything is kept there, and the secrets in its keys and values."""
    store = redis.Redis.from_url(address)
    kept = b""
    for key in store.scan_iter():
        reads: dict[Any, Any] = {
            b"string": store.get,
            b"list": lambda name: b"".join(store.lrange(name, 0, -1)),  # type: ignore[arg-type]
            b"hash": lambda name: b"".join(store.hvals(name)),  # type: ignore[arg-type]
            b"zset": lambda name: b"".join(store.zrange(name, 0, -1)),  # type: ignore[arg-type]
            b"set": lambda name: b"".join(store.smembers(name)),  # type: ignore[arg-type]
        }
        kept += key + b"\n" + (reads[store.type(key)](key) or b"") + b"\n"
    return bool(kept), leaks(kept) | leaks(_unpacked(kept))


def _unpacked(kept: bytes) -> bytes:
    """Bodies of Celery's messages are base64 within JSON."""
    found = re.findall(rb"[A-Za-z0-9+/=]{24,}", kept)
    return b"\n".join(base64.b64decode(one + b"=" * (-len(one) % 4)) for one in found)


def test_administrators_and_strangers_see_no_case(town: Town) -> None:
    for who in ("system", "security", "audit", "expired", "legal_office"):
        assert not any(who in people for people in SEES.values())
        for label in CASES:
            outcome = matrix.ask(town, Cell(RULES["casework:case"], label, "GET", who))
            assert outcome.kind == "hidden", (who, label)
        page = matrix.ask(town, Cell(RULES["api-cases"], "", "GET", who)).response.json()
        known = {case.code for label, case in town.cases.items() if label in FOUND}
        lawful = {town.cases[label].code for label, people in FOUND.items() if who in people}
        assert known & {row["code"] for row in page["results"]} == lawful, who
    for who in sorted(of(RULES["casework:desk"].get or frozenset(), "")):
        page = matrix.ask(town, Cell(RULES["casework:desk"], "", "GET", who), "?tab=open").response.content.decode()
        listed = {label for label, case in town.cases.items() if label in FOUND and case.number in page}
        lawful = {label for label, people in FOUND.items() if who in people and label != "a_ended"}
        assert listed == (set() if who in NOT_LISTED else lawful), who
