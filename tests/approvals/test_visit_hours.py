"""Half hours and places of a point are data: its kind's table until whoever leads it sets its own."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Organisation, Seat, ServicePoint, User
from approvals.actions import visits as actions
from approvals.models import Visit, VisitPlan
from approvals.queries import visits
from casework.refusal import NotAllowed, Refused
from tests.approvals.conftest import MADE, World, moment
from tests.approvals.pages import text

NOW = moment("2026-03-06T10:00")  # a Friday
MONDAY, EIGHT, NINE = date(2026, 3, 9), time(8, 0), time(9, 0)


def manager(organ: str = "DC-ZFJ", role: str = "section_head") -> User:
    user = User.objects.create(
        username=f"{role}-{organ}".lower(),
        kind="staff",
        display_name="负责人示例",
        created_at=MADE,
        password_changed_at=MADE,
    )
    Seat.objects.create(user=user, role=role, organisation=Organisation.objects.get(code=organ), since=date(2026, 1, 1))
    return user


def test_every_kind_of_point_has_a_table(world: World) -> None:
    for kind in ServicePoint.Kind.values:
        point = ServicePoint.objects.filter(kind=kind).first()
        assert point
        plan = visits.plan(point)
        assert plan.ahead > 0
        assert plan.number is None
        assert plan.places


def test_what_the_manager_sets_applies_at_once_and_what_was_booked_stands(world: World) -> None:
    kept = actions.book(world.point, world.citizen, MONDAY, NINE, "", NOW)
    plan = actions.set_hours(world.point, 3, {EIGHT: 1, NINE: 0}, manager(), NOW, seen=None)
    days = visits.days(world.point, NOW)
    assert len(days) == 3
    assert days[0].slots == [(EIGHT, 1)]
    assert actions.book(world.point, world.stranger, MONDAY, EIGHT, "", NOW).place == 1
    with pytest.raises(Refused, match="不能预约"):
        actions.book(world.point, world.stranger, days[1].day, NINE, "", NOW)
    assert Visit.objects.get(pk=kept.pk).state == "booked"
    assert visits.days(world.point, NOW)[0].slots == [(EIGHT, 0)]
    for change in (lambda: plan.delete(), lambda: VisitPlan.objects.update(ahead=4)):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitPlan.objects.create(point=world.point, ahead=0, set_by=world.head, set_at=NOW)


def test_only_whoever_leads_the_organ_of_the_point_or_the_one_above(world: World) -> None:
    station = ServicePoint.objects.get(code="SQ-HPL-1")
    for user in (manager("DC-SCJ"), world.clerk, manager("DC-ZFJ", "case_officer")):
        with pytest.raises(NotAllowed):
            actions.set_hours(world.point, 3, {NINE: 1}, user, NOW, seen=None)
    street = manager("110101010", "head_of_organ")
    assert station in visits.managed(street, MONDAY)
    assert world.point not in visits.managed(street, MONDAY)
    actions.set_hours(station, 3, {NINE: 1}, street, NOW, seen=None)


def test_whoever_was_shown_another_plan_looks_again(world: World) -> None:
    one = manager()
    plan = actions.set_hours(world.point, 3, {NINE: 1}, one, NOW, seen=None)
    with pytest.raises(Refused, match="已经由他人修改"):
        actions.set_hours(world.point, 5, {NINE: 2}, one, NOW, seen=None)
    actions.set_hours(world.point, 5, {NINE: 2}, one, NOW, seen=plan.pk)
    for ahead, places in ((0, {NINE: 1}), (3, {}), (3, {NINE: 51}), (3, {time(3, 0): 1})):
        with pytest.raises(Refused, match="至少开放一个时段"):
            actions.set_hours(world.point, ahead, places, one, NOW, seen=visits.plan(world.point).number)


def test_the_page_sets_and_tells_who_set(world: World) -> None:
    client = world.client(manager())
    page = text(client.get("/desk/hours/"))
    assert "预约安排：" in page
    assert world.client(world.officer).get("/desk/hours/").status_code == 403
    assert world.client(world.citizen).get("/desk/hours/").status_code == 403
    given = {"seen": "", "ahead": "3", "slot_0900": "２", "slot_0930": ""}
    said = text(client.post(f"/desk/hours/?point={world.point.code}", given, follow=True))
    assert "已经设定" in said
    assert "负责人示例" in said
    assert visits.plan(world.point).places == {NINE: 2}
    again = client.post(f"/desk/hours/?point={world.point.code}", given)
    assert again.status_code == 422
    assert "已经由他人修改" in text(again)
    assert "您所在的单位没有服务网点" in text(world.client(manager("DC-WJW")).get("/desk/hours/"))
