"""The three administrators' pages: each does one part, none does another's, nobody else does any."""

from __future__ import annotations

import itertools
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import actions, queries
from accounts.models import AccessEvent, Organisation, SeatRequest, User
from tests.accounts.people import PASSWORD, citizen, official, organisation, sign_in

pytestmark = pytest.mark.django_db
SYSTEM, SECURITY, AUDIT = "system_administrator", "security_administrator", "audit_administrator"


class Office:
    """The three administrators and others with their browsers; an officer with a seat, and a proposal that waits."""

    def __init__(self) -> None:
        now = timezone.now()
        self.where = organisation()
        self.people = {role: official(role, self.where, at=now) for role in (SYSTEM, SECURITY, AUDIT)}
        self.people["case_officer"] = official("case_officer", self.where, at=now)
        self.people["citizen"] = citizen()
        self.clients = {role: sign_in(Client(), user) for role, user in self.people.items()}
        self.clients["nobody"] = Client()
        self.officer = official("case_officer", self.where, at=now)
        self.request = actions.propose_seat(
            self.officer, "section_head", self.where, reason="任命", by=self.people[SYSTEM], at=now
        )

    def __getitem__(self, role: str) -> Client:
        return self.clients[role]


@pytest.fixture
def office() -> Office:
    return Office()


# Which page opens to whom: the policy, written out.
PAGES = {
    "manage": {SYSTEM, SECURITY, AUDIT},
    "manage_users": {SYSTEM, SECURITY},
    "manage_create_user": {SYSTEM},
    "manage_user": {SYSTEM, SECURITY},
    "manage_propose": {SYSTEM},
    "manage_propose_end": {SYSTEM},
    "manage_requests": {SYSTEM, SECURITY},
    "manage_decide": {SECURITY},
    "manage_events": {AUDIT},
    "disable": {SYSTEM},
    "enable": {SYSTEM},
    "password": {SYSTEM},
    "factor": {SECURITY},
}


def address(page: str, office: Office) -> str:
    arguments = {
        "manage_user": [office.officer.pk],
        "manage_propose": [office.officer.pk],
        "manage_propose_end": [office.officer.seats.get().pk],
        "manage_decide": [office.request.pk],
    }
    if page in {"disable", "enable", "password", "factor"}:
        return reverse("accounts:manage_act", args=[office.officer.pk, page])
    return reverse(f"accounts:{page}", args=arguments.get(page))


def test_every_management_address_has_a_row_in_the_policy() -> None:
    from accounts.urls import urlpatterns

    names = {str(pattern.name) for pattern in urlpatterns if str(pattern.name).startswith("manage")}
    assert names == {page for page in PAGES if page.startswith("manage")} | {"manage_act"}


def test_each_page_opens_to_its_administrators_only(office: Office) -> None:
    for page, role in itertools.product(PAGES, office.clients):
        for method in ("get", "post"):
            response = getattr(office[role], method)(address(page, office), {})
            if role == "nobody":
                assert response.url.startswith("/accounts/login/"), (page, role, method)
            elif role in PAGES[page]:
                assert response.status_code in {200, 302, 405}, (page, role, method)
            else:
                assert response.status_code in {403, 405}, (page, role, method)


def test_administrators_start_at_their_own_page(office: Office) -> None:
    starts = {role: office[role].get(reverse("accounts:manage")).url for role in (SYSTEM, SECURITY, AUDIT)}  # type: ignore
    assert starts == {
        SYSTEM: reverse("accounts:manage_users"),
        SECURITY: reverse("accounts:manage_requests"),
        AUDIT: reverse("accounts:manage_events"),
    }


def test_an_account_and_its_seat_take_two_people(office: Office) -> None:
    new = {"username": "chen", "name": "陈静", "kind": "staff", "staff_number": "N-900", "phone": ""}
    page = office[SYSTEM].post(reverse("accounts:manage_create_user"), new).content.decode()
    shown = re.search(r'id="temporary-password">([^<]+)<', page)
    assert shown
    user = User.objects.get(username="chen")
    assert user.check_password(shown[1])
    assert user.must_change_password
    assert "已被使用" in office[SYSTEM].post(reverse("accounts:manage_create_user"), new).content.decode()
    seat = {
        "organisation": office.where.pk,
        "role": "case_officer",
        "since": str(timezone.localdate()),
        "until": "",
        "reason": "东人社任〔2026〕1号",
    }
    propose = reverse("accounts:manage_propose", args=[user.pk])
    assert "角色" in office[SYSTEM].get(propose).content.decode()
    assert office[SYSTEM].post(propose, {**seat, "role": AUDIT}).status_code == 200
    assert office[SYSTEM].post(propose, seat).status_code == 302
    assert queries.seats(user, timezone.localdate()) == []
    request = SeatRequest.objects.get(user=user)
    assert "陈静" in office[SECURITY].get(reverse("accounts:manage_requests")).content.decode()
    decide = reverse("accounts:manage_decide", args=[request.pk])
    assert "东人社任〔2026〕1号" in office[SECURITY].get(decide).content.decode()
    assert "写明理由" in office[SECURITY].post(decide, {"decision": "refuse", "opinion": ""}).content.decode()
    assert office[SECURITY].post(decide, {"decision": "approve", "opinion": ""}).status_code == 302
    assert [one.role for one in queries.seats(user, timezone.localdate())] == ["case_officer"]
    assert office[SECURITY].post(decide, {"decision": "approve", "opinion": ""}).status_code == 404


