"""Gates that shut a row: each is tried where it does not hold, and where it does it stands in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casework.actions.ring import ring_all
from casework.models import Case
from casework.refusal import Refused
from tests.regulations import hurry
from tests.regulations.ground import House, child_of, moment
from tests.regulations.hurry import Days
from tests.regulations.test_every_row import REPORT

Tried = Callable[[House], tuple[set[str], set[str]]]
HEARD = {"place": "会议室", "subject": "设置", "registration": "网上", "register_by": "2026-04-10"}
SENT = {"signed_by": "局主要负责人", "coordination": "没有不同意见。"}


def reasons(house: House, case: Case, by: str, step: str, at: str, **facts: Any) -> set[str]:
    """The gates that refuse a step; none when it was taken."""
    try:
        house.act(case, by, step, at, **facts)
    except Refused as refused:
        return {reason.code for reason in refused.reasons}
    return set()


def drafted(house: House, **more: str) -> Case:
    case = house.drafting(**more)
    house.form(case, "2026-03-05T09:00")
    return case


def opinions_in(house: House) -> tuple[set[str], set[str]]:
    case = drafted(house)
    asked = {"organs": ["DC-WJW"], "points": "分工", "reply_by": "2026-03-12"}
    house.act(case, "scj-officer", "ask_departments", "2026-03-05T10:00", **asked)
    shut = reasons(house, case, "scj-officer", "send_to_legality_review", "2026-03-12T09:00", **SENT)
    return shut, reasons(house, case, "scj-officer", "send_to_legality_review", "2026-03-13T09:00", **SENT)


def held_by_now(house: House) -> tuple[set[str], set[str]]:
    case = drafted(house)
    said = {"form": "argument", "present": "专家", "views": "可行。", "held_on": "2026-03-07"}
    shut = reasons(house, case, "scj-officer", "hold_meeting", "2026-03-06T09:00", **said)
    return shut, reasons(house, case, "scj-officer", "hold_meeting", "2026-03-07T09:00", **said)


def business_comment_days_enough(house: House) -> tuple[set[str], set[str]]:
    case, said = drafted(house, business="yes"), {"channel": "信函"}
    step, at = "open_business_comment", "2026-03-06T09:00"
    shut = reasons(house, case, "scj-officer", step, at, until="2026-04-04", **said)
    return shut, reasons(house, case, "scj-officer", step, at, until="2026-04-05", **said)


def hearing_day_here(house: House) -> tuple[set[str], set[str]]:
    case, record = drafted(house), {"present": "居民代表", "views": "支持。"}
    house.act(case, "scj-officer", "announce_hearing", "2026-03-06T09:00", hearing_date="2026-04-25", **HEARD)
    shut = reasons(house, case, "scj-officer", "hold_hearing", "2026-04-24T15:00", **record)
    return shut, reasons(house, case, "scj-officer", "hold_hearing", "2026-04-25T15:00", **record)


def comments_were_sought(house: House) -> tuple[set[str], set[str]]:
    case = drafted(house)
    house.act(case, "scj-officer", "record_not_economic", "2026-03-05T10:00", reasons="不涉及。")
    shut = reasons(house, case, "scj-officer", "send_to_legality_review", "2026-03-06T09:00", **SENT)
    house.consulted(case)
    return shut, reasons(house, case, "scj-officer", "send_to_legality_review", "2026-04-07T11:00", **SENT)


def replaces_own(house: House) -> tuple[set[str], set[str]]:
    """Of two that want to take the place of the government's document, the department's and the government's."""
    theirs = house.published("government")
    ring_all(moment("2026-06-01T00:10"))
    number = house.document(theirs).number
    found = []
    for level in ("department", "government"):
        days = Days("2026-06-02")
        case = house.planned(level, days.next(), house.propose(days.here, replaces=number))
        hurry.begun(house, case, days)
        hurry.write(house, case, days.next())
        house.act(case, "scj-officer", "form_text", days.here, changes="第一稿")
        if level == "department":
            hurry.adopted(house, case, days)
        else:
            house.act(case, "scj-officer", "record_not_economic", days.here, reasons="不涉及。")
            said = {"reasons": "防汛。", "approver": "区长", "opinion": "符合权限。"}
            house.act(case, "government", "issue_in_emergency", days.next(), **said)
        numbered = {"signer": "负责人", "signed_on": str(days.day), "subject": "market", "effective_on": "2026-08-01"}
        found.append(reasons(house, case, "secretary", "register_and_number", days.here, **numbered))
    return found[0], found[1]


