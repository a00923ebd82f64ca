"""The way of an application, page by page, as the pages themselves lead: with a mouse, with keys or without script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.people import PDF, fill, press

ITEM = "DC-SCJ-SPJY"
ANSWERS: dict[str, dict[str, Any]] = {
    "applicant": {},
    "contact": {"phone": "13800000001", "address": "北京市东城区示例胡同1号"},
    "form-1": {"shop_name": "示例小吃店", "shop_address": "北京市东城区示例大街3号", "area": "60"},
    "form-2": {"business_type": "catering", "projects": ["hot"], "online": "no"},
    "form-3": {"manager": "示例安全员", "staff": "3"},
    "delivery": {"way": "electronic"},
}


def here(page: Page) -> str:
    """The last part of the address: which page of the application this is."""
    return page.url.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[1]


def walk(page: Page, directory: Path) -> str:
    """From the list of tasks to the receipt, by the pages' own buttons; answers the code of the draft."""
    draft = page.url.split("/draft/")[1].split("/")[0]
    press(page.locator(".govuk-task-list a").first)
    while here(page) != "check":
        name = here(page)
        if name == "materials":
            upload_all(page, directory)
        elif name == draft:
            press(page.locator("main a.govuk-button"))  # back on the list, with everything done
            continue
        else:
            fill(page, ANSWERS[name])
            if name == "applicant":
                page.locator("main input[name=party]").first.check()
        press(page.locator("main form button[value=on]"))
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("示例小吃店")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page.get_by_role("button", name="提交申请"))
    expect(page.locator("h1")).to_contain_text("提交成功")
    return draft


def upload_all(page: Page, directory: Path) -> None:
    """One file for each material of the list that is still wanted."""
    paper = directory / "材料.pdf"
    paper.write_bytes(PDF)
    wanted = page.locator(".govuk-task-list__item", has_text="待上传")
    while wanted.count():
        press(wanted.first.get_by_role("link"))
        page.set_input_files("main input[type=file]", paper)
        press(page.locator("main form button[value=on]"))
        expect(page.locator("h1")).to_contain_text("申请材料")
        if here(page) != "materials":
            press(page.get_by_role("link", name="返回清单"))
