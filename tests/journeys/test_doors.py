"""What a browser says of the doors: no page breaks the policy, nothing is left behind, two processes count as one."""

from __future__ import annotations

import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.settings.rates import RATES
from tests.journeys.conftest import Visit
from tests.journeys.people import press, sign_in
from tests.running import Portal

PAGES = 60  # for each person
FILES = ("/documents/", "/download", "/export/", "/files/", "/schema/")  # links that no page is behind
LISTEN = """
window.broken = [];
document.addEventListener("securitypolicyviolation", event => window.broken.push(
    `${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
LEFT = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def walk(page: Page, start: str) -> list[str]:
    """Every page that the person finds by links from the first one; of pages alike, two. Ends with the violations."""
    broken: list[str] = []
    waiting, seen, kinds = [start], set[str](), dict[str, int]()
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0)
        kind = "/".join("*" if any(sign.isdigit() for sign in part) else part for part in path.split("/"))
        if path in seen or kinds.get(kind, 0) >= 2 or "logout" in path:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = page.goto(path)
        assert answer
        assert answer.status < 500, f"{path}: {answer.status}"
        broken += page.evaluate("window.broken")
        links = page.locator("a[href^='/']:not([download])").evaluate_all(
            "links => links.map(a => new URL(a.href)).filter(u => !/\\\\.(pdf|csv|xlsx|zip|svg)$/.test(u.pathname))"
            ".map(u => u.pathname + u.search)"
        )
        waiting += [link for link in links if not any(word in link for word in FILES)]
    assert len(seen) > 12
    return broken


@pytest.mark.parametrize("who", ["", "citizen", "scj-officer", "scj-head", "sysadmin"])
def test_no_page_breaks_the_policy(visit: Visit, who: str) -> None:
    page = visit()
    page.context.add_init_script(LISTEN)
    if who:
        sign_in(page, who)
    assert walk(page, {"": "/", "citizen": "/my/", "sysadmin": "/accounts/manage/"}.get(who, "/desk/")) == []


def test_the_description_of_the_api_keeps_to_the_policy(visit: Visit) -> None:
    page = visit()
    page.context.add_init_script(LISTEN)
    page.goto("/api/v1/docs/")
    expect(page.locator("#swagger-ui .information-container")).to_be_visible()
    assert page.evaluate("window.broken") == []


def test_after_signing_out_the_back_button_shows_nothing(visit: Visit) -> None:
    page = visit()
    sign_in(page, "citizen")
    page.goto("/accounts/")
    expect(page.locator("main")).to_contain_text("个人信息")
    shown = page.locator("main").inner_text()
    name = page.locator("header").inner_text()
    assert set(page.evaluate(LEFT)) <= {"portal-keys"}
    page.goto("/my/")
    page.goto("/accounts/logout/")
    press(page.locator("main form button[type=submit]"))
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        assert urlsplit(page.url).path not in ("/accounts/", "/my/")
        words = page.locator("body").inner_text()
        assert shown[:200] not in words
        assert "退出" not in page.locator("header").inner_text() or name not in words
    assert page.evaluate(LEFT) == []


def test_two_web_processes_let_through_as_many_as_one(portal: Portal) -> None:
    """Four attackers ask 50 times each, from one address of their own: 60 a minute are let through, to the number."""
    address = urlsplit(portal.url)

    def attack(_: int) -> list[int]:
        line = http.client.HTTPConnection(address.hostname or "", address.port, source_address=("127.0.0.77", 0))
        found = []
        for _number in range(50):
            line.request("GET", "/v/unknown/", headers={"Connection": "close"})
            answer = line.getresponse()
            answer.read()
            found.append(answer.status)
            line.close()
        return found

    with ThreadPoolExecutor(4) as pool:
        statuses = [status for found in pool.map(attack, range(4)) for status in found]
    through = len(statuses) - statuses.count(429)
    windows = 2 if through > RATES["verify_source"].amount else 1  # a slow machine begins a second minute
    assert through <= RATES["verify_source"].amount * windows
    assert statuses.count(404) == through
    assert through >= RATES["verify_source"].amount


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n", (413,)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 20000 + b"\r\n\r\n", (400, 431)),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (400, 414)),
        (
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            (400,),
        ),
    ],
)
def test_what_is_too_large_or_twisted_is_refused_by_the_server(
    portal: Portal, request_: bytes, statuses: tuple[int, ...]
) -> None:
    address = urlsplit(portal.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as line:
        line.sendall(request_)
        first = line.makefile("rb").readline()
    assert int(first.split()[1]) in statuses