def extension_is_longer(house: House) -> tuple[set[str], set[str]]:
    filing = child_of(house.published(), "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    said = {"reasons": "疑难。", "approver": "局长"}
    shut = reasons(house, filing, "legal-office", "extend_review", "2026-04-27T09:00", extend_to="2026-04-28", **said)
    return shut, reasons(
        house, filing, "legal-office", "extend_review", "2026-04-27T09:00", extend_to="2026-09-01", **said
    )


def plan_day_ahead(house: House) -> tuple[set[str], set[str]]:
    filing = child_of(house.published("government"), "regulations.filing_congress")
    house.act(filing, "secretary", "submit_filing", "2026-04-23T09:00", report="报请备案。")
    house.act(filing, "congress-review", "register", "2026-04-24T09:00")
    step, at = "agree_to_correct", "2026-05-06T09:00"
    shut = reasons(house, filing, "secretary", step, at, plan="修改第二条。", done_by="2026-05-06")
    return shut, reasons(house, filing, "secretary", step, at, plan="修改第二条。", done_by="2026-05-07")


def nobody_disagrees_unsettled(house: House) -> tuple[set[str], set[str]]:
    """An emergency does not pass over an organ that disagrees."""
    case, said = drafted(house, level="government"), {"reasons": "防汛。", "approver": "区长", "opinion": "符合。"}
    house.act(case, "scj-officer", "record_not_economic", "2026-03-05T10:00", reasons="不涉及。")
    asked = {"organs": ["DC-WJW"], "points": "分工", "reply_by": "2026-03-12"}
    house.act(case, "scj-officer", "ask_departments", "2026-03-05T11:00", **asked)
    house.act(case, "wjw-head", "answer_draft", "2026-03-05T12:00", opinion="disagree", reasons="分工不清。")
    shut = reasons(house, case, "government", "issue_in_emergency", "2026-03-05T13:00", **said)
    house.act(case, "legal-office", "record_dispute", "2026-03-05T14:00", positions="分工。")
    evaluated = {"evaluator": "示例研究院", "method": "访谈", "conclusion": "可行。"}
    house.act(case, "legal-office", "commission_evaluation", "2026-03-06T09:00", **evaluated)
    house.act(case, "government", "settle_dispute", "2026-03-06T10:00", decision="按评估分工。")
    return shut, reasons(house, case, "government", "issue_in_emergency", "2026-03-06T11:00", **said)


def competition_cleared(house: House) -> tuple[set[str], set[str]]:
    """Nor over the review of fair competition, which no provision that was read waives."""
    case, said = drafted(house, level="government"), {"reasons": "防汛。", "approver": "区长", "opinion": "符合。"}
    shut = reasons(house, case, "government", "issue_in_emergency", "2026-03-05T13:00", **said)
    house.act(case, "scj-officer", "record_not_economic", "2026-03-05T14:00", reasons="不涉及。")
    return shut, reasons(house, case, "government", "issue_in_emergency", "2026-03-06T11:00", **said)


GATES: tuple[Tried, ...] = (
    opinions_in, held_by_now, business_comment_days_enough, hearing_day_here, comments_were_sought, replaces_own,
    extension_is_longer, plan_day_ahead, nobody_disagrees_unsettled, competition_cleared,
)  # fmt: skip


@pytest.mark.parametrize("tried", GATES, ids=lambda tried: tried.__name__)
def test_a_gate_shuts_where_it_does_not_hold_and_only_there(house: House, tried: Tried) -> None:
    shut, opened = tried(house)
    assert tried.__name__ in shut
    assert tried.__name__ not in opened
