"""On paper: the words only, black on white, whole tables, nothing folded away."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Visit
from tests.running import Portal

A4 = 673  # CSS pixels between the margins of the sheet
SHEETS = {
    "guide": ("", "/services/{item}/", ("申请材料", "办理条件")),
    "receipt": ("citizen", "/apply/draft/{filed}/done/", ("提交成功", "查询码", "接下来")),
    "case": ("scj-officer", "/cases/{case_under_review}/?tab=open", ("申请内容", "办理记录", "到期日")),
    "queue": ("scj-section", "/desk/?tab=open", ("案号", "办理期限", "食品经营许可")),
    "procedure": ("", "/procedures/approvals.licence/", ("行政许可",)),
}
NEVER = ("退出", "长者模式", "菜单", "导出当前筛选结果", "分派所选", "全部快捷键", "上一件", "打印")
COLOURS = """() => [...document.querySelectorAll("main *")].filter(one => one.checkVisibility() && !one.closest("svg"))
  .map(one => [getComputedStyle(one).backgroundColor, one.outerHTML.slice(0, 80)])
  .filter(([colour]) => { const part = colour.match(/[\\d.]+/g).map(Number);
    return part[3] !== 0 && (part[0] + part[1] + part[2]) / 3 < 128; })"""


def enter(visit: Visit, portal: Portal, sessions: dict[str, str], who: str, path: str) -> Page:
    page = visit("/")
    if who:
        page.context.add_cookies([{"name": "sessionid", "value": sessions[who], "url": portal.url}])
    page.goto(path)
    return page


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_page_on_paper(
    visit: Visit,
    portal: Portal,
    world: dict[str, Any],
    tmp_path: Path,
    sheet: str,
) -> None:
    who, path, wanted = SHEETS[sheet]
    page = enter(visit, portal, world["sessions"], who, path.format(**world))
    page.pdf(path=tmp_path / "sheet.pdf", format="A4", prefer_css_page_size=True)
    said = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    words = "".join(said.split())
    for each in wanted:
        assert each in words, each
    for each in NEVER:
        assert each not in words, each
    assert "http" not in words
    # Whole: at the width of the sheet nothing stands out of it.
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4, "height": 960})
    assert page.evaluate("document.documentElement.scrollWidth") <= A4
    assert page.evaluate(COLOURS) == [], "ink is wasted on dark ground"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_what_was_folded_is_folded_again(visit: Visit, portal: Portal, world: dict[str, Any]) -> None:
    page = enter(visit, portal, world["sessions"], "citizen", "/cases/{case_granted}/".format(**world))
    folded = page.locator("main details:not([open])").count()
    assert folded
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() == folded
