"""Commands on the server."""

from __future__ import annotations

import io
import sys

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation, User
from tests.accounts.people import PASSWORD

pytestmark = pytest.mark.django_db


def create(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    call_command("create_staff", *arguments)


def test_the_organs_are_loaded_again_and_again(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_organisations")
    first = capsys.readouterr().out
    call_command("load_organisations")
    assert capsys.readouterr().out == first
    assert first.startswith(f"{Organisation.objects.count()} organisations")


def test_the_first_administrators_are_made_on_the_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_organisations")
    create(monkeypatch, "Zhao", "赵一", "--role", "system_administrator", "--organisation", "DC-ZFJ")
    user = User.objects.get(username="zhao")
    assert (user.kind, user.must_change_password) == ("administrator", True)
    assert user.seats.get().organisation.code == "DC-ZFJ"
    assert PASSWORD not in capsys.readouterr().out
    create(monkeypatch, "zhang", "张明", "--role", "case_officer", "--organisation", "DC-SCJ")
    assert User.objects.get(username="zhang").kind == "staff"


@pytest.mark.parametrize(
    ("role", "organisation", "password"),
    [
        ("case_officer", "NOWHERE", PASSWORD),
        ("case_officer", "DC-FY", PASSWORD),
        ("case_officer", "DC-SCJ", "short"),
        ("case_officer", "DC-SCJ", "onlysmallletters"),
    ],
)
def test_a_refused_account_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, role: str, organisation: str, password: str
) -> None:
    call_command("load_organisations")
    with pytest.raises(CommandError):
        create(monkeypatch, "zhang", "张明", "--role", role, "--organisation", organisation, password=password)
    assert not User.objects.exists()
