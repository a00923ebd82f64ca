"""Without any script: the whole way of a citizen on a phone, and the day of an officer."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.applying import ITEM, walk
from tests.journeys.conftest import DESKTOP, PHONE, Visit
from tests.journeys.people import PDF, fill, press, save, sign_in, take
from tests.running import Portal

PLAIN = {"java_script_enabled": False}
PASSWORD = "Qingming-Lamp-4417"


def identity_number(serial: int) -> str:
    """A number of the right form that nobody has: born on 7 March 1955 in Dongcheng (GB 11643)."""
    body = f"11010119550307{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def register(page: Page) -> None:
    """Sign up on the way to the application, as somebody who has no account."""
    serial = secrets.randbelow(1000)
    phone = f"1391111{serial:04d}"
    press(page.get_by_role("link", name="注册个人账号"))
    fill(page, {
        "name": "示例老人", "id_number": identity_number(serial), "phone": phone,
        "password1": PASSWORD, "password2": PASSWORD,
    })  # fmt: skip
    page.check("main input[name=consent]")
    press(page.get_by_role("button", name="注册"))
    expect(page.locator(".govuk-error-summary")).to_have_count(0)
    fill(page, {"login": phone, "password": PASSWORD})
    press(page.locator("main form button[type=submit]"))
    expect(page.get_by_role("button", name="退出", exact=True)).to_be_visible()


def case_of(portal: Portal, draft: str) -> tuple[str, str]:
    """The query code and the number of the case that a draft became."""
    found = "SELECT c.code, c.number FROM casework_case c JOIN casework_draft d ON d.case_id = c.id WHERE d.code = %s"
    ((code, number),) = portal.rows(found, (draft,))
    return code, number


def test_a_citizen_needs_no_script(visit: Visit, portal: Portal, tmp_path: Path) -> None:
    page = visit("/", **PHONE, **PLAIN)
    press(page.get_by_role("button", name="长者模式"))
    assert "portal-elder" in (page.locator("html").get_attribute("class") or "")
    press(page.get_by_role("button", name="退出长者模式"))
    assert "portal-elder" not in (page.locator("html").get_attribute("class") or "")

    # The catalogue, the guide, an account of one's own, the application.
    page.goto("/services/")
    page.locator("main input[name=q]").fill("食品经营")
    press(page.locator("main").get_by_role("button", name="搜索"))
    press(page.locator(f"main a[href='/services/{ITEM}/']").first)
    expect(page.locator("main")).to_contain_text("申请材料")
    page.goto(f"/apply/{ITEM}/")
    press(page.get_by_role("button", name="登录并开始申请"))
    register(page)
    page.goto(f"/apply/{ITEM}/")
    press(page.get_by_role("button", name="开始申请"))
    code, number = case_of(portal, walk(page, tmp_path))
    expect(page.locator("main")).to_contain_text(number)

    # Anybody who knows number and code sees where it stands.
    other = visit("/services/track/", **PHONE, **PLAIN)
    fill(other, {"number": number, "code": code})
    press(other.locator("main form button[type=submit]"))
    expect(other.locator("main")).to_contain_text("已收件")

    # The office asks for something; the notice is read and answered.
    office = visit("/", **DESKTOP, **PLAIN)
    sign_in(office, "scj-officer")
    office.goto(f"/desk/?tab=open&q={number}")
    press(office.get_by_role("link", name=number))
    expect(office.get_by_role("button", name="打印")).to_be_hidden()
    take(office, code, "notify_deficiency", {
        "items": ["M1"], "requirements": "申请书第二页没有签字，请补签后重新提交。", "correct_by": "2027-01-20",
    })  # fmt: skip
    page.goto("/my/notices/")
    press(page.get_by_role("button", name=re.compile("补正")).first)
    expect(page.locator("h1")).to_contain_text(number)
    page.goto(f"/my/corrections/{code}/")
    press(page.locator("main a[href*='/my/corrections/']").first)
    paper = tmp_path / "补正.pdf"
    paper.write_bytes(PDF)
    page.set_input_files("main input[type=file]", paper)
    press(page.get_by_role("button", name="上传"))
    expect(page.locator("h1")).to_contain_text("补正材料")
    press(page.get_by_role("button", name="提交补正"))
    expect(page.locator(".govuk-error-summary")).to_have_count(0)

    # The application is taken back.
    take(page, code, "withdraw", {"reasons": "不再经营。"})
    page.goto(f"/cases/{code}/")
    expect(page.locator("main")).to_contain_text("撤回")


def test_a_paper_is_verified_without_script(visit: Visit, portal: Portal, tmp_path: Path) -> None:
    found = "SELECT token FROM casework_document WHERE kind = 'paper' AND made_at IS NOT NULL ORDER BY id LIMIT 1"
    portal.wait_until(lambda: portal.rows(found))
    ((token,),) = portal.rows(found)
    page = visit(f"/v/{token}/", **PHONE, **PLAIN)
    expect(page.locator("main")).to_contain_text("有效")
    other = tmp_path / "other.pdf"
    other.write_bytes(PDF)
    page.set_input_files("main input[type=file]", other)
    press(page.get_by_role("button", name="比对"))
    expect(page.locator("main")).to_contain_text("文件不一致")


def test_an_officer_needs_no_script(visit: Visit, portal: Portal, tmp_path: Path) -> None:
    page = visit("/", **DESKTOP, **PLAIN)
    sign_in(page, "wjw-section")
    page.goto("/desk/?tab=open")
    numbers = page.locator("tr[data-row] a").all_inner_texts()
    for box in page.locator("tr[data-row] input").all():
        box.check()
    press(page.get_by_role("button", name="分派所选"))
    expect(page.locator("h1")).to_have_text(f"分派 {len(numbers)} 件案件")
    page.get_by_label("承办人甲（示例）").check()
    press(page.get_by_role("button", name="分派", exact=True))
    expect(page.locator("h1")).to_have_text("分派结果")
    for number in numbers:
        expect(page.locator("tr", has_text=number)).to_contain_text("分派")

    # A step with its reasons, from the queue, and on to the next case.
    page.goto("/desk/?tab=open")
    press(page.locator("tr[data-row] a").first)
    press(page.get_by_role("link", name="内部审核意见"))
    fill(page, {"proposal": "agree", "reasons": "材料齐全。"})
    press(page.get_by_role("button", name="内部审核意见"))
    expect(page.locator(".govuk-notification-banner--success")).to_contain_text("“内部审核意见”已经办理")
    page.goto("/desk/?tab=open")
    save(page, "/desk/export/csv/?tab=open", tmp_path / "queue.csv")
    assert numbers[0] in (tmp_path / "queue.csv").read_text("utf-8-sig")
