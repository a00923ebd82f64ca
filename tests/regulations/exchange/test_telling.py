"""What the district files with the city leaves with its act as a message, and arrives whatever happens."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Act, Case, Document, Message
from casework.refusal import Refused
from exchange.actions.deliver import deliver_batch
from exchange.actions.reconcile import reconcile
from exchange.queries.peer import letter_of
from exchange.rules import bodies
from regulations.actions import exchange
from regulations.models import NormativeDocument
from regulations.queries.filing import MATERIALS, rates
from tests.exchange.conftest import City
from tests.regulations.exchange.ground import AT, REPORT, Answers, passed_on, state_of
from tests.regulations.ground import House, child_of, moment

State = Message.State


def test_the_whole_package_leaves_with_the_act(filed: Case) -> None:
    message = Message.objects.get(direction="out")
    assert (message.kind, message.stream, message.sequence, message.case) == ("document_filing", filed.number, 1, filed)
    assert message.act == filed.acts.get(step="submit_filing")
    body = message.body
    assert bodies.of_body("document_filing", body) == []
    document = NormativeDocument.objects.get(case=filed.parent)
    assert body["document"] == {
        "issuer": "北京市东城区人民政府", "number": document.number, "title": document.title, "signed_on": "2026-04-21",
        "published_on": "2026-04-22", "effective_from": "2026-06-01", "valid_until": "2031-06-01",
        "text": document.versions.get().body,
    }  # fmt: skip
    assert body["organ"]["code"] == "DC-BGS"
    report = Document.objects.get(case=filed, paper="gfx_filing_report_gov")
    assert body["report"] == {"number": report.number, "words": REPORT["report"], "contact": REPORT["contact"]}
    assert {one["material"] for one in body["materials"]} == set(MATERIALS)
    for one in body["materials"]:
        data = base64.b64decode(one["content"])
        assert data.startswith(b"%PDF")
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one["sha256"], one["size"])
        assert Document.objects.filter(paper=one["code"], sha256=one["sha256"], case=filed.parent).exists()


def test_what_is_undone_told_nothing(house: House, due: Case) -> None:
    with transaction.atomic():
        house.act(due, "bgs-head", "submit_filing", AT, **REPORT)
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_what_a_department_files_stays_here(house: House, city: City) -> None:
    filing = child_of(house.published(), "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", AT, **REPORT)
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    assert filing.state == "registered"
    assert not Message.objects.exists()


def test_a_paper_that_is_not_printed_yet_cannot_be_sent(house: House, city: City, settings: Any) -> None:
    filing = child_of(house.published("government"), "regulations.filing")
    with pytest.raises(Refused, match="正在生成"):
        house.act(filing, "bgs-head", "submit_filing", AT, **REPORT)
    assert state_of(filing) == "due"
    settings.EXCHANGE_URL = ""  # on paper, or in the portal, it can
    house.act(filing, "bgs-head", "submit_filing", AT, **REPORT)
    assert filing.state == "submitted"


def test_a_package_that_is_too_large_for_the_city_is_refused(
    house: House, due: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_BYTES", 60_000)
    with pytest.raises(Refused, match="合计过大"):
        house.act(due, "bgs-head", "submit_filing", AT, **REPORT)
    assert state_of(due) == "due"


def test_the_city_is_away_and_gets_it_later(filed: Case, city: City) -> None:
    city.misbehave(down=100)
    deliver_batch(timezone.now())
    assert Message.objects.get().state == State.WAITING
    city.misbehave()
    Message.objects.update(next_try_at=timezone.now())
    passed_on(city, moment("2026-04-27T10:00"))
    assert state_of(filed) == "registered"


def test_what_a_lie_lost_is_found_and_sent_again(filed: Case, city: City, house: House) -> None:
    city.misbehave(lie=100)
    passed_on(city, moment("2026-04-24T10:00"))
    assert Message.objects.get().state == State.DONE
    assert city.platform.filings.standing() == {}
    city.misbehave()
    run = reconcile(timezone.localdate(), timezone.now())
    assert [(one["kind"], one["what"]) for one in run.differences] == [("document_filing", "missing_there")]
    passed_on(city, moment("2026-04-24T11:00"))
    assert state_of(filed) == "registered"
    again = reconcile(timezone.localdate(), timezone.now())
    assert again.equal
    assert {(one["direction"], one["kind"]) for one in again.figures} == {
        ("out", "document_filing"), ("in", "document_filing_answer"),
    }  # fmt: skip


def test_an_earlier_package_that_comes_late_is_not_answered(filed: Case, city: City, house: House) -> None:
    city.platform.filings.wanted = ("政策解读",)
    passed_on(city, moment("2026-04-24T10:00"))
    house.act(filed, "bgs-head", "supplement", "2026-04-27T09:00", answer="现补充政策解读。")
    passed_on(city, moment("2026-04-28T10:00"))
    first = Message.objects.get(direction="out", sequence=1)
    waiting = len(city.book.waiting(50))
    city.platform.filings.arrived(letter_of(first), timezone.localtime())
    assert len(city.book.waiting(50)) == waiting


def test_the_page_says_where_the_message_is(filed: Case, house: House) -> None:
    client, address = house.client("bgs-head"), f"/cases/{filed.code}/"
    assert "报送备案：等待送达市级平台" in client.get(address).content.decode()
    Message.objects.update(state=State.HELD, next_try_at=None)
    assert "报送备案：市级平台没有接收，等待数据交换管理人员处理" in client.get(address).content.decode()


def test_the_page_costs_the_same_however_many_messages(filed: Case, house: House, answers: Answers) -> None:
    client, address = house.client("bgs-head"), f"/cases/{filed.code}/"
    answers.say(filed, "registered", "2026-04-24T09:00")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for day in range(3):
        answers.say(filed, "explain", f"2026-04-2{5 + day}T09:00")
        house.act(filed, "bgs-head", "explain", f"2026-04-2{5 + day}T10:00", answer="依据如下。")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_acts_of_the_city_count_in_the_rates(filed: Case, answers: Answers) -> None:
    answers.say(filed, "incomplete", "2026-04-24T09:00")
    day = moment(AT).date()
    (row,) = [one for one in rates(day - timedelta(days=30), day, day) if one.filed]
    assert (row.filed, row.supplemented) == (1, 1)
    assert Act.objects.filter(step="city_asks_supplement").count() == 1
