"""The cached snapshot of a person's permissions: never older than the last change, by whatever path."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from accounts import actions
from accounts.models import Seat, User
from accounts.snapshot import Snapshot, snapshot
from tests.accounts.people import AT, ON, citizen, official, organisation, party_of, seat

pytestmark = pytest.mark.django_db


def fresh(user: User) -> Snapshot:
    """As a request does it: the user's row is read, then the snapshot."""
    return snapshot(User.objects.get(pk=user.pk), ON)


def test_the_second_request_asks_only_for_the_user(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = official("case_officer")
    fresh(user)
    with django_assert_num_queries(1):
        assert fresh(user).roles == {"case_officer"}


def test_it_says_what_the_queries_say() -> None:
    organ = organisation()
    section = organisation(kind="internal_unit", parent=organ)
    user = official("case_officer", section)
    now = fresh(user)
    assert now.holds("case_officer")
    assert not now.holds("section_head")
    assert now.organs == {organ.pk}
    assert now.kind == "staff"


def test_every_change_of_a_seat_shows_at_once() -> None:
    user, where = official(), organisation()
    assert fresh(user).seats == ()
    held = seat(user, "case_officer", where)
    assert fresh(user).roles == {"case_officer"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_seat SET role = 'section_head' WHERE id = %s", [held.pk])
    assert fresh(user).roles == {"section_head"}
    Seat.objects.filter(pk=held.pk).update(until=ON)
    assert fresh(user).roles == frozenset()
    other = official()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_seat SET until = NULL, user_id = %s WHERE id = %s", [other.pk, held.pk])
    assert fresh(other).roles == {"section_head"}
    assert fresh(user).roles == frozenset()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_seat WHERE id = %s", [held.pk])
    assert fresh(other).roles == frozenset()


def test_a_delegate_loses_the_seat_with_its_holder() -> None:
    where, system = organisation(), official("system_administrator")
    head, deputy = official(), official("case_officer", where)
    held = seat(head, "head_of_organ", where)
    until = ON + timedelta(days=9)
    one = actions.delegate(held, deputy, since=ON, until=until, reason="出差", by=head, at=AT, subject="case:7")
    now = fresh(deputy)
    assert "head_of_organ" in now.roles
    assert not now.holds("head_of_organ")  # for one case is not for all
    assert now.organs == {where.pk}
    actions.disable(head, by=system, reason="离任", at=AT)
    assert "head_of_organ" not in fresh(deputy).roles
    actions.enable(head, by=system, at=AT)
    assert "head_of_organ" in fresh(deputy).roles
    actions.revoke_delegation(one, by=head, at=AT)
    assert "head_of_organ" not in fresh(deputy).roles


def test_parties_and_their_names_are_of_now() -> None:
    principal, agent = citizen(name="王小燕"), citizen(name="李建国")
    party = party_of(principal)
    assert [one.name for one in fresh(agent).parties] == ["李建国"]
    until = ON + timedelta(days=30)
    one = actions.register_agent(party, agent, scope="general", since=ON, until=until, by=principal, at=AT)
    found = fresh(agent).party(party.pk)
    assert found
    assert (found.name, found.relation) == ("王小燕", "agent")
    party.name = "王晓燕"
    party.save()
    found = fresh(agent).party(party.pk)
    assert found
    assert found.name == "王晓燕"
    actions.end_representation(one, by=principal, at=AT)
    assert fresh(agent).party(party.pk) is None


def test_another_day_is_another_snapshot() -> None:
    user, where = official(), organisation()
    seat(user, "case_officer", where, until=ON + timedelta(days=1))
    assert fresh(user).holds("case_officer")
    assert not snapshot(User.objects.get(pk=user.pk), ON + timedelta(days=1)).holds("case_officer")
