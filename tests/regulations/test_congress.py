"""The filing with the people's congress: every row is walked, and the congress takes a document out of the book."""

from __future__ import annotations

import pytest

from casework.actions.ring import ring_all
from casework.models import Act, Case, Deadline, Notice
from casework.refusal import Refused
from regulations.procedures.filing_congress import FILING_CONGRESS
from tests.regulations.ground import House, child_of, moment

PROCEDURE = "regulations.filing_congress"
OPINION = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}


def filing(house: House) -> Case:
    """A document of the government, published on 22 April 2026: its filing with the congress is due by 22 May."""
    return child_of(house.published("government"), PROCEDURE)


def registered(house: House, on: str = "2026-04-24") -> Case:
    case = filing(house)
    house.act(case, "secretary", "submit_filing", "2026-04-23T09:00", report="报请备案。")
    house.act(case, "congress-review", "register", f"{on}T09:00")
    return case


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def test_a_departments_document_is_not_filed_with_the_congress(house: House) -> None:
    case = house.published()
    assert set(Case.objects.filter(parent=case).values_list("procedure", flat=True)) == {"regulations.filing"}


def test_the_congress_is_told_of_what_is_filed_with_it_and_of_its_own_time(house: House) -> None:
    case = filing(house)
    office = house.user("congress-review")
    house.act(case, "secretary", "submit_filing", "2026-04-23T09:00", report="报请备案。")
    assert Notice.objects.filter(case=case, act__step="submit_filing", to=office).exists()
    last = Deadline.objects.get(case=case, key="gfxwj_rdsc_formal").due_on
    ring_all(moment(f"{last}T00:10"))
    rung = Notice.objects.filter(case=case, deadline__key="gfxwj_rdsc_formal").values_list("to__username", flat=True)
    assert set(rung) == {"congress-review"}


