"""A correction is believed where the register says so; what is plainly unlawful is not applied from the opinion on."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Party
from accounts.queries import parties_of
from casework.actions.ring import ring_all
from casework.models import Case, Document
from casework.models.case import new_code
from casework.refusal import Refused
from law.queries import suspended
from regulations.actions.entering import enter
from regulations.actions.suggestions import suggest
from regulations.rules.clauses import named_in
from tests.regulations.ground import BODY, House, child_of, moment
from tests.regulations.test_every_row import REPORT

OPINION = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}
DONE = {"decision": "东市监发〔2026〕9号", "corrected_on": "2026-06-08", "report": "已处理。"}


def objected(house: House, **more: object) -> tuple[Case, Case]:
    """A document in force whose filing says that it is to be corrected, on 5 June 2026."""
    making = house.published()
    filing = child_of(making, "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    ring_all(moment("2026-06-01T00:10"))
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-06-05T09:00", **OPINION, **more)
    return making, filing


def test_nobody_reports_a_repeal_that_the_register_does_not_know(house: House) -> None:
    making, filing = objected(house)
    for how in ("repealed", "amended"):
        with pytest.raises(Refused, match="登记簿已经记载本文件修改、废止或者被代替"):
            house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how=how, **DONE)
    house.repeal(making, "2026-06-08T09:00")
    with pytest.raises(Refused, match="与所报告的方式相符"):
        house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how="amended", **DONE)
    house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how="repealed", **DONE)
    assert filing.state == "corrected"


def test_an_amended_text_counts_from_the_opinion_on(house: House) -> None:
    making, filing = objected(house)
    document = house.document(making)
    enter(document, BODY.replace("每年", "每季度"), version_on=date(2026, 5, 20), effective_from=date(2026, 6, 2))
    with pytest.raises(Refused, match="登记簿已经记载"):  # it was amended before anybody objected
        house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how="amended", **DONE)
    enter(document, BODY.replace("每年", "每月"), version_on=date(2026, 6, 8), effective_from=date(2026, 6, 8))
    house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how="amended", **DONE)
    assert filing.state == "corrected"


def test_named_clauses_are_not_applied_from_the_opinion_on(house: House) -> None:
    with pytest.raises(Refused, match="请从列出的选项中选择"):
        objected(house, not_applied=["a9"])
    making, filing = objected(house, not_applied=["a2", "a3"])
    document = house.document(making)
    rows = document.suspensions.order_by("clause").values_list("clause", "since", "until", "act__step")
    assert list(rows) == [
        ("a2", date(2026, 6, 5), None, "issue_correction_opinion"),
        ("a3", date(2026, 6, 5), None, "issue_correction_opinion"),
    ]
    assert document.text_id
    assert sorted(suspended([document.text_id], date(2026, 6, 5))[document.text_id]) == ["a2", "a3"]
    paper = Document.objects.filter(case=filing, paper="gfx_filing_review_opinion").latest("pk")
    assert "第三条" in str(paper.context)
    assert document.standing(date(2026, 6, 6)) == "current"  # the rest is applied


def test_clauses_are_read_from_the_words_of_another_organ() -> None:
    offered = {
        "a2": "第二条：街道办事处", "a2p1": "第二条第一款：街道", "a2p1i2": "第二条第一款第（二）项：有制度",
        "a12": "第十二条：本办法",
    }  # fmt: skip
    assert named_in("第二条明显违法。", offered) == ["a2"]
    assert named_in("第二条第一款第二项、第十二条不得适用", offered) == ["a2p1i2", "a12"]
    assert named_in("第二条第一款", offered) == ["a2p1"]
    assert named_in("第二条第三款", offered) == []  # the text has none: nothing more than what was named
    assert named_in("全文", offered) == []
    assert named_in("第二条", {}) == []


def test_a_proposal_finds_a_problem_where_the_filing_says_so_too(house: House) -> None:
    """The office reviews the filing and the proposal: no word of a problem in one that is not said in the other."""
    making = house.published()
    filing = child_of(making, "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-06-01T09:00")
    ring_all(moment("2026-06-01T10:00"))
    said = {"document": str(house.document(making).pk), "matters": "设定了收费", "reasons": "没有依据"}
    citizen = house.user("citizen")
    party = next(one for one in parties_of(citizen, date(2026, 6, 2)) if one.kind == Party.Kind.NATURAL)
    case = suggest(new_code(), said, moment("2026-06-02T09:00"), user=citizen, party=party).case
    assert case
    house.act(case, "legal-office", "register", "2026-06-03T09:00")
    house.act(case, "legal-office", "start_review", "2026-06-04T09:00", scope="第二条")
    with pytest.raises(Refused, match="已经提出纠正意见，或者制定机关已同意处理"):
        house.act(case, "legal-office", "find_problem", "2026-06-05T09:00", conclusion="第二条违法")
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-06-05T10:00", **OPINION)
    house.act(case, "legal-office", "find_problem", "2026-06-05T11:00", conclusion="第二条违法")
    with pytest.raises(Refused, match="备案审查案件均已办结"):
        house.act(case, "legal-office", "note_correction", "2026-06-08T09:00", handling="已经修改")
    house.repeal(making, "2026-06-08T10:00")
    house.act(filing, "scj-head", "report_corrected", "2026-06-09T09:00", how="repealed", **DONE)
    house.act(case, "legal-office", "note_correction", "2026-06-09T10:00", handling="已经废止")
    assert case.state == "result"
