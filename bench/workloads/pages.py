"""A citizen's first visit on a slow telephone: 400 kbit/s, 400 ms there and back, a processor four times as slow."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.arena import Arena
from bench.client import HOST
from bench.figures import Interval
from bench.goals import Finding, Goal
from bench.guards import demand
from bench.proxy import Proxy

WEIGHT = Goal("P17.weight", "citizens' pages, first visit: compressed, with everything; the heaviest", 60, 30, "kB")
REQUESTS = Goal("P17.requests", "citizens' pages, first visit: requests; the most", 5, 3)
LCP = Goal("P17.lcp", "citizens' pages, first visit on a slow telephone: largest paint; the latest", 2.5, 1.6, "s")
GOALS = (WEIGHT, REQUESTS, LCP)

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
SLOWER = {"rate": 4}
LARGEST = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true}))"""
ITEM = "SELECT code FROM approvals_licensingitem WHERE code = 'DC-SCJ-SPJY'"


class Visit(NamedTuple):
    """kB, requests, seconds."""

    weight: float
    requests: int
    lcp: float


def run(arena: Arena) -> Iterator[Finding]:
    item = arena.rows(ITEM)[0][0]
    signed_in = arena.call(arena.sizes.largest, "people.account", name="citizen")
    pages: dict[str, tuple[str, dict[str, str]]] = {
        "home": ("/", {}),
        "catalogue": ("/services/", {}),
        "guide": (f"/services/{item}/", {}),
        "results": ("/services/results/", {}),
        "own matters": ("/my/", signed_in),
    }
    chromium = shutil.which("chromium")
    demand("browser", "" if chromium else "Chromium is missing: make setup-test installs it")
    with Proxy(arena.main.port) as proxy, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        home = f"http://{HOST}:{proxy.port}"
        found = {name: visit(browser, home + path, cookies) for name, (path, cookies) in pages.items()}
        browser.close()
    for goal, figure in ((WEIGHT, "weight"), (REQUESTS, "requests"), (LCP, "lcp")):
        each = {name: float(getattr(one, figure)) for name, one in found.items()}
        said = ", ".join(f"{name} {value:.{0 if figure == 'requests' else 1}f}" for name, value in each.items())
        yield Finding(goal, Interval.exactly(max(each.values())), said)


def visit(browser: Browser, address: str, cookies: dict[str, str]) -> Visit:
    """One page in a browser that has never been there."""
    context = browser.new_context(**PHONE)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", SLOWER)
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    answer = page.goto(address, wait_until="networkidle")
    demand(address, "" if answer and answer.status == 200 else f"status {answer and answer.status}")
    seen = Visit(sum(received) / 1000, len(received), page.evaluate(LARGEST) / 1000)
    context.close()
    return seen