def test_a_seat_is_ended_by_two_people(office: Office) -> None:
    held = office.officer.seats.get()
    end = reverse("accounts:manage_propose_end", args=[held.pk])
    office[SYSTEM].post(end, {"on": str(timezone.localdate()), "reason": "调离"})
    held.refresh_from_db()
    assert held.until is None
    request = SeatRequest.objects.get(ends=held)
    office[SECURITY].post(reverse("accounts:manage_decide", args=[request.pk]), {"decision": "approve"})
    held.refresh_from_db()
    assert held.until == timezone.localdate()


def test_acts_on_accounts_ask_first_and_then_do_it(office: Office) -> None:
    def act(role: str, what: str, **data: str) -> str:
        return office[role].post(reverse("accounts:manage_act", args=[office.officer.pk, what]), data).content.decode()

    actions.enrol_second_factor(office.officer, "JBSWY3DPEHPK3PXP", at=timezone.now())
    assert "请填写理由" in act(SYSTEM, "disable", reason="")
    assert User.objects.get(pk=office.officer.pk).is_active
    act(SYSTEM, "disable", reason="离职")
    assert not User.objects.get(pk=office.officer.pk).is_active
    assert "停用" in office[SYSTEM].get(reverse("accounts:manage_user", args=[office.officer.pk])).content.decode()
    act(SYSTEM, "enable")
    assert User.objects.get(pk=office.officer.pk).is_active
    shown = re.search(r'id="temporary-password">([^<]+)<', act(SYSTEM, "password"))
    assert shown
    assert User.objects.get(pk=office.officer.pk).check_password(shown[1])
    act(SECURITY, "factor")
    assert not office.officer.authenticator_set.exists()  # type: ignore[attr-defined]


def test_an_administrator_cannot_end_the_own_account(office: Office) -> None:
    own = reverse("accounts:manage_act", args=[office.people[SYSTEM].pk, "disable"])
    assert "不能停用自己的账号" in office[SYSTEM].post(own, {"reason": "离职"}).content.decode()
    last = reverse("accounts:manage_act", args=[office.people[SECURITY].pk, "disable"])
    assert "唯一的安全管理员" in office[SYSTEM].post(last, {"reason": "离职"}).content.decode()


def test_citizens_are_found_by_their_exact_name_only(office: Office) -> None:
    user = office.people["citizen"]
    search = reverse("accounts:manage_users")
    assert user.username not in office[SYSTEM].get(search).content.decode()
    assert user.username not in office[SYSTEM].get(search, {"q": user.display_name}).content.decode()
    assert f">{user.username}<" in office[SYSTEM].get(search, {"q": user.username}).content.decode()
    assert f">{office.officer.username}<" in office[SYSTEM].get(search, {"q": "张明"}).content.decode()


def test_the_register_is_read_page_by_page_and_filtered(office: Office) -> None:
    for number in range(60):
        actions.record(AccessEvent.Kind.PROFILE_CHANGED, timezone.now(), user=office.officer, number=str(number))
    events = reverse("accounts:manage_events")
    seen: list[str] = []
    query = "kind=profile_changed"
    while query:
        page = office[AUDIT].get(f"{events}?{query}")
        seen += [row.detail["number"] for row in page.context["rows"]]
        query = page.context["older"]
    assert seen == [str(number) for number in reversed(range(60))]
    by_account = office[AUDIT].get(events, {"account": office.officer.username, "kind": "seat_granted"})
    assert [row.user for row in by_account.context["rows"]] == [office.officer]
    assert "承办人" in by_account.content.decode()
    future = office[AUDIT].get(events, {"since": "2099年1月1日"})
    assert future.context["rows"] == []
    assert office[AUDIT].get(events, {"until": "2000-01-01"}).context["rows"] == []
    Client().post("/accounts/login/", {"login": "13912345678", "password": "wrong"})
    typed = office[AUDIT].get(events, {"account": "13912345678"})
    assert [row.kind for row in typed.context["rows"]] == ["sign_in_failed"]


def test_the_number_of_questions_does_not_grow(office: Office) -> None:
    def cost() -> list[int]:
        found = []
        for role, page in ((SYSTEM, "manage_users"), (SECURITY, "manage_requests"), (AUDIT, "manage_events")):
            with CaptureQueriesContext(connection) as questions:
                office[role].get(address(page, office))
            found.append(len(questions))
        return found

    cost()
    before = cost()
    for _ in range(5):
        user = official("case_officer", office.where, at=timezone.now())
        section = Organisation.objects.create(
            code=f"{office.where.code}-{user.pk}", name="科", short_name="科", kind="internal_unit", parent=office.where
        )
        given = {"reason": "任命", "by": office.people[SYSTEM], "at": timezone.now()}
        actions.propose_seat(user, "section_head", section, **given)  # type: ignore[arg-type]
    cost()
    assert cost() == before


def test_signing_in_leads_administrators_to_their_registers() -> None:
    user = official(AUDIT, at=timezone.now())
    client = Client()
    response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    assert response.url == reverse("accounts:manage")  # type: ignore[attr-defined]
