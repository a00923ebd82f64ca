"""The list follows from the record of acts, for any day; whoever changes it past the guards is seen."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from casework.actions.ring import ring_all
from powerlist.models import Power, PowerVersion
from powerlist.queries import holding, record
from powerlist.queries.versions import as_item, whole
from tests.powerlist.conftest import FOOD, Town, moment

STREET, NEW = "110101010", "110101-SCJ-XK-900"


def year(town: Town) -> None:
    """A power is added, one is changed and goes to a subdistrict, and the one that was added ends."""
    town.through(town.propose(town.draft("addition", NEW)), "2026-04-01")
    town.through(town.propose(town.draft("change", FOOD, promised="8个工作日")), "2026-04-10")
    ring_all(moment("2026-04-10T08:00"))
    facts: dict[str, Any] = {"proposed": "2026-05-04", "published": "2026-05-20T09:00"}
    moved = town.propose(
        town.draft("transfer", FOOD, at="2026-05-04T09:00", organ=STREET), at="2026-05-04T10:00", wished_on="2026-06-01"
    )
    town.act(moved, "legal-office", "ask_receiver", "2026-05-04T11:00", confirm_by="2026-05-11")
    town.act(moved, "street-head", "confirm_taking_over", "2026-05-04T12:00", means="四名持证人员")
    town.through(moved, "2026-06-01", pending_owner="DC-SCJ", **facts)
    ended = town.propose(
        town.draft("cancellation", NEW, at="2026-05-04T09:00"), at="2026-05-04T10:00", supervision="改为备案"
    )
    # approved for a day that has passed when it is published: it counts from its publication
    town.through(ended, "2026-05-15", pending_owner="DC-SCJ", **facts)


@pytest.fixture
def lived(town: Town) -> Town:
    year(town)
    return town


def codes() -> list[str]:
    return list(Power.objects.values_list("code", flat=True))


def test_the_list_of_every_day_follows_from_the_acts(lived: Town) -> None:
    told = record.recorded(codes())
    day, days = date(2025, 12, 31), []
    while day <= date(2026, 8, 1):
        listed = {version.power.code: as_item(version) for version in whole(holding.on_day(day))}
        assert record.on_day(told, day) == listed, day
        days.append(len(listed))
        day += timedelta(days=1)
    assert days[0] == 0
    assert max(days) == days[1] + 1 == days[-1] + 1  # one came and went
    assert list(record.apart()) == []


def test_what_the_acts_tell_is_not_read_off_the_list(lived: Town) -> None:
    """Texts, holders and days of what was published come from proposals and acts."""
    told = record.recorded([FOOD, NEW])
    assert [(day, item and item["organ"]) for day, item in told[FOOD]] == [
        (date(2026, 1, 1), "DC-SCJ"), (date(2026, 4, 10), "DC-SCJ"), (date(2026, 6, 1), STREET),
    ]  # fmt: skip
    assert [(day, bool(item)) for day, item in told[NEW]] == [(date(2026, 4, 1), True), (date(2026, 5, 20), False)]


TAMPERED = (
    "UPDATE powerlist_powerversion SET authority = '什么都可以做' WHERE id = %s",
    "UPDATE powerlist_powerversion SET since = since - 5 WHERE id = %s",
    "UPDATE powerlist_powerversion SET until = '2026-06-02' WHERE until = '2026-06-01' AND id <> %s",
    "UPDATE powerlist_basis SET citation = '《某法》第一条' WHERE version_id = %s",
    "DELETE FROM powerlist_stage WHERE version_id = %s",
)


@pytest.mark.parametrize("sql", TAMPERED)
def test_a_row_that_the_owner_changed_past_the_guards_is_seen(lived: Town, sql: str) -> None:
    version = PowerVersion.objects.get(power__code=FOOD, since=date(2026, 6, 1))
    out = io.StringIO()
    call_command("check_powers", stdout=out)
    assert "均与记录相符" in out.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE powerlist_powerversion DROP CONSTRAINT power_one_version_a_day")
        for table in ("powerversion", "basis", "stage"):
            cursor.execute(f"ALTER TABLE powerlist_{table} DISABLE TRIGGER USER")
        cursor.execute(sql, [version.pk])
        assert cursor.rowcount > 0
    assert [one.code for one in record.apart()] == [FOOD]
    with pytest.raises(CommandError, match="1 项与记录不符"):
        call_command("check_powers", stdout=out)
    assert FOOD in out.getvalue()


def test_a_version_that_nobody_decided_is_seen(lived: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE powerlist_powerversion DISABLE TRIGGER USER")
        cursor.execute("UPDATE powerlist_powerversion SET until = '2026-07-01', ended_by_id = made_by_id"
                       " WHERE until IS NULL AND made_by_id IS NOT NULL")  # fmt: skip
        assert cursor.rowcount == 1
    (one,) = record.apart()
    assert (one.code, one.day, one.listed) == (FOOD, date(2026, 7, 1), None)
