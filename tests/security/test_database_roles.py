"""What the running portal's role can do to the database, tried as that role: deny by default, and nobody alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from accounts import roles
from accounts.models import Organisation, Seat, SeatRequest, User
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case
from casework.office import OFFICE_STEPS
from casework.refusal import Refused
from portal.guards import guard
from portal.tables import TABLES
from tests.casework.conftest import World, make_world, moment, renew_stamp, sample_chapter  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
OWNERS = ("pgtrigger_chain_", "pgtrigger_count_", "pgtrigger_counted_", "pgtrigger_words_")
ADMINISTRATORS = sorted(roles.ADMINISTRATOR_ROLES)
NOON = moment("2026-03-04T12:00")


@contextmanager
def as_app() -> Iterator[None]:
    """Everything on the ordinary connection happens as the running portal's role."""
    owner = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    app = connections["read_log"].settings_dict
    connection.close()
    connection.settings_dict.update({name: app[name] for name in owner})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(owner)


def execute(sql: str, *parameters: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)


def answer(sql: str, *parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def refused(sql: str, *parameters: Any) -> str:
    """The SQLSTATE with which the database refuses; "" if it does not."""
    try:
        execute(sql, *parameters)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "pgcode", "?"))
    return ""


@pytest.fixture
def world() -> Iterator[World]:
    yield make_world()
    renew_stamp()


@pytest.mark.django_db
def test_every_table_is_declared_and_has_no_other_rights() -> None:
    present = set(connection.introspection.table_names())
    assert present == set(TABLES), "name the table in portal/tables.py and say what the running portal may do to it"
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN")
    for table, kind in TABLES.items():
        held = {
            verb
            for verb in verbs
            if answer("SELECT has_table_privilege(%s, %s, %s)", settings.DATABASE_APP_ROLE, table, verb)[0][0]
        }
        assert held == set(kind.rights.split(", ")), table
        columns = answer(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND has_column_privilege(%s, attrelid, attnum, 'UPDATE')",
            table, settings.DATABASE_APP_ROLE,
        )  # fmt: skip
        if "UPDATE" not in held:
            assert {name for (name,) in columns} == set(kind.columns), table


@pytest.mark.django_db
def test_the_role_is_nothing_special_and_no_member_of_anything() -> None:
    role = settings.DATABASE_APP_ROLE
    flags = "rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
    assert answer(f"SELECT {flags} FROM pg_roles WHERE rolname = %s", role) == [(False,) * 5]
    assert answer("SELECT * FROM pg_auth_members WHERE member = %s::regrole", role) == []
    assert answer("SELECT * FROM pg_class WHERE relowner = %s::regrole", role) == []


@pytest.mark.django_db
def test_trigger_functions_have_a_fixed_path_and_cannot_be_called() -> None:
    functions = answer(
        "SELECT proname, prosecdef, proconfig, has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc "
        "WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype "
        "AND pg_has_role(proowner, 'MEMBER')",
        settings.DATABASE_APP_ROLE,
    )
    assert len(functions) >= 15
    for name, definer, config, callable_ in functions:
        assert definer == name.startswith(OWNERS), name
        assert config == ["search_path=pg_catalog, public, pg_temp"], name
        assert not callable_, name


