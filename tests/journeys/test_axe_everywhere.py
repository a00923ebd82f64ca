"""Every page of the portal, for whoever may see it, on a desktop, on a phone and in elder mode: axe finds nothing.

Beside axe (WCAG 2.0 to 2.2, A and AA, and best practice): nothing scrolls sideways down to 320 pixels, which is 400 %
of a desktop; one <h1>; the language; a title of the page's own; no id twice; every target is 24 pixels or alone; what
has the focus can be seen; no word of English stands on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, BrowserContext, Page, Route
from playwright.sync_api import Error as PlaywrightError

from tests.journeys.everywhere import EXCUSED, PLACES
from tests.journeys.places import Place
from tests.running import Portal

DESKTOP, PHONE, NARROW = (1280, 900), (360, 740), 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
LOOK = """async rules => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"], elementRef: false, preload: false,
  });
  return found.violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 200)}`));
}"""
# What axe does not look at. A target is what one presses; links within a sentence are free (WCAG 2.5.8), and so is what
# has 24 pixels around its middle for itself.
MORE = """() => {
  const said = [], seen = element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility === "visible" && element.checkVisibility();
  };
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  if (twice.length) said.push(`ids twice: ${twice}`);
  if (document.querySelectorAll("h1").length !== 1) said.push("not one h1");
  if (document.documentElement.lang !== "zh-Hans-CN") said.push("language");
  if (!/^(错误：)?.+ - 北京市东城区政务服务$/.test(document.title)) said.push(`title: ${document.title}`);
  const targets = [...document.querySelectorAll("main :is(button, summary, select, input:not([type=hidden]))")];
  for (const target of targets.filter(seen)) {
    const boxes = [target, ...(target.matches("[type=checkbox], [type=radio]") ? target.labels : [])]
      .map(element => element.getBoundingClientRect());
    if (!boxes.some(box => Math.min(box.width, box.height) >= 23.5))
      said.push(`target ${boxes[0].width}×${boxes[0].height}: ${target.outerHTML}`);
  }
  return said.map(words => words.slice(0, 240));
}"""
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > width + 1);
  return [out.at(-1)?.outerHTML.slice(0, 160) ?? "something"];
}"""
FOREIGN = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const home = walk.currentNode.parentElement;
    if (!home.closest("script, style, kbd, code, .portal-number, svg") && home.checkVisibility())
      found.push(walk.currentNode.data);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (one.hasAttribute(name)) found.push(one.getAttribute(name));
  return found;
}"""
# Whoever looks at page after page leaves each of them, changed fields or not; none comes anew meanwhile by itself.
LEFT = "addEventListener('beforeunload', event => event.stopImmediatePropagation());"
UNASKED = """const asked = window.fetch;
window.fetch = (url, how) => how?.headers?.["X-Background"] ? new Promise(() => {}) : asked(url, how);"""
WORD = re.compile(r"(?<![\w@./-])[A-Za-z]{3,}(?:[ '][A-Za-z]+)+")


@cache
def routes() -> dict[str, str]:
    """Every address of the portal that is not an API: route name to pattern."""
    found: dict[str, str] = {}

    def walk(resolver: URLResolver, name: str = "", path: str = "") -> None:
        for one in resolver.url_patterns:
            here = path + str(one.pattern)
            if isinstance(one, URLPattern):
                found[name + str(one.name)] = here
            else:
                walk(one, f"{name}{one.namespace}:" if one.namespace else name, here)

    walk(get_resolver())
    api = settings.API_PREFIX.lstrip("/")
    return {name: path for name, path in found.items() if not path.startswith(api) or name == "api-docs"}


@pytest.fixture(scope="module")
def people(browser: Browser, portal: Portal, world: dict[str, Any]) -> Iterator[dict[str, BrowserContext]]:
    """One browser for each person."""
    made: dict[str, BrowserContext] = {}
    for who in {place.who for places in PLACES.values() for place in places}:
        made[who] = browser.new_context(base_url=portal.url, locale="zh-CN", timezone_id="Asia/Shanghai")
        if who:
            made[who].add_cookies([{"name": "sessionid", "value": world["sessions"][who], "url": portal.url}])
        made[who].add_init_script(AXE)
        made[who].add_init_script(LEFT + UNASKED)
        made[who].route("**/visits/*/screen/", still)
    for status, words in world["broken"].items():
        made[""].route(f"**/broken/{status}/", page_of(int(status), words))
    yield made
    for context in made.values():
        context.close()


def page_of(status: int, words: str) -> Callable[[Route], None]:
    """A page that the portal only gives when something is wrong with it, at an address of its own."""
    return lambda route: route.fulfill(status=status, content_type="text/html; charset=utf-8", body=words)


def still(route: Route) -> None:
    """A page that comes anew by itself stands still while it is looked at."""
    answer = route.fetch()
    route.fulfill(response=answer, headers={k: v for k, v in answer.headers.items() if k != "refresh"})


def complaints(page: Page, place: Place, mode: str) -> list[str]:
    """What is wrong with the page as it stands, at both widths and narrower still.

    In elder mode axe looks at the phone alone: larger letters are in each other's way there first.
    """
    found: list[str] = []
    for device, (width, height) in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size({"width": width, "height": height})
        wrong = page.evaluate(MORE)
        if mode == "plain" or device == "phone":
            wrong += page.evaluate(LOOK, RULES)
        found += [f"{place.label} · {mode} {device} · {words}" for words in wrong]
        found += [f"{place.label} · {mode} {device} · too wide: {words}" for words in page.evaluate(WIDE)]
    page.set_viewport_size({"width": NARROW, "height": 640})
    return found + [f"{place.label} · {mode} {NARROW} · too wide: {words}" for words in page.evaluate(WIDE)]


def visit(context: BrowserContext, place: Place, path: str, elder: bool, address: str) -> tuple[Page, list[str]]:
    context.clear_cookies(name="elder" if place.who else None)
    if elder:
        context.add_cookies([{"name": "elder", "value": "1", "url": address}])
    page = context.pages[0] if context.pages else context.new_page()
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    page.goto(path)
    page.set_default_timeout(10_000)
    try:
        if place.then:
            place.then(page)
    except PlaywrightError as error:
        return page, [f"{place.label} · {error.message[:200]}"]
    status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
    expected = (place.status,) if place.status != 200 else (200, 422)
    wrong = [] if status in expected else [f"{place.label} · answers {status} instead of {place.status}"]
    return page, wrong


def looked_at(
    context: BrowserContext, place: Place, path: str, elder: bool, address: str, again: bool = False
) -> tuple[Page, list[str]]:
    """The page, and what is wrong with it. One that the browser took away meanwhile is looked at once more."""
    try:
        page, wrong = visit(context, place, path, elder, address)
        return page, wrong + complaints(page, place, "elder" if elder else "plain")
    except PlaywrightError:
        if again:
            raise
        return looked_at(context, place, path, elder, address, again=True)


@pytest.mark.parametrize("part", PLACES)
def test_every_page_is_for_everybody(
    part: str, people: dict[str, BrowserContext], world: dict[str, Any], portal: Portal
) -> None:
    found: list[str] = []
    titles: dict[str, str] = {}
    for place in PLACES[part]:
        path = place.path.format(**world)
        for elder in (False, True):
            page, wrong = looked_at(people[place.who], place, path, elder, portal.url)
            found += wrong
            if place.route and not place.then and not elder:
                first = titles.setdefault(page.title().removeprefix("错误："), place.route)
                found += [] if first == place.route else [f"{place.label} · has the title of {first}"]
            if not elder:
                words = [" ".join(text.split()) for text in page.evaluate(FOREIGN)]
                found += [f"{place.label} · in English: {text[:80]}" for text in words if WORD.search(text)]
    assert found == [], "\n".join(found)


def test_every_route_has_its_place() -> None:
    placed = {place.route for places in PLACES.values() for place in places} - {""}
    assert placed - set(routes()) == set(), "places of routes that are not there"
    assert set(EXCUSED) - set(routes()) == set(), "excuses of routes that are not there"
    assert placed & set(EXCUSED) == set()
    assert set(routes()) - placed - set(EXCUSED) == set(), "write their places into tests/journeys/places"
