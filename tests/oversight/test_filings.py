"""The table of filings: within one's reach, by what one asks for, at a fixed number of queries, to take away too."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Seat, User
from approvals.models import Filed
from tests.accounts.people import sign_in
from tests.casework.conftest import World, make_world

pytestmark = pytest.mark.django_db
PAGE = "/oversight/filings/"


@pytest.fixture
def world() -> World:
    world = make_world()
    other = Organisation.objects.create(
        code="OTHER", name="示例区另一局", short_name="另一局", word="另", kind="department"
    )
    month = timezone.localdate().replace(day=1)
    for organ, filed in ((world.organ, 40), (other, 60)):
        for online in (True, False):
            Filed.objects.create(
                month=month, organ=organ, matter="m1", online=online, filed=filed, corrected=4, ended=10, late=1,
                rated=5, content=4,
            )  # fmt: skip
    return world


def reader(world: World, role: str, organ: Organisation | None = None) -> Client:
    user = User.objects.create(username=role, kind="staff", display_name=role, created_at=timezone.now())
    Seat.objects.create(user=user, role=role, organisation=organ or world.organ, since=date(2026, 1, 1))
    return sign_in(Client(), user)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_head_sees_the_own_organ_and_an_auditor_all(world: World) -> None:
    own = words(reader(world, "head_of_organ").get(PAGE))
    assert "示例局" in own
    assert "另一局" not in own
    everything = words(reader(world, "auditor").get(PAGE))
    assert "另一局" in everything
    assert "<dd>200</dd>" in everything
    assert "95.0%" not in own
    assert "90.0%" in own


def test_whoever_sees_no_figures_is_refused(world: World) -> None:
    assert sign_in(Client(), world.officer).get(PAGE).status_code == 403
    assert sign_in(Client(), world.citizen).get(f"{PAGE}export/csv/").status_code == 403


def test_it_can_be_narrowed_and_nonsense_changes_nothing(world: World) -> None:
    client = reader(world, "auditor")
    narrowed = words(client.get(PAGE, {"by": "month", "organ": str(world.organ.pk)}))
    assert "<dd>80</dd>" in narrowed
    assert "<dd>200</dd>" in words(client.get(PAGE, {"by": "nonsense", "organ": "x"}))


def test_a_page_costs_the_same_however_many_lines(world: World, django_assert_num_queries: Any) -> None:
    client = reader(world, "auditor")
    client.get(PAGE)
    with django_assert_num_queries(3) as before:
        client.get(PAGE, {"by": "item"})
    Filed.objects.bulk_create(
        Filed(month=timezone.localdate().replace(day=1), organ=world.organ, matter=f"x{n}", online=True, filed=1,
              corrected=0, ended=0, late=0)
        for n in range(30)
    )  # fmt: skip
    with django_assert_num_queries(len(before.captured_queries)):
        client.get(PAGE, {"by": "item"})


def test_the_table_is_taken_away(world: World) -> None:
    client = reader(world, "auditor")
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}export/csv/").content.decode("utf-8-sig"))))
    assert rows[0] == ["单位", "收件", "网上申请率", "补正率", "办结", "其中超期", "按期办结率", "评价", "满意率"]
    assert rows[-1] == ["合计", "200", "50.0%", "8.0%", "40", "4", "90.0%", "20", "80.0%"]
    assert client.get(f"{PAGE}export/xlsx/").content[:2] == b"PK"
    assert client.get(f"{PAGE}export/pdf/").content[:5] == b"%PDF-"
