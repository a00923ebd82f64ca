"""The queue under the hands of an officer: keys, views, many at once, and the case that comes next."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.people import press
from tests.journeys.test_print import enter
from tests.running import Portal

WORDS = "案号、当事人或关键词"


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
    return name


def test_the_keys_of_the_queue(visit: Visit, portal: Portal, world: dict[str, Any]) -> None:
    page = enter(visit, portal, world["sessions"], "scj-section", "/desk/?tab=open")
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("j/k?x")
    expect(page.get_by_label(WORDS)).to_have_value("j/k?x")
    page.get_by_label(WORDS).fill("")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_role("button", name="分派所选（1）")).to_be_enabled()
    # Switched off, they are off on every page and stay so (WCAG 2.1.4).
    page.keyboard.press("?")
    page.get_by_label("启用快捷键").uncheck()
    page.reload()
    page.locator("h1").click()
    for key in ("j", "x", "/", "?"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    expect(page.get_by_text("按 j 到下一件")).to_be_hidden()
    expect(page.get_by_role("button", name="分派所选（0）")).to_be_disabled()


def test_a_view_is_made_renamed_opens_the_queue_and_goes(
    visit: Visit,
    portal: Portal,
    world: dict[str, Any],
) -> None:
    page = enter(visit, portal, world["sessions"], "scj-officer2", "/desk/?tab=open&q=食品")
    press(page.get_by_role("link", name="保存当前视图"))
    page.get_by_label("视图名称").fill("食品在办")
    press(page.get_by_role("button", name="保存"))
    expect(page.get_by_role("link", name="食品在办", exact=True)).to_have_attribute("aria-current", "page")
    page.goto("/desk/views/")
    press(page.get_by_role("link", name=re.compile("修改.*食品在办")))
    page.get_by_label("视图名称").fill("食品许可")
    page.get_by_label("打开待办队列时先显示这个视图").check()
    press(page.get_by_role("button", name="保存"))
    expect(page.get_by_text("默认", exact=True)).to_be_visible()
    press(page.get_by_role("navigation", name="主导航").get_by_role("link", name="待办"))
    expect(page.get_by_label(WORDS)).to_have_value("食品")
    page.goto("/desk/views/")
    press(page.get_by_role("button", name=re.compile("删除.*食品许可")))
    expect(page.get_by_text("还没有保存视图。")).to_be_visible()
    page.goto("/desk/")
    expect(page.get_by_label(WORDS)).to_have_value("")


def test_after_acting_the_next_case_comes_or_the_officer_stays(
    visit: Visit,
    portal: Portal,
    world: dict[str, Any],
) -> None:
    page = enter(visit, portal, world["sessions"], "scj-section", "/desk/?tab=open")
    rows = page.locator("tr[data-row] a").all_inner_texts()
    at = page.locator("tr[data-row]").evaluate_all("rows => rows.findIndex(row => row.textContent.includes('审查中'))")
    for button, landing in (("办理后留在本案", rows[at]), ("内部审核意见", rows[at + 1])):
        page.goto("/desk/?tab=open")
        press(page.get_by_role("link", name=rows[at]))
        press(page.get_by_role("link", name="内部审核意见"))
        page.get_by_label("拟同意").check()
        page.get_by_label("理由").fill("材料齐全。")
        press(page.get_by_role("button", name=button))
        banner = page.locator(".govuk-notification-banner--success")
        expect(banner).to_contain_text("“内部审核意见”已经办理")
        expect(page.locator("h1")).to_contain_text(landing)
    expect(banner).to_contain_text("已为您打开下一件")
    expect(banner.get_by_role("link")).to_have_text(rows[at])


def test_each_case_that_was_not_assigned_says_why(
    visit: Visit,
    portal: Portal,
    world: dict[str, Any],
) -> None:
    """One of two cases moves on between looking and pressing: the other is assigned, this one says why not."""
    page = enter(visit, portal, world["sessions"], "scj-section", "/desk/?tab=open")
    for box in page.locator("tr[data-row] input").all()[:2]:
        box.check()
    press(page.get_by_role("button", name="分派所选（2）"))
    numbers = page.locator("main .portal-number").all_inner_texts()
    rival = enter(visit, portal, world["sessions"], "scj-head", f"/desk/?tab=open&q={numbers[0]}")
    press(rival.get_by_role("link", name=numbers[0]))
    press(rival.get_by_role("link", name="指派承办人"))
    rival.get_by_label("承办人乙（示例）").check()
    press(rival.get_by_role("button", name="指派承办人"))
    page.get_by_label("承办人甲（示例）").check()
    press(page.get_by_role("button", name="分派", exact=True))
    expect(page.get_by_role("status")).to_contain_text("已将 1 件分派给承办人甲（示例），1 件没有分派")
    expect(page.locator("tr", has_text=numbers[0])).to_contain_text("没有分派")
    expect(page.locator("tr", has_text=numbers[1])).to_contain_text("已分派")
