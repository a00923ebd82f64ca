"""Collecting at another point than was chosen: asked for on line or at a window, and handed over once more."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import ServicePoint
from approvals import actions
from approvals.actions import counter
from approvals.actions.custody import hand_over, receive
from approvals.models import Application, Consignment
from approvals.queries import custody
from approvals.queries.custody import Place
from casework import registry
from casework.models import Case, Notice, Participant
from casework.queries.rights import AT_POINT, Standing
from casework.refusal import Refused
from tests.accounts.people import sign_in
from tests.approvals.bundle_world import BATHS, FOOD, HEADS, OFFICERS, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.custody_world import make_station, stationer
from tests.approvals.pages import text
from tests.approvals.test_bundles_choice import TWO, chosen
from tests.approvals.test_window import SEEN

ON = date(2026, 3, 9)
CERTIFICATE = Consignment.Content.CERTIFICATE


@pytest.fixture
def station(world: World) -> ServicePoint:
    return make_station(world)


def at_hall(world: World) -> Case:
    """A certificate that waits at the district's hall, where the applicant chose to collect it."""
    case = world.granted()
    Application.objects.filter(case=case).update(delivery="collect", delivery_point=world.point)
    arrives(world, case, "2026-03-07")
    return Case.objects.get(pk=case.pk)


def arrives(world: World, case: Case, day: str) -> None:
    officer = custody.places_of(world.officer, ON)
    [one] = [one for one in custody.waiting(officer) if one.case.pk == case.pk]
    sent = hand_over(case, CERTIFICATE, one.pieces, one.to, world.officer, moment(f"{day}T09:00"))
    receive(sent, world.clerk, moment(f"{day}T11:00"))


def test_it_goes_on_to_the_point_that_the_applicant_chooses_now(world: World, station: ServicePoint) -> None:
    case, hall, there = at_hall(world), custody.places_of(world.clerk, ON), custody.places_of(stationer(), ON)
    assert custody.waiting(hall) == []
    world.take(case, "redirect", world.citizen, "2026-03-09T09:00", point=str(station.pk))
    [onward] = custody.waiting(hall)
    assert (onward.case, onward.here, onward.to) == (case, Place(world.point), Place(station))
    assert onward.pieces == "食品经营许可证"
    sent = hand_over(case, onward.content, onward.pieces, onward.to, world.clerk, moment("2026-03-09T10:00"))
    assert custody.waiting(hall) == [], "once"
    assert not Standing(world.clerk, ON).may_open(case), "what lies there no more is none of its business"
    assert [one.pk for one in custody.coming(there)] == [sent.pk]
    receive(sent, stationer(), moment("2026-03-09T15:00"))
    told = Notice.objects.filter(key__startswith="consignment:", to=world.citizen).latest("pk")
    assert station.name in told.body
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-10"}
    world.take(case, "deliver", stationer(), "2026-03-10T09:00", **facts)
    chain = Consignment.objects.filter(case=case).order_by("pk").values_list("sender", "receiver")
    assert list(chain) == [(None, world.point.pk), (world.point.pk, station.pk)]


def test_what_is_on_its_way_to_the_old_point_is_not_told_to_lie_there(world: World, station: ServicePoint) -> None:
    case = world.granted()
    Application.objects.filter(case=case).update(delivery="collect", delivery_point=world.point)
    sent = hand_over(case, CERTIFICATE, "许可证", Place(world.point), world.officer, moment("2026-03-07T09:00"))
    world.take(case, "redirect", world.citizen, "2026-03-07T10:00", point=str(station.pk))
    receive(sent, world.clerk, moment("2026-03-07T11:00"))
    assert not Notice.objects.filter(key__startswith="consignment:").exists()
    assert not Participant.objects.filter(case=case, role=AT_POINT).exists()
    [onward] = custody.waiting(custody.places_of(world.clerk, ON))
    assert onward.to == Place(station)
    page = world.client(world.clerk).get("/desk/handovers/")
    assert case.number in text(page)
    assert f"/cases/{case.code}/" not in page.content.decode(), "it may hand it on without opening the case"
    answer = world.client(world.clerk).post("/desk/handovers/", {"send": onward.key}, follow=True)
    assert f"送往{station.name}" in text(answer)


def test_only_another_point_and_only_where_it_is_collected(world: World, station: ServicePoint) -> None:
    case = at_hall(world)
    with pytest.raises(Refused, match="不是现在的领取网点"):
        world.take(case, "redirect", world.citizen, "2026-03-09T09:00", point=str(world.point.pk))
    Application.objects.filter(case=case).update(delivery="mail", delivery_point=None)
    with pytest.raises(Refused, match="选择到服务网点领取"):
        world.take(case, "redirect", world.citizen, "2026-03-09T09:00", point=str(station.pk))


