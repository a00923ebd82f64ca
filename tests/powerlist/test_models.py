"""What is published stands, and no case is opened without a power: tried by the ORM, by raw SQL and by every door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.utils import DatabaseError

from casework.models import Act, Case
from portal.settings import INSTALLED_APPS
from powerlist.models import Basis, Power, PowerVersion, Proposal, Stage
from tests.powerlist.conftest import FOOD, FOOD_ITEM, Town, make_town, moment
from tests.security.test_database_roles import as_app, refused

NO_RIGHT, CHECK = "42501", "23514"


@pytest.fixture
def standing(transactional_db: None, tmp_path: Path, settings: Any) -> Town:
    """The same town, committed, with one power that was added and is in effect."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    town.through(town.propose(town.draft("addition")), "2026-03-20")
    return town


def by_orm() -> list[Callable[[], object]]:
    version = PowerVersion.objects.get(power__code=FOOD)
    again = {
        field.attname: getattr(version, field.attname)
        for field in PowerVersion._meta.concrete_fields
        if field.attname not in ("id", "transaction")
    }
    other = Power.objects.create(code="X-1")
    act = Act.objects.get(step="publish")
    return [
        lambda: PowerVersion.objects.filter(pk=version.pk).update(name="别的职权"),
        lambda: PowerVersion.objects.filter(pk=version.pk).update(until=date(2026, 5, 1), ended_by=act),
        lambda: PowerVersion.objects.filter(pk=version.pk).delete(),
        lambda: PowerVersion.objects.create(**again),
        lambda: PowerVersion.objects.create(**again | {"since": date(2027, 1, 1)}),
        lambda: PowerVersion.objects.create(
            **again | {"power_id": other.pk, "matters": ["X-1"], "made_by_id": act.pk}
        ),
        lambda: Basis.objects.create(version=version, order=99, citation="《某法》第一条", family="某法"),
        lambda: Basis.objects.filter(version=version).update(citation="《某法》第一条"),
        lambda: Stage.objects.filter(version=version).delete(),
        lambda: Proposal.objects.update(content={}),
        lambda: Proposal.objects.create(
            case_id=act.case_id, number=9, act=act, kind="change", code=FOOD, reason="x"
        ),
        lambda: Power.objects.update(code="X-2"),
    ]  # fmt: skip


def test_not_even_the_owner_of_the_database_changes_what_is_published(standing: Town) -> None:
    before = list(PowerVersion.objects.order_by("pk").values())
    for attempt in by_orm():
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            attempt()
    assert list(PowerVersion.objects.order_by("pk").values()) == before


CHANGES = (
    ("UPDATE powerlist_powerversion SET name = '别的职权'", NO_RIGHT),
    ("UPDATE powerlist_powerversion SET until = since + 1 WHERE until IS NULL", CHECK),
    ("UPDATE powerlist_powerversion SET until = '2026-05-01', ended_by_id = (SELECT max(id) FROM casework_act)", CHECK),
    ("DELETE FROM powerlist_powerversion", NO_RIGHT),
    ("TRUNCATE powerlist_powerversion CASCADE", NO_RIGHT),
    ("ALTER TABLE powerlist_powerversion DISABLE TRIGGER ALL", NO_RIGHT),
    ("UPDATE powerlist_basis SET citation = '《某法》第一条'", NO_RIGHT),
    ("DELETE FROM powerlist_stage", NO_RIGHT),
    ("UPDATE powerlist_proposal SET content = '{}'", NO_RIGHT),
    ("UPDATE powerlist_power SET code = 'X'", NO_RIGHT),
    ("DELETE FROM powerlist_powerword", NO_RIGHT),
    ("UPDATE casework_permitted SET under_power = false", NO_RIGHT),
)


def test_the_portals_own_role_changes_nothing(standing: Town) -> None:
    ignoring = "SET pgtrigger.ignore = '{published_by_act,ended_by_act}'; "
    with as_app():
        assert [refused(ignoring + sql) for sql, _ in CHANGES] == [state for _, state in CHANGES]


COPIED = (
    "INSERT INTO powerlist_powerversion (power_id, name, kind, organ_id, object, authority, level, time_limit,"
    " promised, supervision, phone, note, sample, matters, made_by_id, since)"
    " SELECT w.id, v.name, v.kind, v.organ_id, v.object, v.authority, v.level, v.time_limit, v.promised, v.supervision,"
    " v.phone, v.note, false, ARRAY['X-1']::varchar[], {act}, '2026-06-01'"
    " FROM powerlist_powerversion v, powerlist_power w WHERE w.code = 'X-1' AND v.made_by_id IS NOT NULL"
)


