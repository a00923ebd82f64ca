"""Paper and certificates go from place to place: by two people, one after the other, each hand-over on record."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Seat, ServicePoint, User
from approvals.actions.custody import hand_over, receive
from approvals.models import Application, Consignment
from approvals.queries import custody
from casework.models import Case, Notice
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from tests.accounts.people import sign_in
from tests.approvals.conftest import MADE, World, moment
from tests.approvals.pages import text

ON = date(2026, 3, 6)
MATERIALS, CERTIFICATE = Consignment.Content.MATERIALS, Consignment.Content.CERTIFICATE


@pytest.fixture
def station(world: World) -> ServicePoint:
    """Another service point with its own clerk."""
    point = ServicePoint.objects.exclude(pk=world.point.pk).filter(kind="community_station").first()
    if point is None:
        point = ServicePoint.objects.create(
            code="STATION", name="示例社区服务站", kind="community_station", organisation=world.point.organisation,
            address="示例胡同2号", opening_hours="工作日9:00至17:00", phone="12345", since=date(2026, 1, 1),
        )  # fmt: skip
    clerk = User.objects.create(
        username="stationer", kind="staff", display_name="站员示例", created_at=MADE, password_changed_at=MADE
    )
    Seat.objects.create(
        user=clerk, role="window_clerk", organisation=point.organisation, service_point=point, since=date(2026, 1, 1)
    )
    return point


def stationer() -> User:
    return User.objects.get(username="stationer")


def at_station(world: World, station: ServicePoint) -> Case:
    """A case with paper materials that the station took in; the result is collected at the district's hall."""
    case = world.granted()
    Case.objects.filter(pk=case.pk).update(service_point=station)
    Application.objects.filter(case=case).update(
        paper_materials=[{"code": "M2", "copies": 2}], delivery="collect", delivery_point=world.point
    )
    case.refresh_from_db()
    return case


def test_from_the_station_to_the_department_and_on_to_the_hall(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    there, office = custody.places_of(stationer(), ON), custody.places_of(world.officer, ON)
    [paper] = custody.waiting(there)
    assert (paper.content, paper.to) == (MATERIALS, None)
    assert paper.pieces.endswith("2份")
    sent = hand_over(case, paper.content, paper.pieces, paper.to, stationer(), moment("2026-03-06T11:00"))
    assert custody.waiting(there) == []
    assert [one.pk for one in custody.coming(office)] == [sent.pk]
    receive(sent, world.officer, moment("2026-03-06T15:00"), "平面图一份有污损")
    [certificate] = custody.waiting(office)
    assert (certificate.content, certificate.to) == (CERTIFICATE, world.point)
    sent = hand_over(case, CERTIFICATE, certificate.pieces, certificate.to, world.officer, moment("2026-03-07T09:00"))
    hall = custody.places_of(world.clerk, ON)
    assert [one.pk for one in custody.coming(hall)] == [sent.pk]
    assert not Standing(world.clerk, ON).may_open(case), "another point's case"
    receive(sent, world.clerk, moment("2026-03-07T11:00"))
    told = Notice.objects.get(key__startswith="consignment:", to=world.citizen)
    assert world.point.name in told.body
    assert Standing(world.clerk, ON).may_open(case)
    world.take(
        case, "deliver", world.clerk, "2026-03-09T09:00", method="direct", recipient="王示例", served_on="2026-03-09"
    )
    case.refresh_from_db()
    assert case.state == "delivered"
    assert [one.case_id for one in custody.gone(hall)] == [case.pk]


def test_only_from_where_it_lies_by_whoever_stands_there(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    at = moment("2026-03-06T11:00")
    with pytest.raises(NotAllowed):
        hand_over(case, MATERIALS, "材料", None, world.clerk, at)
    with pytest.raises(Refused, match="接收地点与所在地点相同"):
        hand_over(case, MATERIALS, "材料", station, stationer(), at)
    sent = hand_over(case, MATERIALS, "材料", None, stationer(), at)
    with pytest.raises(Refused, match="正在途中"):
        hand_over(case, MATERIALS, "材料", None, stationer(), at)
    with pytest.raises(NotAllowed):
        receive(sent, world.clerk, at)
    receive(sent, world.officer, at)
    with pytest.raises(Refused, match="已经有人接收"):
        receive(sent, world.second, at)
    with pytest.raises(NotAllowed):
        hand_over(case, MATERIALS, "材料", None, stationer(), at)


def test_nobody_receives_what_they_sent_and_receipts_stand(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    Seat.objects.create(user=stationer(), role="case_officer", organisation=world.organ, since=date(2026, 1, 1))
    sent = hand_over(case, MATERIALS, "材料", None, stationer(), moment("2026-03-06T11:00"))
    with pytest.raises(Refused, match="移交人以外的人"):
        receive(sent, stationer(), moment("2026-03-06T12:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Consignment.objects.filter(pk=sent.pk).update(received_by=stationer(), received_at=moment("2026-03-06T12:00"))
    kept = receive(sent, world.officer, moment("2026-03-06T12:00"))
    for change in ({"remark": "别的"}, {"received_by": world.second}):
        with pytest.raises(InternalError), transaction.atomic():
            Consignment.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        Consignment.objects.all().delete()


def test_the_page_hands_over_and_receives(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    clerk, officer = sign_in(world.client(world.citizen), stationer()), world.client(world.officer)
    page = clerk.get("/desk/handovers/")
    assert case.number in text(page)
    answer = clerk.post("/desk/handovers/", {"send": f"{case.code}:materials"}, follow=True)
    assert "已经移交" in text(answer)
    assert "已经由他人办理" in text(clerk.post("/desk/handovers/", {"send": f"{case.code}:materials"}, follow=True))
    [one] = Consignment.objects.all()
    answer = clerk.post("/desk/handovers/", {"receive": one.pk}, follow=True)
    assert "已经由他人办理" in text(answer), "not sent to them"
    answer = officer.post("/desk/handovers/", {"receive": one.pk, "remark": "齐全"}, follow=True)
    assert "已经接收" in text(answer)
    assert "备注：齐全" in text(officer.get("/desk/handovers/"))
    assert officer.get("/desk/handovers/export/pdf/").content[:5] == b"%PDF-"
    assert world.client(world.citizen).get("/desk/handovers/").status_code == 403
    assert world.client(world.head).get("/desk/handovers/").status_code == 403
