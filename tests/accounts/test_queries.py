"""Who may do what on a day, and how many questions to the database that takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts import actions, queries
from accounts.models import Organisation, OrganisationName, Representation
from accounts.realname import LocalFake
from tests.accounts.people import AT, ON, PASSWORD, citizen, credit_code, official, organisation, party_of, seat

pytestmark = pytest.mark.django_db


def test_seats_on_a_day(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user, where = official(), organisation()
    seat(user, "case_officer", where, since=date(2026, 1, 1), until=date(2026, 6, 1))
    seat(user, "section_head", where, since=date(2026, 6, 1))
    assert [one.role for one in queries.seats(user, date(2025, 12, 31))] == []
    assert [one.role for one in queries.seats(user, date(2026, 5, 31))] == ["case_officer"]
    assert [one.role for one in queries.seats(user, date(2026, 6, 1))] == ["section_head"]
    for _ in range(10):
        seat(user, "expert", organisation())
    with django_assert_num_queries(1):
        assert [one.organisation.organ_id for one in queries.seats(user, ON)]


def test_a_seat_in_a_section_counts_for_its_organ(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    organ = organisation()
    section = organisation(kind="internal_unit", parent=organ)
    user = official("case_officer", section)
    with django_assert_num_queries(3):
        assert queries.holds(user, "case_officer", organ, ON)
        assert queries.holds(user, "case_officer", section, ON)
        assert queries.holds(user, "case_officer", None, ON)
    assert not queries.holds(user, "section_head", organ, ON)
    assert not queries.holds(user, "case_officer", organisation(), ON)
    assert not queries.holds(user, "case_officer", organ, ON - timedelta(days=1))
    assert queries.seats(user, ON)[0].organisation.organ_id == organ.pk


def test_a_team_below_an_organ_is_an_organ_of_its_own() -> None:
    organ = organisation()
    team = organisation(kind="enforcement_team", parent=organ)
    user = official("case_officer", team)
    assert queries.holds(user, "case_officer", team, ON)
    assert not queries.holds(user, "case_officer", organ, ON)


def test_a_disabled_account_holds_nothing() -> None:
    where, user, system = organisation(), official(), official("system_administrator")
    seat(user, "case_officer", where)
    actions.disable(user, by=system, reason="调离", at=AT)
    assert queries.seats(user, ON) == []
    assert not queries.holds(user, "case_officer", where, ON)
    assert queries.holders("case_officer", where, ON) == []


def test_delegation_of_one_matter_and_of_all(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    where = organisation()
    head, deputy, other = official(), official("case_officer", where), official("case_officer", where)
    held = seat(head, "head_of_organ", where)
    until = ON + timedelta(days=10)
    actions.delegate(held, deputy, since=ON, until=until, reason="出差", by=head, at=AT)
    actions.delegate(held, other, since=ON, until=until, reason="回避", by=head, at=AT, subject="case:7")
    assert queries.holds(deputy, "head_of_organ", where, ON)
    assert queries.holds(deputy, "head_of_organ", where, ON, subject="case:8")
    assert not queries.holds(deputy, "head_of_organ", where, until)
    assert not queries.holds(other, "head_of_organ", where, ON)
    assert queries.holds(other, "head_of_organ", where, ON, subject="case:7")
    assert not queries.holds(other, "head_of_organ", where, ON, subject="case:70")
    with django_assert_num_queries(1):
        assert queries.holds(other, "head_of_organ", where, ON, subject="case:7")
    assert queries.holders("head_of_organ", where, ON) == [head]
    actions.end_seat(held, at=AT)
    assert not queries.holds(deputy, "head_of_organ", where, ON)


def test_holders(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    organ = organisation()
    section = organisation(kind="internal_unit", parent=organ)
    people = [official("case_officer", section) for _ in range(5)]
    seat(people[0], "case_officer", organ)
    with django_assert_num_queries(1):
        assert queries.holders("case_officer", organ, ON) == people


def test_parties(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国")
    firm = actions.create_legal_person(
        boss, name="示例公司", credit_code=credit_code(1), legal_representative="王小燕", checker=LocalFake(), at=AT
    )
    until = ON + timedelta(days=30)
    actions.register_agent(firm, agent, scope="general", since=ON, until=until, by=boss, at=AT)
    with django_assert_num_queries(2):
        assert [one.name for one in queries.parties_of(boss, ON)] == ["王小燕", "示例公司"]
        assert [one.name for one in queries.parties_of(agent, ON)] == ["李建国", "示例公司"]
    with django_assert_num_queries(1):
        assert queries.person_may_act_for(agent, firm, ON)
    assert not queries.person_may_act_for(agent, firm, ON, special=True)
    assert queries.person_may_act_for(boss, firm, ON, special=True)
    assert not queries.person_may_act_for(agent, firm, until)
    assert not queries.person_may_act_for(agent, party_of(boss), ON)
    assert queries.representatives(firm, ON)[1].user == agent
    assert queries.party_by_paper("credit_code", credit_code(1)) == firm
    assert queries.party_by_paper("credit_code", credit_code(2)) is None
    assert {one.relation for one in queries.representations(boss, ON)} == {
        Representation.Relation.SELF,
        Representation.Relation.LEGAL_REPRESENTATIVE,
    }


@pytest.mark.parametrize("typed", ["{username}", " {USERNAME} ", "{phone}", "+86 {phone}", "{email}"])
def test_the_names_that_people_sign_in_with(typed: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = citizen(email="wang@example.com")
    address = actions.offer_email(user, "wang@example.com")
    assert address
    text = typed.format(
        username=user.username, USERNAME=user.username.upper(), phone=user.phone, email="Wang@Example.com"
    )
    if "@" in text:
        assert queries.user_by_login(text) is None
        address.set_verified()
    with django_assert_num_queries(3):
        assert queries.user_by_login(text) == user
    with django_assert_num_queries(3):
        assert queries.user_by_login(PASSWORD) is None


def test_credentials_and_recusals() -> None:
    user, head = official(), official()
    one = actions.issue_credential(
        user, "enforcement", "110101-1", issuer="北京市人民政府", valid_from=ON, valid_until=ON, at=AT
    )
    assert queries.credential(user, "enforcement", ON) == one
    assert queries.credential(user, "enforcement", ON + timedelta(days=1)) is None
    assert queries.credential(user, "legal_qualification", ON) is None
    recusal = actions.recuse(user, "case:1", ground="kin", reason="当事人之弟", decided_by=head, at=AT)
    assert actions.recuse(user, "case:1", ground="kin", reason="", decided_by=head, at=AT) == recusal
    assert queries.recused(user, "case:1")
    assert not queries.recused(user, "case:10")
    assert queries.recused_users("case:1") == {user.pk}
    actions.lift_recusal(recusal, by=head, at=AT)
    assert not queries.recused(user, "case:1")


def test_names_and_words_as_of_a_day() -> None:
    organ = organisation(word="东环")
    OrganisationName.objects.create(organisation=organ, name="环境保护局", word="东环保", until=date(2019, 1, 1))
    assert queries.name_on(organ, date(2018, 12, 31)) == "环境保护局"
    assert queries.word_on(organ, date(2018, 12, 31)) == "东环保"
    assert queries.name_on(organ, date(2019, 1, 1)) == organ.name
    assert queries.word_on(organ, ON) == "东环"


def test_a_merged_organ_is_answered_for_by_its_successor() -> None:
    now = organisation()
    between = organisation(until=date(2024, 1, 1), successor=now)
    old = organisation(until=date(2019, 1, 1), successor=between)
    assert queries.successor(old, date(2018, 1, 1)) == old
    assert queries.successor(old, date(2020, 1, 1)) == between
    assert queries.successor(old, ON) == now


def test_the_tree_of_a_day(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    root = organisation(kind="district_government")
    organ = organisation(parent=root)
    gone = organisation(parent=root, until=date(2019, 1, 1))
    section = organisation(kind="internal_unit", parent=organ)
    with django_assert_num_queries(1):
        forest = queries.tree(ON)
    assert [node.organisation for node in forest] == [root]
    assert [node.organisation for node in forest[0].children] == [organ]
    assert set(queries.below(root, date(2018, 1, 1))) == {root, organ, gone, section}
    assert queries.below(organ, ON) == [organ, section]
    assert queries.below(gone, ON) == []


def test_the_district_is_as_the_files_say(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, again = actions.load_organisations(), actions.load_organisations()
    assert first == again
    assert Organisation.objects.count() == first.organisations
    assert Organisation.objects.filter(kind="subdistrict_office").count() == 17
    justice = Organisation.objects.get(code="DC-SFJ")
    office = Organisation.objects.get(code="DC-FZB")
    assert queries.successor(office, ON) == justice
    assert queries.name_on(Organisation.objects.get(code="DC-STJ"), date(2015, 1, 1)) == "北京市东城区环境保护局"
    assert not Organisation.objects.filter(word_verified=True).exists()
    assert {one.kind for one in queries.below(Organisation.objects.get(code="110101"), ON)} >= {"department"}
    with django_assert_num_queries(1):
        queries.tree(ON)


def test_a_verified_word_is_not_overwritten() -> None:
    actions.load_organisations()
    Organisation.objects.filter(code="DC-SCJ").update(word="京东市监", word_verified=True)
    actions.load_organisations()
    assert Organisation.objects.get(code="DC-SCJ").word == "京东市监"
