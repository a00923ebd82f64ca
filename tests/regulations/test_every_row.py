"""Every row of the live tables is walked by somebody: no row is live that nobody can take."""

from __future__ import annotations

from datetime import date

from casework.actions.ring import ring_all
from casework.models import Act, Case, Document
from regulations.actions.exchange import ANSWERS
from regulations.models import NormativeDocument
from regulations.procedures.document import DOCUMENT
from regulations.procedures.filing import FILING
from regulations.procedures.validity import VALIDITY
from regulations.queries import validity
from tests.regulations.ground import MEETING, House, child_of, moment

REPORT = {"report": "报请备案。", "contact": "王示例，12345"}


def taken(procedure: str) -> set[str]:
    return set(Act.objects.filter(case__procedure=procedure).values_list("step", flat=True))


def test_every_row_of_the_making(house: House) -> None:
    _plans(house)
    _business_of_the_government(house)
    _secret_and_returned(house)
    _shortened_and_heard(house)
    _emergency(house)
    _printed_anew_given_up_and_ended_early(house)
    house.published()
    assert {row.name for row in DOCUMENT.steps} - taken("regulations.document") == set()
    assert set(Document.objects.filter(case__procedure="regulations.document").values_list("paper", flat=True)) == {
        code for row in DOCUMENT.steps for code in row.gives
    }


def _plans(house: House) -> None:
    suggested = house.suggest()
    house.act(suggested, "legal-office", "reject_project", "2026-03-03T09:00", reasons="已有规定。")
    other = house.suggest("neighbour")
    house.act(other, "legal-office", "add_out_of_plan", "2026-03-03T09:00", level="department", finish_on="2026-12-31",
              approval="会议（示例）", reasons="急需。")  # fmt: skip
    house.act(other, "scj-head", "commission_draft", "2026-03-04T09:00", third_party="示例律师事务所",
        contract="合同1号",
              drafters=[str(house.user("scj-officer").pk)], business="no")  # fmt: skip
    house.act(other, "scj-head", "stop", "2026-03-05T09:00", reasons="情况变化。")


def _business_of_the_government(house: House) -> None:
    """A document of the government that touches business: the market regulator refuses, makes an exception, agrees."""
    case = house.drafting("government", business="yes")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "hold_meeting", "2026-03-05T10:00", form="discussion", held_on="2026-03-05",
              present="协会代表", views="支持。")  # fmt: skip
    house.act(case, "scj-officer", "open_business_comment", "2026-03-06T09:00", until="2026-04-07", channel="信函")
    house.comment(case, "citizen", "2026-03-10T09:00")
    ring_all(moment("2026-04-08T00:10"))
    house.answer(case.consultations.get().comments.get(), "2026-04-08T09:00")
    house.act(case, "scj-officer", "publish_feedback", "2026-04-08T10:00", summary="一条意见。")
    for hour, step, more in (
        (11, "fail_fair_competition", {}),
        (12, "pass_fair_competition_exception", {"exception": "公共利益。", "ends": "两年。"}),
        (13, "pass_fair_competition", {}),
    ):
        house.act(case, "scj-officer", "send_to_fair_competition", f"2026-04-08T{hour}:00",
            first_opinion="不限制竞争。",
                  heard="已听取。")  # fmt: skip
        house.act(case, "scj-competition", step, f"2026-04-08T{hour}:30", standards="逐项对照，没有限制。", **more)
    house.send(case, "2026-04-09T09:00")
    house.check(case, "legal-office2", "2026-04-17T09:00")
    house.act(case, "legal-office2", "pass_legality_review", "2026-04-17T10:00", opinion="符合规定。")
    house.act(
        case, "secretary", "put_on_agenda", "2026-04-17T11:00", meeting="常务会议（示例）", meeting_on="2026-04-20"
    )
    house.act(case, "government", "adopt", "2026-04-20T16:00", **MEETING)
    house.published(step="publish_business", case=case)
    ring_all(moment("2026-06-01T00:10"))
    case.refresh_from_db()
    assert case.state == "in_force"
    assert child_of(case, "regulations.filing").organ == house.organ("DC-BGS")


