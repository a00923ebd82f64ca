"""Uploading a large file in a real browser: in pieces, over a line that breaks, after a reload, without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.casework.hostile.documents import pdf
from tests.journeys.conftest import Visit
from tests.journeys.people import press, sign_in
from tests.running import Portal

ITEM = "DC-ZJW-SGXK"
PIECE = 4 * 1024 * 1024


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A drawing of eleven megabytes: three pieces."""
    path = tmp_path / "施工图纸.pdf"
    path.write_bytes(pdf(extra="50 0 obj<</Length 11000000>>stream\n" + "x" * 11_000_000 + "\nendstream endobj\n"))
    return path


def upload_page(page: Page) -> str:
    """The page for drawings of a new application; its address."""
    sign_in(page, "citizen")
    page.goto(f"/services/{ITEM}/")
    press(page.locator("main form button[type=submit], main a[href^='/apply/']").first)
    press(page.locator("main form button[type=submit]").first)
    page.goto(f"{page.url}materials/M4/")
    return page.url


def kept(portal: Portal, address: str) -> list[tuple[str, int]]:
    code = address.split("/draft/")[1].split("/")[0]
    return portal.rows(
        "SELECT d.title, d.size FROM casework_document d JOIN casework_draft f ON f.id = d.draft_id WHERE f.code = %s",
        (code,),
    )


def waiting(portal: Portal) -> list[tuple[int]]:
    return portal.rows('SELECT "offset" FROM casework_upload ORDER BY id')


def test_a_broken_line_costs_a_piece_and_not_the_file(portal: Portal, visit: Visit, drawing: Path) -> None:
    page = visit("/")
    address = upload_page(page)
    sent: list[int] = []
    broken = True

    def cut(route: Route) -> None:
        if route.request.method == "PATCH":
            offset = int(route.request.headers["upload-offset"])
            if broken and offset >= PIECE:
                route.abort("connectionreset")
                return
            sent.append(offset)
        route.continue_()

    page.route("**/files/uploads/**", cut)
    page.set_input_files("main input[type=file]", drawing)
    page.get_by_role("button", name="上传", exact=True).click()
    bar = page.get_by_label("上传进度")
    expect(bar).to_be_visible()
    # After patient tries the portal says what happened, and the way on has the focus.
    onward = page.get_by_role("button", name="继续上传")
    expect(onward).to_be_focused(timeout=60_000)
    expect(page.get_by_role("alert")).to_contain_text("已经收到的部分不会丢失")
    assert waiting(portal) == [(PIECE,)]
    assert kept(portal, address) == []

    # The page is closed and opened again: it says how far the file is, and the same file goes on from there.
    page.goto(address)
    expect(page.locator("main")).to_contain_text("施工图纸.pdf")
    expect(page.locator("main")).to_contain_text("已传 38%")
    broken = False
    page.set_input_files("main input[type=file]", drawing)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("main")).to_contain_text("已上传 1 个文件", timeout=60_000)
    assert sent == [0, PIECE, 2 * PIECE]  # each piece arrived once
    assert kept(portal, address) == [("施工图纸.pdf", drawing.stat().st_size)]
    assert waiting(portal) == []


def test_a_refused_file_is_refused_in_words_and_leaves_nothing(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    page = visit("/")
    address = upload_page(page)
    bad = tmp_path / "脚本.pdf"
    bad.write_bytes(pdf(catalog="/OpenAction<</S/JavaScript/JS(1)>>"))
    page.set_input_files("main input[type=file]", bad)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“脚本.pdf”含有脚本、附件或者动态表单")
    assert kept(portal, address) == []
    assert waiting(portal) == []


def test_the_plain_form_works_without_script(portal: Portal, visit: Visit, drawing: Path) -> None:
    page = visit("/", java_script_enabled=False)
    address = upload_page(page)
    page.set_input_files("main input[type=file]", drawing)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("main")).to_contain_text("已上传 1 个文件")
    assert kept(portal, address) == [("施工图纸.pdf", drawing.stat().st_size)]
