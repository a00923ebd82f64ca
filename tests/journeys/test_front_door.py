"""The first thing anybody does: open the portal, on whatever there is at hand."""

import json

import pytest

from tests.journeys.conftest import PHONE, Visit
from tests.running import Portal

EQUIPMENT = {"desktop": {}, "phone": PHONE, "no script": {"java_script_enabled": False}}


@pytest.mark.parametrize("equipment", EQUIPMENT.values(), ids=EQUIPMENT.keys())
def test_the_home_page_opens(visit: Visit, equipment: dict[str, object]) -> None:
    page = visit("/", **equipment)
    assert page.title()
    assert page.locator("html").get_attribute("lang") == "zh-Hans-CN"
    assert page.locator("h1").count() == 1
    styled = page.evaluate("[...document.styleSheets].some(sheet => sheet.cssRules.length > 100)")
    assert styled, "the styles did not arrive"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "wider than the screen"


def test_the_portal_of_the_journeys_is_whole(portal: Portal, visit: Visit) -> None:
    answer = json.loads(visit("/healthz/ready").locator("body").inner_text())
    assert answer == {"database": True, "migrations": True, "cache": True}
    assert portal.rows("SELECT count(*) > 0 FROM django_migrations") == [(True,)]