def test_the_structure_and_the_record_cannot_be_touched(world: World) -> None:
    case = world.file()
    with as_app():
        assert answer("SELECT current_user")[0][0] == settings.DATABASE_APP_ROLE
        everywhere = [f"TRUNCATE {table} CASCADE" for table in TABLES]
        statements = [
            "CREATE TABLE x ()", "CREATE TEMP TABLE x ()", "CREATE SCHEMA x", "CREATE ROLE x",
            "CREATE EXTENSION hstore",
            "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE VIEW public.x AS SELECT 1",
            "DROP TABLE casework_act", "ALTER TABLE casework_act ADD COLUMN x int",
            "ALTER TABLE casework_act DISABLE TRIGGER ALL", "ALTER TABLE casework_act DISABLE TRIGGER USER",
            "SET session_replication_role = replica", f"SET ROLE {owner()}", f"SET SESSION AUTHORIZATION {owner()}",
            f"ALTER ROLE {settings.DATABASE_APP_ROLE} SUPERUSER",
            "UPDATE casework_act SET actor_name = ''", "DELETE FROM casework_act",
            "SELECT * FROM casework_act FOR UPDATE",
            "UPDATE accounts_accessevent SET detail = '{}'", "DELETE FROM accounts_accessevent",
            "UPDATE casework_actlane SET link = 0", "DELETE FROM casework_actlane",
            "INSERT INTO casework_actlane VALUES (3)",
            "UPDATE accounts_accesslane SET link = 0", "DELETE FROM accounts_accesslane",
            "UPDATE casework_count SET number = 0", "DELETE FROM casework_count",
            "INSERT INTO casework_count SELECT * FROM casework_count", "UPDATE casework_case SET late = false",
            "UPDATE casework_permitted SET roles = '{citizen}'", "DELETE FROM casework_permitted",
            "INSERT INTO casework_permitted SELECT * FROM casework_permitted", "DELETE FROM casework_case",
            "UPDATE casework_case SET procedure = 'sample.closed'", "UPDATE casework_case SET version = now()",
            "UPDATE casework_decision SET outcome = 'granted'", "DELETE FROM casework_decision",
            "DELETE FROM casework_deadline", "DELETE FROM accounts_seat", "UPDATE accounts_seat SET role = 'auditor'",
            "DELETE FROM accounts_user", "DELETE FROM django_migrations", "SELECT * FROM pg_authid",
            "COPY casework_act TO PROGRAM 'cat'", "SELECT pg_read_file('postgresql.conf')",
            "SELECT lo_import('/etc/passwd')", "CREATE TRIGGER x BEFORE INSERT ON casework_act EXECUTE FUNCTION x()",
        ]  # fmt: skip
        passed = [sql for sql in (*everywhere, *statements) if not refused(sql)]
        assert passed == []
        move = "UPDATE casework_case SET state = 'granted', act_count = act_count + 1 WHERE id = %s"
        assert refused(move, case.pk) == "23514"
        assert refused("UPDATE casework_case SET detours = '[\"review\"]' WHERE id = %s", case.pk) == "23514"
        assert refused(f"SET pgtrigger.ignore = '{{{ignored('casework_case')}}}'; {move % case.pk}") == "23514"
        everything_of_documents = "UPDATE casework_document SET kind = 'record' WHERE kind = 'paper'"
        assert refused(everything_of_documents) == "23514"


def owner() -> str:
    return str(answer("SELECT relowner::regrole::text FROM pg_class WHERE relname = 'casework_act'")[0][0])


def ignored(table: str) -> str:
    """All triggers of a table, as django-pgtrigger names those that a session wants to be spared."""
    return ",".join(name for (name,) in answer("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", table))


def test_a_new_table_is_closed_until_it_is_declared(world: World) -> None:
    execute("CREATE TABLE novelty (id int)")
    try:
        guard("default")
        with as_app():
            assert refused("SELECT * FROM novelty") == "42501"
    finally:
        execute("DROP TABLE novelty")


