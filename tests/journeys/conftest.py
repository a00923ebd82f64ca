"""A running portal, and people who visit it with a real browser.

The portal is the one of `make run`: gunicorn, a Celery worker and one beat on servers of their own, with reference and
demonstration data. One portal serves all journeys of a worker, so a story brings people and cases of its own.
"""

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from portal import environment
from tests.journeys.world import build
from tests.running import Portal

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}

Visit = Callable[..., Page]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers whether the test itself failed, for the fixtures that end after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def portal() -> Iterator[Portal]:
    """The running portal: `portal.url`, `portal.manage("verify_audit")`, `portal.rows("SELECT …")`."""
    directory = environment.var() / f"journeys-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    shutil.rmtree(directory, ignore_errors=True)
    portal = Portal(directory)
    try:
        yield portal.start()
    finally:
        portal.remove()


@pytest.fixture(scope="package")
def world(portal: Portal) -> dict[str, Any]:
    """Sessions of everybody, cases in each state, drafts and papers: see tests/journeys/world.py."""
    portal.wait_until(lambda: portal.rows("SELECT count(*) FROM casework_document WHERE made_at IS NOT NULL")[0][0])
    return build(portal)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For the journeys alone: while it runs, its event loop is in the way of whoever wants one of his own."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: `make setup-test` installs it."
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def visit(browser: Browser, portal: Portal, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Opens the portal for one more person: `visit()`, `visit("/services/", **PHONE)`, or without script.

    Each person has cookies of his own. At the end no page may have broken the content security policy, met an error in
    a script, or asked another host for anything. When the test fails, pictures of the last pages lie in
    var/test/slot-…/pictures.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(
            base_url=portal.url, locale="zh-CN", timezone_id="Asia/Shanghai", **{**DESKTOP, **options}
        )
        contexts.append(context)
        context.on("request", lambda sent: complaints.extend(strangers(sent, portal.url)))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on(
            "console",
            lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    if complaints or request.node.stash.get(FAILED, False):
        story = re.sub(r"\W+", "-", request.node.name)
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(path=environment.var() / "pictures" / f"{story}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """The home page, as one person sees it."""
    return visit()


def strangers(request: Request, address: str) -> list[str]:
    """The request, if it goes to another host."""
    inside = request.url.startswith((f"{address}/", "data:", "blob:", "about:"))
    return [] if inside else [f"asks a stranger: {request.url}"]
