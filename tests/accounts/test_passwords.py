"""What a password must be; both branches of the switch between 等保 and ASVS."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from accounts import passwords
from accounts.models import User
from tests.accounts.people import AT

PERSON = User(username="wangxy", kind="person", display_name="王小燕", phone="13800001234", email="wang@example.com")
OFFICIAL = User(username="zhangming", kind="staff", display_name="张明")


def codes(password: str, user: User) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code or "" for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Short-1aB", "password_too_short"),
        ("password1234", "password_too_common"),
        ("Dongcheng-lamp-77", "password_context"),
        ("我爱北京天安门门门门门", "password_context"),
        ("ｄｏｎｇｃｈｅｎｇ-lamp-77", "password_context"),
        ("wang@example.com", "password_too_similar"),
        ("13800001234-", "password_too_similar"),
    ],
)
def test_refused_passwords(password: str, code: str) -> None:
    assert code in codes(password, PERSON)


@pytest.mark.parametrize("password", ["correct horse battery", "一盏胡同里的旧路灯还亮着呢", "x7" * 40])
def test_long_passwords_of_any_kind_are_welcome_to_citizens(password: str) -> None:
    assert codes(password, PERSON) == set()


def test_the_switch_for_officials(settings: Settings) -> None:
    settings.OFFICIAL_PASSWORD_RULES = True
    assert codes("correct horse battery", OFFICIAL) == {"password_simple"}
    assert codes("correct horse battery", PERSON) == set()
    assert codes("Correct horse battery", OFFICIAL) == set()
    settings.OFFICIAL_PASSWORD_RULES = False
    assert codes("correct horse battery", OFFICIAL) == set()


@given(st.text(st.characters(categories=["Ll", "Nd"]), min_size=1, max_size=30))
def test_two_kinds_of_signs_are_never_enough_for_officials(password: str) -> None:
    with pytest.raises(ValidationError):
        passwords.OfficialComplexity().validate(password, OFFICIAL)


@given(st.text(st.characters(categories=["Ll", "Nd"]), max_size=30))
def test_three_kinds_of_signs_are_enough_for_officials(password: str) -> None:
    passwords.OfficialComplexity().validate(password + "aA-", OFFICIAL)


@pytest.mark.django_db
def test_the_present_password_is_not_a_new_one() -> None:
    user = User.objects.create(username="u", kind="person", display_name="某", created_at=AT)
    user.set_password("correct horse battery")
    assert codes("correct horse battery", user) == {"password_same"}
    assert codes("correct horse battery 2", user) == set()


def test_officials_change_passwords_in_time(settings: Settings) -> None:
    settings.OFFICIAL_PASSWORD_DAYS = 90
    user = User(kind="staff", password_changed_at=AT)
    assert not passwords.must_change(user, AT + timedelta(days=89))
    assert passwords.must_change(user, AT + timedelta(days=90))
    assert not passwords.must_change(User(kind="staff", password_changed_at=AT, is_demo=True), AT + timedelta(days=900))
    settings.OFFICIAL_PASSWORD_RULES = False
    assert not passwords.must_change(user, AT + timedelta(days=90))
    user.must_change_password = True
    assert passwords.must_change(user, AT)
    assert not passwords.must_change(User(kind="person", password_changed_at=AT), AT + timedelta(days=900))


def test_each_rule_says_what_it_asks() -> None:
    for rule in (passwords.ContextWords(), passwords.OfficialComplexity(), passwords.NotTheSame()):
        assert rule.get_help_text().endswith("。")
