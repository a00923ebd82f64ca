"""The ways of a licence that do not lead straight to it, clicked through by each person: returned once, not ours, heard
and refused, withdrawn. What needs days that have passed was done on those days by `world.paths`.
"""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from approvals.queries.known import INTERESTED
from tests.journeys.conftest import DESKTOP, PHONE, Visit
from tests.journeys.people import PDF, fill, press, save, sign_in, take
from tests.journeys.test_licence import apply
from tests.running import Portal

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
MADE = (
    "SELECT d.token FROM casework_document d JOIN casework_case c ON c.id = d.case_id"
    " WHERE c.code = %s AND d.paper = %s AND d.made_at IS NOT NULL"
)


@pytest.fixture(scope="module")
def paths(portal: Portal) -> dict[str, str]:
    """Cases by what is to come of them: their query codes."""
    said = portal.manage("shell", "-v", "0", "-c", "from tests.journeys.world import paths; paths()")
    found: dict[str, str] = json.loads(said.split("WORLD ")[1])
    return found


def come(visit: Visit, who: str, **options: Any) -> Page:
    page = visit("/", **options)
    sign_in(page, who)
    return page


def read(portal: Portal, page: Page, case: str, paper: str, into: Path) -> str:
    """The words of a paper of the case, as this person downloads it, without any space."""
    portal.wait_until(lambda: portal.rows(MADE, (case, paper)))
    ((token,),) = portal.rows(MADE, (case, paper))
    save(page, f"/cases/{case}/documents/{token}/", into / f"{paper}.pdf")
    shown = ["pdftotext", "-layout", str(into / f"{paper}.pdf"), "-"]
    return "".join(subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split())


def test_what_is_missing_is_told_once_corrected_on_a_phone_and_accepted(
    portal: Portal, visit: Visit, tmp_path: Path
) -> None:
    citizen = come(visit, "citizen", **PHONE)
    draft = apply(citizen, tmp_path)
    found = "SELECT c.code FROM casework_case c JOIN casework_draft d ON d.case_id = c.id WHERE d.code = %s"
    ((case,),) = portal.rows(found, (draft,))
    officer = come(visit, "scj-officer")
    asked = {
        "items": ["M2"], "requirements": "布局图没有标明面积，请补充后重新提交。",
        "correct_by": (TODAY + timedelta(days=20)).isoformat(),
    }  # fmt: skip
    take(officer, case, "notify_deficiency", asked)
    words = read(portal, citizen, case, "xk_deficiency_notice", tmp_path)
    assert "布局图没有标明面积" in words
    assert "即为受理" in words

    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("待补正")
    citizen.goto(f"/my/corrections/{case}/")
    press(citizen.locator("main a[href*='/my/corrections/']").first)
    (tmp_path / "补正.pdf").write_bytes(PDF)
    citizen.set_input_files("main input[type=file]", tmp_path / "补正.pdf")
    press(citizen.get_by_role("button", name="上传"))
    citizen.goto(f"/my/corrections/{case}/")
    press(citizen.get_by_role("button", name="提交补正"))
    expect(citizen.locator(".govuk-error-summary")).to_have_count(0)

    # A second notice is refused, also to an officer whose browser does not keep to the page.
    officer.goto(f"/cases/{case}/steps/notify_deficiency/")
    expect(officer.locator("main")).to_contain_text("需要补正的全部内容应当一次告知")
    expect(officer.get_by_role("button", name="一次告知补正")).to_be_disabled()
    fill(officer, asked)
    for box in officer.locator("main input[name^=attest_]").all():
        box.check()
    with officer.expect_navigation():
        officer.locator("main form[method=post]").evaluate("form => form.submit()")
    expect(officer.locator(".govuk-error-summary")).to_contain_text("需要补正的全部内容应当一次告知")
    notices = (
        "SELECT count(*) FROM casework_act a JOIN casework_case c ON c.id = a.case_id WHERE c.code = %s AND step = %s"
    )
    assert portal.rows(notices, (case, "notify_deficiency")) == [(1,)]

    take(officer, case, "accept")
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("审查中")
    assert "20个工作日" in read(portal, citizen, case, "xk_acceptance_notice", tmp_path)


def test_what_is_not_ours_is_refused_with_the_organ_and_the_remedies(
    portal: Portal, visit: Visit, paths: dict[str, str], tmp_path: Path
) -> None:
    case = paths["elsewhere"]
    officer = come(visit, "scj-officer")
    told = {"reasons": "申请的场所位于西城区。", "competent_organ": "北京市西城区市场监督管理局"}
    take(officer, case, "refuse_not_competent", told)
    citizen = come(visit, "citizen", **PHONE)
    citizen.goto(f"/cases/{case}/")
    for words in ("不予受理", "行政复议", "行政诉讼"):
        expect(citizen.locator("main")).to_contain_text(words)
    paper = read(portal, citizen, case, "xk_non_acceptance_decision", tmp_path)
    for words in ("位于西城区", "西城区市场监督管理局", "六十日内", "六个月内", "东城区人民政府"):
        assert words in paper, words
    # Nobody accepts it any more.
    assert officer.goto(f"/cases/{case}/steps/accept/").status == 409  # type: ignore[union-attr]


