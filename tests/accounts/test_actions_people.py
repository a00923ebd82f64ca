"""What citizens and legal persons may do with their accounts, and what is refused with which words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from accounts import actions, queries
from accounts.actions import Refused
from accounts.models import AccessEvent, Party, Representation, User
from accounts.realname import VERIFIED_BY, Answer, LocalFake, NotConnected, checker
from tests.accounts.people import (
    AT,
    ON,
    PASSWORD,
    citizen,
    credit_code,
    official,
    party_of,
    resident_number,
)

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=90)


class Register(LocalFake):
    """A register that knows one person and one firm, as a real one would answer."""

    code = "register"

    def person(self, name: str, id_kind: str, id_number: str, phone: str) -> Answer:
        return Answer((name, id_number) == ("王小燕", resident_number(1)))

    def body(self, name: str, credit_code_: str, legal_representative: str) -> Answer:
        return Answer((name, credit_code_, legal_representative) == ("示例公司", credit_code(1), "王小燕"))


def events(kind: str) -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(kind=kind))


# --- citizens ----------------------------------------------------------------------------------------------------


def test_a_citizen_is_verified_and_is_a_party() -> None:
    user = citizen(name="王小燕")
    party = party_of(user)
    assert (party.kind, party.name, party.verified_at, party.verified_by) == ("natural", "王小燕", AT, "local_fake")
    assert user.check_password(PASSWORD)
    assert not user.is_official
    assert VERIFIED_BY[party.verified_by]
    assert [event.user for event in events("account_created")] == [user]


def test_the_register_decides() -> None:
    given = {"phone": "13800000001", "password": PASSWORD, "checker": Register(), "at": AT}
    with pytest.raises(Refused, match="不一致"):
        actions.create_citizen(name="王小燕", id_number=resident_number(2), **given)  # type: ignore[arg-type]
    user = actions.create_citizen(name="王小燕", id_number=resident_number(1), **given)  # type: ignore[arg-type]
    assert party_of(user).verified_by == "register"
    assert User.objects.count() == 1


def test_without_a_register_nobody_registers_online(settings: Settings) -> None:
    settings.REAL_NAME_CHECK = "accounts.realname.NotConnected"
    found = checker()
    assert isinstance(found, NotConnected)
    with pytest.raises(Refused, match="尚未接通"):
        actions.create_citizen(
            name="王小燕", id_number=resident_number(1), phone="13800000001", password=PASSWORD, checker=found, at=AT
        )
    assert not found.body("示例公司", credit_code(1), "王小燕").passed


def test_a_second_account_is_refused_without_saying_why() -> None:
    first = citizen(phone="13800000009", id_number=resident_number(9))
    with pytest.raises(Refused) as same_person:
        citizen(id_number=resident_number(9))
    with pytest.raises(Refused) as same_phone:
        citizen(name="李建国", phone="13800000009")
    with pytest.raises(Refused) as other_name:
        citizen(name="李建国", id_number=resident_number(9))
    assert str(same_person.value) == str(same_phone.value) == str(other_name.value)
    assert list(User.objects.all()) == [first]
    assert Party.objects.count() == 1


def test_a_person_known_from_the_window_gets_an_account_for_the_same_party() -> None:
    number = resident_number(5)
    party = actions.register_party(
        kind="natural", name="王小燕", id_kind="resident_id", id_number=number, verified_by="window", at=AT
    )
    assert party_of(citizen(name="王小燕", id_number=number)) == party
    with pytest.raises(Refused, match="另一姓名"):
        actions.register_party(kind="natural", name="李建国", id_kind="resident_id", id_number=number, at=AT)


def test_parties_without_a_paper_are_always_new_and_unverified() -> None:
    one = actions.register_party(kind="natural", name="某", at=AT)
    other = actions.register_party(kind="natural", name="某", at=AT)
    assert one != other
    assert one.verified_at is None
    with pytest.raises(Refused, match="联系电话"):
        actions.register_party(kind="natural", name="某", phone="1", at=AT)


def test_contact_details_change_the_number_to_sign_in_with() -> None:
    user, other = citizen(), citizen(phone="13811111111")
    party = party_of(user)
    actions.change_contact(user, party, phone="139 1234 5678", address="新址", at=AT)
    assert queries.user_by_login("13912345678") == user
    assert Party.objects.get(pk=party.pk).address == "新址"
    with pytest.raises(Refused, match="换一个"):
        actions.change_contact(user, party, phone="13811111111", address="", at=AT)
    with pytest.raises(Refused, match="不能修改"):
        actions.change_contact(other, party, phone="13811111112", address="", at=AT)


# --- legal persons and agents ------------------------------------------------------------------------------------


def firm(boss: User, serial: int = 1, name: str = "示例公司") -> Party:
    return actions.create_legal_person(
        boss,
        name=name,
        credit_code=credit_code(serial),
        legal_representative=boss.display_name,
        checker=LocalFake(),
        at=AT,
    )


def test_only_the_legal_representative_registers_the_firm_online() -> None:
    boss, other = citizen(name="王小燕"), citizen(name="李建国")
    given = {"name": "示例公司", "credit_code": credit_code(1), "checker": Register(), "at": AT}
    with pytest.raises(Refused, match="本人办理"):
        actions.create_legal_person(other, legal_representative="王小燕", **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="不一致"):
        actions.create_legal_person(other, legal_representative="李建国", **given)  # type: ignore[arg-type]
    party = actions.create_legal_person(boss, legal_representative="王小燕", **given)  # type: ignore[arg-type]
    assert (party.kind, party.id_number, party.verified_by) == ("legal", credit_code(1), "register")
    with pytest.raises(Refused, match="已是"):
        actions.create_legal_person(boss, legal_representative="王小燕", **given)  # type: ignore[arg-type]


def test_a_new_legal_representative_ends_the_former_ones_power_and_keeps_the_agents() -> None:
    boss, successor, agent = citizen(name="王小燕"), citizen(name="李建国"), citizen(name="赵强")
    party = firm(boss)
    actions.register_agent(party, agent, scope="special", since=ON, until=LATER, by=boss, at=AT)
    assert firm(successor) == party
    party.refresh_from_db()
    assert party.legal_representative == "李建国"
    assert not queries.person_may_act_for(boss, party, ON)
    assert queries.person_may_act_for(successor, party, ON)
    assert queries.person_may_act_for(agent, party, ON)


def test_an_agent_becomes_the_legal_representative() -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国")
    party = firm(boss)
    actions.register_agent(party, agent, scope="general", since=ON, until=LATER, by=boss, at=AT)
    assert firm(agent) == party
    assert queries.person_may_act_for(agent, party, ON, special=True)


def test_who_may_authorise_an_agent() -> None:
    boss, agent, stranger = citizen(name="王小燕"), citizen(name="李建国"), citizen(name="赵强")
    party = firm(boss)
    given = {"scope": "general", "since": ON, "until": LATER, "at": AT}
    actions.register_agent(party, agent, by=boss, **given)  # type: ignore[arg-type]
    for somebody in (stranger, agent, official("case_officer")):
        with pytest.raises(Refused, match="只有本人"):
            actions.register_agent(party, stranger, by=somebody, **given)  # type: ignore[arg-type]
    clerk = official("window_clerk")
    one = actions.register_agent(
        party,
        stranger,
        by=clerk,
        evidence="授权委托书原件",
        **given,  # type: ignore[arg-type]
    )
    assert one.evidence == "授权委托书原件"
    with pytest.raises(Refused, match="已可代表"):
        actions.register_agent(party, agent, by=boss, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "full"},
        {"scope": "anything"},
        {"since": ON - timedelta(days=1)},
        {"until": ON},
    ],
)
def test_an_authority_has_limits(wrong: dict[str, object]) -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国")
    given = {"scope": "general", "since": ON, "until": LATER, **wrong}
    with pytest.raises(Refused):
        actions.register_agent(party_of(boss), agent, by=boss, at=AT, **given)  # type: ignore[arg-type]


def test_officials_and_oneself_are_no_agents() -> None:
    boss = citizen()
    for nobody in (official(), boss):
        with pytest.raises(Refused, match="不能授权"):
            actions.register_agent(party_of(boss), nobody, scope="general", since=ON, until=LATER, by=boss, at=AT)


def test_an_authority_ends_at_once() -> None:
    boss, agent, stranger = citizen(name="王小燕"), citizen(name="李建国"), citizen(name="赵强")
    party = firm(boss)
    one = actions.register_agent(party, agent, scope="general", since=ON, until=LATER, by=boss, at=AT)
    with pytest.raises(Refused, match="不能撤销"):
        actions.end_representation(one, by=stranger, at=AT)
    actions.end_representation(one, by=agent, at=AT)
    assert not queries.person_may_act_for(agent, party, ON)
    with pytest.raises(Refused, match="已经终止"):
        actions.end_representation(one, by=boss, at=AT)
    actions.register_agent(party, agent, scope="general", since=ON, until=LATER, by=boss, at=AT)
    own = Representation.objects.get(user=boss, relation="self")
    with pytest.raises(Refused, match="本人身份"):
        actions.end_representation(own, by=boss, at=AT)
