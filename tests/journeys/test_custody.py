"""A restaurant's papers come to a community station, its licence goes to a subdistrict hall and, as the applicant then
wishes, on to the district's: each hand-over by two.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.applying import ANSWERS
from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import PDF, fill, press, sign_in, take
from tests.running import Portal

TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
PERSON = ("示例居民甲", "11010119900307758X")
HALL = "和平里街道政务服务大厅（示例）"


def on(page: Page) -> None:
    """The page as filled in is right, and the next one comes."""
    press(page.locator("main form button[value=on]"))
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def taken_in(page: Page, tmp_path: Path) -> str:
    """What the clerk of the station does while the applicant stands there; answers the code of the case."""
    page.goto("/desk/intake/")
    page.fill("main input[name=q]", "食品经营许可（新办）")
    press(page.get_by_role("button", name="查找"))
    press(page.get_by_role("button", name="收件").first)
    draft = page.url.split("/draft/")[1].split("/")[0]
    name, number = PERSON
    fill(page, {"kind": "natural", "name": name, "id_kind": "resident_id", "id_number": number, "phone": "13800000001"})
    on(page)
    # The paper is looked at: its number must be that of the applicant.
    fill(page, {"way": "counter", "who": "self", "id_number": "110101198505123457"})
    press(page.locator("main form button[value=on]"))
    expect(page.locator(".govuk-error-summary")).to_contain_text("与已经登记的申请人证件号码不一致")
    fill(page, {"id_number": number})
    on(page)
    fill(page, ANSWERS["contact"])
    on(page)
    for sheet in ("form-1", "form-2", "form-3"):
        fill(page, ANSWERS[sheet])
        on(page)
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(PDF)
    press(page.locator(".govuk-task-list__item", has_text="尚未收到").first.get_by_role("link"))
    page.set_input_files("main input[type=file]", scan)
    press(page.locator("main form button[value=on]"))
    for box in page.locator("main input[inputmode=numeric]").all():
        box.fill("1")
    on(page)
    page.check("main input[name=way][value=collect]")
    page.select_option("main select[name=point]", label=next(
        words for words in page.locator("main select[name=point] option").all_inner_texts() if words.startswith(HALL)
    ))  # fmt: skip
    on(page)
    expect(page.locator("h1")).to_contain_text("核对并收件")
    expect(page.locator("main")).to_contain_text("110***********758X")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page.get_by_role("button", name="确认收件"))
    expect(page.locator("main")).to_contain_text("收件成功")
    expect(page.locator("main")).to_contain_text(HALL)
    return draft


def test_from_a_station_through_the_department_to_another_hall(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    station = visit("/")
    sign_in(station, "window-station")
    draft = taken_in(station, tmp_path)
    ((case, number, organ),) = portal.rows(
        "SELECT c.code, c.number, o.code FROM casework_case c JOIN casework_draft d ON d.case_id = c.id"
        " JOIN accounts_organisation o ON o.id = c.organ_id WHERE d.code = %s", (draft,),
    )  # fmt: skip
    assert organ == "DC-SCJ", "it is the responsible department's, wherever it was taken in"

    # The papers go to the department: sent by one, received by another.
    press(station.get_by_role("link", name="移交纸质材料"))
    row = station.locator("tr", has_text=number)
    press(row.get_by_role("button", name="移交"))
    expect(station.locator("main")).to_contain_text("途中")
    officer = visit("/")
    sign_in(officer, "scj-officer")
    officer.goto("/desk/handovers/")
    card = officer.locator(".govuk-summary-card", has_text=number)
    card.locator("input[name=remark]").fill("齐全")
    press(card.get_by_role("button", name="确认接收"))
    officer.goto(f"/cases/{case}/")
    expect(officer.locator("main")).to_contain_text("窗口扫描")
    take(officer, case, "accept")
    head = visit("/")
    sign_in(head, "scj-head")
    take(head, case, "grant", {"reasons": "符合法定条件、标准。", "valid_from": TODAY})

    # The certificate goes to the hall; until it is there, the hall has no part in the case.
    officer.goto("/desk/handovers/")
    press(officer.locator("tr", has_text=number).get_by_role("button", name="移交"))
    hall = visit("/")
    sign_in(hall, "window-street")
    answer = hall.goto(f"/cases/{case}/")
    assert answer
    assert answer.status == 404
    hall.goto("/desk/handovers/")
    press(hall.locator(".govuk-summary-card", has_text=number).get_by_role("button", name="确认接收"))
    # The applicant, who never signed in for it, is told where it lies and finds it on the telephone.
    citizen = visit("/", **PHONE)
    sign_in(citizen, "citizen")
    citizen.goto("/my/notices/")
    expect(citizen.locator("main")).to_contain_text(f"{HALL}")
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("社区服务站")
    # They would rather collect it elsewhere: the hall hands it on, and the other window hands it over.
    ((centre,),) = portal.rows("SELECT id FROM accounts_servicepoint WHERE code = 'QZW'")
    take(citizen, case, "redirect", {"point": centre})
    hall.goto("/desk/handovers/")
    press(hall.locator("tr", has_text=number).get_by_role("button", name="移交"))
    window = visit("/")
    sign_in(window, "window")
    window.goto("/desk/handovers/")
    press(window.locator(".govuk-summary-card", has_text=number).get_by_role("button", name="确认接收"))
    take(window, case, "deliver", {"method": "direct", "recipient": PERSON[0], "served_on": TODAY})
    citizen.reload()
    expect(citizen.locator("main")).to_contain_text("已送达")
    chain = portal.rows(
        "SELECT content, sent_by_id <> received_by_id FROM approvals_consignment k JOIN casework_case c"
        " ON c.id = k.case_id WHERE c.code = %s ORDER BY k.id", (case,),
    )  # fmt: skip
    assert chain == [("materials", True), ("certificate", True), ("certificate", True)]