def _secret_and_returned(house: House) -> None:
    """Kept from the public, and in force at once."""
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "ask_departments", "2026-03-05T10:00", organs=["DC-WJW"], points="分工",
              reply_by="2026-03-12")  # fmt: skip
    house.act(case, "wjw-head", "answer_draft", "2026-03-05T11:00", opinion="disagree", reasons="分工不清。")
    house.act(case, "legal-office", "record_dispute", "2026-03-05T12:00", positions="分工。")
    house.act(case, "legal-office", "commission_evaluation", "2026-03-06T09:00", evaluator="示例研究院", method="访谈",
              conclusion="分工可行。")  # fmt: skip
    house.act(case, "government", "settle_dispute", "2026-03-07T09:00", decision="按评估分工。")
    house.act(case, "scj-head", "exempt_secret_from_comment", "2026-03-08T09:00", basis="定密依据", approver="局长")
    house.act(case, "scj-officer", "record_not_economic", "2026-03-08T10:00", reasons="不涉及。")
    house.send(case, "2026-03-09T09:00")
    house.act(case, "scj-legal", "return_materials", "2026-03-09T10:00", missing="签署页", supply_by="2026-03-12")
    house.send(case, "2026-03-10T09:00")
    house.act(case, "scj-legal", "fail_legality_review", "2026-03-11T09:00", opinion="第二条没有依据。")
    house.send(case, "2026-03-12T09:00")
    house.act(case, "scj-legal", "pass_with_changes", "2026-03-12T10:00", opinion="第二条改写。")
    house.send(case, "2026-03-13T09:00")
    house.check(case, "scj-legal", "2026-03-13T10:00")
    house.act(case, "scj-legal", "pass_legality_review", "2026-03-13T11:00", opinion="符合。", urgent="防汛急需。")
    house.act(case, "secretary", "put_on_agenda", "2026-04-17T09:00", meeting="办公会（示例）", meeting_on="2026-04-20")
    house.act(case, "scj-head", "adopt", "2026-04-20T16:00", **MEETING)
    house.published(at="2026-04-22T09:00", effective_on="2026-04-22", step="publish_immediate", case=case)
    case.refresh_from_db()
    assert case.state == "in_force"  # the day is here: the law took its step with the publication


def _shortened_and_heard(house: House) -> None:
    """Ended early with a reason, a hearing, then not adopted."""
    case = house.planned()
    drafters = [str(house.user(name).pk) for name in ("scj-officer", "scj-officer2")]
    house.act(case, "scj-head", "start_drafting", "2026-03-04T09:00", drafters=drafters, business="no")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-10", channel="信函")
    house.act(case, "scj-officer2", "shorten_public_comment", "2026-03-20T09:00", reasons="上级要求。", approver="局长")
    house.act(case, "scj-officer", "publish_feedback", "2026-03-20T10:00", summary="没有意见。")
    house.act(case, "scj-officer", "announce_hearing", "2026-03-20T11:00", hearing_date="2026-04-25", place="会议室",
              subject="服务点设置", register_by="2026-04-10", registration="电话报名")  # fmt: skip
    house.act(case, "scj-officer", "cancel_hearing", "2026-03-20T12:00", reasons="场地不能使用。")
    house.act(case, "scj-officer", "announce_hearing", "2026-03-20T13:00", hearing_date="2026-04-25", place="会议室",
              subject="服务点设置", register_by="2026-04-10", registration="电话报名")  # fmt: skip
    one = house.register(case, "citizen", "2026-03-21T09:00")
    house.act(case, "scj-officer", "choose_participants", "2026-04-11T09:00", chosen=[str(one.pk)], method="只有一人。")
    house.act(case, "scj-officer", "hold_hearing", "2026-04-25T15:00", present="居民代表", views="支持设置。")
    house.act(case, "scj-officer", "record_not_economic", "2026-04-26T10:00", reasons="不涉及。")
    house.send(case, "2026-04-27T09:00")
    ring_all(moment("2026-06-01T00:10"))
    case.refresh_from_db()
    assert case.acts.filter(step="flag_overdue_review").exists()
    house.check(case, "scj-legal", "2026-06-01T09:00")
    house.act(case, "scj-legal", "pass_legality_review", "2026-06-01T10:00", opinion="符合。")
    house.act(case, "secretary", "put_on_agenda", "2026-06-02T09:00", meeting="办公会（示例）", meeting_on="2026-06-02")
    held = MEETING | {"held_on": "2026-06-02"}
    house.act(case, "scj-head", "adopt_with_changes", "2026-06-02T16:00", changes="第三条改写。", **held)
    house.send(case, "2026-06-03T09:00")
    house.check(case, "scj-legal", "2026-06-12T09:00")
    house.act(case, "scj-legal", "pass_legality_review", "2026-06-12T10:00", opinion="符合。")
    house.act(case, "secretary", "put_on_agenda", "2026-06-15T09:00", meeting="办公会（示例）", meeting_on="2026-06-15")
    house.act(case, "scj-head", "reject_in_meeting", "2026-06-15T16:00", reasons="时机不成熟。",
              **MEETING | {"held_on": "2026-06-15"})  # fmt: skip


