"""The list of powers clicked through: a change from the head's draft until the list says it; and its page on paper."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import fill, press, sign_in, take
from tests.journeys.test_print import A4
from tests.journeys.test_regulations import refused
from tests.running import Portal

CODE, NAME = "110101-SCJ-QT-002", "特殊标志使用合同副本存查"
PROMISED = "当场存查"


def person(visit: Visit, account: str) -> Page:
    page = visit("/")
    sign_in(page, account)
    return page


def draft(head: Page) -> None:
    """Look for the power, choose it, and say what is to change."""
    head.goto("/desk/powers/")
    press(head.get_by_role("button", name="提出调整"))
    head.fill("main input[name=q]", "特殊标志")
    press(head.get_by_role("button", name="查找"))
    press(head.get_by_role("link", name=NAME))
    press(head.get_by_role("button", name="继续"))
    fill(head, {"promised": ""})
    press(head.get_by_role("button", name="保存并核对"))


def propose(head: Page) -> None:
    fill(head, {"reason": "随到随办", "changes": "无"})
    for box in head.locator("main input[name^=attest_]").all():
        box.check()
    press(head.get_by_role("button", name="申请变更要素"))


def test_a_change_from_the_draft_until_the_list_says_it(portal: Portal, visit: Visit) -> None:
    head = person(visit, "scj-head")
    draft(head)
    expect(head.locator("main")).to_contain_text("与现行内容没有差别")
    propose(head)
    expect(head.locator(".govuk-error-summary")).to_contain_text("拟调整内容与现行内容不同")
    press(head.get_by_role("link", name="修改内容"))
    fill(head, {"promised": PROMISED})
    press(head.get_by_role("button", name="保存并核对"))
    expect(head.locator(".portal-differences")).to_contain_text(PROMISED)
    propose(head)
    case = head.url.rstrip("/").split("/")[-1]
    expect(head.locator("main")).to_contain_text("等待政府法制机构核对")

    # The legal office looks at what differs, and sends it to a colleague.
    legal = person(visit, "legal-office")
    legal.goto("/desk/powers/")
    press(legal.locator("main tr", has_text=NAME).get_by_role("link", name="内容对照"))
    expect(legal.locator(".portal-differences")).to_contain_text(PROMISED)
    take(legal, case, "send_to_legal_review", {"points": "请审核承诺时限。"})
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    approval = {"effective_on": today, "minutes": "同意。", "present": "区长（示例）"}
    second = person(visit, "legal-office2")
    take(second, case, "pass_legal_review", {"opinion": "符合规定。"})

    # The government approves what a meeting has heard, and nothing else.
    government, secretary = person(visit, "government"), person(visit, "secretary")
    refused(government, case, "approve", approval, "已列入会议议题")
    take(secretary, case, "put_on_agenda", {"meeting": "常务会议（示例）", "meeting_on": today})
    take(government, case, "approve", approval)

    # Published, it counts; what was before it stays readable beside it.
    refused(legal, case, "publish", {"effective_on": "2099-01-01"}, "施行日期为审定的生效日期")
    take(legal, case, "publish", {"effective_on": today})
    assert portal.rows("SELECT state FROM casework_case WHERE code = %s", (case,)) == [("in_effect",)]
    nobody = visit(f"/powers/?q={CODE}")
    press(nobody.get_by_role("link", name=NAME))
    expect(nobody.locator("main")).to_contain_text(PROMISED)
    press(nobody.get_by_role("link", name="历次版本对照"))
    expect(nobody.locator("ins").first).to_contain_text(PROMISED)
    nobody.goto("/powers/changes/")
    expect(nobody.locator("table")).to_contain_text(NAME)
    nobody.goto(f"/powers/{CODE}/?on=2026-01-01")
    expect(nobody.locator("main")).not_to_contain_text(PROMISED)


def test_the_printed_page_of_a_power_carries_its_chart(visit: Visit, tmp_path: Path) -> None:
    page = visit("/powers/110101-SCJ-CF-001/")
    drawn = page.locator(".portal-power-process__chart svg text[font-weight=bold]").all_text_contents()
    subjects = page.locator(".portal-stages__stage p", has_text="责任主体：").all_inner_texts()
    assert len(drawn) == len(subjects) > 4
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    said = subprocess.run(["pdftotext", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True).stdout
    printed = "".join(said.split())
    for stage, subject in zip(drawn, subjects, strict=True):
        assert "".join(stage.split()) in printed
        assert printed.count("".join(subject.split())) >= 2, subject  # in the drawing and in the list of duties
    # Whole: no part of the drawing is cut off or stands out of the sheet.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 960})
    chart = page.locator(".portal-power-process__chart")
    assert chart.evaluate("one => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]") == [0, 0]
    box = chart.locator("svg").bounding_box()
    assert box
    assert box["width"] > 100
    assert box["x"] + box["width"] <= A4
