"""Anybody proposes that a document be reviewed, gets a receipt, and a reasoned answer in time."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, Party
from accounts.queries import parties_of
from casework import registry
from casework.actions import Offer, settle, take
from casework.models import Act, Case, Deadline, Document, Draft
from casework.models.case import new_code
from casework.printing.render import paper_html, text_of
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from regulations.actions.entering import end, enter
from regulations.actions.suggestions import suggest
from regulations.models import NormativeDocument
from regulations.queries.suggestions import PROCEDURE
from tests.powerlist.conftest import Town, make_town, moment

BODY = """东城区示例管理办法
第一条 为了示例，制定本办法。
第二条 从事示例活动的，应当向区市场监督管理局缴纳示例费。
"""
SAID = {"articles": "第二条", "matters": "设定了收费", "reasons": "没有法律、法规依据"}


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


def document(town: Town, organ: str = "DC-SCJ", number: str = "东市监规〔2025〕1号") -> NormativeDocument:
    of = Organisation.objects.get(code=organ)
    made = NormativeDocument.objects.create(
        organ=of, issuer=of.name, number=number, title="东城区示例管理办法", published_on=date(2025, 6, 1),
        effective_from=date(2025, 7, 1), valid_until=date(2030, 6, 30), sample=True,
    )  # fmt: skip
    enter(made, BODY)
    made.refresh_from_db()
    return made


def own(town: Town, name: str = "citizen") -> Party:
    return next(p for p in parties_of(town.user(name), date(2026, 3, 2)) if p.kind == Party.Kind.NATURAL)


def suggested(town: Town, about: NormativeDocument, at: str = "2026-03-02T09:00", **said: str) -> Case:
    draft = suggest(
        new_code(), SAID | {"document": str(about.pk)} | said, moment(at), user=town.user("citizen"), party=own(town)
    )
    assert draft.case
    return draft.case


def act(town: Town, case: Case, by: str, step: str, at: str, **facts: Any) -> Act:
    case.refresh_from_db()
    row = registry.procedure(PROCEDURE).step(step)
    actors = Standing(town.user(by), moment(at).date()).actors(case, row)
    if not actors:
        raise NotAllowed([], row.label)
    attested = [gate.words for gate in row.needs if gate.attested]
    return take(case, step, actors[0], moment(at), Offer(facts=facts, attested=attested))


def state(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def test_the_page_of_a_proposal_names_the_document(town: Town) -> None:
    about = document(town)
    case = suggested(town, about)
    for name in ("legal-office", "citizen"):
        page = town.client(name).get(f"/cases/{case.code}/").content.decode()
        assert f"建议审查的文件：{about}" in page  # what was said, under the name that people know
        assert about.issuer in page


def test_whoever_cannot_be_reached_proposes_nothing(town: Town) -> None:
    """The ordinance asks for a name and an address (24(1))."""
    about = document(town)
    party = own(town)
    party.phone = party.address = ""
    party.save()
    with pytest.raises(Refused, match="已写明姓名和联系方式"):
        suggested(town, about)
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    party.address = "东城区示例街1号"
    party.save()
    assert suggested(town, about).state == "received"


def test_from_proposal_to_answer(town: Town) -> None:
    case = suggested(town, document(town))
    assert case.organ.code == "DC-SFJ"
    assert "规建〔2026〕1号" in Document.objects.get(case=case).number
    clock = Deadline.objects.get(case=case)
    assert (clock.key, clock.due_on) == ("gfxwj_rdsc_suggestion_incomplete", date(2026, 3, 9))
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "start_review", "2026-03-05T09:00", scope="第二条")
    assert Deadline.objects.get(case=case, key="gfxwj_rdsc_review").due_on == date(2026, 6, 5)
    act(
        town, case, "legal-office", "ask_explanation", "2026-03-06T09:00", questions="收费的依据", reply_by="2026-03-20"
    )
    act(town, case, "scj-head", "explain", "2026-03-10T09:00", explanation="没有依据，准备修改")
    act(town, case, "legal-office", "find_problem", "2026-03-12T09:00", conclusion="第二条违法设定收费")
    act(town, case, "legal-office", "note_correction", "2026-04-12T09:00", handling="已经删除第二条")
    act(town, case, "legal-office", "answer", "2026-04-13T09:00", result="属实", reasons="违法设定收费",
        handling="已经删除第二条")  # fmt: skip
    assert state(case) == "answered"
    papers = {each.paper: each for each in Document.objects.filter(case=case)}
    assert set(papers) == {
        "gfx_suggestion_receipt", "gfx_suggestion_started", "gfx_explanation_request", "gfx_maker_explanation",
        "gfx_suggestion_result",
    }  # fmt: skip
    said = {code: text_of(paper_html(registry.paper(code), each.printed)) for code, each in papers.items()}  # type: ignore[arg-type]
    assert "有新的理由的，可以再次提出建议" in said["gfx_suggestion_result"]
    for seen_by_maker in ("gfx_suggestion_started", "gfx_explanation_request"):
        assert own(town).name not in said[seen_by_maker]
    assert papers["gfx_maker_explanation"].organ == town.organ()


def test_silence_of_the_office_registers(town: Town) -> None:
    case = suggested(town, document(town))
    assert settle(case, moment("2026-03-09T20:00")) == []
    assert [one.step for one in settle(case, moment("2026-03-10T00:10"))] == ["register_by_silence"]
    with pytest.raises(Refused):
        act(town, case, "legal-office", "ask_completion", "2026-03-10T09:00", missing="x")


def test_what_is_incomplete_is_completed_and_received_anew(town: Town) -> None:
    case = suggested(town, document(town))
    act(town, case, "legal-office", "ask_completion", "2026-03-04T09:00", missing="写明抵触的条文")
    act(town, case, "citizen", "complete", "2026-03-20T09:00", more="与行政许可法相抵触")
    assert Deadline.objects.get(case=case, stopped_at=None).due_on == date(2026, 3, 27)


def test_not_started_is_told_in_ten_days_and_new_reasons_open_it_again(town: Town) -> None:
    about = document(town)
    case = suggested(town, about)
    with pytest.raises(Refused, match="已经答复"):
        suggested(town, about, news="新的理由")
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "decide_not_to_start", "2026-03-04T09:00", ground="unfounded", reasons="不成立")
    assert Deadline.objects.get(case=case, stopped_at=None).due_on == date(2026, 3, 16)  # the 14th is a Saturday
    assert [one.step for one in settle(case, moment("2026-03-17T00:10"))] == ["flag_not_told"]
    act(town, case, "legal-office", "tell_not_started", "2026-03-17T09:00")
    assert state(case) == "told_not_started"
    again = suggested(town, about, "2026-04-01T09:00", news="新的理由")
    assert again.acts.get().step == "suggest_again"


def test_only_what_is_in_force_and_of_the_district_is_reviewed(town: Town) -> None:
    about = document(town)
    end(about, date(2026, 1, 31), NormativeDocument.Ended.REPEALED, by="示例决定")
    with pytest.raises(Refused, match="现行有效"):
        suggested(town, about)
    outside = NormativeDocument.objects.create(
        issuer="国务院办公厅", number="国办发〔2019〕1号", title="示例", published_on=date(2019, 1, 1)
    )
    with pytest.raises(Refused, match="不由本区审查"):
        suggested(town, outside)
    assert not Draft.objects.filter(procedure=PROCEDURE).exists()


def test_a_document_that_changed_ends_the_review(town: Town) -> None:
    about = document(town)
    case = suggested(town, about)
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    with pytest.raises(Refused, match="已经修改或者废止"):
        act(town, case, "legal-office", "find_already_changed", "2026-03-04T09:00", conclusion="x")
    end(about, date(2026, 3, 4), NormativeDocument.Ended.REPEALED, by="示例决定")
    act(town, case, "legal-office", "find_already_changed", "2026-03-05T09:00", conclusion="已经废止")
    assert state(case) == "result"


def test_an_explanation_that_does_not_come_is_not_waited_for(town: Town) -> None:
    case = suggested(town, document(town))
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "start_review", "2026-03-05T09:00", scope="第二条")
    with pytest.raises(Refused, match="今天以后"):
        act(town, case, "legal-office", "ask_explanation", "2026-03-06T09:00", questions="x", reply_by="2026-03-06")
    act(town, case, "legal-office", "ask_explanation", "2026-03-06T09:00", questions="x", reply_by="2026-03-20")
    assert settle(case, moment("2026-03-20T23:00")) == []
    assert [one.step for one in settle(case, moment("2026-03-21T00:10"))] == ["go_on_without_explanation"]


def test_out_of_scope_goes_elsewhere(town: Town) -> None:
    case = suggested(town, document(town))
    act(town, case, "legal-office", "find_out_of_scope", "2026-03-03T09:00", competent="北京市人民政府", reasons="x")
    act(town, case, "legal-office", "direct_elsewhere", "2026-03-04T09:00", way="书面向市政府提出")
    assert state(case) == "transferred"


def test_the_maker_does_not_learn_who_proposed(town: Town) -> None:
    case = suggested(town, document(town))
    staff = town.client("scj-head")
    assert staff.get(f"/cases/{case.code}/").status_code == 404
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "start_review", "2026-03-05T09:00", scope="第二条")
    seen = staff.get(f"/cases/{case.code}/").content.decode()
    assert "启动审查通知" in seen
    assert own(town).name not in seen
    assert "没有法律、法规依据" not in seen


def test_by_form_once(town: Town) -> None:
    about = document(town)
    path = f"/documents/{about.pk}/propose-review/"
    assert Client().get(path).status_code == 302
    citizen = town.client("citizen")
    token = re.search(r'name="token" value="(\w+)"', citizen.get(path).content.decode())
    assert token
    sent = SAID | {"token": token[1], "party": str(own(town).pk)}
    assert citizen.post(path, sent | {"reasons": ""}).status_code == 422
    for _ in range(2):
        answer = citizen.post(path, sent)
        assert answer.status_code == 302
    case = Case.objects.get(procedure=PROCEDURE)
    assert case.number in citizen.get(answer["Location"]).content.decode()
    assert town.client("neighbour").get(answer["Location"]).status_code == 404
    assert citizen.get("/documents/999999/propose-review/").status_code == 404


def under_review(town: Town, about: NormativeDocument | None = None) -> Case:
    case = suggested(town, about or document(town))
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "start_review", "2026-03-05T09:00", scope="第二条")
    return case


def test_nothing_is_wrong_and_whoever_proposed_is_told(town: Town) -> None:
    case = under_review(town)
    act(town, case, "legal-office", "find_no_problem", "2026-03-20T09:00", conclusion="收费有法规依据。")
    assert not Deadline.objects.filter(case=case, stopped_at=None).exists()
    act(town, case, "legal-office", "answer", "2026-03-23T09:00", result="不属实", reasons="有依据", handling="无")
    assert state(case) == "answered"


def test_what_is_no_normative_document_is_not_registered(town: Town) -> None:
    case = suggested(town, document(town))
    with pytest.raises(NotAllowed):
        act(town, case, "scj-head", "refuse_not_normative", "2026-03-03T09:00", reasons="内部管理")
    act(town, case, "legal-office", "refuse_not_normative", "2026-03-03T09:00", reasons="属于内部管理文件")
    assert state(case) == "not_registered"
    assert Document.objects.filter(case=case, paper="gfx_suggestion_refused").exists()


def test_what_came_to_the_wrong_organ_is_passed_on_and_late_is_said(town: Town) -> None:
    case = suggested(town, document(town))
    act(town, case, "legal-office", "find_out_of_scope", "2026-03-03T09:00", competent="区人大常委会", reasons="x")
    due = Deadline.objects.get(case=case, stopped_at=None).due_on
    assert due
    assert settle(case, moment(f"{due}T23:00")) == []
    after = date.fromordinal(due.toordinal() + 1)
    assert [one.step for one in settle(case, moment(f"{after}T00:10"))] == ["flag_transfer_overdue"]
    assert settle(case, moment(f"{after}T00:20")) == []
    act(town, case, "legal-office", "transfer", f"{after}T09:00")
    assert state(case) == "transferred"
    assert not Deadline.objects.filter(case=case, stopped_at=None).exists()


def test_whoever_proposed_may_withdraw_and_nobody_else(town: Town) -> None:
    case = under_review(town)
    with pytest.raises(NotAllowed):
        act(town, case, "neighbour", "withdraw", "2026-03-06T09:00")
    act(town, case, "citizen", "withdraw", "2026-03-06T09:00")
    assert state(case) == "withdrawn"
    assert not Deadline.objects.filter(case=case, stopped_at=None).exists()