def _emergency(house: House) -> None:
    case = house.drafting("government")
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "record_not_economic", "2026-03-05T09:30", reasons="不涉及。")
    house.act(case, "government", "issue_in_emergency", "2026-03-05T10:00", reasons="防汛。", approver="区长",
              opinion="符合权限。")  # fmt: skip


def _printed_anew_given_up_and_ended_early(house: House) -> None:
    given_up = house.adopted()
    house.number(given_up, effective_on="2026-05-01")
    days = {"effective_on": "2026-07-01", "reasons": "印制延误。", "approver": "局长"}
    house.act(given_up, "secretary", "reprint", "2026-05-06T09:00", **days)
    house.act(given_up, "scj-head", "void_number", "2026-05-07T09:00", reasons="情况变化。")
    house.repeal(house.published(), "2026-05-06T09:00")
    revoked = house.published()
    filing = child_of(revoked, "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    opinion = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-04-27T09:00", **opinion)
    house.act(filing, "scj-head", "contest_opinion", "2026-05-06T09:00", report="依据充分。")
    house.act(filing, "government", "revoke_document", "2026-05-07T09:00", articles="全文", reasons="没有依据。")


def filed(house: House, level: str = "department") -> tuple[Case, Case]:
    """A published document and its filing, which is due."""
    case = house.published(level)
    return case, child_of(case, "regulations.filing")