def test_the_page_of_the_case_offers_it_and_says_where_it_goes(world: World, station: ServicePoint) -> None:
    case, client = at_hall(world), world.client(world.citizen)
    page = f"/cases/{case.code}/steps/redirect/"
    assert page in client.get(f"/cases/{case.code}/").content.decode()
    assert station.name in text(client.get(page))
    answer = client.post(page, {"seen": Case.objects.get(pk=case.pk).act_count, "point": station.pk})
    assert answer.status_code == 302
    assert f"改在哪一网点领取：{station.name}" in text(client.get(f"/cases/{case.code}/"))
    assert world.client(world.stranger).post(page, {"point": station.pk}).status_code == 404


def test_a_window_takes_the_wish_in_of_whoever_stands_there(world: World, station: ServicePoint) -> None:
    case, at = at_hall(world), moment("2026-03-09T09:00")
    row = registry.procedure(case.procedure).step("take_in_redirection")
    attested = [gate.words for gate in row.needs if gate.attested]
    facts = {"point": str(station.pk)}
    with pytest.raises(Refused, match="身份核验"):
        counter.take_in(case, row.name, world.clerk, at, facts=facts, attested=attested)
    visit = counter.begin_visit(case, world.clerk, world.point, at)
    actions.save(visit, lambda locked: {"presence": SEEN}, at)
    counter.take_in(case, row.name, world.clerk, at, facts=facts, attested=attested)
    given = Application.objects.get(case=case)
    assert given.delivery_point == station
    assert given.presence["later"][-1]["label"] == "窗口收取改送请求"
    client = sign_in(world.client(world.citizen), world.clerk)
    assert station.name in text(client.get("/desk/handovers/"))


def test_all_results_of_a_bundle_go_on_and_the_applicant_is_told_when_the_last_is_there(
    world: World, station: ServicePoint
) -> None:
    street = make_street(world)
    case = street.ready("2026-03-05T10:00", **TWO)
    about = Application.objects.filter(case__in=[case, *case.children.all()])
    about.update(delivery="collect", delivery_point=world.point)
    street.take(case, "grant_all", "head", "2026-03-06T09:00")
    for item in (FOOD, BATHS):
        officer = street.user(OFFICERS[item])
        [one] = custody.waiting(custody.places_of(officer, ON))
        receive(hand_over(one.case, one.content, one.pieces, one.to, officer, moment("2026-03-06T10:00")),
                world.clerk, moment("2026-03-06T11:00"))  # fmt: skip
    street.take(case, "redirect", "citizen", "2026-03-09T09:00", point=str(station.pk))
    hall = custody.places_of(world.clerk, ON)
    for number, one in enumerate(custody.waiting(hall), 1):
        sent = hand_over(one.case, one.content, one.pieces, one.to, world.clerk, moment("2026-03-09T10:00"))
        assert Standing(world.clerk, ON).may_open(case) == (number == 1), "until the last has left"
        receive(sent, stationer(), moment("2026-03-09T15:00"))
        told = Notice.objects.filter(key__startswith="consignment:", body__contains=station.name, channel="inbox")
        assert told.count() == (number == 2)
    assert custody.waiting(hall) == []
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-10"}
    street.take(case, "deliver_once", "stationer", "2026-03-10T09:00", **facts)


def test_what_was_handed_over_before_stays_where_it_was_collected(world: World, station: ServicePoint) -> None:
    street = make_street(world)
    case = chosen(street, **TWO)
    about = Application.objects.filter(case__in=[case, *case.children.all()])
    about.update(delivery="collect", delivery_point=world.point)
    for item in (FOOD, BATHS):
        street.take(street.part(item), "grant_part", HEADS[item], "2026-03-05T10:00", reasons="符合法定条件。")
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-06"}
    street.take(street.part(FOOD), "deliver_part", "officer", "2026-03-06T09:00", **facts)
    street.take(case, "redirect", "citizen", "2026-03-09T09:00", point=str(station.pk))
    points = {one.case.matter: one.delivery_point for one in about.select_related("case", "delivery_point")}
    assert (points[FOOD], points[BATHS]) == (world.point, station)
    [waits] = custody.waiting(custody.places_of(street.user("wjw-officer"), ON))
    assert waits.to == Place(station)
