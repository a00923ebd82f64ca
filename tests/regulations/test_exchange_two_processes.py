"""A document is filed with the city between two processes: a whole package, one that lacks something, a city that is
away, that says everything twice, that signs wrongly, and that answers what does not fit."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from casework.actions.ring import ring_all
from casework.models import Case, Message
from exchange.actions import desk
from exchange.actions.reconcile import reconcile
from tests.exchange.processes import control, until
from tests.regulations.exchange.ground import with_papers
from tests.regulations.ground import House, moment

State = Message.State
REPORT = {"report": "报请备案。", "contact": "王示例，12345"}


def now() -> str:
    return timezone.localtime().replace(tzinfo=None).isoformat()


def stands(case: Case, state: str) -> bool:
    case.refresh_from_db()
    return case.state == state


@pytest.mark.django_db(transaction=True)
def test_filing_with_the_city_between_two_processes(simulator: str, house: House, settings: Any) -> None:
    settings.EXCHANGE_PAUSES = (0.1, 0.3)
    case = with_papers(house)
    ring_all(moment("2026-06-01T00:10"))
    # The city is away, and wants more than is sent when it is back.
    control(simulator, faults={"down": 100}, wanted=["政策解读"])
    house.act(case, "bgs-head", "submit_filing", now(), **REPORT)
    until(lambda: Message.objects.filter(direction="out", attempts__gte=2).exists())
    assert stands(case, "submitted")
    # It is back: everything comes twice, half of the signatures are wrong, connections break off.
    control(simulator, faults={"duplicate": 100, "bad_signature": 50, "forget": 30, "wrong_answer": 20})
    until(lambda: stands(case, "supplement_asked"))
    house.act(case, "bgs-head", "supplement", now(), answer="现补充政策解读。")
    until(lambda: stands(case, "registered"))
    assert control(simulator, filings=True)["filings"][case.number]["registered"] == 1
    # What does not fit where the case stands waits for a person.
    control(simulator, answer=[{"case": case.number, "outcome": "accepted", "reasons": "说明成立。"}])
    until(lambda: Message.objects.filter(direction="in", state=State.HELD).exists())
    assert stands(case, "registered")
    early = Message.objects.get(direction="in", state=State.HELD)
    desk.propose(early, "reject", house.user("exchange"), timezone.now(), reason="尚未提出纠正意见")
    desk.decide(early, True, house.user("exchange2"), timezone.now(), seen=1)
    control(simulator, answer=[{"case": case.number, "outcome": "filed"}])
    until(lambda: stands(case, "filed"))
    control(simulator, faults={})
    until(lambda: control(simulator)["counts"]["in_waiting"] == 0)
    until(lambda: not Message.objects.filter(state=State.WAITING).exists())
    assert list(case.acts.order_by("seq").values_list("step", flat=True)) == [
        "open_on_government_publication", "mark_overdue", "submit_filing", "city_asks_supplement", "supplement",
        "city_registers", "city_finds_no_problem",
    ]  # fmt: skip
    city = control(simulator, filings=True)
    assert city["broken"] == []
    assert city["filings"][case.number]["state"] == "filed"
    assert city["counts"] == {"out": 3, "in": 4, "in_waiting": 0}
    run = reconcile(timezone.localdate(), timezone.now())
    assert run.equal, run.differences
    assert {(one["direction"], one["kind"], one["ours"]) for one in run.figures} == {
        ("out", "document_filing", 2), ("out", "rejection", 1), ("in", "document_filing_answer", 4),
    }  # fmt: skip
