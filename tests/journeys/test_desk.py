"""At the desk, in a browser: queue, case, step; by keyboard, on a phone, in elder mode, without script."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESKTOP, PHONE, Visit
from tests.journeys.people import press
from tests.running import Portal

MODES: dict[str, dict[str, Any]] = {
    "desktop": DESKTOP,
    "phone": PHONE,
    "elder-phone": {**PHONE, "elder": True},
}
PEOPLE = ("scj-officer", "scj-section", "scj-head", "neighbour")
# Sessions of demonstration accounts that have shown both factors, and a case for each place where the pages differ.
PREPARE = """
import json, time
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from accounts import limits
from accounts.models import User
from casework.models import Case, Document
made = {}
for name in %r:
    user, now, session = User.objects.get(username=name), time.time(), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "accounts.backends.SignInBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[limits.SIGNED_IN] = session[limits.SEEN] = session[limits.SECOND_FACTOR] = now
    session.create()
    made[name] = session.session_key
here = Case.objects.filter(organ__code="DC-SCJ").order_by("pk")
states = {case.state: case.code for case in here}
paper = Document.objects.filter(kind="paper", case__organ__code="DC-SCJ").earliest("pk").token
print("PREPARED" + json.dumps({"sessions": made, "cases": states, "paper": paper}))
"""


@pytest.fixture(scope="module")
def desk(portal: Portal) -> dict[str, Any]:
    said = portal.manage("shell", "-v", "0", "-c", PREPARE % (PEOPLE,))
    found: dict[str, Any] = json.loads(said.split("PREPARED")[1])
    return found


def enter(visit: Visit, portal: Portal, desk: dict[str, Any], who: str, path: str, **options: Any) -> Page:
    """One person's browser at a page."""
    elder = options.pop("elder", False)
    page = visit("/", **options)
    cookies = [{"name": "elder", "value": "1", "url": portal.url}] if elder else []
    cookies += [{"name": "sessionid", "value": desk["sessions"][who], "url": portal.url}] if who else []
    if cookies:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(path)
    return page


def pages(desk: dict[str, Any]) -> list[tuple[str, str]]:
    case = {state: f"/cases/{code}/" for state, code in desk["cases"].items()}
    return [
        ("scj-section", "/desk/?tab=open"),
        ("scj-section", "/desk/views/?tab=open"),
        ("scj-officer", case["under_review"] + "?tab=open"),
        ("scj-officer", case["filed"] + "steps/notify_deficiency/"),
        ("scj-head", case["under_review"] + "steps/grant/"),
        ("scj-officer", "/my/notices/"),
        ("neighbour", "/my/cases/"),
        ("neighbour", case["awaiting_correction"]),
        ("", f"/v/{desk['paper']}/"),
        ("", "/v/unknown/"),
        ("", "/procedures/approvals.licence/"),
    ]


@pytest.mark.parametrize("mode", MODES)
def test_every_page_can_be_used_by_everybody(visit: Visit, portal: Portal, desk: dict[str, Any], mode: str) -> None:
    for who, path in pages(desk):
        page = enter(visit, portal, desk, who, path, **MODES[mode])
        where = f"{who} {path}"
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], where
        assert page.locator("h1").count() == 1, where
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"wider than the screen: {where}"
        )
        page.context.close()


def test_the_queue_is_worked_with_the_keyboard(visit: Visit, portal: Portal, desk: dict[str, Any]) -> None:
    page = enter(visit, portal, desk, "scj-section", "/desk/?tab=open")
    rows = page.locator("tr[data-row]")
    button = page.get_by_role("button", name="分派所选")
    expect(button).to_be_disabled()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(rows.nth(0).locator("input")).to_be_checked()
    expect(button).to_be_enabled()
    expect(button).to_contain_text("1")
    number = rows.nth(0).locator("a").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(number)
    press(page.get_by_role("link", name="下一件"))
    expect(page.locator("h1")).not_to_contain_text(number)
    press(page.get_by_role("link", name="上一件"))
    expect(page.locator("h1")).to_contain_text(number)


def test_chosen_cases_are_shown_before_they_are_given_away(visit: Visit, portal: Portal, desk: dict[str, Any]) -> None:
    page = enter(visit, portal, desk, "scj-section", "/desk/?tab=open")
    for box in page.locator("tr[data-row] input").all()[:2]:
        box.check()
    press(page.get_by_role("button", name="分派所选"))
    expect(page.locator("h1")).to_have_text("分派 2 件案件")
    expect(page.get_by_label("承办人甲（示例）")).to_be_visible()


@pytest.mark.parametrize(
    "equipment", [{}, {"java_script_enabled": False}, PHONE], ids=["desktop", "no script", "phone"]
)
def test_an_opinion_is_given_and_stands_on_the_time_line(
    visit: Visit, portal: Portal, desk: dict[str, Any], equipment: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    path = f"/cases/{desk['cases']['under_review']}/"
    opinion = f"现场核查结论与材料一致（{request.node.callspec.id}）"
    page = enter(visit, portal, desk, "scj-officer", path, **equipment)
    press(page.get_by_role("link", name="内部审核意见"))
    expect(page.locator("h1")).to_contain_text("内部审核意见")
    expect(page.get_by_text("仍在“审查中”")).to_be_visible()
    page.get_by_label("拟同意").check()
    press(page.get_by_role("button", name="内部审核意见"))
    expect(page.get_by_role("alert").get_by_role("link", name="请填写理由")).to_be_visible()
    expect(page.get_by_label("拟同意")).to_be_checked()
    page.get_by_label("理由").fill(opinion)
    press(page.get_by_role("button", name="内部审核意见"))
    expect(page.get_by_text("“内部审核意见”已经办理。")).to_be_visible()
    expect(page.locator(".moj-timeline")).to_contain_text(opinion)


def test_a_clock_opens_to_its_explanation_without_script(visit: Visit, portal: Portal, desk: dict[str, Any]) -> None:
    path = f"/cases/{desk['cases']['under_review']}/"
    page = enter(visit, portal, desk, "scj-officer", path, java_script_enabled=False)
    clock = page.locator("details.portal-clock").first
    expect(clock.get_by_text("到期日：")).to_be_hidden()
    clock.locator("summary").click()
    expect(clock.get_by_text("到期日：")).to_be_visible()
    expect(clock.get_by_text("依据：").first).to_be_visible()
