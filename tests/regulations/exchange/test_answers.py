"""What the city answers moves a filing by the rows of the procedure, once, and jumps no gate."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from casework import registry
from casework.actions import Offer, take
from casework.actions.ring import ring_all
from casework.models import Case, Message
from casework.procedure import THE_LAW
from casework.queries.rights import LAW, Actor, Standing
from casework.refusal import NotAllowed, Refused
from exchange.actions import desk
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from exchange.rules import bodies
from exchange.rules.signed import Unsigned
from regulations.actions.exchange import ANSWERS
from regulations.models import NormativeDocument
from regulations.procedures.filing import FILING
from regulations.queries.filing import MATERIALS
from tests.exchange.conftest import City
from tests.exchange.samples import letter
from tests.regulations.exchange.ground import AT, MORE, OFFICE, REPORT, Answers, passed_on, state_of
from tests.regulations.ground import House, child_of, moment

State = Message.State


def test_the_receipt_of_the_city_registers_the_filing(filed: Case, city: City, house: House) -> None:
    passed_on(city, moment("2026-04-24T10:00"))
    assert state_of(filed) == "registered"
    act = filed.acts.get(step="city_registers")
    message = Message.objects.get(direction="in")
    assert (act.role, act.actor, act.at) == (THE_LAW, None, moment("2026-04-24T10:00"))
    assert act.facts["message"] == message.key
    assert (message.state, message.case, message.act) == (State.DONE, filed, act)
    assert str(act.facts["number"]).startswith("京规备〔")
    assert filed.deadlines.get(key="gz_review").triggered_at == act.at
    page = house.client("bgs-head").get(f"/cases/{filed.code}/").content.decode()
    for words in (
        "市级平台办理情况",
        "报送备案：市级平台已于",
        "收到答复：市政府备案登记（北京市司法局（模拟），京规备〔",
    ):
        assert words in page


def test_a_package_in_which_something_is_missing_comes_back(
    filed: Case,
    city: City,
    house: House,
) -> None:
    city.platform.filings.wanted = ("政策解读",)
    passed_on(city, moment("2026-04-24T10:00"))
    assert state_of(filed) == "supplement_asked"
    assert filed.acts.get(step="city_asks_supplement").facts["missing"] == "政策解读"
    assert filed.deadlines.get(key="gz_supplement").running
    house.act(filed, "bgs-head", "supplement", "2026-04-27T09:00", answer="现补充政策解读。")
    again = Message.objects.get(direction="out", sequence=2)
    assert (again.kind, again.body["step"], again.body["answer"]) == (
        "document_filing",
        "supplement",
        "现补充政策解读。",
    )
    assert len(again.body["materials"]) == len(MATERIALS)
    passed_on(city, moment("2026-04-28T10:00"))
    assert state_of(filed) == "registered"
    city.platform.filings.answer({"case": filed.number, "outcome": "filed"}, timezone.localtime())
    passed_on(city, moment("2026-05-12T10:00"))
    assert state_of(filed) == "filed"
    assert filed.ended_at == moment("2026-05-12T10:00")
    assert city.platform.filings.standing()[filed.number]["state"] == "filed"


def test_every_answer_takes_its_row(filed: Case, house: House, answers: Answers) -> None:
    def undone(*said: tuple[str, ...]) -> None:
        """Walk one way from where the filing stands, and go back."""
        with transaction.atomic():
            for by, *what in said:
                if by == "beat":
                    ring_all(moment(*what))
                elif by == "city":
                    message = answers.say(filed, *what)
                    assert message.error == ""
                else:
                    step, at, words = what
                    name = "answer" if step in ("explain", "supplement") else "report"
                    house.act(filed, by, step, at, **{name: words})
            walked.update(filed.acts.values_list("step", flat=True))
            transaction.set_rollback(True)

    walked: set[str] = set()
    undone(("city", "out_of_scope", "2026-04-24T09:00"))
    undone(
        ("city", "incomplete", "2026-04-24T09:00"), ("bgs-head", "supplement", "2026-04-25T09:00", "已补充。"),
        ("city", "registered", "2026-04-26T09:00"), ("city", "explain", "2026-04-27T09:00"),
        ("bgs-head", "explain", "2026-04-28T09:00", "依据如下。"), ("city", "explain", "2026-04-29T09:00"),
        ("city", "goes_on", "2026-05-21T09:00"), ("city", "extended", "2026-05-22T09:00"),
        ("city", "filed", "2026-08-03T09:00"),
    )  # fmt: skip
    corrected = (("city", "registered", "2026-04-24T09:00"), ("city", "correct", "2026-04-27T09:00"))
    contested = (*corrected, ("bgs-head", "contest_opinion", "2026-05-06T09:00", "依据充分。"))
    undone(*contested, ("city", "accepted", "2026-05-07T09:00"))
    undone(*contested, ("beat", "2026-06-01T00:10"), ("city", "revoked", "2026-06-08T09:00"))
    assert {row for row, _ in ANSWERS.values()} <= walked
    assert {row.name for row in FILING.steps if row.name.startswith("city_")} <= walked


def test_a_document_that_the_city_revokes_applies_no_more(filed: Case, house: House, answers: Answers) -> None:
    for outcome, at in (("registered", "2026-04-24T09:00"), ("correct", "2026-04-27T09:00")):
        answers.say(filed, outcome, at)
    house.act(filed, "bgs-head", "contest_opinion", "2026-05-06T09:00", report="依据充分。")
    ring_all(moment("2026-06-01T00:10"))
    assert answers.say(filed, "revoked", "2026-06-08T09:00").error == ""
    document = NormativeDocument.objects.get(case=filed.parent)
    assert (filed.state, document.ended) == ("revoked", "revoked")
    assert document.standing(moment("2026-06-08T09:00").date()) == "revoked"


def test_what_the_maker_says_later_is_told(filed: Case, house: House, answers: Answers) -> None:
    answers.say(filed, "registered", "2026-04-24T09:00")
    answers.say(filed, "explain", "2026-04-27T09:00")
    house.act(filed, "bgs-head", "explain", "2026-04-28T09:00", answer="依据如下。")
    answers.say(filed, "correct", "2026-04-29T09:00", not_applied="第二条明显违法")
    assert filed.parent
    assert list(house.document(filed.parent).suspensions.values_list("clause", flat=True)) == ["a2"]
    house.repeal(filed.parent, "2026-05-07T09:00", by="government")
    house.act(filed, "bgs-head", "report_corrected", "2026-05-08T09:00", how="repealed", decision="东政发〔2026〕9号",
              corrected_on="2026-05-07", report="已废止。")  # fmt: skip
    told = list(Message.objects.filter(direction="out", kind="document_filing_report").order_by("sequence"))
    assert [(one.sequence, one.body["step"]) for one in told] == [(2, "explain"), (3, "report_corrected")]
    assert told[0].body["said"] == {"answer": "依据如下。"}
    assert told[1].body["said"] == {
        "how": "repealed", "decision": "东政发〔2026〕9号", "corrected_on": "2026-05-07", "report": "已废止。",
    }  # fmt: skip
    assert all(bodies.of_body(one.kind, one.body) == [] for one in told)


def test_the_same_answer_twice_takes_effect_once(filed: Case, city: City, answers: Answers) -> None:
    one = letter("document_filing_answer", {
        "case": filed.number, "outcome": "registered", "office": OFFICE, "at": "2026-04-24T09:00:00+08:00",
        **MORE["registered"],
    }, "BJ-TWICE")  # fmt: skip
    for at in (moment("2026-04-24T09:00"), moment("2026-04-24T09:30"), moment("2026-04-25T09:00")):
        receive(city.written(one, at), at)
        take_in(at, 5)
    assert filed.acts.filter(step="city_registers").count() == 1
    # The city says it again under a new id: nothing is done twice, and a person looks at it.
    again = answers.say(filed, "registered", "2026-04-26T09:00")
    assert again.state == State.HELD
    assert filed.acts.filter(step="city_registers").count() == 1


def test_a_wrong_signature_moves_nothing(filed: Case, city: City, answers: Answers) -> None:
    body = {"case": filed.number, "outcome": "registered", "office": OFFICE, "at": "2026-04-24T09:00:00+08:00"}
    at = moment("2026-04-24T09:00")
    true = city.written(letter("document_filing_answer", {**body, **MORE["registered"]}), at)
    for false in (
        true.replace("京规备〔2026〕1号".encode(), "京规备〔2026〕2号".encode()),
        json.dumps({**json.loads(true), "signature": "A" * 86 + "=="}).encode(),
    ):
        with pytest.raises(Unsigned):
            receive(false, at)
        take_in(at, 5)
    assert state_of(filed) == "submitted"
    assert not Message.objects.filter(direction="in").exists()


@pytest.mark.parametrize("outcome", ["filed", "correct", "explain", "extended", "goes_on", "accepted", "revoked"])
def test_an_answer_jumps_no_gate(filed: Case, answers: Answers, outcome: str) -> None:
    message = answers.say(filed, outcome, "2026-04-24T09:00")
    assert message.state == State.HELD
    assert "已报送待登记" in message.error
    assert (filed.state, filed.act_count) == ("submitted", 2)


def test_a_held_answer_takes_effect_when_its_time_has_come(filed: Case, house: House, answers: Answers) -> None:
    early = answers.say(filed, "filed", "2026-04-24T09:00")
    answers.say(filed, "registered", "2026-04-27T09:00")
    assert state_of(filed) == "registered"
    desk.retry(early, house.user("exchange"), moment("2026-04-28T09:00"))
    take_in(moment("2026-04-28T09:00"), 5)
    assert state_of(filed) == "filed"
    assert filed.acts.get(step="city_finds_no_problem").at == moment("2026-04-27T09:00")


def test_days_that_do_not_fit_are_held(filed: Case, answers: Answers) -> None:
    answers.say(filed, "registered", "2026-04-24T09:00")
    for outcome, more in (
        ("explain", {"explain_by": "2026-04-25"}), ("extended", {"extend_to": "2026-04-30"}),
        ("explain", {"questions": ""}),
    ):  # fmt: skip
        assert answers.say(filed, outcome, "2026-04-27T09:00", **more).state == State.HELD
    assert state_of(filed) == "registered"


def test_an_answer_to_what_was_not_sent_is_held(house: House, due: Case, answers: Answers, settings: Any) -> None:
    assert "不能办理" in answers.say(due, "registered", "2026-04-23T08:00").error
    url, settings.EXCHANGE_URL = settings.EXCHANGE_URL, ""
    house.act(due, "bgs-head", "submit_filing", AT, **REPORT)
    settings.EXCHANGE_URL = url
    assert "已通过市级平台报送" in answers.say(due, "registered", "2026-04-24T09:00").error
    elsewhere = child_of(house.published(), "regulations.filing")
    house.act(elsewhere, "scj-head", "submit_filing", AT, **REPORT)
    assert "已通过市级平台报送" in answers.say(elsewhere, "registered", "2026-04-24T09:00").error
    assert "没有案号" in answers.say("规〔2026〕404号", "registered", "2026-04-24T09:00").error
    assert state_of(due) == state_of(elsewhere) == "submitted"


def test_nobody_takes_a_row_of_the_city(filed: Case, house: House) -> None:
    for name, _ in ANSWERS.values():
        row = registry.procedure(filed.procedure, filed.version).step(name)
        for who in ("bgs-head", "city-review", "legal-office", "government", "exchange"):
            user = house.user(who)
            assert Standing(user, moment(AT).date()).actors(filed, row) == []
            with pytest.raises(NotAllowed):
                take(filed, name, Actor(user, "superior_government", "x"), moment("2026-04-24T09:00"))
    with pytest.raises(Refused, match="答复已送达本案"):
        take(filed, "city_registers", LAW, moment("2026-04-24T09:00"), Offer(facts={"message": "x", "office": "x"}))


def test_the_reviewers_act_there_or_here(filed: Case, house: House, settings: Any) -> None:
    """What was sent to the city's platform is reviewed there; without one its reviewers act here as ever."""
    with pytest.raises(Refused, match="没有通过市级平台报送"):
        house.act(filed, "city-review", "register", "2026-04-24T09:00")
    settings.EXCHANGE_URL = ""
    house.act(filed, "city-review", "register", "2026-04-24T09:00")
    assert filed.state == "registered"


