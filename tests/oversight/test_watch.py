"""The list of lamps: what is past its day or near it, by law or by promise, with who has to act."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from casework.models import Case
from law.queries import work_calendar
from oversight.queries import watch
from oversight.queries.figures import Reach
from tests.accounts.people import sign_in
from tests.casework.conftest import World, make_world, sample_chapter  # noqa: F401 - a fixture
from tests.oversight.test_filings import reader, words

pytestmark = pytest.mark.django_db
PAGE = "/oversight/lamps/"
EVERYWHERE = Reach(True)


@pytest.fixture
def world() -> World:
    return make_world()


def late(world: World, days: int, promised: int | None = None, organ: Organisation | None = None, **more: Any) -> Case:
    """A case whose day is so many calendar days from today, and its promise."""
    case = world.file()
    today = timezone.localdate()
    changes: dict[str, Any] = {"due_on": today + timedelta(days=days), "number": case.number, **more}
    changes["promised_on"] = None if promised is None else today + timedelta(days=promised)
    if organ:
        changes["organ"] = organ
    Case.objects.filter(pk=case.pk).update(**{name: value for name, value in changes.items() if name != "number"})
    case.refresh_from_db()
    return case


def numbers(reach: Reach, **more: Any) -> list[str]:
    return [row.number for row in watch.page(reach, timezone.localdate(), work_calendar(), **more).rows]


def test_red_before_yellow_by_the_earlier_of_both_days(world: World) -> None:
    far = late(world, 60)
    red = late(world, -5)
    promise = late(world, 60, promised=-9)
    near = late(world, 0)
    ended = late(world, -20, ended_at=timezone.now())
    assert numbers(EVERYWHERE) == [promise.number, red.number, near.number]
    rows = {row.number: row for row in watch.page(EVERYWHERE, timezone.localdate(), work_calendar()).rows}
    assert rows[promise.number].lamp.code == "fine"
    assert rows[promise.number].promise.code == "overdue"
    assert (rows[red.number].lamp.code, rows[red.number].promise.code) == ("overdue", "none")
    assert rows[near.number].lamp.code == "today"
    assert far.number not in rows
    assert ended.number not in rows


def test_who_has_to_act(world: World) -> None:
    case = late(world, -1)
    [row] = watch.page(EVERYWHERE, timezone.localdate(), work_calendar()).rows
    assert "承办人（未分派）" in row.responsible
    Case.objects.filter(pk=case.pk).update(handler=world.officer)
    [row] = watch.page(EVERYWHERE, timezone.localdate(), work_calendar()).rows
    assert row.responsible == world.officer.display_name


def test_pages_go_on_where_the_last_one_ended(world: World) -> None:
    cases = [late(world, -3) for _ in range(5)] + [late(world, -2) for _ in range(3)]
    seen: list[str] = []
    after = None
    for _ in range(4):
        found = watch.page(EVERYWHERE, timezone.localdate(), work_calendar(), after=after, size=3)
        seen += [row.number for row in found.rows]
        if (after := found.next) is None:
            break
    assert seen == [case.number for case in cases]


def test_a_head_sees_the_own_organ_and_the_legal_office_all(world: World) -> None:
    other = Organisation.objects.create(
        code="OTHER", name="示例区另一局", short_name="另一局", word="另", kind="department"
    )
    own, theirs = late(world, -2), late(world, -1, organ=other)
    head = words(reader(world, "head_of_organ").get(PAGE))
    assert own.number in head
    assert theirs.number not in head
    assert f"/cases/{own.code}/" in head
    office = reader(world, "district_legal_office", other)
    everything = words(office.get(PAGE))
    assert own.number in everything
    assert theirs.number in everything
    assert f"/cases/{own.code}/" not in everything, "no door to what the reader may not open"
    narrowed = words(office.get(PAGE, {"organ": str(other.pk)}))
    assert own.number not in narrowed
    assert theirs.number in narrowed
    assert words(office.get(PAGE, {"organ": "x", "after": "nonsense"})).count("<h1") == 1
    assert own.applicant_name not in everything


def test_whoever_leads_and_watches_nothing_is_refused(world: World) -> None:
    for user in (world.officer, world.citizen):
        assert sign_in(Client(), user).get(PAGE).status_code == 403
        assert sign_in(Client(), user).get(f"{PAGE}export/csv/").status_code == 403


def test_a_page_costs_the_same_however_many_lamps(world: World, django_assert_num_queries: Any) -> None:
    client = reader(world, "auditor")
    late(world, -1)
    client.get(PAGE)
    with django_assert_num_queries(4):  # the two of the page, the account, and whether the calendar has changed
        client.get(PAGE)
    for _ in range(40):
        late(world, -1)
    with django_assert_num_queries(4):
        assert "after=" in words(client.get(PAGE))


def test_the_list_is_read_from_its_index(world: World) -> None:
    late(world, -1)
    on = date(2026, 3, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")  # one row is sorted for nothing
        found = watch._watched(EVERYWHERE, on, work_calendar()).order_by("day", "id")[:31]
        sql, values = found.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "case_watched" in plan, plan
    assert "Sort" not in plan, plan


def test_the_list_is_taken_away(world: World) -> None:
    case = late(world, -2)
    client = reader(world, "auditor")
    rows = list(csv.reader(io.StringIO(client.get(f"{PAGE}export/csv/").content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["案号", "事项", "单位", "环节", "责任人"]
    assert rows[1][0] == case.number
    assert rows[1][-1] == "没有承诺"
    assert client.get(f"{PAGE}export/xlsx/").content[:2] == b"PK"
    assert client.get(f"{PAGE}export/pdf/").content[:5] == b"%PDF-"
