"""What may be done to officials' accounts and seats, by whom, and what is refused with which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django.fixtures import Settings

from accounts import actions, queries
from accounts.actions import Refused
from accounts.models import AccessEvent, Organisation, User
from tests.accounts.people import (
    AT,
    ON,
    PASSWORD,
    citizen,
    official,
    organisation,
    party_of,
    resident_number,
    seat,
)

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=90)


def events(kind: str) -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(kind=kind))


@pytest.mark.parametrize("username", ["张三", "13800000001", "", "a b", "a@b"])
def test_impossible_user_names(username: str) -> None:
    with pytest.raises(Refused):
        actions.create_staff(username, "张三", at=AT, password=PASSWORD)


def test_accounts_are_made_by_the_system_administrator() -> None:
    system, security = official("system_administrator"), official("security_administrator")
    with pytest.raises(Refused, match="系统管理员"):
        actions.create_staff("new", "新人", at=AT, password=PASSWORD, by=security)
    user = actions.create_staff("New", "新人", at=AT, password=PASSWORD, by=system)
    assert user.username == "new"
    assert user.must_change_password
    with pytest.raises(Refused, match="已被使用"):
        actions.create_staff("new", "新人", at=AT, password=PASSWORD, by=system)


@pytest.mark.parametrize(
    ("role", "kind", "words"),
    [
        ("head_of_government", "department", "不能设在"),
        ("case_officer", "court", "不能设在"),
        ("citizen", "department", "没有这一角色"),
        ("outside_court", "department", "没有这一角色"),
        ("audit_administrator", "department", "管理员账号"),
    ],
)
def test_seats_that_cannot_be(role: str, kind: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        seat(official(), role, organisation(kind=kind))


def test_a_seat_in_a_section_is_judged_by_its_organ() -> None:
    court = organisation(kind="court")
    chamber = organisation(kind="internal_unit", parent=court)
    with pytest.raises(Refused, match="不能设在"):
        seat(official(), "case_officer", chamber)


def test_no_seat_in_an_organ_that_is_gone() -> None:
    with pytest.raises(Refused, match="不存在"):
        seat(official(), "case_officer", organisation(until=date(2019, 1, 1)))


def test_a_seat_twice_and_a_period_backwards_are_refused() -> None:
    user, where = official(), organisation()
    seat(user, "case_officer", where)
    with pytest.raises(Refused, match="在此期间"):
        seat(user, "case_officer", where)
    with pytest.raises(Refused, match="晚于"):
        seat(user, "section_head", where, until=ON)
    with pytest.raises(Refused, match="社会公众"):
        seat(citizen(), "case_officer", where)


def test_an_ended_seat_ends_once() -> None:
    user, where = official(), organisation()
    held = seat(user, "case_officer", where)
    actions.end_seat(held, at=AT)
    assert queries.seats(user, ON) == []
    with pytest.raises(Refused, match="已经终止"):
        actions.end_seat(held, at=AT)
    last = official("audit_administrator").seats.get()
    with pytest.raises(Refused, match="最后一名"):
        actions.end_seat(last, at=AT)


def test_two_administrators_for_every_seat() -> None:
    system, security = official("system_administrator"), official("security_administrator")
    user, where = official(), organisation()
    with pytest.raises(Refused, match="系统管理员"):
        actions.propose_seat(user, "case_officer", where, reason="任命", by=security, at=AT)
    request = actions.propose_seat(user, "case_officer", where, reason="任命", by=system, at=AT)
    assert queries.seats(user, ON) == []
    with pytest.raises(Refused, match="等待审批"):
        actions.propose_seat(user, "case_officer", where, reason="任命", by=system, at=AT)
    for somebody in (system, user, official("audit_administrator")):
        with pytest.raises(Refused, match="安全管理员"):
            actions.decide(request, True, by=somebody, at=AT)
    held = actions.decide(request, True, by=security, at=AT)
    assert queries.seats(user, ON) == [held]
    with pytest.raises(Refused, match="已经审批"):
        actions.decide(request, False, by=security, at=AT, opinion="迟了")
    ending = actions.propose_end(queries.seats(user, ON)[0], on=ON, reason="调离", by=system, at=AT)
    assert queries.seats(user, ON)
    actions.decide(ending, True, by=security, at=AT)
    assert queries.seats(user, ON) == []
    assert [event.actor for event in events("seat_proposed")] == [system, system]


def test_a_refusal_needs_a_reason_and_changes_nothing() -> None:
    system, security = official("system_administrator"), official("security_administrator")
    user = official()
    request = actions.propose_seat(user, "case_officer", organisation(), reason="任命", by=system, at=AT)
    with pytest.raises(Refused, match="写明理由"):
        actions.decide(request, False, by=security, at=AT)
    assert actions.decide(request, False, by=security, at=AT, opinion="文号不符") is None
    assert queries.seats(user, ON) == []


def test_nobody_is_proposed_or_approved_by_oneself() -> None:
    system, security = official("system_administrator"), official("security_administrator")
    other = official("system_administrator")
    where = Organisation.objects.get(seats__user=system)
    with pytest.raises(Refused, match="为自己"):
        actions.propose_end(system.seats.get(), on=ON, reason="", by=system, at=AT)
    request = actions.propose_seat(
        official(kind="administrator"), "security_administrator", where, reason="增员", by=other, at=AT
    )
    actions.decide(request, True, by=security, at=AT)
    own = actions.propose_end(security.seats.get(), on=ON, reason="离任", by=system, at=AT)
    with pytest.raises(Refused, match="涉及自己"):
        actions.decide(own, True, by=security, at=AT)


def test_disabling_and_passwords_are_the_system_administrators() -> None:
    system, security, user = official("system_administrator"), official("security_administrator"), official()
    for act in (
        lambda: actions.disable(user, by=security, reason="", at=AT),
        lambda: actions.enable(user, by=security, at=AT),
        lambda: actions.reset_password(user, by=security, at=AT),
        lambda: actions.remove_second_factor(user, by=system, at=AT),
    ):
        with pytest.raises(Refused, match="只有"):
            act()
    with pytest.raises(Refused, match="自己"):
        actions.disable(system, by=system, reason="", at=AT)
    with pytest.raises(Refused, match="唯一的安全管理员"):
        actions.disable(security, by=system, reason="", at=AT)
    with pytest.raises(Refused, match="自己"):
        actions.remove_second_factor(security, by=security, at=AT)
    with pytest.raises(Refused, match="不能重置"):
        actions.reset_password(citizen(), by=system, at=AT)
    actions.disable(user, by=system, reason="调离", at=AT)
    assert not User.objects.get(pk=user.pk).is_active
    actions.enable(user, by=system, at=AT)
    assert User.objects.get(pk=user.pk).is_active


def test_a_temporary_password_is_sound_and_must_be_changed() -> None:
    from django.contrib.auth.password_validation import validate_password

    system, user = official("system_administrator"), official()
    passwords = {actions.reset_password(user, by=system, at=AT) for _ in range(5)}
    assert len(passwords) == 5
    user.refresh_from_db()
    assert user.must_change_password
    assert sum(user.check_password(one) for one in passwords) == 1
    for one in passwords:
        validate_password(one, official())
    actions.change_password(user, PASSWORD + "x", at=AT)
    assert not user.must_change_password


def test_delegation_stays_within_the_organ() -> None:
    where = organisation()
    head, officer, outsider = official("head_of_organ", where), official("case_officer", where), official("expert")
    held = officer.seats.get()
    given = {"since": ON, "until": LATER, "reason": "休假", "at": AT}
    with pytest.raises(Refused, match="本机关"):
        actions.delegate(held, outsider, by=officer, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="本人或者机关负责人"):
        actions.delegate(held, head, by=outsider, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="期限"):
        actions.delegate(held, head, by=officer, **{**given, "until": ON})  # type: ignore[arg-type]
    one = actions.delegate(held, head, by=head, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="已授权"):
        actions.delegate(held, head, by=officer, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="不能撤销"):
        actions.revoke_delegation(one, by=outsider, at=AT)
    actions.revoke_delegation(one, by=officer, at=AT)
    assert not queries.holds(head, "case_officer", where, ON)
    system = official("system_administrator")
    with pytest.raises(Refused, match="管理员的职权"):
        actions.delegate(system.seats.get(), officer, by=system, **given)  # type: ignore[arg-type]


def test_certificates_are_suspended_and_withdrawn() -> None:
    user = official()
    one = actions.issue_credential(user, "enforcement", "E-1", issuer="市政府", valid_from=ON, at=AT)
    with pytest.raises(Refused, match="已登记"):
        actions.issue_credential(official(), "enforcement", "E-1", issuer="市政府", valid_from=ON, at=AT)
    actions.suspend_credential(one, since=ON, until=LATER, at=AT)
    assert queries.credential(user, "enforcement", ON) is None
    assert queries.credential(user, "enforcement", LATER) == one
    actions.revoke_credential(one, on=LATER, at=AT)
    assert queries.credential(user, "enforcement", LATER) is None
    assert len(events("credential_changed")) == 2


def test_clear_data_needs_a_reason_is_recorded_and_rationed(settings: Settings) -> None:
    settings.REVEALS_AN_HOUR = 2
    party, officer = party_of(citizen(id_number=resident_number(3))), official("case_officer")
    with pytest.raises(Refused, match="理由"):
        actions.reveal(party, by=officer, reason=" ", at=AT)
    assert actions.reveal(party, by=officer, reason="核对送达地址", at=AT).id_number == resident_number(3)
    actions.reveal(party, by=officer, reason="核对送达地址", at=AT)
    with pytest.raises(Refused, match="上限"):
        actions.reveal(party, by=officer, reason="再看一次", at=AT)
    actions.reveal(party, by=officer, reason="一小时后", at=AT + timedelta(hours=1, seconds=1))
    assert [event.detail["reason"] for event in events("personal_data_read")] == [
        "一小时后",
        "核对送达地址",
        "核对送达地址",
    ]