def add_act(case: Case, step: str, user: User | None, role: str, to: str, hour: int = 12) -> Act:
    """An act written past take(), and the state moved with it, as a program with a fault or an intruder would."""
    with transaction.atomic():
        act = Act.objects.create(
            case=case, seq=case.act_count + 1, step=step, label=step, actor=user, actor_name="x", role=role,
            at=moment(f"2026-03-04T{hour}:00"), from_state=case.state, to_state=to,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(state=to, act_count=act.seq)
    case.refresh_from_db()
    return act


RAW = """INSERT INTO casework_act (case_id, seq, step, label, actor_id, actor_name, role, at, from_state, to_state,
facts, attested, basis) VALUES (%s, %s, %s, 'x', %s, 'x', %s, '2026-03-04T15:00+08', %s, %s, '{}', '[]', '')"""


def test_nobody_accepts_and_decides_in_any_way(world: World) -> None:
    """The officer is given the head's seat too; take(), the models and raw SQL all refuse him his own case."""
    Seat.objects.create(user=world.officer, role="head_of_organ", organisation=world.organ, since=date(2026, 1, 1))
    case = world.file()
    with as_app():
        take(case, "accept", world.actor(world.officer, "case_officer"), NOON, Offer(attested=["材料齐全"]))
        case.refresh_from_db()
        decider = world.actor(world.officer, "head_of_organ")
        with pytest.raises(Refused):
            take(case, "grant", decider, moment("2026-03-04T15:00"), Offer(facts={"reasons": "x"}))
        for step, to in (("grant", "granted"), ("refuse_false", "refused"), ("extend", "review")):
            with pytest.raises(IntegrityError, match="another person"):
                add_act(case, step, world.officer, "head_of_organ", to, 15)
            row = (case.pk, case.act_count + 1, step, world.officer.pk, "head_of_organ", "review", to)
            assert refused(RAW, *row) == "23514"
        # In his other role he is the same person; under a role that the step has not, or as the law, he is nobody.
        assert refused(RAW, case.pk, 3, "grant", world.officer.pk, "case_officer", "review", "granted") == "23514"
        assert refused(RAW, case.pk, 3, "grant", world.officer.pk, "the_law", "review", "granted") == "23514"
        assert refused(RAW, case.pk, 3, "grant", None, "head_of_organ", "review", "granted") == "23514"
        assert refused(RAW, case.pk, 3, "grant", world.head.pk, "head_of_organ", "review", "granted") == ""


def test_no_step_is_taken_from_or_to_another_place_than_the_table_says(world: World) -> None:
    """Every row of the sample from every state to every state, as raw SQL: exactly those of the table go through."""
    table = registry.procedure("sample.permit")
    states = [place.name for place in table.states]
    case = world.file()
    officers = {"case_officer": world.officer, "head_of_organ": world.head, "citizen": world.citizen, "the_law": None}
    with as_app():
        for row, start, end in product(table.steps, states, states):
            role = row.by[0]
            user = officers[role]
            code = refused(RAW, case.pk, 2, row.name, user and user.pk, role, start, end)
            lawful = start == case.state and start in row.when and row.to == end
            assert (code == "") == lawful, (row.name, start, end, code)
            if not code:
                raise_away = answer("SELECT count(*) FROM casework_act WHERE case_id = %s", case.pk)
                assert raise_away == [(2,)]
                case.refresh_from_db()
                case = world.file(f"2026-03-0{case.pk % 3 + 2}T09:00")


def test_the_database_knows_every_version_of_every_procedure() -> None:
    known = {
        (code, since, step): (set(start), to, second, set(others))
        for code, since, step, start, to, second, others in answer(
            "SELECT procedure, version, step, from_states, to_state, second_person, not_by FROM casework_permitted"
        )
    }
    for table in registry.versions():
        for row in {**{row.name: row for row in table.steps}, **OFFICE_STEPS}.values():
            expected = (set(row.when), row.to, row.second_person, set(row.not_by))
            assert known[table.code, table.since, row.name] == expected


# A head's decisions that weigh nothing an official has prepared against an applicant: endings of form, and orders of
# supervision. Each was looked at; another row without a second person fails the test.
ALONE = {
    ("approvals.licence", "terminate"),
    ("approvals.licence_in_force", "order_correction"),
    ("approvals.licence_in_force", "order_commitment_correction"),
    ("approvals.licence_in_force", "cancel"),
}


@pytest.mark.django_db
def test_whoever_decides_or_reviews_at_a_live_desk_is_a_second_person() -> None:
    """Deciding by the head, and legal review, never by somebody who acted in the case in another role."""
    tables = [table for table in registry.procedures().values() if table.live and table.chapter != "sample"]
    alone = {
        (table.code, row.name)
        for table in tables
        for row in table.steps
        if (row.decides or not row.opening) and not row.second_person
        if (row.decides and "head_of_organ" in row.by) or "departmental_legal_unit" in row.by
    }
    assert alone == ALONE


def administrators(world: World) -> dict[str, User]:
    made = {}
    for role in ADMINISTRATORS:
        made[role] = User.objects.create(
            username=role, kind="administrator", display_name=role, created_at=NOON, staff_number=role
        )
        Seat.objects.create(user=made[role], role=role, organisation=world.organ, since=date(2026, 1, 1))
    return made


def seat_by_force(user: User, role: str, organ: Organisation, *, proposer: User, approver: User) -> str:
    """A seat written by raw SQL, with a forged approval beside it."""
    sql = """
    WITH s AS (INSERT INTO accounts_seat (user_id, role, organisation_id, since) VALUES (%s, %s, %s, '2026-02-01')
               RETURNING id)
    INSERT INTO accounts_seatrequest (user_id, role, organisation_id, since, reason, proposed_by_id, proposed_at,
        outcome, decided_by_id, decided_at, opinion, seat_id)
    SELECT %s, %s, %s, '2026-02-01', 'x', %s, now(), 'approved', %s, now(), '', id FROM s"""
    return refused(sql, user.pk, role, organ.pk, user.pk, role, organ.pk, proposer.pk, approver.pk)


def test_no_two_of_the_three_administrators_are_one_person(world: World) -> None:
    people = administrators(world)
    with as_app():
        for (held, user), wanted in product(people.items(), (*ADMINISTRATORS, "case_officer", "auditor")):
            others = [one for one in people.values() if one != user]
            code = seat_by_force(user, wanted, world.organ, proposer=others[0], approver=others[1])
            assert code in {"23P01", "23514"}, (held, wanted)
        for wanted in ADMINISTRATORS:
            one, other = people[ADMINISTRATORS[0]], people[ADMINISTRATORS[1]]
            assert seat_by_force(world.officer, wanted, world.organ, proposer=one, approver=other) == "23514"
        assert refused("UPDATE accounts_user SET kind = 'administrator' WHERE id = %s", world.officer.pk)
        taken = "UPDATE accounts_user SET staff_number = %s WHERE id = %s"
        assert refused(taken, ADMINISTRATORS[0], people[ADMINISTRATORS[1]].pk) == "23505"


def test_nobody_is_seated_by_one_person(world: World) -> None:
    people = administrators(world)
    system, security = people["system_administrator"], people["security_administrator"]
    add = "INSERT INTO accounts_seat (user_id, role, organisation_id, since) VALUES (%s, 'auditor', %s, '2026-02-01')"
    with as_app():
        assert refused(add, world.officer.pk, world.organ.pk) == "23514"
        for proposer, approver, user in (
            (system, system, world.officer),
            (system, world.officer, world.officer),
            (world.officer, security, world.officer),
        ):
            assert seat_by_force(user, "auditor", world.organ, proposer=proposer, approver=approver) == "23514"
        assert seat_by_force(world.officer, "auditor", world.organ, proposer=system, approver=security) == ""
        assert refused("UPDATE accounts_seat SET until = '2026-03-01' WHERE user_id = %s", world.head.pk) == "23514"
        assert SeatRequest.objects.count() == 1


def test_the_last_administrator_of_a_kind_stays(world: World) -> None:
    for role, user in administrators(world).items():
        with as_app():
            assert refused("UPDATE accounts_seat SET until = '2026-03-01' WHERE user_id = %s", user.pk) == "23514", role
            disable = "UPDATE accounts_user SET is_active = false, disabled_at = now() WHERE id = %s"
            assert refused(disable, user.pk) == "23514", role
            assert refused("DELETE FROM accounts_seat WHERE user_id = %s", user.pk) == "42501", role
        second = User.objects.create(
            username=f"{role}-2", kind="administrator", display_name=role, created_at=NOON, staff_number=f"{role}-2"
        )
        Seat.objects.create(user=second, role=role, organisation=world.organ, since=date(2026, 1, 1))
        with as_app():
            assert refused(disable, user.pk) == "", role
            assert refused(disable, second.pk) == "23514", role
