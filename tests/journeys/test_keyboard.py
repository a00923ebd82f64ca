"""With the keyboard alone: no mouse is touched; what has the focus is always seen, and never lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page, expect

from tests.journeys.applying import ANSWERS, ITEM, here
from tests.journeys.conftest import Visit
from tests.journeys.people import PDF
from tests.running import Portal

MOST = 120  # presses of Tab on one page; more would be a trap
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const boxed = one.matches("[type=checkbox], [type=radio]") ? one.labels[0] : one;
  const style = getComputedStyle(one), around = getComputedStyle(boxed, "::before");
  return {
    tag: one.tagName.toLowerCase(), type: one.type ?? "", name: one.name ?? "", value: one.value ?? "",
    id: one.id, href: one.getAttribute("href") ?? "",
    words: (one.labels?.length ? one.labels[0] : one).textContent.trim().replace(/\\s+/g, " "),
    seen: [style, around].some(each => each.outlineStyle !== "none" && parseFloat(each.outlineWidth) > 0
      || each.boxShadow !== "none"),
  };
}"""


def focus(page: Page) -> dict[str, Any] | None:
    found: dict[str, Any] | None = page.evaluate(FOCUS)
    return found


def tab_to(page: Page, key: str = "Tab", **wanted: str) -> dict[str, Any]:
    """Tabs until something has the focus whose properties match; everything on the way must show its focus."""
    for _ in range(MOST):
        page.keyboard.press(key)
        one = focus(page)
        if one is None:
            continue
        assert one["seen"], f"the focus cannot be seen: {one}"
        if all(re.fullmatch(pattern, one[name]) for name, pattern in wanted.items()):
            return one
    raise AssertionError(f"{wanted} is not reached with the keyboard on {page.url}")


def press(page: Page, **wanted: str) -> None:
    """Goes to a link or a button and presses it."""
    tab_to(page, **wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer(page: Page, name: str, value: object) -> None:
    """Types into a box, walks to an option with the arrows, or ticks boxes with the space bar."""
    if isinstance(value, list):
        for each in value:
            tab_to(page, name=name, value=each)
            page.keyboard.press("Space")
        return
    one = tab_to(page, name=name)
    if one["type"] == "radio":
        for _ in range(10):
            found = focus(page)
            if found and found["value"] == value:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
    elif one["tag"] == "select":
        page.keyboard.type(str(value))
    else:
        page.keyboard.press("Control+a")
        page.keyboard.type(str(value))


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/accounts/login/")
    answer(page, "login", account)
    answer(page, "password", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if page.locator("#demo-code").count():
        answer(page, "code", page.locator("#demo-code").inner_text())
        with page.expect_navigation():
            page.keyboard.press("Enter")


def test_a_citizen_applies_with_the_keyboard(visit: Visit, portal: Portal, tmp_path: Path) -> None:
    page = visit("/")
    # The first thing is the way past the navigation.
    page.keyboard.press("Tab")
    assert (focus(page) or {})["words"] == "跳到主要内容"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    sign_in(page, "agent", settings.DEMO_PASSWORD)
    page.goto(f"/services/{ITEM}/")
    press(page, href=f"/apply/{ITEM}/")
    press(page, words="开始申请|另填一份")
    draft = page.url.split("/draft/")[1].split("/")[0]
    press(page, href=rf".*/{draft}/applicant/")
    paper = tmp_path / "材料.pdf"
    paper.write_bytes(PDF)
    page.on("filechooser", lambda chooser: chooser.set_files(paper))
    while here(page) != "check":
        name = here(page)
        if name == draft:
            press(page, words="核对并提交", tag="a")
            continue
        if name == "materials":
            wanted = page.locator(".govuk-task-list__item", has_text="待上传").get_by_role("link")
            for address in wanted.evaluate_all("links => links.map(link => link.getAttribute('href'))"):
                press(page, href=re.escape(address))
                tab_to(page, words="选择文件.*|.*尚未选择文件.*")
                page.keyboard.press("Enter")
                expect(page.locator(".govuk-drop-zone")).to_contain_text("材料.pdf")
                tab_to(page, words="上传", tag="button")
                page.keyboard.press("Enter")
                expect(page.locator("main")).to_contain_text("逐项上传")
                assert page.evaluate("document.activeElement.tagName") == "H1", "the answer has the focus"
                page.goto(f"/apply/draft/{draft}/materials/")
        if name == "contact":  # first with a fault: the focus goes to the summary, and from there to the field
            answer(page, "phone", "12")
            press(page, words="保存并继续")
            assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
            tab_to(page, href="#id_phone")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "id_phone"
            page.goto(page.url.split("#")[0])
        if name == "applicant":
            tab_to(page, name="party")
            page.keyboard.press("Space")
        for field, value in ANSWERS.get(name, {}).items():
            answer(page, field, value)
        press(page, words="保存并继续|继续", tag="button")
    for box in page.locator("main input[type=checkbox]").all():
        tab_to(page, name=re.escape(box.get_attribute("name") or ""))
        page.keyboard.press("Space")
    press(page, words="提交申请")
    expect(page.locator("h1")).to_contain_text("提交成功")


def test_an_officer_works_with_the_keyboard(visit: Visit, portal: Portal) -> None:
    page = visit("/")
    sign_in(page, "wjw-officer", settings.DEMO_PASSWORD)
    page.goto("/desk/?tab=open")
    expect(page.locator("[data-keys]")).to_be_visible()
    page.keyboard.press("j")
    number = (focus(page) or {})["words"]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(number)
    press(page, words="内部审核意见", tag="a")
    press(page, words="内部审核意见", tag="button")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    answer(page, "proposal", "agree")
    answer(page, "reasons", "材料与现场一致。")
    press(page, words="内部审核意见", tag="button")
    assert "govuk-notification-banner" in page.evaluate("document.activeElement.className"), "the focus is on the news"
    expect(page.locator(".govuk-notification-banner--success")).to_contain_text("已经办理")


def test_nothing_holds_the_focus(visit: Visit) -> None:
    """Tab goes through a page and out of it, forth and back, in the order in which it is read."""
    page = visit("/styleguide/form/")
    for key in ("Tab", "Shift+Tab"):
        page.goto("/styleguide/form/")
        seen: list[str] = []
        for _ in range(MOST):
            page.keyboard.press(key)
            one = focus(page)
            if one is None:
                break
            seen.append(one["id"] or one["words"])
        assert one is None, f"{key} never leaves the page: {seen[-5:]}"
        assert {"id_name", "id_phone", "id_description"} <= set(seen)
        order = [seen.index(name) for name in ("id_name", "id_phone", "id_description")]
        assert order == sorted(order, reverse=key != "Tab")
