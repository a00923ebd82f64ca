"""Who reads personal data is on record for good before anything is shown, whatever happens to the request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import actions
from accounts.models import AccessEvent, Party
from accounts.request_number import current
from casework.queries import audit
from tests.accounts.people import citizen, official, party_of

REGISTER = "read_log"
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", REGISTER])


@pytest.fixture(autouse=True)
def real_register(settings: Settings) -> None:
    settings.READ_LOG_DATABASE = REGISTER


def looks() -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(kind=AccessEvent.Kind.PERSONAL_DATA_READ).order_by("pk"))


def look(party: Party, by: Any) -> actions.Revealed:
    given: dict[str, Any] = {"at": timezone.now(), "source": "192.0.2.7", "subject": "case:7"}
    return actions.reveal(party, by=by, reason="核对送达地址", **given)


def fails_after_reading(request: HttpRequest) -> HttpResponse:
    party = Party.objects.get(pk=request.GET["party"])
    with transaction.atomic():
        look(party, request.official)  # type: ignore[attr-defined]
        raise ArithmeticError("after the data was read")


def test_the_register_is_kept_by_the_role_that_works() -> None:
    with connections[REGISTER].cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == (configured.DATABASE_APP_ROLE, connection.settings_dict["NAME"])
    assert connection.settings_dict["USER"] != configured.DATABASE_APP_ROLE


def test_a_request_that_fails_after_reading_leaves_its_line() -> None:
    officer, party = official("case_officer"), party_of(citizen())
    request = RequestFactory().get("/fails/", {"party": party.pk})
    request.official = officer  # type: ignore[attr-defined]
    number = current.set("0123456789abcdef")
    with pytest.raises(ArithmeticError):
        fails_after_reading(request)
    current.reset(number)
    (line,) = looks()
    assert (line.actor_id, line.subject, line.detail["party"], line.detail["reason"]) == (
        officer.pk, "case:7", party.pk, "核对送达地址",
    )  # fmt: skip
    assert (line.source, line.request) == ("192.0.2.7", "0123456789abcdef")
    assert audit.faults() == []


def test_a_change_that_is_rolled_back_takes_its_own_line_with_it_but_not_the_look() -> None:
    """Both in one transaction: they are in different lanes, so neither waits for the other."""
    officer, party = official("case_officer"), party_of(citizen())
    before = AccessEvent.objects.count()
    with transaction.atomic():
        actions.record(AccessEvent.Kind.PROFILE_CHANGED, timezone.now(), actor=officer, user=officer)
        look(party, officer)
        transaction.set_rollback(True)
    assert AccessEvent.objects.count() == before + 1
    assert len(looks()) == 1
    assert audit.faults() == []


def test_where_the_register_cannot_be_written_nothing_is_shown(settings: Settings) -> None:
    officer, party = official("case_officer"), party_of(citizen())
    database = connections[REGISTER]
    database.close()
    honest = database.settings_dict["PASSWORD"]
    database.settings_dict["PASSWORD"] = "wrong"
    try:
        with pytest.raises(OperationalError):
            look(party, officer)
    finally:
        database.settings_dict["PASSWORD"] = honest
    assert looks() == []
    assert look(party, officer).id_number == party.id_number


def test_a_read_that_the_database_refuses_shows_nothing() -> None:
    officer, party = official("case_officer"), party_of(citizen())
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE INSERT ON accounts_accessevent FROM {configured.DATABASE_APP_ROLE}")
    try:
        with pytest.raises(DatabaseError, match="permission denied"):
            look(party, officer)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT INSERT ON accounts_accessevent TO {configured.DATABASE_APP_ROLE}")


def test_the_ration_holds_against_many_at_once(settings: Settings) -> None:
    """Ten threads with a ration of three: three looks, seven refusals, three lines."""
    settings.REVEALS_AN_HOUR = 3
    officer, party = official("case_officer"), party_of(citizen())

    def try_once(number: int) -> bool:
        try:
            look(party, officer)
        except actions.Refused:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(try_once, range(10)))
    assert (results.count(True), len(looks())) == (3, 3)