def test_what_was_filed_before_a_city_was_connected_stays_here(house: House, due: Case, settings: Any) -> None:
    url, settings.EXCHANGE_URL = settings.EXCHANGE_URL, ""
    house.act(due, "bgs-head", "submit_filing", AT, **REPORT)
    house.act(due, "city-review", "ask_supplement", "2026-04-24T09:00", missing="政策解读")
    settings.EXCHANGE_URL = url
    house.act(due, "bgs-head", "supplement", "2026-04-27T09:00", answer="现补充政策解读。")
    assert not Message.objects.exists()
    house.act(due, "city-review", "register", "2026-04-28T09:00")
    assert due.state == "registered"


@pytest.mark.parametrize("outcome", list(ANSWERS))
def test_an_answer_says_what_its_row_asks(outcome: str) -> None:
    """Schema, row and the table between them agree: what a row demands, the schema demands."""
    step, names = ANSWERS[outcome]
    row = registry.procedure("regulations.filing").step(step)
    assert {ask.name for ask in row.asks} == {"message", "office", "number", *names}
    assert (row.by, row.gives) == ((THE_LAW,), ())
    whole = {"case": "规〔2026〕1号", "outcome": outcome, "office": OFFICE, "at": "2026-04-24T09:00:00+08:00"}
    whole |= MORE.get(outcome, {})
    assert bodies.of_body("document_filing_answer", whole) == []
    for ask in row.asks:
        if ask.required and ask.name not in ("message",):
            without = {name: value for name, value in whole.items() if name != ask.name}
            assert bodies.of_body("document_filing_answer", without), ask.name
