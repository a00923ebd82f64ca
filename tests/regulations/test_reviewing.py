"""The legality review: what the reviewer finds wrong is not passed, and only the office that reviews may answer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from casework.models import Case
from casework.refusal import NotAllowed, Refused
from regulations.actions import reviewing
from regulations.models import ReviewAnswer
from regulations.queries.making import SUSPICION, answers, current
from regulations.queries.suspicions import suspicions
from regulations.rules.checklist import KEYS
from tests.regulations.ground import BODY, House, moment

FINE = "第四条 设置服务点应当经区市场监督管理局批准，未经批准的，处五百元罚款。"


def under_review(house: House, body: str = BODY, level: str = "department") -> Case:
    case = house.drafting(level)
    house.form(case, "2026-03-05T09:00", body)
    house.consulted(case)
    house.act(case, "scj-officer", "record_not_economic", "2026-04-07T10:00", reasons="不涉及。")
    house.send(case)
    return case


def confirm(house: House, case: Case, at: str) -> list[str]:
    """The reviewer says of every marked clause that it must be changed."""
    version = current(case)
    assert version
    keys = [one.key for one in suspicions(version, moment(at).date())]
    given = [reviewing.Answer(SUSPICION, key, False, "没有上位法依据。") for key in keys]
    reviewing.answer(case, house.user("scj-legal"), moment(at), version.number, given)
    return keys


def test_a_marked_clause_that_must_be_changed_is_not_passed(house: House) -> None:
    case = under_review(house, BODY.replace("第四条", f"{FINE}\n第五条"))
    house.check(case, "scj-legal", "2026-04-15T09:00")
    assert confirm(house, case, "2026-04-15T10:00")
    with pytest.raises(Refused) as refused:
        house.act(case, "scj-legal", "pass_legality_review", "2026-04-16T09:00", opinion="符合规定。")
    assert {reason.code for reason in refused.value.reasons} == {"no_suspicion_confirmed"}
    assert "没有审核认为有问题、须修改的" in str(refused.value)

    # What was said of words that are gone stands in nobody's way.
    house.act(case, "scj-legal", "pass_with_changes", "2026-04-16T10:00", opinion="删去第四条。")
    house.form(case, "2026-04-17T09:00", BODY)
    house.act(case, "scj-officer", "record_not_economic", "2026-04-17T10:00", reasons="不涉及。")
    house.send(case, "2026-04-17T11:00")
    house.check(case, "scj-legal", "2026-04-27T09:00")
    house.act(case, "scj-legal", "pass_legality_review", "2026-04-27T10:00", opinion="符合规定。")
    assert case.state == "reviewed"


def test_a_reviewer_who_thinks_again_may_pass_it(house: House) -> None:
    case = under_review(house, BODY.replace("第四条", f"{FINE}\n第五条"))
    confirm(house, case, "2026-04-15T10:00")
    house.check(case, "scj-legal", "2026-04-16T09:00")  # the last answer counts
    house.act(case, "scj-legal", "pass_legality_review", "2026-04-16T10:00", opinion="符合规定。")


@pytest.mark.parametrize(("level", "other", "own"), [
    ("department", "legal-office", "scj-legal"), ("government", "scj-legal", "legal-office2"),
])  # fmt: skip
def test_the_office_that_does_not_review_answers_nothing(house: House, level: str, other: str, own: str) -> None:
    case = under_review(house, level=level)
    version = current(case)
    assert version
    touched = [reviewing.Answer("check", "licence", False, "第二条设定了许可。")]
    reviewing.answer(case, house.user(own), moment("2026-04-15T09:00"), version.number, touched)
    with pytest.raises(NotAllowed, match="您不是本案的审核人员"):
        house.check(case, other, "2026-04-15T10:00")
    sent = {f"{key}-verdict": "clear" for key in KEYS}
    for number, _ in enumerate(suspicions(version, timezone.localdate()), 1):
        sent |= {f"s{number}-verdict": "clear", f"s{number}-words": "有依据"}
    url = f"/desk/making/{case.code}/review/"
    assert house.client(other).post(url, sent).status_code == 403
    assert "您现在可以查看" in house.client(other).get(url).content.decode()
    assert not answers(version, "check")["licence"].clear
    assert set(ReviewAnswer.objects.values_list("by__username", flat=True)) == {own}
    assert house.client(own).post(url, sent).status_code == 302
