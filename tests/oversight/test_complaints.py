"""A complaint about an organ: taken in once, hidden from whom it is about, checked, put right, answered in time."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casework import registry
from casework.actions import Offer, open_case, settle, take
from casework.models import Act, Case, Deadline, Document, Draft, Notice, Participant
from casework.models.case import new_code
from casework.printing.render import paper_html, text_of
from casework.queries.rights import UNNAMED
from casework.refusal import NotAllowed, Refused
from oversight.actions.complaining import complain
from oversight.queries.complaints import PROCEDURE, office
from tests.accounts.people import seat
from tests.oversight.conftest import SAID, act, checking, named, ordered, own, page, unnamed
from tests.powerlist.conftest import FOOD, Town, make_town, moment

# -- taking in


def test_the_same_press_makes_one_complaint(town: Town) -> None:
    token = new_code()
    first = complain(token, SAID, moment("2026-03-02T09:00"))
    again = complain(token, SAID, moment("2026-03-02T09:00"))
    assert first.case_id == again.case_id
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1


def test_nobody_takes_up_the_token_of_another(town: Town) -> None:
    token = new_code()
    complain(token, SAID, moment("2026-03-02T09:00"), user=town.user("citizen"), party=own(town))
    with pytest.raises(Refused, match="页面已经过期"):
        complain(token, SAID, moment("2026-03-02T09:01"))
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_make_one_complaint(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    make_town(tmp_path / "laws")
    token = new_code()

    def press(_: int) -> int | None:
        try:
            return complain(token, SAID, moment("2026-03-02T09:00")).case_id
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as crowd:
        assert len(set(crowd.map(press, range(10)))) == 1
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1


def test_without_a_name_nothing_of_a_person_is_kept(town: Town) -> None:
    case = unnamed()
    opening = case.acts.get()
    assert (case.applicant, case.applicant_name, case.filed_by) == (None, "", None)
    assert (opening.actor, opening.role, opening.address) == (None, "unnamed", None)
    assert Draft.objects.get(case=case).owner is None
    receipt = text_of(paper_html(registry.paper("jd_complaint_receipt"), Document.objects.get(case=case).printed))  # type: ignore[arg-type]
    assert case.number in receipt
    assert "请妥善保管查询码" in receipt


def test_only_where_a_row_allows_it_is_nobody_somebody(town: Town) -> None:
    with pytest.raises(NotAllowed):
        open_case(PROCEDURE, "submit", UNNAMED, moment("2026-03-02T09:00"), Offer(facts=SAID),
                  organ=office(date(2026, 3, 2)), title="x")  # fmt: skip
    case = unnamed()
    with pytest.raises(NotAllowed):
        take(case, "register", UNNAMED, moment("2026-03-02T10:00"))
    with pytest.raises(NotAllowed):  # somebody filed it, and nobody else adds to it
        take(named(town), "add_details", UNNAMED, moment("2026-03-02T10:00"), Offer(facts={"facts": "x"}))
    with pytest.raises(IntegrityError), transaction.atomic():  # by raw SQL of the application: an office act of nobody
        Act.objects.create(
            case=case, seq=2, step="register", label="x", role="district_legal_office", actor_name="x",
            at=moment("2026-03-03T09:00"), from_state="submitted", to_state="checking",
        )  # fmt: skip


def test_the_bureau_does_not_judge_itself(town: Town) -> None:
    with pytest.raises(Refused, match="向区政府或者监察机关"):
        unnamed(concerned="DC-SFJ", power="")
    assert not Draft.objects.filter(procedure=PROCEDURE).exists()


def test_retaliation_rests_on_an_own_earlier_complaint_and_is_not_sent_to_the_organ(town: Town) -> None:
    with pytest.raises(Refused, match="此前的投诉举报"):
        named(town, earlier="东司举报〔2026〕99号")
    first = named(town)
    second = named(town, "2026-03-10T09:00", earlier=first.number)
    assert second.acts.get().step == "report_retaliation"
    assert {"supervisor"} <= set(Notice.objects.filter(case=second).values_list("to__seats__role", flat=True))
    act(town, second, "legal-office", "register", "2026-03-11T09:00")
    with pytest.raises(Refused, match="不是反映打击报复的案件"):
        act(town, second, "legal-office", "ask_organ", "2026-03-12T09:00", matters="x", reply_by="2026-03-20")


# -- the way to the answer


def test_from_complaint_to_answer(town: Town) -> None:
    case = ordered(town, named(town))
    clock = Deadline.objects.get(case=case, key="jd_complaint_reply")
    assert clock.due_on == date(2026, 5, 6)  # sixty days from 2 March end on 1 May, a holiday that lasts until the 5th
    assert Deadline.objects.get(case=case, key="jd_correction_set").due_on == date(2026, 3, 20)
    act(town, case, "scj-legal", "report_correction", "2026-03-18T09:00", problems="属实", measures="停止索要",
        result="已经退还")  # fmt: skip
    act(town, case, "legal-office", "answer", "2026-03-19T09:00", verification="属实", result="已经责令纠正",
        reply_basis="《中华人民共和国行政许可法》第三十一条")  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("answered", None)
    papers = dict(Document.objects.filter(case=case).values_list("paper", "number"))
    assert set(papers) == {
        "jd_complaint_receipt", "jd_inquiry_record", "jd_correction_order", "jd_rectification_report",
        "jd_complaint_reply",
    }  # fmt: skip
    report = Document.objects.get(case=case, paper="jd_rectification_report")
    assert report.organ == town.organ()
    assert report.number.startswith("东市监监报〔2026〕")
    for document in Document.objects.filter(case=case):
        text_of(paper_html(registry.paper(document.paper), document.printed))  # type: ignore[arg-type]
    act(town, case, "legal-office2", "close", "2026-03-30T09:00")
    case.refresh_from_db()
    assert case.ended_at


def test_who_looked_into_it_does_not_decide_it(town: Town) -> None:
    case = checking(town, named(town))
    for step, facts in (
        ("close_unfounded", {"findings": "x", "reasons": "x"}),
        ("order_correction", {"findings": "x", "measures": "x", "correct_by": "2026-03-20"}),
    ):
        with pytest.raises(Refused, match="办理过前一环节"):
            act(town, case, "legal-office", step, "2026-03-05T09:00", **facts)
    act(town, case, "legal-office2", "close_unfounded", "2026-03-05T09:00", findings="查无", reasons="没有证据")
    with pytest.raises(Refused, match="办理过前一环节"):
        act(town, case, "legal-office2", "answer", "2026-03-06T09:00", verification="x", result="x", reply_basis="x")


def test_one_person_is_no_investigation_and_a_period_lies_ahead(town: Town) -> None:
    case = named(town)
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    with pytest.raises(Refused, match="两人以上"):
        act(town, case, "legal-office", "investigate", "2026-03-04T09:00", done_on="2026-03-04", persons="甲\n甲",
            findings="x")  # fmt: skip
    with pytest.raises(Refused, match="已经调查核实"):
        act(town, case, "legal-office2", "close_unfounded", "2026-03-05T09:00", findings="x", reasons="x")
    with pytest.raises(Refused, match="今天以后"):
        act(town, case, "legal-office", "ask_organ", "2026-03-05T09:00", matters="x", reply_by="2026-03-05")


def test_nobody_of_the_organ_handles_what_is_said_of_it(town: Town) -> None:
    case = named(town)
    seat(town.user("legal-office"), "case_officer", town.organ())
    with pytest.raises(Refused, match="不属于被反映的机关"):
        act(town, case, "legal-office", "register", "2026-03-03T09:00")


def test_the_law_looks_at_both_clocks(town: Town) -> None:
    case = ordered(town, named(town))
    assert settle(case, moment("2026-03-20T23:00")) == []
    assert [one.step for one in settle(case, moment("2026-03-21T00:10"))] == ["correction_overdue"]
    with pytest.raises(NotAllowed):
        act(town, case, "scj-officer", "report_correction", "2026-03-22T09:00", problems="x", measures="x", result="x")
    assert [one.step for one in settle(case, moment("2026-05-07T00:10"))] == ["flag_overdue"]
    act(town, case, "legal-office", "end_waiting", "2026-05-08T09:00", findings="拒不报告")
    case.refresh_from_db()
    assert case.state == "answer_due"


def test_what_belongs_elsewhere_is_told_where(town: Town) -> None:
    case = unnamed()
    act(town, case, "legal-office", "sort_elsewhere", "2026-03-03T09:00", channel="reconsideration",
        way="自知道该行为之日起六十日内向区政府提出", reasons="对行政决定不服")  # fmt: skip
    said = page(Client(), f"/services/track/?number={case.number}&code={case.code}")
    assert "自知道该行为之日起六十日内向区政府提出" in said
    assert "已导入其他渠道" in said


# -- who sees what


def test_the_organ_concerned_sees_what_it_is_asked_and_nothing_of_anybody(town: Town) -> None:
    case = named(town)
    name = own(town).name
    staff = town.client("scj-legal")
    page(staff, f"/cases/{case.code}/", 404)
    checking(town, case)
    page(staff, f"/cases/{case.code}/", 404)
    act(town, case, "legal-office", "ask_organ", "2026-03-05T09:00", matters="窗口索要材料的依据",
        reply_by="2026-03-20")  # fmt: skip
    seen = page(staff, f"/cases/{case.code}/")
    assert "窗口索要材料的依据" in seen
    assert "听取被反映机关说明" in seen
    for secret in (name, SAID["facts"], "甲", case.code[:4] + "-", "举报投诉受理回执"):
        assert secret not in seen, secret
    listed = staff.get(f"/api/v1/cases/{case.code}/").content.decode()
    assert name not in listed
    assert SAID["facts"] not in listed
    assert "jd_complaint_receipt" not in listed
    receipt = Document.objects.get(case=case, paper="jd_complaint_receipt")
    assert staff.get(f"/cases/{case.code}/documents/{receipt.token}/").status_code == 404
    assert staff.get(f"/cases/{case.code}/parties/{own(town).pk}/").status_code == 404
    act(town, case, "scj-legal", "hear_organ", "2026-03-06T09:00", statement="依据不足，已经停止")
    office_page = page(town.client("legal-office"), f"/cases/{case.code}/")
    assert name in office_page
    assert "依据不足，已经停止" in office_page
    complainant = page(town.client("citizen"), f"/cases/{case.code}/")
    assert "依据不足，已经停止" not in complainant
    assert "举报投诉受理回执" in complainant


def test_a_part_is_given_once(town: Town) -> None:
    case = named(town)
    checking(town, case)
    act(town, case, "legal-office", "ask_organ", "2026-03-05T09:00", matters="x", reply_by="2026-03-20")
    act(town, case, "legal-office2", "order_correction", "2026-03-06T09:00", findings="x", measures="x",
        correct_by="2026-03-20")  # fmt: skip
    assert Participant.objects.filter(case=case, role="concerned").count() == 1


def test_number_and_code_lead_to_the_answer(town: Town) -> None:
    case = checking(town, unnamed())
    key = f"/services/track/?number={case.number}&code={case.code}"
    assert "正在调查核实" in page(Client(), key)
    act(town, case, "legal-office2", "close_unfounded", "2026-03-05T09:00", findings="查无", reasons="没有证据")
    act(town, case, "legal-office", "answer", "2026-03-06T09:00", verification="核实情况如下", result="没有发现违法",
        reply_basis="无")  # fmt: skip
    assert "核实情况如下" in page(Client(), key)
    assert "没有发现违法" in page(Client(), key)
    assert page(Client(), f"/services/track/?number={case.number}&code=XXXXXXXXXXXXXXX", 404)


# -- in the browser's terms


def test_by_form_with_a_name_and_without(town: Town) -> None:
    someone = Client()
    start = page(someone, f"/complaints/?power={FOOD}")
    assert "行使“" in start
    assert "匿名反映" in start
    form = someone.get(f"/complaints/unnamed/?power={FOOD}").content.decode()
    token = re.search(r'name="token" value="(\w+)"', form)
    assert token
    assert '<option value="DC-SCJ" selected' in form
    sent = SAID | {"token": token[1]}
    empty = someone.post("/complaints/unnamed/", sent | {"facts": ""})
    assert empty.status_code == 422
    assert "请写明发生了什么事" in empty.content.decode()
    for _ in range(2):
        answer = someone.post("/complaints/unnamed/", sent)
        assert answer.status_code == 302
    case = Case.objects.get(procedure=PROCEDURE)
    receipt = page(someone, answer["Location"])
    assert case.number in receipt
    assert "遗失后无法找回" in receipt

    citizen = town.client("citizen")
    form = citizen.get("/complaints/new/").content.decode()
    token = re.search(r'name="token" value="(\w+)"', form)
    assert token
    answer = citizen.post("/complaints/new/", SAID | {"token": token[1], "party": own(town).pk})
    assert answer.status_code == 302
    assert "被反映的机关看不到您的姓名" in page(citizen, answer["Location"])
    assert Client().get(answer["Location"]).status_code == 404
    assert town.client("legal-office").get("/complaints/new/").status_code == 403


def test_a_power_tells_of_the_complaints_about_it(town: Town) -> None:
    client = Client()
    assert "没有收到过对本项权力的投诉举报" in page(client, f"/powers/{FOOD}/")
    ordered(town, named(town))
    unnamed("2026-03-02T10:00")
    said = page(client, f"/powers/{FOOD}/")
    assert "收到对本项权力的投诉举报2件，已经答复0件，其中责令纠正1件" in said
    assert f"/complaints/?power={FOOD}" in client.get(f"/powers/{FOOD}/").content.decode()
