"""The diary of a document from proposal to filing: at every gate somebody tries to go past, and is refused."""

from __future__ import annotations

import pytest

from casework.actions.ring import ring_all
from casework.models import Document, Notice
from casework.refusal import NotAllowed, Refused
from law.models import LegalText
from regulations.models import Comment, TextVersion
from regulations.queries.making import current
from regulations.rules.text import digest
from tests.regulations.ground import BODY, GAZETTE, MEETING, House, child_of, moment


def test_from_proposal_to_filed_with_every_gate_tried(house: House) -> None:
    case = house.propose()
    assert case.title.startswith("规范性文件制定：北京市东城区示例便民服务点管理办法")
    assert Notice.objects.filter(case=case, to=house.user("legal-office")).exists()

    # The plan: a day in the past is none.
    with pytest.raises(Refused, match="完成时间在今天之后"):
        house.act(case, "legal-office", "include_in_plan", "2026-03-03T09:00", level="department",
                  finish_on="2026-03-01", approval="会议")  # fmt: skip
    house.planned(case=case)
    officer = house.user("scj-officer")
    house.act(case, "scj-head", "start_drafting", "2026-03-04T09:00", drafters=[str(officer.pk)], business="no")

    # The text: nothing is asked of anybody before there is one.
    with pytest.raises(Refused, match="已形成草案文本"):
        house.act(case, "scj-officer", "ask_departments", "2026-03-05T09:00", organs=["110101010"], points="设置主体",
                  reply_by="2026-03-12")  # fmt: skip
    with pytest.raises(Refused, match="均已写好"):
        house.act(case, "scj-officer", "form_text", "2026-03-05T09:00", changes="初稿")
    house.form(case, "2026-03-05T09:00")
    with pytest.raises(Refused, match="草案与上一稿不同"):
        house.act(case, "scj-officer", "form_text", "2026-03-05T09:30", changes="没有变化")

    # A subdistrict disagrees: no review while the dispute is neither evaluated nor settled.
    house.act(case, "scj-officer", "ask_departments", "2026-03-05T10:00", organs=["110101010"], points="设置主体",
              reply_by="2026-03-12")  # fmt: skip
    house.act(case, "street-head", "answer_draft", "2026-03-06T09:00", opinion="disagree", reasons="街道没有人员。")
    with pytest.raises(Refused, match="争议已经第三方评估"):
        house.send(case, "2026-03-06T10:00")
    house.act(case, "legal-office", "record_dispute", "2026-03-06T11:00", positions="设置主体由谁承担。")
    with pytest.raises(Refused, match="已有第三方评估报告"):
        house.act(case, "government", "settle_dispute", "2026-03-07T09:00", decision="由街道设置。")
    house.act(case, "legal-office", "commission_evaluation", "2026-03-07T10:00", evaluator="示例研究院",
              method="问卷和访谈", conclusion="街道设置更便利。")  # fmt: skip
    house.act(case, "government", "settle_dispute", "2026-03-08T09:00", decision="由街道设置，区局派员支持。")

    # The public: not for a shorter time, not as if it touched business, not ended before its last day is over.
    opening = {"channel": "电子邮件"}
    with pytest.raises(Refused, match="不短于规定的最短期限"):
        house.act(case, "scj-officer", "open_public_comment", "2026-03-09T09:00", until="2026-04-07", **opening)
    with pytest.raises(Refused, match="生产经营活动密切相关"):
        house.act(case, "scj-officer", "open_business_comment", "2026-03-09T09:00", until="2026-04-10", **opening)
    house.act(case, "scj-officer", "open_public_comment", "2026-03-09T09:00", until="2026-04-10", **opening)
    given = house.comment(case, "citizen", "2026-03-20T09:00")
    house.comment(case, "neighbour", "2026-04-10T23:00", article="全文", words="支持。")
    with pytest.raises(NotAllowed):
        house.comment(case, "hpl-officer", "2026-03-20T09:00")
    ring_all(moment("2026-04-10T23:30"))
    case.refresh_from_db()
    assert case.state == "consulting"
    with pytest.raises(AssertionError):  # nobody may end it by hand: the only row is the law's
        house.act(case, "scj-officer", "close_public_comment", "2026-04-10T23:40")
    ring_all(moment("2026-04-11T00:10"))
    case.refresh_from_db()
    assert case.state == "drafting"
    with pytest.raises(Refused, match="均已答复"):
        house.act(case, "scj-officer", "publish_feedback", "2026-04-13T09:00", summary="两条")
    house.answer(given, "2026-04-13T09:00")
    with pytest.raises(Refused, match="已公布意见采纳情况"):
        house.send(case, "2026-04-13T09:10")
    house.answer(Comment.objects.get(words="支持。"), "2026-04-13T09:20", outcome="partly")
    house.act(case, "scj-officer", "publish_feedback", "2026-04-13T10:00", summary="收到两条意见。")
    with pytest.raises(Refused, match="已经公布"):
        house.answer(given, "2026-04-13T10:10", outcome="not")
    changed = BODY.replace("公布地址和服务时间", "公布地址、服务时间和电话")
    house.form(case, "2026-04-13T11:00", changed)

    # Fair competition, then the review: by somebody who did not draft, item by item, not in less than the least time.
    with pytest.raises(Refused, match="公平竞争审查"):
        house.send(case, "2026-04-13T12:00")
    house.act(case, "scj-officer", "record_not_economic", "2026-04-13T13:00", reasons="不涉及经营者经济活动。")
    house.send(case, "2026-04-14T09:00")
    with pytest.raises(NotAllowed, match="审核人员"):
        house.check(case, "scj-officer", "2026-04-15T09:00")
    with pytest.raises(Refused, match="各项均已就现在这一稿答复"):
        house.act(case, "scj-legal", "pass_legality_review", "2026-04-22T09:00", opinion="符合")
    house.check(case, "scj-legal", "2026-04-15T09:00", touched={"licence": "第二条设定了许可。"})
    with pytest.raises(Refused, match="未设定行政许可"):
        house.act(case, "scj-legal", "pass_legality_review", "2026-04-22T09:00", opinion="符合")
    house.check(case, "scj-legal", "2026-04-16T09:00")
    with pytest.raises(Refused, match="最短审核时间已满"):
        house.act(case, "scj-legal", "pass_legality_review", "2026-04-20T09:00", opinion="符合")
    with pytest.raises(Refused, match="部门、街道文件由本机关法制机构审核"):
        house.act(case, "legal-office", "pass_legality_review", "2026-04-22T09:00", opinion="符合")
    house.act(case, "scj-legal", "pass_legality_review", "2026-04-22T09:00", opinion="符合规定。")

    # The meeting: on the agenda first, held on its day or later, by the maker's own head.
    with pytest.raises(Refused, match="已列入会议议题"):
        house.act(case, "scj-head", "adopt", "2026-04-23T09:00", **MEETING | {"held_on": "2026-04-23"})
    house.act(
        case, "secretary", "put_on_agenda", "2026-04-23T10:00", meeting="局长办公会（示例）", meeting_on="2026-04-24"
    )
    with pytest.raises(Refused, match="会议日期不早于"):
        house.act(case, "scj-head", "adopt", "2026-04-24T16:00", **MEETING)
    with pytest.raises(AssertionError):
        house.act(case, "government", "adopt", "2026-04-24T16:00", **MEETING)
    house.act(case, "scj-head", "adopt", "2026-04-24T16:00", **MEETING | {"held_on": "2026-04-24"})

    # Number and print: the days in order; public only when printed, on the day that the print says.
    with pytest.raises(Refused, match="施行日期不早于今天"):
        house.number(case, "2026-04-27T09:00", effective_on="2026-04-26")
    house.number(case, "2026-04-27T09:00")
    official = Document.objects.get(case=case, paper="gfx_document")
    assert (official.organ, official.number) == (house.organ(), "东市监发〔2026〕1号")
    document = house.document(case)
    assert (document.number, document.published_on, document.text) == (official.number, None, None)
    with pytest.raises(Refused, match="印制并加盖印章"):
        house.act(case, "secretary", "publish_delayed", "2026-04-27T10:00", effective_on="2026-06-01", **GAZETTE)
    house.print_official(case, "2026-04-27T11:00")
    with pytest.raises(Refused, match="正式文本载明的日期"):
        house.act(case, "secretary", "publish_delayed", "2026-04-27T12:00", effective_on="2026-07-01", **GAZETTE)
    with pytest.raises(Refused, match="留出规定的期间"):
        house.act(case, "secretary", "publish_delayed", "2026-05-02T12:00", effective_on="2026-06-01", **GAZETTE)
    house.act(case, "secretary", "publish_delayed", "2026-04-27T12:00", effective_on="2026-06-01", **GAZETTE)

    # Public: in the statute-book under its number, word for word what was adopted.
    document.refresh_from_db()
    version = current(case)
    assert version
    assert document.text
    assert document.standing(moment("2026-05-31T09:00").date()) == "not_yet"
    assert document.versions.get().body == changed
    assert version.digest == digest(version.title, changed)
    assert TextVersion.objects.filter(case=case).count() == 2
    assert document.text.kind == LegalText.Kind.NORMATIVE_DOCUMENT

    # Filing: an incomplete package is refused; complete, it is registered with a receipt.
    filing = child_of(case, "regulations.filing")
    assert (filing.organ, filing.state) == (house.organ(), "due")
    opinion = Document.objects.filter(case=case, paper="gfx_legality_opinion")
    opinion.update(voided_at=moment("2026-04-28T09:00"))
    report = {"report": "现将文件报请备案。", "contact": "王示例，12345"}
    with pytest.raises(Refused, match="备案材料齐全"):
        house.act(filing, "scj-head", "submit_filing", "2026-04-28T10:00", **report)
    opinion.update(voided_at=None)
    house.act(filing, "scj-head", "submit_filing", "2026-04-28T10:00", **report)
    house.act(filing, "legal-office", "register", "2026-04-29T09:00")
    receipt = Document.objects.get(case=filing, paper="gfx_filing_receipt")
    assert (receipt.organ, receipt.number) == (house.organ("DC-SFJ"), "东司规备登〔2026〕1号")

    # In force on its day, not before; its term begins.
    ring_all(moment("2026-05-31T23:00"))
    case.refresh_from_db()
    assert case.state == "published"
    ring_all(moment("2026-06-01T00:10"))
    case.refresh_from_db()
    assert (case.state, document.standing(moment("2026-06-01T09:00").date())) == ("in_force", "current")
    assert child_of(case, "regulations.validity").state == "in_force"


def test_the_papers_of_the_way_are_there(house: House) -> None:
    case = house.published()
    given = set(Document.objects.filter(case=case).values_list("paper", flat=True))
    assert given == {
        "gfx_project_application", "gfx_public_comment_notice", "gfx_comment_feedback",
        "gfx_competition_note", "gfx_submission_letter", "gfx_drafting_explanation", "gfx_basis_table",
        "gfx_legality_opinion", "gfx_agenda_item", "gfx_collective_minutes", "gfx_document", "gfx_publication_notice",
        "gfx_policy_interpretation",
    }  # fmt: skip
    bases = Document.objects.get(case=case, paper="gfx_basis_table")
    assert "《北京市示例管理条例》第二条：现行有效" in str(bases.context)
    official = Document.objects.get(case=case, paper="gfx_document")
    assert official.context["note"] == "此件公开发布；自2026年6月1日起施行，有效期至2031年6月1日"
    assert official.context["head"] == "北京市东城区市场监督管理局文件"