def test_the_portals_own_role_publishes_nothing_beside_the_procedure(standing: Town) -> None:
    Power.objects.create(code="X-1")
    with as_app():
        for act in ("NULL", "v.made_by_id", "(SELECT max(id) FROM casework_act)"):
            assert refused(COPIED.format(act=act)) == CHECK


def test_publication_writes_what_was_approved_and_nothing_else(standing: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever got into the program that publishes still cannot publish another text, another day or half of it."""
    from powerlist.actions import rows

    case = standing.propose(standing.draft("addition", "110101-SCJ-XK-901", name="第二项许可"))
    honest = rows.version

    def publish(changed: Callable[[PowerVersion], object]) -> None:
        def version(*given: Any) -> PowerVersion:
            made = honest(*given)
            changed(made)
            return made

        monkeypatch.setattr(rows, "version", version)
        standing.act(case, "legal-office", "publish", "2026-03-21T09:00", effective_on="2026-06-01")

    monkeypatch.setattr(rows, "version", lambda *given: PowerVersion())
    with pytest.raises(DatabaseError):
        standing.through(case, "2026-06-01")
    wrong: list[Callable[[PowerVersion], object]] = [
        lambda made: setattr(made, "authority", "什么都可以做"),
        lambda made: setattr(made, "since", date(2026, 5, 1)),
        lambda made: setattr(made, "matters", [*made.matters, FOOD_ITEM]),
        lambda made: setattr(made, "organ", standing.organ("DC-WJW")),
        lambda made: setattr(made, "sample", True),
    ]
    for change in wrong:
        with pytest.raises(IntegrityError, match="not what was approved"):
            publish(change)
    monkeypatch.setattr(rows, "version", honest)
    monkeypatch.setattr(Stage.objects, "bulk_create", lambda rows: None)
    with pytest.raises(IntegrityError, match="published with the power"):
        standing.act(case, "legal-office", "publish", "2026-03-21T09:00", effective_on="2026-06-01")
    monkeypatch.undo()
    standing.act(case, "legal-office", "publish", "2026-03-21T09:00", effective_on="2026-06-01")
    assert PowerVersion.objects.get(power__code="110101-SCJ-XK-901").authority == "审查并决定示例经营许可。"


def test_there_is_no_admin_to_go_round_by() -> None:
    assert not [app for app in INSTALLED_APPS if "admin" in app]


def test_no_two_versions_of_a_power_at_one_time(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x' AND conname = 'power_one_version_a_day'")
        assert cursor.fetchall()


CASE = (
    "INSERT INTO casework_case (code, number, procedure, version, matter, title, state, detours, organ_id,"
    " applicant_name, channel, opened_at, act_count)"
    " SELECT 'AAAAAAAAAAAAAA' || %s, %s, 'approvals.licence', '2004-07-01', %s, 'x', 'new', '[]', o.id, 'x', 'online',"
    " %s, 0"
    " FROM accounts_organisation o WHERE o.code = %s"
)


def test_the_database_opens_no_case_without_a_power(standing: Town) -> None:
    """Raw SQL of the portal's own role: another matter, another organ, a day before the list began."""
    at = moment("2026-04-01T09:00")
    with as_app():
        assert refused(CASE, "2", "n2", "NOTHING", at, "DC-SCJ") == CHECK
        assert refused(CASE, "3", "n3", FOOD_ITEM, at, "DC-WJW") == CHECK
        assert refused(CASE, "4", "n4", FOOD_ITEM, moment("2025-12-31T23:59"), "DC-SCJ") == CHECK
        assert refused(CASE, "5", "n5", FOOD_ITEM, at, "DC-SCJ") == ""
        assert refused(CASE, "6", "n6", FOOD, at, "DC-SCJ") == ""
    same = {"procedure": "approvals.licence", "version": date(2004, 7, 1), "title": "x", "opened_at": at}
    with pytest.raises(IntegrityError, match="no power in force"), transaction.atomic():
        Case.objects.create(number="n7", matter=FOOD_ITEM, organ=standing.organ("DC-WJW"), **same)
    with pytest.raises(IntegrityError, match="no power in force"), transaction.atomic():
        Case.objects.bulk_create([Case(number="n8", matter="NOTHING", organ=standing.organ(), **same)])
    assert Act.objects.filter(case__number__startswith="n").count() == 0
