"""The public directory of organs on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.actions import load_organisations
from accounts.models import Organisation, OrganisationDuty, ServicePoint
from powerlist.queries import organs

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def district() -> None:
    load_organisations()


def names(on: date) -> dict[str, str]:
    return {entry.code: entry.name for _, found in organs.directory(on) for entry in found}


def test_the_directory_is_the_one_of_the_day() -> None:
    now, before = names(TODAY), names(date(2018, 6, 1))
    assert now["DC-STJ"] == "北京市东城区生态环境局"
    assert before["DC-STJ"] == "北京市东城区环境保护局"
    assert "DC-GSJ" in before
    assert "DC-GSJ" not in now
    assert "DC-SCJ-FZ" not in now
    assert "SQ-TT-1-W" not in now


def test_a_duty_counts_from_the_day_its_provision_does() -> None:
    def duties(on: date) -> list[str]:
        page = organs.organ("110101001", on)
        assert page
        return [duty.basis for duty in page.duties]

    assert duties(date(2019, 12, 31)) == []
    assert len(duties(date(2020, 1, 1))) == 7
    assert all("街道办事处条例" in basis for basis in duties(TODAY))


def test_no_duty_twice_on_a_day_and_no_telephone_without_its_source() -> None:
    duty = OrganisationDuty.objects.filter(organisation__code="DC-SFJ").earliest("order")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationDuty.objects.create(organisation=duty.organisation, order=duty.order, text="又", since=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(code="DC-SFJ").update(phone="010-1")
    Organisation.objects.filter(code="DC-SFJ").update(phone="010-1", phone_source="示例来源")


def test_the_tree_leads_from_the_district_to_the_stations() -> None:
    root = organs.chart(TODAY)
    assert root
    streets = [node for node in root.below if node.kind == "街道办事处"]
    assert len(streets) == 17
    street = next(node for node in streets if node.name == "东华门街道")
    community = next(node for node in street.below if node.kind == "社区居民委员会")
    assert [node.kind for node in community.below] == ["社区服务站"]
    assert any(node.kind == "街道政务服务大厅" for node in street.below)
    assert organs.chart(date(2010, 6, 30)) is None


def test_the_number_of_queries_does_not_depend_on_the_number_of_organs(django_assert_num_queries: Any) -> None:
    street = Organisation.objects.get(code="110101001")
    Organisation.objects.bulk_create(
        Organisation(code=f"C{n}", name=f"社区{n}", short_name=f"社区{n}", kind="community", parent=street)
        for n in range(50)
    )
    ServicePoint.objects.bulk_create(
        ServicePoint(code=f"P{n}", name=f"站{n}", kind="community_station", organisation=street, since=TODAY)
        for n in range(50)
    )
    with django_assert_num_queries(2):
        organs.directory(TODAY)
    with django_assert_num_queries(3):
        organs.chart(TODAY)
    with django_assert_num_queries(8):
        organs.organ("110101001", TODAY)


def test_the_pages_tell_what_was_on_the_day(client: Client) -> None:
    page = client.get("/organs/DC-FZB/").content.decode()
    assert "2019年1月1日" in page
    assert "北京市东城区司法局" in page
    assert "环境保护局" in client.get("/organs/?on=2018-06-01").content.decode()
    assert "依据" in client.get("/organs/DC-SFJ/").content.decode()
    assert client.get("/organs/map/?on=2005-01-01").status_code == 200
    assert client.get("/organs/NO-SUCH/").status_code == 404
    assert client.get("/organs/DC-SCJ-FZ/").status_code == 404


@pytest.mark.parametrize("typed", ["2999-01-01", "2018-13-45", "昨天"])
def test_a_day_that_is_none_is_said_and_the_list_is_that_of_today(client: Client, typed: str) -> None:
    answer = client.get("/organs/", {"on": typed})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "govuk-error-message" in page
    assert typed in page
    assert "北京市东城区生态环境局" in page


def test_programs_read_the_same(client: Client) -> None:
    listed = {one["code"]: one for one in client.get("/api/v1/organs/?on=2018-06-01").json()}
    assert listed["DC-STJ"]["present"] == "北京市东城区生态环境局"
    one = client.get("/api/v1/organs/DC-FZB/").json()
    assert (one["until"], one["successor"]) == ("2019-01-01", "DC-SFJ")
    assert client.get("/api/v1/organs/?on=x").status_code == 400
    assert client.get("/api/v1/organs/none/").status_code == 404
