"""The legal office begins a change itself: the organ whose power it is learns of it, is heard and gets the papers."""

from __future__ import annotations

from typing import Any

import pytest

from casework.models import Case, Document, Notice
from casework.refusal import Refused
from tests.powerlist.conftest import FOOD, Town
from tests.powerlist.test_kinds import ex_officio, received, returned, sent

STREET, HEALTH = "110101010", "DC-WJW"
BUREAU = "北京市东城区市场监督管理局"


def told(act_step: str, who: str) -> bool:
    return Notice.objects.filter(act__step=act_step, to__username=who).exists()


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("cancellation", {}), ("change", {"promised": "8个工作日"}), ("transfer", {"organ": STREET}),
        ("delegation", {"entrusted": STREET}),
    ],
)  # fmt: skip
def test_the_holder_is_told_from_the_beginning_to_the_approval(town: Town, kind: str, changed: dict[str, Any]) -> None:
    case = town.propose(ex_officio(town, kind, FOOD, **changed))
    assert told("propose_ex_officio", "scj-head")
    if kind in ("transfer", "delegation"):
        received(town, case, "street-head")
    more = {"pending_owner": "DC-SCJ"} if kind in ("cancellation", "transfer") else {}
    town.through(case, "2026-04-01", **more)
    assert told("approve", "scj-head")
    assert Document.objects.get(paper="power_change_approval").context["addressee"] == BUREAU
    assert Document.objects.get(paper="power_change_review_opinion").context["addressee"] == BUREAU


def test_the_holder_of_a_new_power_is_told_as_well(town: Town) -> None:
    case = town.propose(ex_officio(town, "addition", organ="DC-SCJ"))
    assert told("propose_ex_officio", "scj-head")
    returned(town, case)
    town.complete(case, "sfj-head", "2026-03-02T14:00", organ=HEALTH)
    assert {part.organisation.code for part in concerned(case) if part.organisation} == {"DC-SCJ", HEALTH}
    sent(town, case)


def concerned(case: Case) -> list[Any]:
    return list(case.participants.filter(role="concerned", until=None).select_related("organisation"))


def test_asking_others_does_not_shut_the_holder_out(town: Town) -> None:
    case = town.propose(ex_officio(town, "cancellation", FOOD))
    asked = {"organs": [HEALTH], "reply_by": "2026-03-09"}
    town.act(case, "legal-office", "consult_organs", "2026-03-02T11:00", **asked)
    assert {part.organisation.code for part in concerned(case)} == {"DC-SCJ", HEALTH}
    assert Document.objects.get(act__step="consult_organs").context["addressee"] == "北京市东城区卫生健康委员会"
    town.act(case, "scj-head", "give_opinion", "2026-03-03T09:00", opinion="disagree", reasons="仍有需要")
    with pytest.raises(Refused, match="各机关意见均已收到"):
        town.act(case, "legal-office", "close_consultation", "2026-03-03T10:00", summary="一家未复")
    town.act(case, "wjw-head", "give_opinion", "2026-03-03T11:00", opinion="agree", reasons="没有意见")
    town.act(case, "legal-office", "close_consultation", "2026-03-03T12:00", summary="一家不同意")
    assert told("return_incomplete", "scj-head") is False
    returned(town, case, "2026-03-03T13:00")
    assert told("return_incomplete", "scj-head")


def test_nobody_waits_for_an_organ_that_was_not_asked(town: Town) -> None:
    case = town.propose(ex_officio(town, "cancellation", FOOD))
    asked = {"organs": [HEALTH], "reply_by": "2026-03-09"}
    town.act(case, "legal-office", "consult_organs", "2026-03-02T11:00", **asked)
    town.act(case, "wjw-head", "give_opinion", "2026-03-03T11:00", opinion="agree", reasons="没有意见")
    town.act(case, "legal-office", "close_consultation", "2026-03-03T12:00", summary="同意")


def test_it_is_completed_by_the_head_of_the_office_of_justice(town: Town) -> None:
    case = returned(town, town.propose(ex_officio(town, "change", FOOD, promised="8个工作日")))
    notice = Document.objects.get(paper="power_completion_notice")
    assert notice.context["addressee"] == BUREAU
    assert told("return_incomplete", "sfj-head")
    town.complete(case, "sfj-head", "2026-03-02T14:00", promised="7个工作日")
    sent(town, case)
    case.refresh_from_db()
    assert case.state == "legal_review"


def test_an_organ_that_proposed_gets_its_own_papers(town: Town) -> None:
    case = returned(town, town.propose(town.draft("change", FOOD, promised="8个工作日")))
    assert Document.objects.get(paper="power_completion_notice").context["addressee"] == case.organ.name == BUREAU
