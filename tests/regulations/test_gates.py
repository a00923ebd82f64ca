"""What somebody might try to go round on the way of a document: each way is shut, each way out is there."""

from __future__ import annotations

from datetime import date

import pytest

from casework.actions.make import make_paper
from casework.actions.ring import ring_all
from casework.models import Case, Document
from casework.refusal import Refused
from regulations.queries import replacing
from regulations.queries.filing import materials
from tests.regulations.ground import BODY, GAZETTE, MEETING, House, child_of, moment
from tests.regulations.test_every_row import REPORT

OPINION = {"first_opinion": "不限制竞争。", "heard": "已听取。"}


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def test_a_refusal_for_fair_competition_is_not_walked_round(house: House) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "send_to_fair_competition", "2026-03-05T10:00", **OPINION)
    house.act(case, "scj-officer2", "fail_fair_competition", "2026-03-05T11:00", standards="限定交易。")
    house.form(case, "2026-03-05T12:00", BODY.replace("每年", "每季度"))
    with pytest.raises(Refused, match="此前没有作为涉及经营者经济活动的草案"):
        house.act(case, "scj-officer", "record_not_economic", "2026-03-05T13:00", reasons="不涉及。")
    house.consulted(case)
    with pytest.raises(Refused, match="公平竞争审查已就现在这一稿通过"):
        house.send(case)
    house.act(case, "scj-officer", "send_to_fair_competition", "2026-04-07T10:00", **OPINION)
    house.act(case, "scj-officer2", "pass_fair_competition", "2026-04-07T11:00", standards="逐项对照。")
    house.send(case)


def test_a_record_that_nothing_is_economic_holds_for_one_version(house: House) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "record_not_economic", "2026-03-05T10:00", reasons="不涉及。")
    house.consulted(case)
    house.form(case, "2026-04-07T10:00", BODY + "\n第五条 服务点不得向外区企业采购。")
    with pytest.raises(Refused, match="就现在这一稿"):
        house.send(case)
    house.act(case, "scj-officer", "record_not_economic", "2026-04-07T11:00", reasons="不涉及。")
    house.send(case)


def test_who_touches_business_does_so_whoever_drafts(house: House) -> None:
    case = house.drafting(business="yes")
    drafters = [str(house.user("scj-officer").pk)]
    house.act(case, "scj-head", "commission_draft", "2026-03-05T08:00", third_party="示例律师事务所",
              contract="合同1号", drafters=drafters, business="no")  # fmt: skip
    house.form(case, "2026-03-05T09:00")
    with pytest.raises(Refused, match="不属于与经营主体的生产经营活动密切相关"):
        house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    with pytest.raises(Refused, match="不属于与经营主体"):
        house.act(case, "scj-officer", "record_not_economic", "2026-03-06T09:00", reasons="不涉及。")


def test_a_stated_term_is_not_longer_than_the_rule_allows(house: House) -> None:
    case = house.adopted()
    with pytest.raises(Refused, match="不超过有效期制度规定的最长期限"):
        house.number(case, valid_until="2031-06-02")
    house.number(case, valid_until="2031-06-01")
    assert house.document(case).valid_until == date(2031, 6, 1)
    assert house.document(case).subject == "market"


def test_when_the_printed_day_has_passed_it_is_printed_anew_under_its_number(house: House) -> None:
    case = house.adopted()
    house.number(case, effective_on="2026-05-25")
    house.print_official(case, "2026-04-22T09:00")
    other = {"effective_on": "2026-07-15", "reasons": "印制延误。", "approver": "局长"}
    with pytest.raises(Refused, match="施行日期已过，或者距公布已经不足"):
        house.act(case, "secretary", "reprint", "2026-04-22T10:00", **other)
    for step in ("publish_delayed", "publish_immediate"):
        more = {"reasons": "急需。", "approver": "局长"} if step == "publish_immediate" else {}
        with pytest.raises(Refused, match="施行"):
            house.act(case, "secretary", step, "2026-06-08T09:00", effective_on="2026-05-25", **GAZETTE, **more)
    house.act(case, "secretary", "reprint", "2026-06-08T10:00", **other)
    before, after = Document.objects.filter(case=case, paper="gfx_document").order_by("pk")
    assert (before.number, before.void_reason) == (after.number, "施行日期更正，重新印制")
    assert (after.replaces_id, after.voided_at) == (before.pk, None)
    assert "自2026年7月15日起施行" in after.context["note"]
    with pytest.raises(Refused, match="印制并加盖印章"):
        house.act(case, "secretary", "publish_delayed", "2026-06-08T11:00", effective_on="2026-07-15", **GAZETTE)
    assert house.document(case).valid_until == date(2031, 7, 15)
    assert make_paper(after, moment("2026-06-08T12:00"))
    house.act(case, "secretary", "publish_delayed", "2026-06-08T13:00", effective_on="2026-07-15", **GAZETTE)
    filing = child_of(case, "regulations.filing")
    assert materials(filing)["正式文本和电子文本"] == after


