"""A text may change on its way; what was proposed stays what it is, and whoever receives a power has said so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation
from casework.models import Act, Case, Draft
from casework.refusal import Refused
from powerlist.procedures import CHANGE
from tests.accounts.people import seat
from tests.powerlist.conftest import FOOD, FOOD_ITEM, MADE, Town, moment

STREET, HEALTH = "110101010", "DC-WJW"
OTHER_KIND, NOT_CONFIRMED = "仍属于所提出的调整类型", "已经确认承接或者经裁定"


def transfer(town: Town) -> Case:
    return town.propose(town.draft("transfer", FOOD, organ=STREET), wished_on="2026-04-01")


def ex_officio(town: Town, kind: str, code: str = "", **changed: Any) -> Draft:
    return town.draft(kind, code, by="legal-office", of="DC-SFJ", ex_officio=True, **changed)


def returned(town: Town, case: Case, at: str = "2026-03-02T13:00") -> Case:
    town.act(case, "legal-office", "return_incomplete", at, missing="实施主体")
    return case


def sent(town: Town, case: Case, at: str = "2026-03-03T09:00") -> Act:
    return town.act(case, "legal-office", "send_to_legal_review", at, points="请审核")


def received(town: Town, case: Case, by: str, at: str = "2026-03-02T11") -> None:
    town.act(case, "legal-office", "ask_receiver", f"{at}:00", confirm_by="2026-03-09")
    town.act(case, by, "confirm_taking_over", f"{at}:30", means="四名持证人员")


@pytest.mark.parametrize("step", ["send_to_legal_review", "pass_legal_review"])
def test_the_office_looks_at_the_kind_before_and_in_the_review(step: str) -> None:
    assert "fits_its_kind" in [gate.kind for gate in CHANGE.step(step).needs]


def test_a_change_does_not_become_a_transfer_when_it_is_completed(town: Town) -> None:
    case = returned(town, town.propose(town.draft("change", FOOD, promised="8个工作日")))
    town.complete(case, "scj-head", "2026-03-02T14:00", organ=STREET)
    with pytest.raises(Refused, match=OTHER_KIND):
        sent(town, case)
    returned(town, case, "2026-03-03T10:00")
    town.complete(case, "scj-head", "2026-03-03T11:00", organ="DC-SCJ")
    sent(town, case, "2026-03-03T12:00")


def test_nor_does_it_lose_its_difference(town: Town) -> None:
    draft = town.draft("change", FOOD, promised="8个工作日")
    case = returned(town, town.propose(draft))
    town.complete(case, "scj-head", "2026-03-02T14:00", promised="")
    with pytest.raises(Refused, match=OTHER_KIND):
        sent(town, case)


@pytest.mark.parametrize(("kind", "changed"), [("change", {"organ": STREET}), ("transfer", {"promised": "8个工作日"})])
def test_what_the_legal_office_begins_is_no_other_kind_either(town: Town, kind: str, changed: dict[str, Any]) -> None:
    """A change ex officio may not name another holder, nor a transfer nobody."""
    case = town.propose(ex_officio(town, kind, FOOD, **changed))
    with pytest.raises(Refused, match=OTHER_KIND):
        sent(town, case)


def test_an_addition_stays_one_of_the_organ_itself(town: Town) -> None:
    case = returned(town, town.propose(town.draft("addition")))
    town.complete(case, "scj-head", "2026-03-02T14:00", organ=HEALTH)
    with pytest.raises(Refused, match=OTHER_KIND):
        sent(town, case)


def test_what_the_legal_office_adds_is_another_organs(town: Town) -> None:
    sent(town, town.propose(ex_officio(town, "addition", organ="DC-SCJ")))


def test_a_confirmation_counts_for_whom_it_named(town: Town) -> None:
    case = transfer(town)
    received(town, case, "street-head")
    returned(town, case)
    town.complete(case, "scj-head", "2026-03-02T14:00", organ=HEALTH)
    with pytest.raises(Refused, match=NOT_CONFIRMED):
        sent(town, case)
    received(town, case, "wjw-head", "2026-03-03T10")
    sent(town, case, "2026-03-03T12:00")


def test_and_stands_when_another_element_is_completed(town: Town) -> None:
    case = transfer(town)
    received(town, case, "street-head")
    returned(town, case)
    town.complete(case, "scj-head", "2026-03-02T14:00", promised="8个工作日")
    sent(town, case)


def test_a_transfer_without_a_receiver_is_none_any_more(town: Town) -> None:
    case = transfer(town)
    received(town, case, "street-head")
    returned(town, case)
    town.complete(case, "scj-head", "2026-03-02T14:00", organ="DC-SCJ")
    with pytest.raises(Refused, match=OTHER_KIND):
        sent(town, case)


@pytest.mark.parametrize("then", [STREET, "DC-CZJ"])
def test_a_ruling_holds_for_whom_it_names(town: Town, then: str) -> None:
    """The government named the commission of health; no completion puts another organ in its place."""
    case = transfer(town)
    received(town, case, "street-head")
    town.act(case, "legal-office", "ask_receiver", "2026-03-02T11:40", confirm_by="2026-03-09")
    town.act(case, "street-head", "object_to_taking_over", "2026-03-02T12:00", reasons="没有人员")
    town.act(case, "government", "settle_for_change", "2026-03-02T12:30", successor=HEALTH, reasons="职责相近")
    returned(town, case)
    town.complete(case, "scj-head", "2026-03-02T14:00", organ=then)
    with pytest.raises(Refused, match=NOT_CONFIRMED):
        sent(town, case)
    returned(town, case, "2026-03-03T10:00")
    town.complete(case, "scj-head", "2026-03-03T11:00", organ=HEALTH, promised="8个工作日")
    sent(town, case, "2026-03-03T12:00")


def test_a_ruling_on_a_change_names_another_holder(town: Town) -> None:
    """What only a transfer may do otherwise: the government has decided it."""
    case = town.propose(town.draft("change", FOOD, promised="8个工作日"))
    asked = {"organs": [STREET], "reply_by": "2026-03-09"}
    town.act(case, "legal-office", "consult_organs", "2026-03-02T11:00", **asked)
    town.act(case, "street-head", "raise_dispute", "2026-03-02T12:00", reasons="由街道行使")
    town.act(case, "government", "settle_for_change", "2026-03-02T12:30", successor=STREET, reasons="职责相近")
    sent(town, case)


@pytest.mark.parametrize(
    ("kind", "changed", "facts"),
    [
        ("addition", {}, {}),
        ("take_over", {}, {"means": "人员"}),
        ("change", {"promised": "8个工作日"}, {}),
        ("transfer", {"organ": STREET}, {"wished_on": "2026-04-01"}),
        ("delegation", {"organ": STREET}, {}),
    ],
)
def test_nobody_is_entrusted_without_being_asked(
    town: Town, kind: str, changed: dict[str, Any], facts: dict[str, Any]
) -> None:
    code = "" if kind in ("addition", "take_over") else FOOD
    with pytest.raises(Refused, match="由受委托机关确认"):
        town.propose(town.draft(kind, code, entrusted=HEALTH, **changed), **facts)


def test_a_power_is_transferred_to_an_agency(town: Town) -> None:
    Organisation.objects.create(code="DC-SY", name="示例事业单位", short_name="示例单位", kind="institution")
    with pytest.raises(Refused, match="承接单位是行政机关"):
        town.propose(town.draft("transfer", FOOD, organ="DC-SY"), wished_on="2026-04-01")


# --- a second person -------------------------------------------------------------------------------------------------


@pytest.fixture
def two_seats(town: Town) -> Town:
    """One person is the head of the bureau and of the subdistrict."""
    seat(town.user("scj-head"), "head_of_organ", town.organ(STREET), at=MADE)
    return town


ASKED = {"organs": [STREET], "reply_by": "2026-03-09"}
SECOND = (
    ("ask_receiver", {"confirm_by": "2026-03-09"}, "confirm_taking_over", {"means": "四名持证人员"}),
    ("ask_receiver", {"confirm_by": "2026-03-09"}, "object_to_taking_over", {"reasons": "没有人员"}),
    ("consult_organs", ASKED, "give_opinion", {"opinion": "agree", "reasons": "同意"}),
    ("consult_organs", ASKED, "raise_dispute", {"reasons": "推诿"}),
)


@pytest.mark.parametrize(("first", "asked", "step", "facts"), SECOND)
def test_nobody_speaks_for_both_organs(
    two_seats: Town, first: str, asked: dict[str, Any], step: str, facts: dict[str, Any]
) -> None:
    case = transfer(two_seats)
    two_seats.act(case, "legal-office", first, "2026-03-02T11:00", **asked)
    with pytest.raises(Refused, match="办理过前一环节的人员不得办理"):
        two_seats.act(case, "scj-head", step, "2026-03-02T12:00", **facts)
    refused_by_the_database(two_seats, case, "scj-head", step, STREET)
    two_seats.act(case, "street-head", step, "2026-03-02T12:00", **facts)


@pytest.mark.parametrize(
    ("step", "facts"), [("pass_legal_review", {"opinion": "符合"}), ("object_in_legal_review", {"reasons": "没有依据"})]
)
def test_nobody_reviews_what_they_drafted(town: Town, step: str, facts: dict[str, Any]) -> None:
    case = town.propose(ex_officio(town, "change", FOOD, promised="9个工作日"))
    sent(town, case)
    with pytest.raises(Refused, match="办理过前一环节的人员不得办理"):
        town.act(case, "legal-office", step, "2026-03-04T09:00", **facts)
    refused_by_the_database(town, case, "legal-office", step, "DC-SFJ")
    town.act(case, "legal-office2", step, "2026-03-04T09:00", **facts)


def refused_by_the_database(town: Town, case: Case, who: str, step: str, organ: str) -> None:
    """Whoever writes the act past the program."""
    case.refresh_from_db()
    row, user = CHANGE.step(step), town.user(who)
    with pytest.raises(IntegrityError, match="needs another person"), transaction.atomic():
        Act.objects.create(
            case=case, seq=case.act_count + 1, step=step, label=row.label, actor=user, actor_name=user.display_name,
            role=row.by[0], organisation=town.organ(organ), at=moment("2026-03-05T09:00"), from_state=case.state,
            to_state=row.to if row.moves else case.state,
        )  # fmt: skip


# --- service items ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [FOOD_ITEM, FOOD])
def test_an_item_is_linked_to_one_power(town: Town, code: str) -> None:
    with pytest.raises(Refused, match="没有关联其他现行有效的权责事项"):
        town.propose(town.draft("addition", items=[code]))


def test_only_a_known_item_is_linked_anew(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is linked already is not asked for again."""
    draft = town.draft("change", FOOD, items=[FOOD_ITEM, "DC-SCJ-XXXX"])
    with pytest.raises(Refused, match="已列入服务事项目录"):
        town.propose(draft)
    asked = list[list[str]]()

    def known(codes: list[str], on: date) -> dict[str, str]:
        asked.append(codes)
        return dict.fromkeys(codes, "")

    monkeypatch.setattr("casework.registry.service_items", known)
    town.propose(draft)
    assert asked == [["DC-SCJ-XXXX"]]
