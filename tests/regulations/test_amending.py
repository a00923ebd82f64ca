"""A document is amended under its number: the decision is a document of its own, the amended one gets a further version
on the day from which the decision applies; and a document is one organ's under its number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from casework.actions.ring import ring_all
from casework.models import Case, Document
from casework.refusal import Refused
from regulations.models import NormativeDocument
from regulations.queries import replacing
from regulations.queries.filing import corrected
from regulations.queries.making import current
from regulations.queries.suspicions import suspicions
from regulations.rules.names import issuer_and_number
from regulations.rules.text import digest
from tests.regulations import hurry
from tests.regulations.ground import BODY, GAZETTE, House, child_of, moment
from tests.regulations.hurry import Days
from tests.regulations.test_corrections import objected

AMENDED = BODY.replace("每年公布", "每季度公布")
DECISION = (
    "一、将第三条修改为：“第三条 区市场监督管理局每季度公布示例便民服务点名录。”\n二、本决定自2026年8月1日起施行。"
)
TITLE = "关于修改《北京市东城区示例便民服务点管理办法》的决定"


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def in_force(house: House) -> NormativeDocument:
    case = house.published()
    ring_all(moment("2026-06-01T00:10"))
    return house.document(case)


def amending(house: House, number: str, days: Days, consolidated: str = AMENDED) -> Case:
    """A decision to amend that has its first version."""
    case = house.propose(days.here, name=TITLE, amends=number)
    house.planned(at=days.next(), case=case)
    hurry.begun(house, case, days)
    hurry.write(house, case, days.next(), title=TITLE, body=DECISION, consolidated=consolidated)
    house.act(case, "scj-officer", "form_text", days.here, changes="修改第三条")
    return case


def test_an_amendment_becomes_a_further_version_of_the_document_under_its_number(house: House, client: Client) -> None:
    old = in_force(house)
    days = Days("2026-06-02")
    case = amending(house, old.number, days)
    version = current(case)
    assert version
    assert version.digest == digest(TITLE, DECISION, AMENDED) != digest(TITLE, DECISION)
    assert replacing.changes(version) == [
        ("第三条", "区市场监督管理局每年公布示例便民服务点名录。", "区市场监督管理局每季度公布示例便民服务点名录。")
    ]
    texts = words(house.client("legal-office").get(f"/desk/making/{case.code}/texts/"))
    assert "现行文本与修改后的文本对照" in texts
    hurry.adopted(house, case, days)
    hurry.published(house, case, days, "2026-08-01")
    decision = house.document(case)
    assert (decision.amends, decision.kind, decision.valid_until) == (old, "decision", old.valid_until)
    assert decision.number != old.number
    printed = Document.objects.get(case=case, paper="gfx_document").context["elements"]["text"]
    assert printed[-1] == AMENDED.splitlines()[-1]
    assert f"《{old.title}》（{old.number}）修改后的全文" in printed
    assert decision.versions.get().body == DECISION

    # Until its day the old words stand; then both can be read, each on its day, and beside one another.
    assert old.versions.count() == 1
    ring_all(moment("2026-08-01T00:10"))
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.state, old.ended, old.standing(date(2026, 8, 1))) == ("in_force", "", "current")
    first, second = old.versions.order_by("pk")
    assert (first.body, second.body, second.text.version_on) == (BODY, AMENDED, date(2026, 8, 1))
    assert (first.text.effective_to, second.text.effective_from) == (date(2026, 7, 31), date(2026, 8, 1))
    own = old.get_absolute_url()
    assert "每季度公布" not in words(client.get(own, {"on": "2026-07-31"}))
    assert "每季度公布" in words(client.get(own, {"on": "2026-08-01"}))
    assert "修改本文件" in words(client.get(own))
    assert re.search("<ins>[^<]*季度[^<]*</ins>", client.get(f"{own}versions/").content.decode())
    page = words(client.get(decision.get_absolute_url()))
    assert "修改的文件" in page
    assert old.number in page


def test_the_amended_text_has_to_be_written_and_to_differ(house: House) -> None:
    old = in_force(house)
    days = Days("2026-06-02")
    case = house.planned(at=days.next(), case=house.propose("2026-06-02T09:00", name=TITLE, amends=old.number))
    hurry.begun(house, case, days)
    page = house.client("scj-officer").get(f"/desk/making/{case.code}/write/").content.decode()
    assert "每年公布示例便民服务点名录" in page  # what is to be changed stands there
    hurry.write(house, case, days.next(), title=TITLE, body=DECISION)
    for consolidated, why in (("", "修改后的全文也已写好"), (BODY, "修改后的全文与现行文本不同")):
        hurry.write(house, case, days.here, title=TITLE, body=DECISION, consolidated=consolidated)
        with pytest.raises(Refused, match=why):
            house.act(case, "scj-officer", "form_text", days.here, changes="修改第三条")
    hurry.write(house, case, days.here, title=TITLE, body=DECISION, consolidated=AMENDED)
    house.act(case, "scj-officer", "form_text", days.here, changes="修改第三条")
    other = house.drafting()
    hurry.write(house, other, "2026-03-05T09:00", consolidated="什么也不修改")
    assert other.manuscript.consolidated == ""  # of a document that amends nothing no such text is kept


def test_the_amended_text_is_scanned_and_reviewed_with_the_decision(house: House, client: Client) -> None:
    old = in_force(house)
    fine = f"{AMENDED}\n第五条 未经区市场监督管理局批准设置服务点的，处五百元罚款。"
    case = amending(house, old.number, Days("2026-06-02"), fine)
    version = current(case)
    assert version
    found = suspicions(version, date(2026, 6, 10))
    assert "penalty" in {one.finding.kind for one in found}
    assert "duplicate" not in {one.finding.kind for one in found}  # the words that stay are its own
    hurry.sent(house, case, Days("2026-06-10"))
    page = house.client("scj-legal").get(f"/desk/making/{case.code}/review/").content.decode()
    assert re.search(r'<mark class="portal-hit">[^<]*罚款[^<]*</mark>', page.split("修改后的全文", 1)[1])


def test_only_a_document_of_the_own_organ_is_amended(house: House) -> None:
    theirs = house.published("government")
    ring_all(moment("2026-06-01T00:10"))
    number = house.document(theirs).number
    with pytest.raises(Refused, match="制定机关自己的现行文件"):
        house.propose("2026-06-02T09:00", amends="东市监发〔2026〕404号")
    for level, why in (("department", "制定机关自己的现行文件"), ("government", "")):
        case = house.propose("2026-06-02T09:00", amends=number)
        facts = {"level": level, "finish_on": "2026-12-31", "approval": "会议（示例）", "amends": number}
        if why:
            with pytest.raises(Refused, match=why):
                house.act(case, "legal-office", "include_in_plan", "2026-06-03T09:00", **facts)
            continue
        with pytest.raises(Refused, match="不同时写明代替"):
            house.act(case, "legal-office", "include_in_plan", "2026-06-03T09:00", **facts, replaces=number)
        house.act(case, "legal-office", "include_in_plan", "2026-06-03T09:00", **facts)
        assert replacing.amended(case, date(2026, 6, 3)) == house.document(theirs)


def test_no_amendment_is_lost_in_another(house: House) -> None:
    old = in_force(house)
    first, second = amending(house, old.number, Days("2026-06-02")), amending(house, old.number, Days("2026-06-02"))
    days, late = Days("2026-06-10"), Days("2026-06-10")
    hurry.adopted(house, first, days)
    hurry.adopted(house, second, late)
    hurry.published(house, first, days, "2026-08-01")
    with pytest.raises(Refused, match="没有另一件已编号尚未施行的修改"):
        house.number(second, late.next(), effective_on="2026-09-01")
    ring_all(moment("2026-08-01T00:10"))
    with pytest.raises(Refused, match="形成本稿以后没有新的文本"):
        house.number(second, "2026-08-03T09:00", effective_on="2026-10-01")
    assert old.versions.count() == 2


def test_what_was_repealed_meanwhile_is_not_amended(house: House) -> None:
    making = house.published()
    ring_all(moment("2026-06-01T00:10"))
    old, days = house.document(making), Days("2026-06-02")
    case = amending(house, old.number, days)
    hurry.adopted(house, case, days)
    hurry.published(house, case, days, "2026-08-01")
    house.repeal(making, "2026-07-01T09:00")
    ring_all(moment("2026-08-01T00:10"))
    case.refresh_from_db()
    assert case.state == "in_force"
    assert old.versions.count() == 1


def test_an_amendment_corrects_what_was_objected_to(house: House) -> None:
    making, filing = objected(house)  # on 5 June 2026
    old, days = house.document(making), Days("2026-06-06")
    case = amending(house, old.number, days)
    hurry.adopted(house, case, days)
    today = days.next()
    house.number(case, today, effective_on=today[:10])
    house.print_official(case, today)
    assert corrected(filing, old) == []
    haste = {"reasons": "不立即施行将有碍实施。", "approver": "局长"}
    house.act(case, "secretary", "publish_immediate", today, effective_on=today[:10], **GAZETTE, **haste)
    assert case.state == "in_force"
    assert corrected(filing, old) == ["amended"]
    said = {"decision": house.document(case).number, "corrected_on": today[:10], "report": "已修改。"}
    house.act(filing, "scj-head", "report_corrected", today, how="amended", **said)
    assert filing.state == "corrected"


def test_gazette_and_telephone_stand_on_the_page_of_the_document(house: House, client: Client) -> None:
    page = words(client.get(house.document(house.published()).get_absolute_url()))
    assert f"政府公报{GAZETTE['gazette']}" in page
    assert f"咨询电话{GAZETTE['phone']}" in page


def test_a_document_is_one_organs_under_its_number(house: House) -> None:
    old = in_force(house)
    other = house.organ("DC-WJW")
    NormativeDocument.objects.create(
        organ=other, issuer=other.name, number=old.number, title="另一个机关的办法", published_on=date(2026, 1, 5),
        effective_from=date(2026, 1, 5),
    )  # fmt: skip
    with pytest.raises(Refused, match="文号前写明机关"):
        house.propose("2026-06-02T09:00", replaces=old.number)
    case = house.propose("2026-06-02T09:00", replaces=f"{house.organ().name} {old.number}")
    house.planned(at="2026-06-03T09:00", case=case)
    assert replacing.replaced(case, date(2026, 6, 3)) == [old]
    assert replacing.foreign(case, date(2026, 6, 3)) == []
    # Another organ's document under the number of one's own is not meant.
    foreign = house.propose("2026-06-02T09:00", replaces=f"{other.name} {old.number}")
    house.planned(at="2026-06-03T09:00", case=foreign)
    assert len(replacing.foreign(foreign, date(2026, 6, 3))) == 1


@pytest.mark.parametrize(("line", "meant"), [
    ("东市监发〔2026〕1号", ("", "东市监发〔2026〕1号")),
    (" 东市监发 [2026] 1 号 ", ("", "东市监发〔2026〕1号")),
    ("区市场监管局 东市监发(2026)1号", ("区市场监管局", "东市监发〔2026〕1号")),
    ("", ("", "")),
])  # fmt: skip
def test_a_line_names_a_number_or_an_organ_and_its_number(line: str, meant: tuple[str, str]) -> None:
    assert issuer_and_number(line) == meant


def test_the_term_of_an_amended_document_stays_as_it_is(house: House) -> None:
    old, days = in_force(house), Days("2026-06-02")
    until = old.valid_until
    case = amending(house, old.number, days)
    hurry.adopted(house, case, days)
    hurry.published(house, case, days, "2026-08-01")
    ring_all(moment("2026-08-01T00:10"))
    old.refresh_from_db()
    assert until == old.valid_until == house.document(case).valid_until == date(2031, 6, 1)
    assert child_of(case, "regulations.validity").state == "in_force"