def test_every_row_of_the_filing_with_the_congress(house: House) -> None:
    late = filing(house)
    ring_all(moment("2026-05-23T00:10"))
    assert state_of(late) == "overdue"
    house.act(late, "congress-review", "order_correction", "2026-05-25T09:00", file_by="2026-05-29", reasons="逾期。")
    house.act(late, "secretary", "submit_filing", "2026-05-26T09:00", report="报请备案。")
    ring_all(moment("2026-06-10T00:10"))
    assert late.acts.filter(step="flag_formal_check_overdue").exists()
    house.act(late, "congress-review", "ask_supplement", "2026-06-10T09:00", missing="纸质文本")
    house.act(late, "secretary", "supplement", "2026-06-11T09:00", answer="已补充。")
    house.act(late, "congress-review", "ask_supplement", "2026-06-11T10:00", missing="电子文本")
    ring_all(moment("2026-06-30T00:10"))
    assert state_of(late) == "overdue"
    house.act(late, "secretary", "submit_filing", "2026-06-30T09:00", report="重新报送。")
    house.act(late, "congress-review", "return_out_of_scope", "2026-06-30T10:00", reasons="属于人事文件。")

    reviewed = registered(house)
    ring_all(moment("2026-05-09T00:10"))
    house.act(reviewed, "congress-review", "distribute", "2026-05-11T09:00", committee="法制委员会（示例）")
    ring_all(moment("2026-06-12T00:10"))
    reviewed.refresh_from_db()
    house.act(reviewed, "congress-committee", "extend_committee", "2026-06-12T09:00", reasons="复杂。")
    house.act(reviewed, "congress-committee", "give_committee_opinion", "2026-06-15T09:00", opinion="没有意见。")
    house.act(reviewed, "secretary", "explain", "2026-06-16T09:00", answer="依据如下。")
    house.act(reviewed, "congress-review", "extend_review", "2026-07-01T09:00", reasons="复杂。")
    with pytest.raises(Refused, match="没有延长过"):
        house.act(reviewed, "congress-review", "extend_review", "2026-07-02T09:00", reasons="再次。")
    ring_all(moment("2026-11-10T00:10"))
    taken = set(reviewed.acts.values_list("step", flat=True))
    assert {"flag_distribution_overdue", "flag_committee_overdue", "flag_review_overdue"} <= taken
    with pytest.raises(Refused, match="均已在备案材料页面逐项答复"):
        house.act(reviewed, "congress-review", "close_without_problem", "2026-11-10T09:00")
    house.check_filing(reviewed, "congress-review", "2026-11-10T09:00", {"fee": "第三条变相收费。"})
    with pytest.raises(Refused, match="各项均没有问题"):
        house.act(reviewed, "congress-review", "close_without_problem", "2026-11-10T09:00")
    house.check_filing(reviewed, "congress-review", "2026-11-10T09:00")
    house.act(reviewed, "congress-review", "close_without_problem", "2026-11-10T09:00")

    stayed = registered(house)
    house.act(stayed, "secretary", "agree_to_correct", "2026-05-06T09:00", plan="修改第二条。", done_by="2026-06-30")
    done = {"decision": "东政发〔2026〕9号", "done_on": "2026-05-29"}
    with pytest.raises(Refused, match="登记簿已经记载本文件修改、废止"):
        house.act(stayed, "secretary", "carry_out", "2026-05-29T09:00", **done)
    assert stayed.parent
    house.repeal(stayed.parent, "2026-05-29T10:00", by="government")
    house.act(stayed, "secretary", "carry_out", "2026-06-01T09:00", **done)
    ring_all(moment("2026-07-10T00:10"))
    assert stayed.acts.filter(step="mark_report_overdue").exists()
    house.act(stayed, "secretary", "report_corrected", "2026-07-10T09:00", report="已修改。")

    broken = registered(house)
    house.act(broken, "congress-review", "issue_opinion", "2026-05-06T09:00", **OPINION)
    house.act(broken, "secretary", "answer_opinion_agreeing", "2026-05-07T09:00", plan="修改。", done_by="2026-05-20")
    with pytest.raises(Refused, match="日期已过"):
        house.act(broken, "congress-review", "move_motion", "2026-05-20T09:00", reasons="没有修改。")
    house.act(broken, "congress-review", "move_motion", "2026-05-21T09:00", reasons="没有修改。")
    house.act(broken, "congress-committee", "demand_handling", "2026-05-22T09:00", resolution="限期处理。",
              done_by="2026-06-30")  # fmt: skip
    house.act(broken, "secretary", "handle", "2026-06-01T09:00", decision="东政发〔2026〕10号", done_on="2026-06-01")
    ring_all(moment("2026-07-20T00:10"))
    assert broken.acts.filter(step="mark_handling_report_overdue").exists()
    house.act(broken, "secretary", "report_handled", "2026-07-20T09:00", report="已处理。")

    contested = registered(house)
    house.act(contested, "congress-review", "issue_opinion", "2026-05-06T09:00", **OPINION)
    house.act(contested, "secretary", "answer_opinion_disagreeing", "2026-05-07T09:00", report="依据充分。")
    house.act(contested, "congress-committee", "drop_motion", "2026-05-08T09:00", reasons="说明成立。")

    silent = registered(house)
    house.act(silent, "congress-review", "issue_opinion", "2026-05-06T09:00", **OPINION, not_applied=["a2"])
    assert silent.parent
    paused = house.document(silent.parent).suspensions.values_list("clause", "since", "act__step").get()
    assert paused == ("a2", moment("2026-05-06T09:00").date(), "issue_opinion")
    ring_all(moment("2026-07-21T00:10"))
    assert state_of(silent) == "motion"
    house.act(silent, "congress-committee", "revoke", "2026-07-22T09:00", articles="全文", reasons="没有依据。")
    assert child_of(silent.parent, "regulations.validity").state == "revoked"
    assert house.document(silent.parent).standing(moment("2026-07-22T09:00").date()) == "revoked"

    steps = set(Act.objects.filter(case__procedure=PROCEDURE).values_list("step", flat=True))
    assert {row.name for row in FILING_CONGRESS.steps} - steps == set()
