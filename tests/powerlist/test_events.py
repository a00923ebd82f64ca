"""What became of the list: nothing is lost where a page is cut, everything is counted, and by what really happened."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from pypdf import PdfReader

from casework.actions.ring import ring_all
from casework.models import Case
from powerlist.models import PowerVersion
from powerlist.queries import events
from powerlist.queries.holding import holds
from powerlist.views import changes
from tests.powerlist.conftest import FOOD, FOOD_ITEM, Town, moment

ATOM = "{http://www.w3.org/2005/Atom}"
YEAR = date(2026, 1, 1), date(2026, 12, 31)
STREET, NEW, TAKEN = "110101010", "110101-SCJ-XK-900", "110101-SCJ-XK-901"


def received(town: Town, case: Case, day: str = "2026-03-02") -> None:
    """The subdistrict confirms that it takes a power over."""
    town.act(case, "legal-office", "ask_receiver", f"{day}T11:00", confirm_by="2026-12-09")
    town.act(case, "street-head", "confirm_taking_over", f"{day}T12:00", means="四名持证人员")


@pytest.fixture
def three(town: Town) -> Town:
    """Three powers that were changed for the same day, the one that has stood longest last."""
    held = PowerVersion.objects.filter(organ__code="DC-SCJ", until=None).order_by("-pk")
    codes = list(held.values_list("power__code", flat=True)[:3])
    assert len(codes) == 3
    for code in codes:
        town.through(town.propose(town.draft("change", code, promised="8个工作日")), "2026-04-01")
    return town


def test_a_change_keeps_what_was_before_it_wherever_the_page_is_cut(three: Town) -> None:
    for size in (1, 2, 3):
        found, place = list[events.Event](), None
        while True:
            page = events.page(*YEAR, place, size)
            found += page.events
            place = page.next
            if place is None:
                break
        seen = {event.version.pk for event in found}
        assert [event.label for event in found] == ["变更"] * 3
        assert len(seen) == 3
        assert all(event.before and event.before.power_id == event.version.power_id for event in found)


def test_the_feed_goes_on_over_pages_and_calls_a_change_a_change(
    three: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "IN_FEED", 2)
    address, titles = "/powers/changes/feed/", []
    while address:
        feed = ElementTree.fromstring(client.get(address).content)
        titles += [entry.findtext(f"{ATOM}title") or "" for entry in feed.findall(f"{ATOM}entry")]
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        address = links.get("next") or ""
    assert [title.split("：")[0] for title in titles] == ["变更"] * 3
    assert len(set(titles)) == 3


def test_programs_read_all_pages_and_the_whole_count(
    three: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PAGE", 2)
    first = client.get("/api/v1/power-changes/", {"year": "2026"}).json()
    second = client.get("/api/v1/power-changes/", {"year": "2026", "after": first["next"]}).json()
    assert [len(first["results"]), len(second["results"]), second["next"]] == [2, 1, ""]
    assert {row["number"] for row in first["counts"] if row["kind"] == "变更"} == {3}
    assert all(row["former_organ"] == "DC-SCJ" for row in first["results"])
    assert client.get("/api/v1/power-changes/", {"after": "2026-13-01.1"}).status_code == 400
    assert client.get("/api/v1/power-changes/", {"after": "x"}).status_code == 400


def test_the_page_of_a_year_counts_what_it_does_not_show(
    three: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "PAGE", 2)
    page = client.get("/powers/changes/", {"year": "2026"})
    assert "2026年共调整 3 项" in page.content.decode()
    assert len(page.context["found"]) == 2
    rest = client.get(f"/powers/changes/{page.context['next_url']}")
    assert len(rest.context["found"]) == 1
    assert not rest.context["next_url"]
    assert client.get("/powers/changes/", {"after": "made-up"}).status_code == 200


def test_a_page_of_changes_costs_the_same_whatever_its_length(
    three: Town, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(2):
        events.page(*YEAR)
    with django_assert_max_num_queries(4):
        events.page(*YEAR, full=True)
    with django_assert_max_num_queries(1):
        events.counts(*YEAR)


def test_auditors_take_the_changes_of_a_year_away(three: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(csv.reader(io.StringIO(client.get("/powers/changes/csv/?year=2026").content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["变更"] * 3
    assert all(row[7] for row in rows[1:])  # the number of the case
    paper = client.get("/powers/changes/pdf/?year=2026")
    assert "共3项" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text().replace("\n", "")
    kept = changes.FORMATS["csv"]
    monkeypatch.setitem(changes.FORMATS, "csv", kept._replace(most=2))
    refused = client.get("/powers/changes/csv/?year=2026", follow=True)
    assert "一次最多下载 2 条" in refused.content.decode()


def test_what_came_from_above_is_taken_over(town: Town) -> None:
    case = town.propose(town.draft("take_over", TAKEN, name="承接的许可"), means="三名人员，已培训")
    assert case.title == "权责清单调整（承接上级下放事项）：承接的许可"
    town.through(case, "2026-04-01")
    assert holds(town.organ().pk, TAKEN, date(2026, 4, 1))
    assert not holds(town.organ().pk, TAKEN, date(2026, 3, 31))
    assert [event.label for event in events.page(*YEAR).events] == ["承接"]


def test_every_kind_is_counted_as_what_it_was(town: Town) -> None:
    town.through(town.propose(town.draft("addition", NEW)), "2026-04-01")
    town.through(town.propose(town.draft("take_over", TAKEN, name="承接的许可"), means="人员已培训"), "2026-04-01")
    entrusting = town.propose(town.draft("delegation", FOOD, entrusted=STREET))
    received(town, entrusting)
    town.through(entrusting, "2026-04-01")
    ring_all(moment("2026-04-01T08:00"))
    for code, kind in ((NEW, "delegation"), (TAKEN, "transfer")):
        facts = {"wished_on": "2026-07-01"} if kind == "transfer" else {}
        draft = town.draft(kind, code, at="2026-06-01T09:00", organ=STREET)
        case = town.propose(draft, at="2026-06-01T10:00", **facts)
        received(town, case, "2026-06-01")
        town.through(case, "2026-07-01", "2026-06-20T09:00", proposed="2026-06-01", pending_owner="DC-SCJ")
    case = town.propose(
        town.draft("cancellation", FOOD, at="2026-06-01T09:00"), at="2026-06-01T10:00", supervision="改为备案"
    )
    town.through(case, "2026-07-01", "2026-06-20T09:00", proposed="2026-06-01", pending_owner="DC-SCJ")
    told = {"新增": 1, "承接": 1, "变更": 0, "划转": 1, "下放": 1, "委托": 1, "取消": 1}
    assert dict(events.counts(*YEAR)) == told
    listed = [(event.label, event.version.power.code) for event in events.page(*YEAR).events]
    assert sorted(listed) == sorted([
        ("新增", NEW), ("承接", TAKEN), ("委托", FOOD), ("下放", NEW), ("划转", TAKEN), ("取消", FOOD)
    ])  # fmt: skip
    assert holds(town.organ(STREET).pk, NEW, date(2026, 7, 1))
    assert not holds(town.organ().pk, FOOD_ITEM, date(2026, 7, 1))