def test_a_number_that_is_given_up_stays_in_the_register_and_goes_to_nobody_else(house: House) -> None:
    case = house.adopted()
    house.number(case)
    house.act(case, "scj-head", "void_number", "2026-05-25T09:00", reasons="情况变化。")
    assert state_of(case) == "stopped"
    document = house.document(case)
    assert (document.number, document.published_on) == ("东市监发〔2026〕1号", None)
    assert "作废" in document.source
    assert Document.objects.get(case=case, paper="gfx_document").void_reason == "文号作废"
    second = house.published()
    assert house.document(second).number == "东市监发〔2026〕2号"


def test_what_is_revoked_before_its_day_never_takes_effect(house: House) -> None:
    case = house.published()
    filing = child_of(case, "regulations.filing")
    opinion = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}
    house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-04-24T09:00")
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-04-27T09:00", **opinion)
    house.act(filing, "scj-head", "contest_opinion", "2026-05-06T09:00", report="依据充分。")
    house.act(filing, "government", "revoke_document", "2026-05-07T09:00", articles="全文", reasons="没有依据。")
    assert state_of(case) == "ended_before_effect"
    ring_all(moment("2026-06-02T00:10"))
    assert state_of(case) == "ended_before_effect"
    assert not Case.objects.filter(procedure="regulations.validity").exists()


def test_its_maker_repeals_it_before_its_day(house: House) -> None:
    case = house.published()
    house.repeal(case, "2026-05-06T09:00")
    assert state_of(case) == "ended_before_effect"
    assert house.document(case).standing(date(2026, 6, 2)) == "repealed"
    ring_all(moment("2026-06-02T00:10"))
    assert state_of(case) == "ended_before_effect"
    paper = Document.objects.get(case=case, paper="gfx_repeal_decision")
    assert "文件尚未施行" in str(paper.context)


def test_a_new_document_takes_the_place_of_those_that_its_proposal_names(house: House) -> None:
    old = house.published()
    ring_all(moment("2026-06-01T00:10"))
    number, term = house.document(old).number, child_of(old, "regulations.validity")
    with pytest.raises(Refused, match="均为登记簿中本区的现行文件"):
        house.propose("2026-06-02T09:00", replaces="东市监发〔2026〕404号")
    case = house.propose("2026-06-02T09:00", replaces=f"{number}\n")
    house.act(case, "legal-office", "include_in_plan", "2026-06-03T09:00", level="department",
              finish_on="2026-12-31", approval="会议（示例）")  # fmt: skip
    drafters = [str(house.user("scj-officer").pk)]
    house.act(case, "scj-head", "start_drafting", "2026-06-04T09:00", drafters=drafters, business="no")
    house.form(case, "2026-06-05T09:00", BODY.replace("每年", "每季度"))
    house.act(case, "scj-head", "exempt_secret_from_comment", "2026-06-08T09:00", basis="定密依据", approver="局长")
    house.act(case, "scj-officer", "record_not_economic", "2026-06-08T10:00", reasons="不涉及。")
    house.send(case, "2026-06-09T09:00")
    house.check(case, "scj-legal", "2026-06-16T09:00")
    house.act(case, "scj-legal", "pass_legality_review", "2026-06-17T09:00", opinion="符合。")
    house.act(case, "secretary", "put_on_agenda", "2026-06-18T09:00", meeting="办公会", meeting_on="2026-06-22")
    house.act(case, "scj-head", "adopt", "2026-06-22T16:00", **MEETING | {"held_on": "2026-06-22"})
    house.number(case, "2026-06-23T09:00", effective_on="2026-08-01")
    house.print_official(case, "2026-06-23T10:00")
    house.act(case, "secretary", "publish_delayed", "2026-06-23T11:00", effective_on="2026-08-01", **GAZETTE)
    assert house.document(old).ended == ""
    ring_all(moment("2026-08-01T00:10"))
    before, after = house.document(old), house.document(case)
    assert (before.ended, before.ended_on, before.replaced_by) == ("replaced", date(2026, 7, 31), after)
    assert before.standing(date(2026, 8, 1)) == "replaced"
    assert state_of(term) == "replaced"
    assert state_of(child_of(case, "regulations.validity")) == "in_force"


def test_a_department_ends_no_document_of_another(house: House) -> None:
    theirs = house.published("government")
    ring_all(moment("2026-06-01T00:10"))
    number, listed = house.document(theirs).number, [str(house.document(theirs))]
    for level, kept in (("department", listed), ("government", [])):
        case = house.propose("2026-06-02T09:00", replaces=number)
        house.planned(level, "2026-06-03T09:00", case)
        assert replacing.foreign(case, date(2026, 6, 3)) == kept
