"""Two who hand over or receive the same thing at one instant: it goes once, and comes once."""

from __future__ import annotations

import pytest

from approvals.actions.custody import hand_over, receive
from approvals.models import Application, Consignment
from approvals.queries.custody import Place
from casework.models import Case, Notice
from casework.refusal import Refused
from tests.approvals.conftest import World, make_district, make_world, moment
from tests.approvals.custody_world import make_station, stationer
from tests.approvals.test_bundles_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MATERIALS, CERTIFICATE = Consignment.Content.MATERIALS, Consignment.Content.CERTIFICATE


@pytest.fixture
def town(transactional_db: None) -> World:
    make_district()
    return make_world()


def granted(world: World) -> Case:
    """A granted licence with paper materials at the station, to be collected at the district's hall."""
    station = make_station(world)
    case = world.granted()
    Case.objects.filter(pk=case.pk).update(service_point=station)
    Application.objects.filter(case=case).update(
        paper_materials=[{"code": "M2", "copies": 2}], delivery="collect", delivery_point=world.point
    )
    return Case.objects.get(pk=case.pk)


def test_papers_leave_once(town: World) -> None:
    case, office, at = granted(town), Place(office=town.organ), moment("2026-03-06T11:00")
    done = at_once(*[lambda: hand_over(case, MATERIALS, "平面图2份", office, stationer(), at)] * 4)
    assert sum(isinstance(one, Consignment) for one in done) == 1
    assert {str(one) for one in done if isinstance(one, Refused)} == {"已经移交，正在途中。"}
    assert Consignment.objects.count() == 1


def test_a_certificate_arrives_once_and_the_applicant_is_told_once(town: World) -> None:
    case = granted(town)
    sent = hand_over(case, CERTIFICATE, "许可证1份", Place(town.point), town.officer, moment("2026-03-07T09:00"))
    done = at_once(*[lambda: receive(sent, town.clerk, moment("2026-03-07T11:00"))] * 4)
    assert sum(isinstance(one, Consignment) for one in done) == 1
    assert {str(one) for one in done if isinstance(one, Refused)} == {"已经有人接收。"}
    assert Notice.objects.filter(key__startswith="consignment:", channel="inbox").count() == 1
    assert case.participants.filter(point=town.point).count() == 1
