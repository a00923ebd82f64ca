"""Paper and certificates go from place to place: by two people, one after the other, each hand-over on record."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Party, Seat, ServicePoint
from approvals.actions.custody import hand_over, receive
from approvals.models import Application, Consignment
from approvals.queries import custody
from approvals.queries.custody import Place
from casework.models import Case, Notice
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from tests.accounts.people import sign_in
from tests.approvals.conftest import World, moment
from tests.approvals.custody_world import make_station, stationer
from tests.approvals.pages import text

ON = date(2026, 3, 6)
MATERIALS, CERTIFICATE = Consignment.Content.MATERIALS, Consignment.Content.CERTIFICATE


@pytest.fixture
def station(world: World) -> ServicePoint:
    return make_station(world)


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
    there, theirs = custody.places_of(stationer(), ON), custody.places_of(world.officer, ON)
    [paper] = custody.waiting(there)
    office = Place(office=world.organ)
    assert (paper.content, paper.here, paper.to) == (MATERIALS, Place(station), office)
    assert paper.pieces.endswith("2份")
    sent = hand_over(case, paper.content, paper.pieces, paper.to, stationer(), moment("2026-03-06T11:00"))
    assert custody.waiting(there) == []
    assert [one.pk for one in custody.coming(theirs)] == [sent.pk]
    receive(sent, world.officer, moment("2026-03-06T15:00"), "平面图一份有污损")
    [certificate] = custody.waiting(theirs)
    assert (certificate.content, certificate.to) == (CERTIFICATE, Place(world.point))
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
    at, office = moment("2026-03-06T11:00"), Place(office=world.organ)
    with pytest.raises(NotAllowed):
        hand_over(case, MATERIALS, "材料", office, world.clerk, at)
    with pytest.raises(Refused, match="接收地点与所在地点相同"):
        hand_over(case, MATERIALS, "材料", Place(station), stationer(), at)
    sent = hand_over(case, MATERIALS, "材料", office, stationer(), at)
    with pytest.raises(Refused, match="正在途中"):
        hand_over(case, MATERIALS, "材料", office, stationer(), at)
    with pytest.raises(NotAllowed):
        receive(sent, world.clerk, at)
    receive(sent, world.officer, at)
    with pytest.raises(Refused, match="已经有人接收"):
        receive(sent, world.second, at)
    with pytest.raises(NotAllowed):
        hand_over(case, MATERIALS, "材料", office, stationer(), at)


def test_nobody_receives_what_they_sent_and_receipts_stand(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    Seat.objects.create(user=stationer(), role="case_officer", organisation=world.organ, since=date(2026, 1, 1))
    office = Place(office=world.organ)
    sent = hand_over(case, MATERIALS, "材料", office, stationer(), moment("2026-03-06T11:00"))
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


def test_the_register_goes_back_by_pages_and_by_year(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    sent = hand_over(case, MATERIALS, "平面图2份", Place(office=world.organ), stationer(), moment("2026-03-06T11:00"))
    receive(sent, world.officer, moment("2026-03-06T15:00"))
    Consignment.objects.bulk_create(
        Consignment(
            case=case, content=CERTIFICATE, pieces=f"第{number}份", sender=station, sent_by=stationer(),
            sent_at=moment(f"{2025 + number % 2}-12-31T16:{number % 60:02d}"), received_by=world.officer,
            received_at=moment("2027-01-04T09:00"),
        )
        for number in range(120)
    )  # fmt: skip
    client, seen = sign_in(world.client(world.citizen), stationer()), set()
    page = client.get("/desk/handovers/")
    while True:
        seen |= {one.pk for one in page.context["gone"]}
        if not page.context["next_url"]:
            break
        page = client.get("/desk/handovers/" + page.context["next_url"].partition("#")[0])
    assert len(seen) == 121
    last_year = client.get("/desk/handovers/?year=2025")
    assert {one.sent_at.year for one in last_year.context["gone"]} == {2025}
    table = client.get("/desk/handovers/export/csv/?year=2026").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 62
    assert "站员示例 2026-03-06 11:00" in table, "with the year"
    for nonsense in ("?year=20x6", "?before=-1", f"?before={'9' * 30}", "?year=99999"):
        assert client.get(f"/desk/handovers/{nonsense}").status_code == 200


def test_whoever_has_no_account_is_told_by_telephone_that_it_is_there(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    someone = Party.objects.create(kind="natural", name="钱示例", phone="13900000000", created_at=case.opened_at)
    Case.objects.filter(pk=case.pk).update(applicant=someone, filed_by=None)
    case.refresh_from_db()
    sent = hand_over(case, CERTIFICATE, "许可证1份", Place(world.point), world.officer, moment("2026-03-07T09:00"))
    receive(sent, world.clerk, moment("2026-03-07T11:00"))
    told = Notice.objects.get(key__startswith="consignment:")
    assert (told.party, told.channel, told.to) == (someone, "sms", None)
    assert "已送到" in told.body


def test_the_case_page_shows_where_things_went(world: World, station: ServicePoint) -> None:
    case = at_station(world, station)
    sent = hand_over(case, MATERIALS, "平面图2份", Place(office=world.organ), stationer(), moment("2026-03-06T11:00"))
    for who in (world.officer, world.citizen):
        assert "途中" in text(world.client(who).get(f"/cases/{case.code}/"))
    receive(sent, world.officer, moment("2026-03-06T15:00"))
    said = text(world.client(world.citizen).get(f"/cases/{case.code}/"))
    assert f"平面图2份：2026年3月6日11时00分由{station.name}移交" in said
    assert "2026年3月6日15时00分接收" in said


def test_what_has_gone_on_takes_no_place_in_the_list(
    world: World, station: ServicePoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papers that were brought later and handed over long ago, before papers that still lie there."""
    monkeypatch.setattr(custody, "MOST", 1)
    cases = [world.accepted() for _ in range(3)]
    entry = {"code": "M2", "copies": 1, "act": 2, "point": station.pk, "at": "2026-03-04T10:00:00+08:00"}
    Application.objects.filter(case__in=cases).update(paper_materials=[entry])
    for case in cases[:2]:
        hand_over(case, MATERIALS, "材料", Place(office=world.organ), stationer(), moment("2026-03-05T11:00"))
    there = custody.places_of(stationer(), ON)
    assert [one.case for one in custody.waiting(there)] == cases[2:]
    later = {**entry, "act": 5, "at": "2026-03-06T09:00:00+08:00"}
    Application.objects.filter(case=cases[0]).update(paper_materials=[entry, later])
    [again] = custody.waiting(there)
    assert (again.case, again.pieces[-2:]) == (cases[0], "1份"), "what came after the hand-over, and no more"
