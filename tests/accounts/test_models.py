"""What the database refuses, whoever asks: tried with plain SQL, past every check in Python."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InternalError, connection, transaction

from accounts.models import AccessEvent, Credential, Organisation, OrganisationName, Seat, User
from accounts.roles import ADMINISTRATOR_ROLES, SEAT_ROLES
from tests.accounts.people import AT, ON, citizen, official, organisation, party_of, seat

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert_seat(user: User, role: str, where: Organisation, since: date = ON, until: date | None = None) -> None:
    sql(
        "INSERT INTO accounts_seat (user_id, role, organisation_id, since, until) VALUES (%s, %s, %s, %s, %s)",
        user.pk, role, where.pk, since, until,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held", "new"),
    [(held, new) for held, new in itertools.permutations(sorted(SEAT_ROLES), 2) if {held, new} & ADMINISTRATOR_ROLES],
)
def test_administrators_hold_nothing_else(held: str, new: str) -> None:
    where = organisation()
    kind = User.Kind.ADMINISTRATOR if held in ADMINISTRATOR_ROLES else User.Kind.STAFF
    user = User.objects.create(username=f"u-{held}", kind=kind, display_name="某", created_at=AT)
    insert_seat(user, held, where)
    with pytest.raises(IntegrityError):
        insert_seat(user, new, where)
    with pytest.raises(IntegrityError):
        insert_seat(user, new, organisation())


def test_the_exclusion_holds_even_where_the_kind_of_account_is_not_asked() -> None:
    """The trigger on the kind of account is one lock, the exclusion constraints are another."""
    where = organisation()
    user = official("case_officer", where)
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE accounts_seat DISABLE TRIGGER USER")
    with pytest.raises(IntegrityError, match="seat_administrator_handles_no_case"):
        insert_seat(user, "audit_administrator", where)
    insert_seat(user, "audit_administrator", where, date(2020, 1, 1), date(2021, 1, 1))
    with pytest.raises(IntegrityError, match="seat_administrators_are_three_people"):
        insert_seat(user, "system_administrator", where, date(2020, 6, 1), date(2020, 7, 1))


def test_citizens_and_unknown_roles_have_no_seats() -> None:
    where = organisation()
    with pytest.raises(IntegrityError):
        insert_seat(citizen(), "case_officer", where)
    with pytest.raises(IntegrityError):
        insert_seat(official(), "emperor", where)


def test_the_kind_of_an_account_never_changes() -> None:
    user = official("case_officer")
    with pytest.raises(InternalError):
        sql("UPDATE accounts_user SET kind = 'administrator' WHERE id = %s", user.pk)


def test_a_seat_is_held_once_at_a_time() -> None:
    user, where = official(), organisation()
    insert_seat(user, "case_officer", where, date(2026, 1, 1), date(2026, 2, 1))
    insert_seat(user, "case_officer", where, date(2026, 2, 1))
    with pytest.raises(IntegrityError):
        insert_seat(user, "case_officer", where, date(2026, 1, 31), date(2026, 2, 2))
    with pytest.raises(IntegrityError):
        insert_seat(user, "section_head", where, date(2026, 2, 1), date(2026, 1, 1))


@pytest.mark.parametrize("role", sorted(ADMINISTRATOR_ROLES))
def test_the_last_administrator_cannot_be_removed(role: str) -> None:
    first = official(role)
    one = Seat.objects.get(user=first)
    for statement in (
        "UPDATE accounts_seat SET until = '2026-04-01' WHERE id = %s",
        "DELETE FROM accounts_seat WHERE id = %s",
        "UPDATE accounts_seat SET since = '2020-01-01', until = '2020-01-02' WHERE id = %s",
    ):
        with pytest.raises(IntegrityError):
            sql(statement, one.pk)
    second = official(role)
    sql("UPDATE accounts_seat SET until = '2026-04-01' WHERE id = %s", one.pk)
    with pytest.raises(IntegrityError):
        sql("DELETE FROM accounts_seat WHERE user_id = %s", second.pk)


def test_nobody_decides_on_an_own_proposal_or_seat() -> None:
    where, subject = organisation(), official()
    system, security = official("system_administrator"), official("security_administrator")
    insert = (
        "INSERT INTO accounts_seatrequest (user_id, role, organisation_id, since, reason, proposed_by_id, proposed_at,"
        " outcome, decided_by_id, decided_at, opinion)"
        " VALUES (%s, 'case_officer', %s, %s, '', %s, %s, %s, %s, %s, '')"
    )
    good = (subject.pk, where.pk, ON, system.pk, AT, "approved", security.pk, AT)
    sql(insert, *good)
    for wrong in (
        (subject.pk, where.pk, ON, system.pk, AT, "approved", system.pk, AT),
        (system.pk, where.pk, ON, system.pk, AT, "approved", security.pk, AT),
        (security.pk, where.pk, ON, system.pk, AT, "approved", security.pk, AT),
        (subject.pk, where.pk, ON, system.pk, AT, "approved", None, None),
        (subject.pk, where.pk, ON, system.pk, AT, "pending", security.pk, AT),
    ):
        with pytest.raises(IntegrityError):
            sql(insert, *wrong)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_accessevent SET kind = 'signed_out'",
        "UPDATE accounts_accessevent SET at = at - interval '1 day'",
        "DELETE FROM accounts_accessevent",
    ],
)
def test_access_events_are_append_only(statement: str) -> None:
    citizen()
    assert AccessEvent.objects.exists()
    with pytest.raises(DatabaseError):
        sql(statement)


def test_a_person_has_one_account_and_a_paper_one_party() -> None:
    one, other = citizen(), citizen(name="李建国")
    party = party_of(one)
    with pytest.raises(IntegrityError):
        sql(
            "INSERT INTO accounts_representation (user_id, party_id, relation, scope, since, evidence, granted_at)"
            " VALUES (%s, %s, 'self', 'full', %s, '', %s)",
            other.pk, party.pk, ON, AT,
        )  # fmt: skip
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_party SET id_index = %s WHERE id = %s", party.id_index, party_of(other).pk)
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_user SET phone_index = %s WHERE id = %s", one.phone_index, other.pk)
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_party SET id_kind = 'credit_code' WHERE id = %s", party.pk)


def test_an_official_has_one_account() -> None:
    one, other = official(), official()
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_user SET staff_number = %s WHERE id = %s", one.staff_number, other.pk)


def test_disabled_means_inactive() -> None:
    user = official()
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_user SET is_active = false WHERE id = %s", user.pk)
    with pytest.raises(IntegrityError):
        sql("UPDATE accounts_user SET disabled_at = now() WHERE id = %s", user.pk)


def test_an_organ_has_one_name_a_day_and_one_responsible_head() -> None:
    where = organisation()
    OrganisationName.objects.create(organisation=where, name="甲", until=date(2019, 1, 1))
    overlapping = {"since": date(2018, 12, 31), "until": date(2020, 1, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationName.objects.create(organisation=where, name="乙", **overlapping)
    post = "INSERT INTO accounts_post (organisation_id, title, responsible_head, since) VALUES (%s, %s, true, %s)"
    sql(post, where.pk, "局长", ON)
    with pytest.raises(IntegrityError):
        sql(post, where.pk, "党组书记", ON)


def test_a_seat_ended_on_its_first_day_never_was() -> None:
    user, where = official(), organisation()
    held = seat(user, "case_officer", where)
    held.until = ON
    held.save()
    assert not Seat.objects.at(ON).filter(pk=held.pk).exists()
    assert not held.covers(ON)
    seat(user, "case_officer", where)


@pytest.mark.parametrize(
    ("on", "valid"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 3, 1), False),
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_certificate_counts_on_its_last_day_and_not_while_suspended(on: date, valid: bool) -> None:
    one = Credential(
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        suspended_since=date(2026, 3, 1),
        suspended_until=date(2026, 4, 1),
    )
    assert one.valid_on(on) is valid


def test_a_withdrawn_certificate_counts_no_more() -> None:
    one = Credential(valid_from=date(2026, 1, 1), revoked_on=date(2026, 3, 1))
    assert one.valid_on(date(2026, 2, 28))
    assert not one.valid_on(date(2026, 3, 1))
