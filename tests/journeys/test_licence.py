"""One licence from the guide to a decision that anybody can verify, clicked through by each person."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.people import fill, hand_in, press, save, sign_in, take
from tests.running import Portal

ITEM = "DC-SCJ-SPJY"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def apply(page: Page, tmp_path: Path) -> str:
    """The citizen's way: guide, one thing a page, check, declare, submit. Answers the case's query code."""
    page.goto(f"/services/{ITEM}/")
    press(page.locator("main form button[type=submit], main a[href^='/apply/']").first)
    press(page.locator("main form button[type=submit]").first)
    tasks = page.url
    pages: dict[str, dict[str, object]] = {
        "applicant": {},
        "contact": {"phone": "13800000001", "address": "北京市东城区示例胡同1号"},
        "form-1": {"shop_name": "示例小吃店", "shop_address": "北京市东城区示例大街3号", "area": "60"},
        "form-2": {"business_type": "catering", "projects": ["hot"], "online": "no"},
        "form-3": {"manager": "示例安全员", "staff": "3"},
    }
    for name, answers in pages.items():
        page.goto(f"{tasks}{name}/")
        if name == "applicant":
            page.locator("main input[name=party]").first.check()
        fill(page, answers)
        press(page.locator("main button[value=on]"))
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    return hand_in(page, tasks, tmp_path / "材料.pdf", "示例小吃店")


def test_a_licence_from_application_to_verified_decision(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    citizen = visit("/")
    sign_in(citizen, "citizen")
    draft = apply(citizen, tmp_path)
    ((case, number),) = portal.rows(
        "SELECT c.code, c.number FROM casework_case c JOIN casework_draft d ON d.case_id = c.id WHERE d.code = %s",
        (draft,),
    )
    # Pressing twice, going back, a second window: the same case, the same number.
    citizen.goto(f"/apply/draft/{draft}/done/")
    expect(citizen.locator("main")).to_contain_text(number)
    expect(citizen.locator("main svg, main img")).not_to_have_count(0)
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("已收件")

    window = visit("/")
    sign_in(window, "scj-window")
    take(window, case, "accept")
    citizen.reload()
    expect(citizen.locator("main")).to_contain_text("审查中")

    # Another organ sees nothing of it, and a neighbour neither.
    for stranger in ("wjw-officer", "neighbour"):
        other = visit("/")
        sign_in(other, stranger)
        assert other.goto(f"/cases/{case}/").status == 404  # type: ignore[union-attr]

    officers = [str(pk) for (pk,) in portal.rows(
        "SELECT id FROM accounts_user WHERE username IN ('scj-officer', 'scj-officer2') ORDER BY id"
    )]  # fmt: skip
    section = visit("/")
    sign_in(section, "scj-section")
    take(section, case, "assign_verification", {"officers": officers, "verify_on": TODAY})

    officer = visit("/desk/")
    sign_in(officer, "scj-officer")
    findings = {
        "signed_by": officers,
        "verified_on": TODAY,
        "place": "经营场所",
        "findings": "与申请一致",
        "conclusion": "fits",
    }
    take(officer, case, "record_verification", findings)
    take(officer, case, "advise", {"proposal": "agree", "reasons": "材料齐全，现场符合要求。"})
    take(section, case, "advise", {"proposal": "agree", "reasons": "同意承办人意见。"})

    # The second person: the section head holds no right to decide; the head of the organ does.
    section.goto(f"/cases/{case}/")
    expect(section.locator("main a[href*='/steps/grant/']")).to_have_count(0)
    head = visit("/")
    sign_in(head, "scj-head")
    take(head, case, "grant", {"reasons": "符合法定条件、标准。", "valid_from": TODAY})

    made = (
        "SELECT count(*) FROM casework_document d JOIN casework_case c ON c.id = d.case_id"
        " WHERE c.code = %s AND made_at IS NULL AND d.kind = 'paper'"
    )
    portal.wait_until(lambda: portal.rows(made, (case,)) == [(0,)])

    take(window, case, "deliver", {"method": "electronic", "recipient": "示例居民甲", "served_on": TODAY})
    citizen.goto(f"/cases/{case}/")
    expect(citizen.locator("main")).to_contain_text("证件已送达")
    expect(citizen.locator("main")).not_to_contain_text("同意承办人意见")  # what colleagues advise stays inside
    expect(citizen.locator("main")).to_contain_text("行政复议")

    ((token, paper),) = portal.rows(
        "SELECT d.token, d.number FROM casework_document d JOIN casework_case c ON c.id = d.case_id"
        " WHERE c.code = %s AND d.paper = 'xk_grant_decision'", (case,)
    )  # fmt: skip
    decision = tmp_path / "decision.pdf"
    save(citizen, f"/cases/{case}/documents/{token}/", decision)
    words = subprocess.run(["pdftotext", "-layout", decision, "-"], capture_output=True, text=True, check=True).stdout
    assert paper in words.replace(" ", "")
    assert "有管辖权的人民法院" in "".join(words.split())

    anybody = visit(f"/v/{token}/", **PHONE)
    expect(anybody.locator("main")).to_contain_text(paper)
    expect(anybody.locator("main")).to_contain_text("有效")
    expect(anybody.locator("main")).not_to_contain_text("示例居民甲")
    anybody.set_input_files("main input[type=file]", decision)
    press(anybody.locator("main form button[type=submit]"))
    expect(anybody.locator("main")).to_contain_text("一致")
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(decision.read_bytes().replace(b"%%EOF", b"%%EOF "))
    anybody.goto(f"/v/{token}/")
    anybody.set_input_files("main input[type=file]", forged)
    press(anybody.locator("main form button[type=submit]"))
    expect(anybody.locator("main")).to_contain_text("不一致")

    anybody.goto("/services/results/")
    expect(anybody.locator("main")).to_contain_text(paper)

    assert "hold" in portal.manage("verify_audit")


def test_the_record_shows_a_row_that_was_changed_by_hand(portal: Portal) -> None:
    portal.wait_until(lambda: portal.rows("SELECT count(*) FROM casework_act")[0][0] > 0)
    ((act, label),) = portal.rows("SELECT id, label FROM casework_act ORDER BY id LIMIT 1")
    change = "ALTER TABLE casework_act DISABLE TRIGGER USER; UPDATE casework_act SET label = %s WHERE id = %s;"
    change += "ALTER TABLE casework_act ENABLE TRIGGER USER"
    portal.rows(change, ("改动", act))
    with pytest.raises(AssertionError, match=f"first broken link: lane .* act {act} "):
        portal.manage("verify_audit")
    portal.rows(change, (label, act))
    portal.manage("verify_audit")
