"""What every story needs: to sign in as one of the sample people, and to take a step on a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.casework.hostile.documents import pdf

PDF = pdf()


def press(button: Locator) -> None:
    """Press a button or follow a link, and wait until the page that answers is there.

    A click alone waits for nothing: whoever goes on at once, or looks from another browser, may be earlier than the
    answer, and going elsewhere takes back what is still being sent.
    """
    with button.page.expect_navigation():
        button.click()


def sign_in(page: Page, account: str) -> None:
    """Through the door, with the second factor that the demonstration shows to officials."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", account)
    page.fill("input[name=password]", settings.DEMO_PASSWORD)
    press(page.locator("main button[type=submit]"))
    for _ in range(3):  # a code that ran out on the way is refused: whoever it was types the next one
        if page.locator("input[name=code]").count():
            page.fill("input[name=code]", _code(page))
            press(page.locator("main button[type=submit]"))
    expect(page.locator("input[name=password], input[name=code]")).to_have_count(0)


def _code(page: Page) -> str:
    """What the demonstration shows; where somebody signed in often just now, once there is a code that was not used."""
    for _ in range(20):
        if shown := re.search(r"\b(\d{6})\b", page.locator("main").inner_text()):
            return shown[1]
        page.wait_for_timeout(2000)
        page.reload()
    raise AssertionError("the demonstration shows no code")


def fill(page: Page, facts: Mapping[str, object]) -> None:
    """Answer the questions of a form by their names: text, a choice, several choices, a day in three boxes."""
    for name, value in facts.items():
        field = page.locator(f"main [name={name}]")
        if isinstance(value, dict):
            for key, text in value.items():
                page.fill(f"main [name={name}-{key}]", str(text))
        elif isinstance(value, list):
            for each in value:
                page.check(f"main input[name={name}][value='{each}']")
        elif field.count() == 0:  # a day
            for box, part in zip(("year", "month", "day"), str(value).split("-"), strict=True):
                page.fill(f"main input[name={name}-{box}]", str(int(part)))
        elif field.first.get_attribute("type") == "radio":
            page.check(f"main input[name={name}][value='{value}']")
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            page.select_option(f"main select[name={name}]", str(value))
        else:
            field.first.fill(str(value))


def hand_in(page: Page, tasks: str, paper: Path, says: str) -> str:
    """One file for every material, electronic delivery, and the button that counts. Answers the code of the draft.

    `says` are words that the check of all answers has to show.
    """
    paper.write_bytes(PDF)
    page.goto(f"{tasks}materials/")
    for material in page.locator(".govuk-task-list a[href*='/materials/']").evaluate_all(
        "links => links.map(a => a.href)"
    ):
        page.goto(material)
        page.set_input_files("main input[type=file]", paper)
        press(page.locator("main form button[value=on]"))
        page.wait_for_url(f"{tasks}materials/")
    page.goto(f"{tasks}delivery/")
    fill(page, {"way": "electronic"})
    page.check("main input[name=electronic_service]")
    press(page.locator("main button[value=on]"))
    page.goto(f"{tasks}check/")
    expect(page.locator("main")).to_contain_text(says)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    press(page.get_by_role("button", name="提交申请"))
    expect(page.locator("main")).to_contain_text("提交成功")
    return page.url.split("/draft/")[1].split("/")[0]


def take(page: Page, case: str, step: str, facts: Mapping[str, object] | None = None) -> None:
    """Open a step of a case by its button, state the facts, attest every condition, and do it."""
    page.goto(f"/cases/{case}/")
    press(page.locator(f"main a[href*='/steps/{step}/']").first)
    fill(page, facts or {})
    for box in page.locator("main input[name^=attest_]").all():
        box.check()
    press(page.locator("main form button[type=submit]").last)
    problems = page.locator(".govuk-error-summary")
    assert problems.count() == 0, problems.inner_text()


def save(page: Page, address: str, into: Path) -> bytes:
    """What a link downloads."""
    answer = page.request.get(address)
    assert answer.ok, f"{address}: {answer.status}"
    into.write_bytes(answer.body())
    return answer.body()