def test_a_neighbour_is_told_and_asks_for_a_hearing(
    portal: Portal, visit: Visit, paths: dict[str, str], tmp_path: Path
) -> None:
    case = paths["neighbours"]
    neighbour = come(visit, "neighbour", **PHONE)
    assert neighbour.goto(f"/cases/{case}/").status == 404  # type: ignore[union-attr]
    officer = come(visit, "scj-officer")
    officer.goto(f"/desk/cases/{case}/interested/")
    fill(officer, {
        "kind": "natural", "name": "示例居民乙", "id_kind": "resident_id", "id_number": "110101198505123457",
        "reason": "住在场所楼上，油烟和噪声直接影响其生活",
    })  # fmt: skip
    press(officer.get_by_role("button", name="登记"))
    entered = "SELECT p.party_id FROM casework_participant p JOIN casework_case c ON c.id = p.case_id WHERE c.code = %s"
    ((party,),) = portal.rows(f"{entered} AND p.role = %s", (case, INTERESTED))
    interest = {
        "third_party": party,
        "interest": "油烟影响楼上住户",
        "answer_by": (TODAY + timedelta(days=7)).isoformat(),
    }
    take(officer, case, "tell_interested_party", interest)
    neighbour.goto(f"/cases/{case}/")
    expect(neighbour.locator("main")).to_contain_text("审查中")
    take(neighbour, case, "make_statement", {"statement": "排烟口正对窗户。"})
    take(officer, case, "notify_hearing_right", {"interest": "油烟影响楼上住户"})
    told = {"told_on": TODAY.isoformat(), "recipients": "电子送达"}
    take(officer, case, "record_hearing_right_told", told)
    neighbour.goto("/my/notices/")
    expect(neighbour.locator("main")).to_contain_text("听证")
    take(neighbour, case, "request_hearing")

    section = come(visit, "scj-section")
    expect(section.locator("body")).to_contain_text("科长（示例）")
    presider = portal.rows("SELECT id FROM accounts_user WHERE username = 'scj-officer2'")[0][0]
    take(section, case, "appoint_presider", {"presider": presider})
    # Tomorrow is too soon: those concerned have seven working days to prepare.
    section.goto(f"/cases/{case}/steps/notify_hearing_date/")
    hearing = {"hearing_time": "上午9时30分", "place": "区政务服务中心听证室"}
    soon, later = TODAY + timedelta(days=1), TODAY + timedelta(days=28)
    fill(section, {**hearing, "hearing_on": soon.isoformat(), "until": soon.isoformat()})
    press(section.get_by_role("button", name="通知听证时间地点"))
    expect(section.locator(".govuk-error-summary")).to_contain_text("不少于法定的提前天数")
    take(
        section, case, "notify_hearing_date",
        {**hearing, "hearing_on": later.isoformat(), "until": (later + timedelta(days=2)).isoformat()},
    )  # fmt: skip
    words = read(portal, neighbour, case, "xk_hearing_notice", tmp_path)
    for wanted in (f"{later.year}年{later.month}月{later.day}日上午9时30分", "听证室", "回避"):
        assert wanted in words, wanted
    # Nobody holds it earlier than it was announced.
    second = come(visit, "scj-officer2")
    second.goto(f"/cases/{case}/steps/hold_hearing/")
    expect(second.locator("main")).to_contain_text("暂不能办理")


def test_a_hearing_is_held_and_the_licence_refused_with_reasons_and_remedies(
    portal: Portal, visit: Visit, paths: dict[str, str], tmp_path: Path
) -> None:
    case = paths["heard"]
    head = come(visit, "scj-head")
    assert head.goto(f"/cases/{case}/steps/refuse/").status == 409  # type: ignore[union-attr]
    presider = come(visit, "scj-officer2")
    take(presider, case, "hold_hearing", {
        "attendants": "审查人员、申请人、利害关系人示例居民乙", "evidence": "现场图纸",
        "arguments": "示例居民乙：排烟口正对窗户。",
    })  # fmt: skip
    officer = come(visit, "scj-officer")
    take(officer, case, "confirm_hearing_record")
    take(head, case, "refuse", {"reasons": "经营场所的排烟设施与居住场所的距离不符合规定。"})

    citizen, neighbour = come(visit, "citizen", **PHONE), come(visit, "neighbour", **DESKTOP)
    for page in (citizen, neighbour):
        page.goto(f"/cases/{case}/")
        expect(page.locator("main")).to_contain_text("不予许可")
    for words in ("行政复议", "行政诉讼", "六十日"):
        expect(citizen.locator("main")).to_contain_text(words)
    record = read(portal, neighbour, case, "xk_hearing_record", tmp_path)
    assert "排烟口正对窗户" in record
    decision = read(portal, citizen, case, "xk_refusal_decision", tmp_path)
    for words in ("排烟设施与居住场所的距离", "第三十八条第二款", "六十日内", "六个月内", "有管辖权的人民法院"):
        assert words in decision, words
    assert "hold" in portal.manage("verify_audit")


def test_an_application_is_withdrawn_while_it_is_examined(
    portal: Portal, visit: Visit, paths: dict[str, str], tmp_path: Path
) -> None:
    case = paths["withdrawn"]
    officer = come(visit, "scj-officer")
    take(officer, case, "accept")
    citizen = come(visit, "citizen", **PHONE)
    take(citizen, case, "withdraw", {"reasons": "不再经营。"})
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("申请人撤回")
    assert "不再经营" in read(portal, citizen, case, "xk_withdraw_application_note", tmp_path)
    head = come(visit, "scj-head")
    assert head.goto(f"/cases/{case}/steps/grant/").status == 409  # type: ignore[union-attr]
    officer.goto("/my/notices/")
    expect(officer.locator("main")).to_contain_text("撤回")
