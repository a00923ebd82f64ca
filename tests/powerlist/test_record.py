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
from casework.models import Case
from powerlist.models import Power, PowerVersion
from powerlist.queries import events, holding, record
from powerlist.queries.versions import as_item, whole
from tests.powerlist.conftest import FOOD, Town, moment

STREET, HEALTH = "110101010", "DC-WJW"
NEW, TAKEN = "110101-SCJ-XK-900", "110101-SCJ-XK-901"


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


# --- a whole year, with every kind of change -------------------------------------------------------------------------


def changed(
    town: Town, kind: str, code: str, day: str, effective: str, *, by: str = "scj-head", of: str = "DC-SCJ",
    receiver: str = "", facts: dict[str, Any] | None = None, approved: dict[str, Any] | None = None, **change: Any,
) -> Case:  # fmt: skip
    """A change that goes through: proposed on a day, confirmed by the receiver, published in a fortnight."""
    case = begun(town, kind, code, day, by=by, of=of, facts=facts, **change)
    if receiver:
        town.act(case, "legal-office", "ask_receiver", f"{day}T11:00", confirm_by="2026-12-31")
        town.act(case, receiver, "confirm_taking_over", f"{day}T12:00", means="四名持证人员")
    published = date.fromisoformat(day) + timedelta(days=14)
    return town.through(case, effective, f"{published}T09:00", proposed=day, **(approved or {}))


def begun(
    town: Town, kind: str, code: str, day: str, *, by: str, of: str, facts: dict[str, Any] | None = None, **change: Any
) -> Case:
    ring_all(moment(f"{day}T08:00"))
    draft = town.draft(kind, code, at=f"{day}T09:00", by=by, of=of, **change)
    return town.propose(draft, at=f"{day}T10:00", **(facts or {}))


def long_year(town: Town) -> None:
    """Added, taken over, changed, entrusted, handed down, disputed, moved back, cancelled; withdrawn as well."""
    scj = {"pending_owner": "DC-SCJ"}
    changed(town, "addition", NEW, "2026-01-12", "2026-02-01")
    changed(town, "take_over", TAKEN, "2026-01-12", "2026-02-01", facts={"means": "三名人员"}, name="承接的许可")
    changed(town, "change", FOOD, "2026-02-09", "2026-03-01", promised="8个工作日")
    changed(town, "delegation", FOOD, "2026-03-09", "2026-04-01", receiver="street-head", entrusted=STREET)
    own: dict[str, Any] = {"by": "legal-office", "of": "DC-SFJ", "ex_officio": True}
    completed = begun(town, "change", FOOD, "2026-04-06", promised="9个工作日", **own)
    town.act(completed, "legal-office", "return_incomplete", "2026-04-06T11:00", missing="承诺时限的依据")
    town.complete(completed, "sfj-head", "2026-04-06T12:00", promised="7个工作日")
    town.through(completed, "2026-05-01", "2026-04-20T09:00", proposed="2026-04-06")
    changed(town, "delegation", NEW, "2026-05-04", "2026-06-01", receiver="street-head", approved=scj, organ=STREET)
    wished = {"wished_on": "2026-07-01"}
    disputed = begun(town, "transfer", TAKEN, "2026-06-01", by="scj-head", of="DC-SCJ", facts=wished, organ=STREET)
    town.act(disputed, "legal-office", "ask_receiver", "2026-06-01T11:00", confirm_by="2026-06-30")
    town.act(disputed, "street-head", "object_to_taking_over", "2026-06-01T12:00", reasons="没有人员")
    ruling = {"successor": HEALTH, "reasons": "职责相近"}
    town.act(disputed, "government", "settle_for_change", "2026-06-01T13:00", **ruling)
    town.through(disputed, "2026-07-01", "2026-06-15T09:00", proposed="2026-06-01", **scj)
    street: dict[str, Any] = {"by": "street-head", "of": STREET}
    changed(town, "change", NEW, "2026-07-06", "2026-08-01", promised="5个工作日", **street)
    changed(town, "change", FOOD, "2026-08-03", "2026-09-01", entrusted="")
    changed(
        town, "transfer", NEW, "2026-09-07", "2026-10-01", receiver="scj-head", facts={"wished_on": "2026-10-01"},
        approved={"pending_owner": STREET}, organ="DC-SCJ", **street,
    )  # fmt: skip
    changed(
        town, "cancellation", TAKEN, "2026-10-05", "2026-11-01", by="wjw-head", of=HEALTH,
        facts={"supervision": "改为备案"}, approved={"pending_owner": HEALTH},
    )  # fmt: skip
    refused = begun(town, "change", FOOD, "2026-10-05", by="scj-head", of="DC-SCJ", promised="1个工作日")
    town.act(refused, "scj-head", "withdraw", "2026-10-06T09:00", reasons="还要研究")
    # approved for a day that has passed when it is published
    changed(town, "change", FOOD, "2026-11-02", "2026-11-12", promised="6个工作日")


@pytest.fixture
def long(town: Town) -> Town:
    long_year(town)
    return town


def test_a_year_with_every_kind_of_change_is_replayed_to_any_day(long: Town) -> None:
    told, day = record.recorded(codes()), date(2026, 1, 1)
    while day <= date(2026, 12, 31):
        listed = {version.power.code: as_item(version) for version in whole(holding.on_day(day))}
        assert record.on_day(told, day) == listed, day
        day += timedelta(days=1)
    assert list(record.apart()) == []
    counted = dict(events.counts(date(2026, 1, 1), date(2026, 12, 31)))
    assert counted == {"新增": 1, "承接": 1, "变更": 5, "划转": 2, "下放": 1, "委托": 1, "取消": 1}


def test_who_held_what_in_that_year_is_told_by_the_acts(long: Town) -> None:
    told = record.recorded([FOOD, NEW, TAKEN])
    said = {
        code: [(f"{day:%m-%d}", item and (item["organ"], item["entrusted"], item["promised"])) for day, item in texts]
        for code, texts in told.items()
    }
    assert said == {
        FOOD: [
            ("01-01", ("DC-SCJ", "", "")), ("03-01", ("DC-SCJ", "", "8个工作日")),
            ("04-01", ("DC-SCJ", STREET, "8个工作日")), ("05-01", ("DC-SCJ", STREET, "7个工作日")),
            ("09-01", ("DC-SCJ", "", "7个工作日")), ("11-16", ("DC-SCJ", "", "6个工作日")),
        ],
        NEW: [
            ("02-01", ("DC-SCJ", "", "10个工作日")), ("06-01", (STREET, "", "10个工作日")),
            ("08-01", (STREET, "", "5个工作日")), ("10-01", ("DC-SCJ", "", "5个工作日")),
        ],
        TAKEN: [
            ("02-01", ("DC-SCJ", "", "10个工作日")), ("07-01", (HEALTH, "", "10个工作日")), ("11-01", None),
        ],
    }  # fmt: skip


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
