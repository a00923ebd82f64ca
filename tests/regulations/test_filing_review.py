"""The review of what was filed: each item answered with its reasons, on the page of the package, and printed."""

from __future__ import annotations

from typing import Any

import pytest

from casework.models import Case, Document
from casework.refusal import NotAllowed, Refused
from regulations.actions import filing_review
from regulations.actions.reviewing import Answer
from regulations.models import ReviewAnswer
from regulations.queries.about import document_of
from regulations.queries.filing_review import marked
from regulations.queries.making import CHECK, SUSPICION
from regulations.rules.checklist import KEYS
from tests.regulations.ground import BODY, House, child_of, moment
from tests.regulations.test_every_row import REPORT
from tests.regulations.test_public_plan import FINE

OPINION = {"articles": "第四条", "superior": "行政处罚法第十六条", "reasons": "设定罚款。"}
AT = "2026-04-24T09:00"


def filed(house: House, level: str = "department") -> Case:
    """A document that sets a fine, published and registered by whoever receives it."""
    case = house.drafting(level)
    house.form(case, "2026-03-05T09:00", BODY.replace("第四条", f"{FINE}\n第五条"))
    house.consulted(case)
    house.act(case, "scj-officer", "record_not_economic", "2026-04-07T10:00", reasons="不涉及经营者。")
    house.send(case)
    by = "scj-legal" if level == "department" else "legal-office2"
    house.check(case, by, "2026-04-16T09:00")
    house.act(case, by, "pass_legality_review", "2026-04-16T10:00", opinion="符合规定。")
    house.act(case, "secretary", "put_on_agenda", "2026-04-17T09:00", meeting="办公会", meeting_on="2026-04-20")
    head = "scj-head" if level == "department" else "government"
    house.act(case, head, "adopt", "2026-04-20T16:00", held_on="2026-04-20", present="x", discussion="x")
    house.published(level, case=case)
    if level == "department":
        filing = child_of(case, "regulations.filing")
        house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
        house.act(filing, "legal-office", "register", "2026-04-23T10:00")
    else:
        filing = child_of(case, "regulations.filing_congress")
        house.act(filing, "secretary", "submit_filing", "2026-04-23T09:00", report="报请备案。")
        house.act(filing, "congress-review", "register", "2026-04-23T10:00")
    return filing


def suspicious(case: Case) -> str:
    """The key of the clause about the fine."""
    document = document_of(case)
    assert document
    return next(one.key for one in marked(document, moment(AT).date()) if one.finding.kind == "penalty")


def words(response: Any) -> str:
    return response.content.decode()


def test_each_item_is_answered_on_the_page_of_the_package(house: House) -> None:
    filing = filed(house)
    url = f"/desk/filings/{filing.code}/"
    client = house.client("legal-office")
    page = words(client.get(url))
    number = page.count('id="suspicion-')
    assert number
    sent = {f"{key}-verdict": "clear" for key in KEYS}
    sent |= {f"s{n}-verdict": "clear" for n in range(1, number + 1)}
    said = {f"s{n}-words": "依照行政处罚法第六十六条" for n in range(1, number + 1)}
    assert client.post(url).status_code == 422
    assert client.post(url, sent).status_code == 422  # marked clauses want a reason
    assert client.post(url, {**sent, **said, "fee-verdict": "touched"}).status_code == 422
    assert ReviewAnswer.objects.filter(filing=filing).count() == 0
    for stranger, status in (("scj-head", 403), ("supervisor", 403), ("wjw-head", 404), ("citizen", 404)):
        assert house.client(stranger).post(url, {**sent, **said}).status_code == status
    assert ReviewAnswer.objects.filter(filing=filing).count() == 0
    assert client.post(url, {**sent, **said}).url == f"/cases/{filing.code}/"
    assert ReviewAnswer.objects.filter(filing=filing, clear=True).count() == len(KEYS) + number
    assert "依照行政处罚法第六十六条" in words(client.get(url))
    assert "依照行政处罚法第六十六条" not in words(house.client("scj-head").get(url))  # it reads the opinion
    house.act(filing, "legal-office", "record_no_problem", "2026-12-01T09:00")
    seen = words(client.get(url))
    assert "依照行政处罚法第六十六条" in seen
    assert "保存逐项审查" not in seen


@pytest.mark.parametrize(("level", "reviewer", "step"), [
    ("department", "legal-office", "record_no_problem"), ("government", "congress-review", "close_without_problem"),
])  # fmt: skip
def test_no_problem_means_that_every_item_was_found_clear(house: House, level: str, reviewer: str, step: str) -> None:
    filing = filed(house, level)
    with pytest.raises(Refused, match="逐项答复"):
        house.act(filing, reviewer, step, "2026-04-25T09:00")
    checks = [Answer(CHECK, key, True, "") for key in KEYS]
    filing_review.answer(filing, house.user(reviewer), moment(AT), checks)
    with pytest.raises(Refused, match="逐项答复"):  # the marked clause is not
        house.act(filing, reviewer, step, "2026-04-25T09:00")
    house.check_filing(filing, reviewer, AT, {suspicious(filing): "没有依据设定罚款。"})
    with pytest.raises(Refused, match="各项均没有问题"):
        house.act(filing, reviewer, step, "2026-04-25T09:00")
    house.check_filing(filing, reviewer, AT)
    house.act(filing, reviewer, step, "2026-04-25T09:00")
    code = {"department": "gfx_filing_review_opinion", "government": "gfx_congress_result"}[level]
    findings = Document.objects.get(case=filing, paper=code).printed["elements"]["findings"]
    assert "没有设定行政收费：没有问题" in findings
    assert any("罚款" in line and line.endswith("没有问题。有上位法依据。") for line in findings)


@pytest.mark.parametrize(("level", "reviewer", "step"), [
    ("department", "legal-office", "issue_correction_opinion"), ("government", "congress-review", "issue_opinion"),
])  # fmt: skip
def test_an_opinion_prints_what_was_found_item_by_item(house: House, level: str, reviewer: str, step: str) -> None:
    filing = filed(house, level)
    touched = {"penalty": "第四条设定罚款。", suspicious(filing): "上位法没有规定这一处罚。"}
    house.check_filing(filing, reviewer, AT, touched)
    house.act(filing, reviewer, step, "2026-04-25T09:00", **OPINION)
    printed = Document.objects.get(case=filing, paper="gfx_filing_review_opinion").printed["elements"]["findings"]
    assert "没有设定行政处罚：不符合。第四条设定罚款。" in printed
    assert any("罚款" in line and line.endswith("不符合。上位法没有规定这一处罚。") for line in printed)
    assert not any("没有设定行政收费" in line for line in printed)


def test_answers_are_the_reviewers_and_about_the_items(house: House) -> None:
    filing, fine = filed(house), [Answer(CHECK, "fee", True, "")]
    with pytest.raises(NotAllowed):
        filing_review.answer(filing, house.user("scj-head"), moment(AT), fine)
    for wrong, why in (
        (Answer(CHECK, "nothing", True, ""), "没有这一审核项目"),
        (Answer(SUSPICION, "penalty-0", True, "x"), "没有这一审核项目"),
        (Answer(CHECK, "fee", False, " "), "写明理由"),
        (Answer(SUSPICION, suspicious(filing), True, ""), "写明理由"),
    ):
        with pytest.raises(Refused, match=why):
            filing_review.answer(filing, house.user("legal-office"), moment(AT), [wrong])
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-04-25T09:00", **OPINION)
    with pytest.raises(Refused, match="不在审查环节"):
        filing_review.answer(filing, house.user("legal-office"), moment("2026-04-25T10:00"), fine)
