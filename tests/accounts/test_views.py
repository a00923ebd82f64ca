"""Pages of citizens: registering, one's own data, entities, agents, and in whose name one acts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import actions, queries
from accounts.models import AccessEvent, Party, Representation, Tally, User
from accounts.realname import LocalFake
from accounts.views.profile import months_later
from tests.accounts.people import (
    PASSWORD,
    citizen,
    credit_code,
    official,
    party_of,
    resident_number,
    sign_in,
)

pytestmark = pytest.mark.django_db

REGISTRATION = {
    "name": "王小燕",
    "id_kind": "resident_id",
    "id_number": resident_number(8),
    "phone": "138 1234 5678",
    "email": "",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "consent": "on",
}


def today() -> date:
    return timezone.localdate()


def firm(boss: User) -> Party:
    return actions.create_legal_person(
        boss,
        name="示例公司",
        credit_code=credit_code(1),
        legal_representative=boss.display_name,
        checker=LocalFake(),
        at=timezone.now(),
    )


def agent_of(party: Party, boss: User, agent: User, scope: str = "general") -> Representation:
    until = today() + timedelta(days=30)
    return actions.register_agent(party, agent, scope=scope, since=today(), until=until, by=boss, at=timezone.now())


# --- registering -------------------------------------------------------------------------------------------------


def test_registering_says_that_the_check_is_a_fake(client: Client) -> None:
    page = client.get("/accounts/register/").content.decode()
    assert LocalFake.notice in page
    assert client.post("/accounts/register/", REGISTRATION).status_code == 302
    user = queries.user_by_login("13812345678")
    assert user
    assert party_of(user).id_number == resident_number(8)
    assert client.post("/accounts/login/", {"login": "13812345678", "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id_number": "110105194912310021"}, "核对每一位数字"),
        ({"id_kind": "taiwan_pass"}, "8位数字"),
        ({"phone": "12345"}, "11位"),
        ({"password2": "another"}, "不一致"),
        ({"password1": "short"}, "12"),
        ({"password1": "dongcheng-2026-x", "password2": "dongcheng-2026-x"}, "名称"),
        ({"password1": "13812345678a", "password2": "13812345678a"}, "手机"),
        ({"consent": ""}, "同意后勾选"),
        ({"name": ""}, "请填写姓名"),
        ({"id_kind": "credit_code"}, "证件类型"),
    ],
)
def test_registration_explains_each_mistake(client: Client, change: dict[str, str], words: str) -> None:
    response = client.post("/accounts/register/", {**REGISTRATION, **change})
    assert words in response.content.decode()
    assert not User.objects.exists()


def test_registration_is_closed_without_a_register(client: Client, settings: Settings) -> None:
    settings.REAL_NAME_CHECK = "accounts.realname.NotConnected"
    response = client.post("/accounts/register/", REGISTRATION)
    assert "尚未接通" in response.content.decode()
    assert not User.objects.exists()


def test_registering_by_the_dozen_is_stopped(client: Client) -> None:
    for number in range(25):
        response = client.post("/accounts/register/", {**REGISTRATION, "phone": str(number)})
    assert response.status_code == 429
    assert "次数超过了上限" in response.content.decode()
    Tally.objects.all().delete()
    assert client.post("/accounts/register/", REGISTRATION).status_code == 302


def test_passwords_are_never_sent_back(client: Client) -> None:
    page = client.post("/accounts/register/", {**REGISTRATION, "phone": "1"}).content.decode()
    assert PASSWORD not in page


# --- one's own account -------------------------------------------------------------------------------------------


def test_personal_data_is_masked(client: Client) -> None:
    user = citizen(id_number=resident_number(8), phone="13812345678", address="北京市东城区示例胡同1号")
    page = sign_in(client, user).get("/accounts/").content.decode()
    for clear in (resident_number(8), "13812345678", "示例胡同"):
        assert clear not in page
    for masked in (resident_number(8)[:3] + "*" * 11 + resident_number(8)[-4:], "138****5678", "北京市东城区******"):
        assert masked in page


def test_an_officials_page_shows_seats_and_certificates(client: Client) -> None:
    user = official("case_officer", name="张明")
    actions.issue_credential(
        user, "enforcement", "E-77", issuer="北京市人民政府", valid_from=today(), at=timezone.now()
    )
    page = sign_in(client, user).get("/accounts/").content.decode()
    assert "承办人" in page
    assert "E-77" in page
    assert "个人信息" not in page


def test_the_number_of_questions_does_not_grow(client: Client) -> None:
    boss = citizen()
    sign_in(client, boss)
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as few:
        client.get("/accounts/")
    for serial in range(2, 7):
        actions.create_legal_person(
            boss,
            name=f"公司{serial}",
            credit_code=credit_code(serial),
            legal_representative=boss.display_name,
            checker=LocalFake(),
            at=timezone.now(),
        )
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as many:
        client.get("/accounts/")
    assert len(many) == len(few)


def test_contact_details_can_be_changed_for_whom_one_may_bind(client: Client) -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国")
    party = firm(boss)
    agent_of(party, boss, agent)
    new = {"phone": "010-12345678", "email": "", "address": "新址"}
    own = reverse("accounts:contact", args=[party.pk])
    assert sign_in(Client(), agent).post(own, new).status_code == 404
    page = sign_in(client, boss)
    assert "请填写" not in page.get(own).content.decode()
    assert page.post(own, {**new, "phone": "1"}).status_code == 200
    assert page.post(own, new).status_code == 302
    assert Party.objects.get(pk=party.pk).phone == "01012345678"
    assert page.get(reverse("accounts:contact", args=[party_of(agent).pk])).status_code == 404


# --- entities and agents -----------------------------------------------------------------------------------------


def test_a_legal_representative_registers_the_entity(client: Client) -> None:
    boss = citizen(name="王小燕")
    sign_in(client, boss)
    page = client.get(reverse("accounts:register_entity")).content.decode()
    assert LocalFake.notice in page
    given = {"name": "示例公司", "credit_code": credit_code(1), "phone": "010-12345678", "address": "东城区"}
    wrong = client.post(reverse("accounts:register_entity"), {**given, "credit_code": "1"})
    assert "18位" in wrong.content.decode()
    assert client.post(reverse("accounts:register_entity"), given).status_code == 302
    (party,) = Party.objects.filter(kind="legal")
    assert queries.person_may_act_for(boss, party, today(), special=True)
    assert "已是" in client.post(reverse("accounts:register_entity"), given).content.decode()


def test_officials_have_no_business_there(client: Client) -> None:
    sign_in(client, official("case_officer"))
    assert client.get(reverse("accounts:register_entity")).status_code == 404


def test_an_agent_is_authorised_and_dismissed(client: Client) -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国", phone="13900000002")
    party = firm(boss)
    sign_in(client, boss)
    address = reverse("accounts:authorise", args=[party.pk])
    given = {"name": "李建国", "phone": "13900000002", "scope": "special", "months": "6"}
    for wrong in ({"name": "李建"}, {"phone": "13900000003"}):
        assert "没有找到" in client.post(address, {**given, **wrong}).content.decode()
    assert client.post(address, {**given, "scope": "full"}).status_code == 200
    assert client.post(address, given).status_code == 302
    assert queries.person_may_act_for(agent, party, today(), special=True)
    one = Representation.objects.get(user=agent, party=party)
    assert one.until == months_later(today(), 6)
    listed = client.get(reverse("accounts:representations")).content.decode()
    assert "李建国" in listed
    revoke = reverse("accounts:revoke", args=[one.pk])
    assert client.get(revoke).status_code == 200
    assert queries.person_may_act_for(agent, party, today())
    client.post(revoke)
    assert not queries.person_may_act_for(agent, party, today())


def test_others_authorities_do_not_exist_for_strangers(client: Client) -> None:
    boss, agent, stranger = citizen(name="王小燕"), citizen(name="李建国"), citizen(name="赵强")
    party = firm(boss)
    one = agent_of(party, boss, agent, "special")
    page = sign_in(client, stranger)
    assert page.get(reverse("accounts:revoke", args=[one.pk])).status_code == 404
    assert page.post(reverse("accounts:revoke", args=[one.pk])).status_code == 404
    assert page.get(reverse("accounts:authorise", args=[party.pk])).status_code == 404
    assert "示例公司" not in page.get(reverse("accounts:representations")).content.decode()
    own = Representation.objects.get(user=stranger)
    assert page.get(reverse("accounts:revoke", args=[own.pk])).status_code == 404
    agents = sign_in(Client(), agent)
    assert agents.get(reverse("accounts:authorise", args=[party.pk])).status_code == 200
    given = {"name": "赵强", "phone": stranger.phone, "scope": "general", "months": "6"}
    assert "只有本人" in agents.post(reverse("accounts:authorise", args=[party.pk]), given).content.decode()
    agents.post(reverse("accounts:revoke", args=[one.pk]))
    assert not queries.person_may_act_for(agent, party, today())


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


# --- in whose name -----------------------------------------------------------------------------------------------


def test_one_acts_for_oneself_until_another_party_is_chosen(client: Client) -> None:
    boss, agent = citizen(name="王小燕"), citizen(name="李建国")
    party = firm(boss)
    one = agent_of(party, boss, agent)
    sign_in(client, agent)
    assert client.get("/api/v1/me").json()["acting_party"] == party_of(agent).pk
    choose = reverse("accounts:choose_identity")
    assert client.get(choose).status_code == 405
    assert client.post(choose, {"party": str(party.pk), "next": "https://evil.example/"}).url == "/accounts/"  # type: ignore
    assert client.get("/api/v1/me").json()["acting_party"] == party.pk
    assert "办事身份：示例公司" in client.get("/accounts/").content.decode()
    actions.end_representation(one, by=boss, at=timezone.now())
    assert client.get("/api/v1/me").json()["acting_party"] == party_of(agent).pk
    assert AccessEvent.objects.filter(kind="identity_chosen", user=agent).count() == 1


@pytest.mark.parametrize("value", ["", "x", "999999", "-1"])
def test_nobody_acts_for_whom_they_may_not(client: Client, value: str) -> None:
    sign_in(client, citizen())
    stranger = party_of(citizen(name="赵强"))
    choose = reverse("accounts:choose_identity")
    assert client.post(choose, {"party": value or str(stranger.pk)}).status_code == 404


# --- the API -----------------------------------------------------------------------------------------------------


def test_me(client: Client) -> None:
    assert client.get("/api/v1/me").status_code == 403
    user = official("case_officer", phone="13812345678")
    sign_in(client, user)
    said = client.get("/api/v1/me").json()
    assert (said["username"], said["kind"], said["phone"]) == (user.username, "staff", "138****5678")
    assert [(seat["role"], seat["role_label"]) for seat in said["seats"]] == [("case_officer", "承办人")]
    assert said["parties"] == []
    assert said["acting_party"] is None
