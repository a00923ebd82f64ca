"""The papers of a bundle go on to each organ, its certificates come together where they are collected."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import ServicePoint
from approvals import actions
from approvals.actions import counter
from approvals.actions.custody import hand_over, receive
from approvals.models import Application, Consignment
from approvals.procedures.bundle import BUNDLE
from approvals.queries import custody
from approvals.queries.custody import Place, Places, Waiting
from casework.models import Case, Notice
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from tests.accounts.people import sign_in
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, OFFICERS, Street, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.custody_world import make_station, stationer
from tests.approvals.pages import text
from tests.approvals.test_bundles_choice import TWO, chosen
from tests.approvals.test_window import SEEN

ON = date(2026, 3, 17)
PAPER = [{"code": "SPJY-M2", "copies": 2}, {"code": "GGCS-M3", "copies": 1}]


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


@pytest.fixture
def station(street: Street) -> ServicePoint:
    return make_station(street.world)


def at(street: Street, name: str) -> Places:
    return custody.places_of(street.user(name), ON)


def on_paper(street: Street, station: ServicePoint, delivery: str = "collect") -> Case:
    """A bundle of four items that the station took in with papers for two of them, and circulated."""
    case = street.file()
    Case.objects.filter(pk=case.pk).update(service_point=station)
    point = street.world.point if delivery == "collect" else None
    Application.objects.filter(case=case).update(paper_materials=PAPER, delivery=delivery, delivery_point=point)
    street.take(case, "circulate_for_check", "officer", "2026-03-02T10:00")
    case.refresh_from_db()
    return case


def send(one: Waiting, by: str, street: Street, when: str) -> Consignment:
    return hand_over(one.case, one.content, one.pieces, one.to, street.user(by), moment(when))


def granted(street: Street, case: Case) -> None:
    for part in Case.objects.filter(parent=case):
        street.take(part, "report_complete", OFFICERS[part.matter], "2026-03-03T10:00")
    street.take(case, "accept", "officer", "2026-03-03T11:00")
    for item in (FOOD, BATHS, BOOKS, BANNER):
        street.agree(item, "2026-03-10T10:00")
    street.take(case, "grant_all", "head", "2026-03-16T10:00")


def test_papers_go_from_the_window_to_the_lead_organ_and_on_to_each_that_has_a_part(
    street: Street, station: ServicePoint
) -> None:
    case = on_paper(street, station)
    [paper] = custody.waiting(at(street, "stationer"))
    assert (paper.here, paper.to) == (Place(station), Place(office=case.organ))
    assert "SPJY" not in paper.pieces, "by name, not by code"
    assert "检测或者评价报告" in paper.pieces
    assert paper.pieces.count("份") == 2
    sent = send(paper, "stationer", street, "2026-03-02T11:00")
    lead = at(street, "officer")
    assert custody.waiting(lead) == [], "under way"
    receive(sent, street.world.officer, moment("2026-03-02T15:00"))
    [onward] = custody.waiting(lead)
    assert (onward.case, onward.to.name) == (street.part(BATHS), street.part(BATHS).organ.short_name)
    assert "检测或者评价报告" in onward.pieces
    assert onward.pieces.endswith("1份")
    with pytest.raises(NotAllowed):
        send(onward, "cgw-officer", street, "2026-03-03T08:00")
    sent = send(onward, "officer", street, "2026-03-03T09:00")
    assert (sent.sender_office, sent.receiver_office, sent.sender_name) == (case.organ, None, case.organ.short_name)
    with pytest.raises(Refused, match="正在途中"):
        send(onward, "officer", street, "2026-03-03T09:01")
    assert [one.pk for one in custody.coming(at(street, "wjw-officer"))] == [sent.pk]
    receive(sent, street.user("wjw-officer"), moment("2026-03-03T10:00"))
    for name in ("officer", "wjw-officer", "stationer"):
        assert custody.waiting(at(street, name)) == []
    assert next(one.pk for one in custody.gone(lead)) == sent.pk, "the register of whoever sent it has it too"


def test_a_correction_on_paper_goes_the_same_way_from_where_it_came_in(street: Street, station: ServicePoint) -> None:
    case = on_paper(street, station)
    first = send(custody.waiting(at(street, "stationer"))[0], "stationer", street, "2026-03-02T11:00")
    receive(first, street.world.officer, moment("2026-03-02T15:00"))
    sent = send(custody.waiting(at(street, "officer"))[0], "officer", street, "2026-03-03T09:00")
    receive(sent, street.user("wjw-officer"), moment("2026-03-03T10:00"))
    for part in Case.objects.filter(parent=case).exclude(matter=BATHS):
        street.take(part, "report_complete", OFFICERS[part.matter], "2026-03-03T11:00")
    street.take(street.part(BATHS), "report_deficiency", "wjw-officer", "2026-03-03T11:00",
                requirements={"M3": "检测报告已经过期"})  # fmt: skip
    street.take(case, "notify_deficiency", "officer", "2026-03-03T12:00", items=["GGCS-M3"])
    clerk, at_counter = street.world.clerk, moment("2026-03-04T09:00")
    visit = counter.begin_visit(case, clerk, street.world.point, at_counter)
    brought = {"presence": SEEN, "paper": [{"code": "GGCS-M3", "copies": 3}]}
    actions.save(visit, lambda locked: brought, at_counter)
    attested = [gate.words for gate in BUNDLE.step("take_in_correction").needs if gate.attested]
    counter.take_in(case, "take_in_correction", clerk, at_counter, attested=attested)
    [again] = custody.waiting(at(street, "clerk"))
    assert (again.here, again.pieces[-2:]) == (Place(street.world.point), "3份")
    assert custody.waiting(at(street, "stationer")) == []
    assert custody.waiting(at(street, "officer")) == []
    receive(send(again, "clerk", street, "2026-03-04T10:00"), street.world.officer, moment("2026-03-04T15:00"))
    [onward] = custody.waiting(at(street, "officer"))
    assert (onward.case, onward.pieces[-2:]) == (street.part(BATHS), "3份")
    lying = {place.name for place in custody.lies_at(street.part(BATHS), "materials")}
    assert lying == {case.organ.short_name, street.part(BATHS).organ.short_name}, "the first ones are there already"


def test_certificates_of_all_organs_come_together_and_only_then_is_the_applicant_told(
    street: Street, station: ServicePoint
) -> None:
    case = on_paper(street, station)
    granted(street, case)
    hall, clerk = Place(street.world.point), street.world.clerk
    assert not Standing(clerk, ON).may_open(case)
    for number, item in enumerate((BATHS, BOOKS, BANNER, FOOD), 1):
        [certificate] = [one for one in custody.waiting(at(street, OFFICERS[item])) if one.content == "certificate"]
        assert (certificate.case, certificate.to) == (street.part(item), hall)
        sent = send(certificate, OFFICERS[item], street, f"2026-03-16T1{number}:00")
        receive(sent, clerk, moment(f"2026-03-17T0{number}:00"))
        told = Notice.objects.filter(key__startswith="consignment:", to=street.world.citizen)
        assert told.count() == (number == 4)
    notice = told.get()
    assert notice.case == case
    for words in ("公共场所卫生许可证", "食品经营许可证", street.world.point.name):
        assert words in notice.body
    assert Standing(clerk, ON).may_open(case)
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-17"}
    street.take(case, "deliver_once", "clerk", "2026-03-17T10:00", **facts)
    assert set(street.states().values()) == {"granted"}


def test_what_is_posted_goes_to_the_lead_organ_first(street: Street, station: ServicePoint) -> None:
    case = on_paper(street, station, "mail")
    granted(street, case)
    [certificate] = custody.waiting(at(street, "wjw-officer"))
    assert certificate.to == Place(office=case.organ)
    sent = send(certificate, "wjw-officer", street, "2026-03-16T11:00")
    assert sent.receiver_office == case.organ
    receive(sent, street.world.officer, moment("2026-03-16T15:00"))
    assert custody.waiting(at(street, "wjw-officer")) == []
    assert not [one for one in custody.waiting(at(street, "officer")) if one.content == "certificate"]
    assert not Notice.objects.filter(key__startswith="consignment:").exists()


def test_the_page_asks_no_more_for_more_bundles(street: Street, station: ServicePoint) -> None:
    client = sign_in(street.world.client(street.world.citizen), stationer())

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "SPJY" not in text(client.get("/desk/handovers/"))
        return len(queries)

    on_paper(street, station)
    client.get("/desk/handovers/")
    one = asked()
    on_paper(street, station)
    on_paper(street, station)
    assert asked() == one


def test_what_has_not_come_yet_takes_no_place_in_the_list(
    street: Street, station: ServicePoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custody, "MOST", 1)
    for _ in range(3):
        on_paper(street, station)  # the papers of these lie at the station
    case = on_paper(street, station)
    office = Place(office=case.organ)
    sent = hand_over(case, "materials", "材料", office, stationer(), moment("2026-03-02T11:00"))
    assert custody.waiting(at(street, "officer")) == []
    receive(sent, street.world.officer, moment("2026-03-02T15:00"))
    [onward] = custody.waiting(at(street, "officer"))
    assert onward.case == street.part(BATHS)
    send(onward, "officer", street, "2026-03-03T09:00")
    assert custody.waiting(at(street, "officer")) == []


def test_the_refusal_beside_results_as_they_come_goes_to_the_point_too(street: Street, station: ServicePoint) -> None:
    case = chosen(street, **TWO)
    about = Application.objects.filter(case__in=[case, *case.children.all()])
    about.update(delivery="collect", delivery_point=street.world.point)
    street.take(street.part(FOOD), "grant_part", "head", "2026-03-05T10:00", reasons="符合法定条件。")
    street.take(street.part(BATHS), "refuse_part", "wjw-head", "2026-03-05T11:00", reasons="水质不合格。")
    street.take(case, "split_refused_item", "head", "2026-03-06T10:00", part=street.part(BATHS).code)
    [letter] = custody.waiting(at(street, "wjw-officer"))
    assert (letter.case, letter.pieces, letter.to) == (
        street.part(BATHS), "不予行政许可决定书", Place(street.world.point),
    )  # fmt: skip
    sent = send(letter, "wjw-officer", street, "2026-03-09T09:00")
    receive(sent, street.world.clerk, moment("2026-03-09T11:00"))
    assert Notice.objects.filter(key__startswith="consignment:", body__contains="不予行政许可决定书").exists()