def test_every_row_of_the_filing(house: House) -> None:
    making, filing = filed(house)
    ring_all(moment("2026-05-26T00:10"))
    filing.refresh_from_db()
    assert filing.state == "overdue"
    house.act(filing, "legal-office", "order_to_file", "2026-05-26T09:00", file_by="2026-05-28")
    house.act(filing, "legal-office", "circulate_criticism", "2026-05-29T09:00", facts="请立即报送。")
    house.act(filing, "scj-head", "submit_filing", "2026-05-29T10:00", **REPORT)
    house.act(filing, "legal-office", "ask_supplement", "2026-05-29T11:00", missing="电子文本")
    house.act(filing, "scj-head", "supplement", "2026-06-01T09:00", answer="已补充。")
    house.act(filing, "legal-office", "register", "2026-06-02T09:00")
    house.act(filing, "legal-office", "publish_catalogue", "2026-06-30T09:00")
    house.act(filing, "legal-office", "ask_explanation", "2026-07-01T09:00", questions="第二条的依据",
              explain_by="2026-07-10")  # fmt: skip
    house.act(filing, "scj-head", "explain", "2026-07-02T09:00", answer="依据如下。")
    house.act(
        filing, "legal-office", "ask_explanation", "2026-07-03T09:00", questions="第三条", explain_by="2026-07-06"
    )
    house.act(filing, "legal-office", "go_on_without_explanation", "2026-07-07T09:00")
    house.act(filing, "legal-office", "consult_experts", "2026-07-07T10:00", expert="专家（示例）", opinion="可行。")
    house.act(filing, "legal-office", "extend_review", "2026-07-07T11:00", extend_to="2026-09-01", reasons="疑难。",
              approver="局长")  # fmt: skip
    ring_all(moment("2026-09-02T00:10"))
    filing.refresh_from_db()
    assert filing.acts.filter(step="flag_review_overdue").exists()
    opinion = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。", "not_applied": ["a2"]}
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-09-02T09:00", **opinion)
    house.repeal(making, "2026-09-18T09:00")
    house.act(filing, "scj-head", "report_corrected", "2026-09-20T09:00", how="repealed",
        decision="东市监发〔2026〕9号",
              corrected_on="2026-09-18", report="已废止。")  # fmt: skip

    _, second = filed(house)
    house.act(second, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(second, "legal-office", "ask_supplement", "2026-04-23T10:00", missing="起草说明")
    ring_all(moment("2026-05-20T00:10"))
    second.refresh_from_db()
    assert second.state == "overdue"
    house.act(second, "scj-head", "submit_filing", "2026-05-20T09:00", **REPORT)
    house.act(second, "legal-office", "return_out_of_scope", "2026-05-21T09:00", reasons="属于内部管理。")

    for contested in (True, False):
        _, third = filed(house)
        house.act(third, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
        house.act(third, "legal-office", "register", "2026-04-24T09:00")
        house.act(third, "legal-office", "issue_correction_opinion", "2026-04-27T09:00", **opinion)
        if contested:
            house.act(third, "scj-head", "contest_opinion", "2026-05-06T09:00", report="依据充分。")
            house.act(third, "legal-office", "withdraw_opinion", "2026-05-07T09:00", reasons="说明成立。")
            continue
        ring_all(moment("2026-06-20T00:10"))
        house.act(third, "government", "revoke_document", "2026-06-22T09:00", articles="第二条", reasons="逾期未纠正。")
        assert third.parent
        assert house.document(third.parent).standing(moment("2026-06-22T09:00").date()) == "revoked"

    _, upward = filed(house, level="government")
    house.act(upward, "bgs-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(upward, "city-review", "register", "2026-04-24T09:00")
    house.check_filing(upward, "city-review", "2026-05-06T09:00")
    house.act(upward, "city-review", "record_no_problem", "2026-05-06T09:00")
    assert upward.state == "filed"
    # What the city's platform answers is walked in tests/regulations/exchange.
    assert {row.name for row in FILING.steps} - taken("regulations.filing") == {row for row, _ in ANSWERS.values()}


def in_force(house: House) -> tuple[NormativeDocument, Case]:
    """A document that applies from 1 June 2026 for the ordinary term, and the case of its term."""
    case = house.published()
    ring_all(moment("2026-06-01T00:10"))
    return house.document(case), child_of(case, "regulations.validity")


EVALUATED = {"effects": "良好。", "problems": "无。", "bases": "有效。", "public": "已听取。"}
DISCUSSED = {"present": "局长（示例）", "discussion": "同意。"}


def test_every_row_of_the_validity(house: House) -> None:
    document, term = in_force(house)
    assert document.valid_until == moment("2031-06-01T09:00").date()
    house.act(term, "scj-head", "evaluate", "2026-07-01T09:00", conclusion="amend", **EVALUATED)
    house.act(term, "scj-head", "decide_to_amend", "2026-07-02T09:00", plan="年内修改。")
    house.act(term, "scj-head", "evaluate", "2026-08-03T09:00", conclusion="keep", **EVALUATED)
    extension = {"validity_ends_on": "2033-06-01"}
    house.act(term, "scj-head", "propose_extension", "2026-08-04T09:00", reasons="仍有必要。", **extension)
    house.act(term, "legal-office", "refuse_extension", "2026-08-05T09:00", reasons="评估不足。")
    house.act(term, "scj-head", "propose_extension", "2026-08-06T09:00", reasons="已补充。", **extension)
    house.act(term, "legal-office2", "pass_extension_review", "2026-08-07T09:00", opinion="同意。")
    house.act(term, "scj-head", "extend_ordinary", "2026-08-10T09:00", **extension, **DISCUSSED)
    document.refresh_from_db()
    assert document.valid_until == moment("2033-06-01T09:00").date()
    house.act(term, "legal-office", "suspend", "2026-09-01T09:00", reasons="明显违法。")
    document = NormativeDocument.objects.get(pk=document.pk)
    assert document.standing(moment("2026-09-01T09:00").date()) == "suspended"
    house.act(term, "congress-review", "resume", "2026-09-10T09:00", reasons="已纠正。")
    offered = validity.clauses(term, date(2026, 9, 20))
    assert [anchor for anchor, _ in offered] == ["a1", "a2", "a3", "a4"]  # each is an article of one paragraph
    assert offered[2][1] == "第三条：区市场监督管理局每年公布示例便民服务点名录。"
    single = {"clauses": ["a2"], "reasons": "明显违法。"}
    house.act(term, "legal-office", "suspend_clauses", "2026-09-20T09:00", **single)
    announced = Document.objects.filter(case=term, paper="gfx_suspension").latest("pk")
    assert announced.printed["elements"]["articles"] == ["第二条"]
    house.act(term, "congress-review", "resume_clauses", "2026-09-25T09:00", clauses=["a2"], reasons="已纠正。")
    rows = document.suspensions.order_by("since").values_list("clause", "since", "until", "act__step")
    assert list(rows) == [
        ("", date(2026, 9, 1), date(2026, 9, 10), "suspend"),
        ("a2", date(2026, 9, 20), date(2026, 9, 25), "suspend_clauses"),
    ]
    house.act(
        term, "scj-head", "repeal", "2026-10-08T09:00", reasons="不再需要。", pending="按原规定办结。", **DISCUSSED
    )
    document.refresh_from_db()
    assert document.standing(moment("2026-10-08T09:00").date()) == "repealed"

    document, term = in_force(house)
    ring_all(moment("2030-12-02T00:10"))
    term.refresh_from_db()
    assert term.state == "evaluation_due"
    house.act(term, "scj-head", "evaluate", "2030-12-03T09:00", conclusion="lapse", **EVALUATED)
    house.act(term, "scj-head", "decide_to_let_lapse", "2030-12-04T09:00", pending="按原规定办结。")
    ring_all(moment("2031-06-02T00:10"))
    term.refresh_from_db()
    assert term.state == "ended_unpublished"
    ring_all(moment("2031-07-30T00:10"))
    house.act(term, "legal-office", "publish_lapse", "2031-07-30T09:00")

    _, term = in_force(house)
    house.act(term, "legal-office", "record_revocation", "2026-07-01T09:00", decision="京人发〔2026〕1号",
              revoked_on="2026-07-01")  # fmt: skip
    old, term = in_force(house)
    newer = house.published(effective_on="2026-06-15", at="2026-05-06T09:00")
    house.act(term, "legal-office", "record_replacement", "2026-06-15T09:00", successor=str(house.document(newer).pk))
    old.refresh_from_db()
    assert (old.ended, old.replaced_by) == ("replaced", house.document(newer))
    house.title = "北京市东城区示例便民服务点管理办法（试行）"
    trial, term = in_force(house)
    assert (trial.trial, trial.valid_until) == (True, moment("2028-06-01T09:00").date())
    # What is imported, and what ends a document elsewhere: tests/regulations/test_terms.py.
    assert {row.name for row in VALIDITY.steps} - taken("regulations.validity") == {
        "open_unstated", "fix_ordinary", "fix_trial", "close_on_revocation", "close_on_replacement", "close_on_repeal",
        "drop_unlisted",
    }  # fmt: skip
