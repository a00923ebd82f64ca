"""Who held what when: an organ that has lost its powers is still asked for, and every time it held one has its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation
from casework.actions.ring import ring_all
from powerlist.models import PowerVersion
from powerlist.queries import held
from tests.powerlist.conftest import FOOD, Town, moment
from tests.powerlist.test_events import received

STREET, NEW = "110101010", "110101-SCJ-XK-900"


@pytest.fixture
def gone(town: Town) -> Town:
    """The subdistrict held one power for a month, in two versions, and holds none any more."""
    case = town.propose(town.draft("transfer", FOOD, organ=STREET), wished_on="2026-04-01")
    received(town, case)
    town.through(case, "2026-04-01", pending_owner=STREET)
    ring_all(moment("2026-04-01T08:00"))
    changes: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("2026-04-02", "2026-04-15", {"promised": "8个工作日"}), ("2026-05-06", "2026-06-01", {"organ": "DC-SCJ"}),
    )  # fmt: skip
    for day, effective, change in changes:
        kind, facts = ("transfer", {"wished_on": effective}) if "organ" in change else ("change", {})
        draft = town.draft(kind, FOOD, at=f"{day}T09:00", by="street-head", of=STREET, **change)
        again = town.propose(draft, at=f"{day}T10:00", **facts)
        if facts:
            town.act(again, "legal-office", "ask_receiver", f"{day}T11:00", confirm_by="2026-12-09")
            town.act(again, "scj-head", "confirm_taking_over", f"{day}T12:00", means="有人员")
        more = {"pending_owner": "DC-SCJ"} if facts else {}
        town.through(again, effective, published=f"{effective}T00:10", proposed=day, **more)
        ring_all(moment(f"{effective}T08:00"))
    return town


def organ(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def test_an_organ_that_lost_every_power_is_asked_for_as_of_a_day_when_it_had_one(gone: Town, client: Client) -> None:
    assert not PowerVersion.objects.filter(organ__code=STREET, until=None).exists()
    page = client.get(f"/organs/{STREET}/", {"on": "2026-05-01"}).content.decode()
    link = f"/powers/?organ={STREET}&kind=XK&on=2026-05-01"
    assert link.replace("&", "&amp;") in page
    answer = client.get(link)
    assert answer.status_code == 200
    assert [row.power.code for row in answer.context["found"]] == [FOOD]
    assert client.get(f"/powers/?organ={STREET}").context["found"] == []
    assert f'<option value="{STREET}"' in client.get("/powers/").content.decode()


def test_the_times_in_which_an_organ_held_a_power(gone: Town) -> None:
    (one,) = held.of_organ(organ(STREET)).rows
    assert (one.since, one.until, one.follower) == (date(2026, 4, 1), date(2026, 6, 1), organ("DC-SCJ"))
    assert one.last.promised == "8个工作日"  # the last of its versions
    own = [row for row in held.of_organ(organ("DC-SCJ")).rows if row.last.power.code == FOOD]
    assert [(row.since, row.until, row.follower) for row in own] == [
        (date(2026, 6, 1), None, None), (date(2026, 1, 1), date(2026, 4, 1), organ(STREET)),
    ]  # fmt: skip


def test_a_power_that_was_cancelled_has_nobody_after_it(town: Town) -> None:
    case = town.propose(town.draft("cancellation", FOOD), supervision="改为备案")
    town.through(case, "2026-04-01", pending_owner="DC-SCJ")
    (one,) = [row for row in held.of_organ(town.organ()).rows if row.last.power.code == FOOD]
    assert (one.until, one.follower) == (date(2026, 4, 1), None)


def test_the_page_of_these_times(gone: Town, client: Client) -> None:
    page = client.get(f"/organs/{STREET}/powers/").content.decode()
    assert "2026年4月1日" in page
    assert "2026年6月1日" in page
    assert "区市场监管局</a>行使" in page
    assert f"/organs/{STREET}/powers/" in client.get(f"/organs/{STREET}/").content.decode()
    assert "本机关没有列入清单的权力" in client.get("/organs/DC-FZB/powers/").content.decode()
    assert client.get("/organs/NO-SUCH/powers/").status_code == 404


def test_the_times_follow_one_another_over_pages_at_the_same_cost(
    gone: Town, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    bureau, seen, place = organ("DC-SCJ"), [], None
    while True:
        with django_assert_max_num_queries(2):
            page = held.of_organ(bureau, place, 2)
        seen += [(row.last.power.code, row.since) for row in page.rows]
        place = page.next
        if place is None:
            break
    assert len(seen) == len(set(seen)) == len(held.of_organ(bureau).rows)
