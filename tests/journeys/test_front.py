"""The front in a real browser: nothing axe finds, nothing too wide, no word of the policy broken, and the small script.

The pages come from a server that may not touch the database: what everybody sees first must not need it.
"""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

PAGES = ("/", "/accessibility/", "/privacy/", "/help/", "/site-map/", "/nowhere/")
SAMPLES = ("/styleguide/", "/styleguide/form/", "/styleguide/queue/", "/styleguide/case/")
MODES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "elder": {"viewport": {"width": 1280, "height": 900}},
    "elder-phone": {"viewport": {"width": 390, "height": 844}},
}
DIST = Path(settings.BASE_DIR) / "static" / "dist"
KILOBYTE = 1024


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


def context(browser: Browser, site: str, mode: str = "desktop", **options: Any) -> BrowserContext:
    found = browser.new_context(locale="zh-CN", base_url=site, **(MODES[mode] | options))
    if mode.startswith("elder"):
        found.add_cookies([{"name": "elder", "value": "1", "url": site}])
    return found


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with context(browser, site) as found:
        yield found.new_page()


def complaints(page: Page) -> list[str]:
    """Collects what the console says from here on: errors of the script, and every breach of the content policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize(
    ("address", "mode"),
    [(address, mode) for address in PAGES for mode in ("desktop", "elder-phone")]
    + [(address, mode) for address in SAMPLES for mode in MODES],
)
def test_pages_are_accessible_narrow_and_keep_the_policy(browser: Browser, site: str, address: str, mode: str) -> None:
    with context(browser, site, mode) as session:
        page = session.new_page()
        said = complaints(page)
        page.goto(address)
        assert violations(page) == []
        for width in (int(page.viewport_size["width"]) if page.viewport_size else 0, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [line for line in said if "404" not in line] == []


@pytest.mark.parametrize("mode", MODES)
def test_a_refused_form_is_accessible_too(browser: Browser, site: str, mode: str) -> None:
    with context(browser, site, mode) as session:
        page = session.new_page()
        page.goto("/styleguide/form/")
        page.get_by_role("button", name="保存并继续").click()
        expect(page.get_by_role("alert")).to_contain_text("处需要修改")
        assert violations(page) == []
        assert page.title().startswith("错误：")
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        page.get_by_role("link", name="请填写联系电话").click()
        assert page.evaluate("document.activeElement.id") == "id_phone"


def test_everything_works_without_script(browser: Browser, site: str) -> None:
    with context(browser, site, "phone", java_script_enabled=False) as session:
        page = session.new_page()
        page.goto("/styleguide/form/")
        page.get_by_label("姓名").fill("王晓燕")
        page.get_by_label("年", exact=True).fill("2026")
        page.get_by_role("button", name="保存并继续").click()
        expect(page.get_by_text("请填写联系电话").first).to_be_visible()
        expect(page.get_by_text("请填写信息形成日期的月、日").first).to_be_visible()
        expect(page.get_by_label("姓名")).to_have_value("王晓燕")
        page.get_by_role("button", name="长者模式").click()
        assert "portal-elder" in (page.locator("html").get_attribute("class") or "")
        page.goto("/styleguide/queue/")
        expect(page.get_by_role("link", name="查询", exact=True)).to_be_visible()
        expect(page.get_by_role("button", name="分派所选")).to_be_enabled()
        expect(page.get_by_text("全部快捷键")).to_be_hidden()
        page.goto("/styleguide/case/")
        page.get_by_text("作出答复").click()
        expect(page.get_by_text("遇法定节假日")).to_be_visible()
        expect(page.get_by_role("button", name="打印")).to_be_hidden()


def test_elder_mode_enlarges_everything(browser: Browser, site: str, page: Page) -> None:
    sizes = []
    for mode in ("desktop", "elder"):
        with context(browser, site, mode) as session:
            other = session.new_page()
            other.goto("/help/")
            sizes.append(other.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"))
    assert sizes[1] / sizes[0] == pytest.approx(1.375)


def test_phone_cards_name_their_fields(browser: Browser, site: str) -> None:
    with context(browser, site, "phone") as session:
        page = session.new_page()
        page.goto("/styleguide/queue/")
        label = "getComputedStyle(document.querySelector('td[data-label=\"申请人\"]'), '::before').content"
        assert page.evaluate(label) == '"申请人"'
        expect(page.get_by_role("button", name="菜单")).to_be_visible()
        expect(page.get_by_role("link", name="查询", exact=True)).to_be_hidden()
        page.get_by_role("button", name="菜单").click()
        expect(page.get_by_role("link", name="查询", exact=True)).to_be_visible()


def test_paper_gets_the_words_only(page: Page) -> None:
    page.goto("/styleguide/case/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="办理记录")).to_be_visible()
    for hidden in (".portal-utility", ".govuk-button", ".govuk-breadcrumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    printed = page.evaluate("getComputedStyle(document.querySelector('main a.govuk-link'), '::after').content")
    assert printed in ("none", "normal")


# ---- the work queue ----


def current(page: Page) -> int:
    rows = page.locator("tr[data-row]")
    return next((n for n in range(rows.count()) if "--current" in (rows.nth(n).get_attribute("class") or "")), -1)


def test_keys_move_select_and_open(page: Page) -> None:
    page.goto("/styleguide/queue/")
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert current(page) == row
    page.keyboard.press("x")
    expect(page.get_by_role("button", name="分派所选（1）")).to_be_enabled()
    page.keyboard.press("x")
    expect(page.get_by_role("button", name="分派所选（0）")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#case-2$"))


def test_keys_are_silent_while_somebody_types_or_composes(page: Page) -> None:
    page.goto("/styleguide/queue/")
    page.get_by_label("案号、当事人或关键词").press_sequentially("jkx?")
    assert current(page) == -1
    page.locator("body").evaluate(
        "body => body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true, isComposing: true}))"
    )
    page.locator("h1").click()
    page.keyboard.press("Control+j")
    assert current(page) == -1


def test_keys_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/styleguide/queue/")
    page.keyboard.press("?")
    page.get_by_label("启用快捷键").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert current(page) == -1
    page.get_by_text("全部快捷键").click()
    expect(page.get_by_label("启用快捷键")).not_to_be_checked()


def test_one_box_ticks_the_page(page: Page) -> None:
    page.goto("/styleguide/queue/")
    page.get_by_label("选择本页全部").check()
    expect(page.get_by_role("button", name="分派所选（7）")).to_be_enabled()
    page.get_by_label("选择 东行复〔2026〕第0042号").uncheck()
    expect(page.get_by_role("button", name="分派所选（6）")).to_be_enabled()
    assert page.get_by_label("选择本页全部").evaluate("box => box.indeterminate")


# ---- forms ----


def test_leaving_with_unsaved_words_asks_first(page: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.goto("/styleguide/form/")
    page.goto("/help/")
    assert asked == []
    page.goto("/styleguide/form/")
    page.get_by_label("姓名").press_sequentially("王")
    page.goto("/help/")
    assert asked == ["beforeunload"]


def test_an_impatient_click_sends_once(page: Page) -> None:
    sent: list[str] = []
    page.goto("/styleguide/form/")
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.get_by_role("button", name="保存并继续").evaluate("button => { button.click(); button.click(); }")
    expect(page.get_by_role("alert")).to_be_visible()
    assert sent == ["POST"]


def test_an_upload_shows_its_progress_and_then_the_answer(page: Page) -> None:
    said = complaints(page)
    page.goto("/styleguide/form/")
    page.locator("input[type=file]").set_input_files(
        {"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"0" * 300_000}
    )
    seen = page.evaluate_handle(
        """() => { const seen = []; new MutationObserver(() => {
             const bar = document.querySelector('[data-upload] progress'); if (bar) seen.push(bar.value);
           }).observe(document.body, {childList: true, subtree: true}); return seen; }"""
    )
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写联系电话")
    assert json.loads(page.evaluate("seen => JSON.stringify(seen)", seen))
    assert page.title().startswith("错误：")
    # The page that came is as alive as one that was loaded.
    page.get_by_role("link", name="请填写联系电话").click()
    assert page.evaluate("document.activeElement.id") == "id_phone"
    assert violations(page) == []
    assert said == []


def test_a_broken_line_is_said_aloud_and_loses_nothing(page: Page) -> None:
    page.goto("/styleguide/form/")
    page.get_by_label("姓名").fill("王晓燕")
    page.locator("input[type=file]").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.route("**/styleguide/form/", lambda route: route.abort())
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text("网络中断，文件没有上传成功")).to_be_visible()
    expect(page.get_by_label("姓名")).to_have_value("王晓燕")
    page.unroute("**/styleguide/form/")
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_role("alert").filter(has_text="处需要修改")).to_be_visible()


def test_a_file_too_large_is_refused_before_it_travels(page: Page) -> None:
    page.goto("/styleguide/form/")
    box = page.locator("input[type=file]")
    box.evaluate("box => { box.dataset.maxBytes = '1048576'; }")
    box.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"0" * 1_100_000})
    page.get_by_role("button", name="保存并继续").click()
    expect(page.get_by_text("“a.pdf”超过 1 MB，请压缩或者拆分后再上传。")).to_be_visible()
    expect(page.get_by_text("正在上传")).to_have_count(0)


# ---- weight ----


def test_a_page_is_light(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/styleguide/queue/")
    page.wait_for_load_state("networkidle")
    assert len(asked) <= 5, asked
    weights = [len(gzip.compress((DIST / name).read_bytes(), 9)) for name in ("portal.css", "portal.js")]
    weights.append(len(gzip.compress(page.content().encode(), 9)))
    assert sum(weights) <= 34 * KILOBYTE, weights


def test_nothing_foreign_is_in_the_styles() -> None:
    css = (DIST / "portal.css").read_text()
    assert "GDS Transport" not in css
    assert re.findall(r"url\((?!\"?data:)[^)]*\)", css) == []
