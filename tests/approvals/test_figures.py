"""The figures of licensing are what counting the cases gives."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import Organisation
from approvals.actions.custody import hand_over, receive
from approvals.actions.figures import refresh
from approvals.actions.ratings import rate
from approvals.models import Application, Bundle, Filed, LicensingItem, Rating, Waiting
from approvals.queries import figures
from approvals.queries.custody import Place
from casework.actions.ring import ring_all
from casework.models import Case
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, RESTAURANT, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.pages import text

SINCE = date(2026, 1, 1)
SERVED = {"method": "electronic", "recipient": "王示例", "served_on": "2026-03-06"}


@pytest.fixture
def year(world: World) -> World:
    """Four filings of one item: granted in time, corrected first, under way, and refused in the next month."""
    world.granted()
    corrected = world.file("2026-03-02T10:00")
    world.take(corrected, "notify_deficiency", world.officer, "2026-03-03T10:00", items=["M2"], requirements="请补正。")
    world.take(corrected, "submit_correction", world.citizen, "2026-03-13T10:00")
    world.take(corrected, "tell_no_licence_needed", world.officer, "2026-03-14T10:00", reasons="不需要取得行政许可。")
    world.accepted()
    late = world.file("2026-04-01T09:00")
    world.take(late, "tell_no_licence_needed", world.officer, "2026-04-03T12:00", reasons="不需要取得行政许可。")
    return world


def test_filings_by_month_organ_item_and_point(year: World) -> None:
    refresh(date(2026, 4, 10))
    refresh(date(2026, 4, 10))  # anew, not once more
    march, april = figures.lines("month", SINCE, None)
    assert (march.label, march.filed, march.online, march.corrected, march.ended, march.late) == (
        "2026年3月", 3, 3, 1, 1, 0,
    )  # fmt: skip
    assert (april.filed, april.ended) == (1, 1)
    total = figures.total([march, april])
    assert (total.filed, total.ended, total.online_share, total.in_time_share) == (4, 2, 100.0, 100.0)
    assert total.corrected_share == 25.0
    [item] = figures.lines("item", SINCE, None)
    assert (item.key, item.label, item.filed) == (FOOD, year.item().name, 4)
    [organ] = figures.lines("organ", SINCE, [year.organ.pk])
    assert organ.label == year.organ.short_name
    assert [line.label for line in figures.lines("point", SINCE, None)] == ["网上申请，没有经过网点"]
    assert figures.lines("organ", SINCE, []) == []
    assert figures.organs(SINCE, None) == [(str(year.organ.pk), year.organ.short_name)]
    assert figures.total([]).in_time_share is None


def test_ratings_stand_beside_the_item_that_they_are_about(year: World) -> None:
    """Counted in the month in which they are given; one that was left aside is kept and not counted."""
    granted, corrected, _, refused = Case.objects.filter(procedure="approvals.licence").order_by("pk")
    Case.objects.filter(pk=granted.pk).update(ended_at=moment("2026-03-20T10:00"))
    rate(Case.objects.get(pk=granted.pk), 5, "", moment("2026-03-21T10:00"))
    unfair = rate(corrected, 1, "等了很久", moment("2026-04-02T10:00"))
    rate(refused, 2, "", moment("2026-04-04T10:00"))
    findings = {"reached_on": "2026-04-05", "findings": "与记录不符"}
    year.take(unfair.follow_up, "verify", year.section_head, "2026-04-05T09:00", **findings)  # type: ignore[arg-type]
    year.take(unfair.follow_up, "leave_aside", year.head, "2026-04-05T10:00", reasons="恶意评价。")  # type: ignore[arg-type]
    refresh(date(2026, 4, 10))
    [item] = figures.lines("item", SINCE, None)
    assert (item.rated, item.content, item.content_share) == (2, 1, 50.0)
    march, april = figures.lines("month", SINCE, None)
    assert [(one.rated, one.content) for one in (march, april)] == [(1, 1), (1, 0)]
    assert Rating.objects.count() == 3


def test_waiting_is_told_of_what_was_decided_and_not_of_what_the_applicant_took(world: World) -> None:
    """The corrected one took eighteen days, ten of which it lay with the applicant; the other four and some hours."""
    first = world.granted()  # filed on the 2nd
    corrected = world.file("2026-03-02T10:00")
    world.take(corrected, "notify_deficiency", world.officer, "2026-03-03T10:00", items=["M2"], requirements="请补正。")
    world.take(corrected, "submit_correction", world.citizen, "2026-03-13T10:00")
    world.take(corrected, "accept", world.officer, "2026-03-13T11:00")
    world.take(corrected, "refuse", world.head, "2026-03-20T09:00", reasons="不符合法定条件。")
    world.take(first, "deliver", world.officer, "2026-03-06T12:00", **SERVED)
    dropped = world.file("2026-03-02T11:00")
    world.take(dropped, "withdraw", world.citizen, "2026-03-02T12:00")
    world.ended()
    refresh(date(2026, 4, 1))
    waiting = Waiting.objects.get(matter=FOOD)
    assert (waiting.number, waiting.half, waiting.most) == (2, 5, 8)
    assert figures.waiting(FOOD) is None, "too few to tell"
    refresh(date(2026, 6, 10))
    assert not Waiting.objects.exists()
    assert Filed.objects.exists()


def test_filings_that_came_from_the_city_are_online(world: World) -> None:
    case = world.file()
    Case.objects.filter(pk=case.pk).update(channel="exchange")
    refresh(date(2026, 4, 10))
    [line] = figures.lines("month", SINCE, None)
    assert (line.filed, line.online) == (1, 1)
    [point] = figures.lines("point", SINCE, None)
    assert (point.label, point.online) == ("网上申请，没有经过网点", 1)


def counted(by: str, *organs: str) -> dict[str, tuple[int, int, int]]:
    """Filed, ended and late by the name of a line."""
    keys = [Organisation.objects.get(code=code).pk for code in organs] or None
    return {line.label: (line.filed, line.ended, line.late) for line in figures.lines(by, SINCE, keys)}


def test_each_organ_and_item_has_its_part_and_the_district_one_bundle(world: World) -> None:
    street = make_street(world)
    case = street.ready()
    street.take(case, "grant_all", "head", "2026-03-11T10:00")
    refresh(date(2026, 4, 10))
    assert counted("month") == {"2026年3月": (1, 0, 0)}, "granted, not handed over"
    organs = counted("organ")
    assert set(organs.values()) == {(1, 1, 0)}
    assert len(organs) == 4
    names = {code: LicensingItem.objects.get(code=code).name for code in (FOOD, BATHS, BOOKS, BANNER)}
    whole = f"一件事：{Bundle.objects.get().name}"
    assert counted("item") == {**dict.fromkeys(names.values(), (1, 1, 0)), whole: (1, 0, 0)}
    assert figures.total(figures.lines("item", SINCE, None)).filed == 4
    assert counted("month", "DC-WJW") == {"2026年3月": (1, 1, 0)}, "what an organ handled"


def test_an_organ_that_answers_late_is_late_whenever_the_whole_is_decided(world: World) -> None:
    street = make_street(world)
    case = street.accepted()
    street.agree(FOOD, "2026-03-09T10:00")
    street.agree(BOOKS, "2026-03-09T11:00")
    street.agree(BANNER, "2026-03-10T11:00")
    ring_all(moment("2026-05-10T00:10"))
    street.agree(BATHS, "2026-05-11T10:00")
    street.take(case, "grant_all", "head", "2026-05-12T10:00")
    refresh(date(2026, 5, 20))
    late = {label: late for label, (_, _, late) in counted("organ").items()}
    assert sum(late.values()) == 1
    assert late[Organisation.objects.get(code="DC-WJW").short_name] == 1


def test_a_part_was_corrected_if_its_organ_wanted_it_when_the_notice_went_out(world: World) -> None:
    """One organ changed its mind before the notice, one wanted something, one wanted nothing; and a bundle without."""
    street = make_street(world)
    case = street.circulated(banner="no")
    wanted = {"requirements": {"M2": "没有标明面积"}}
    for item, by in ((FOOD, "officer"), (BATHS, "wjw-officer")):
        street.take(street.part(item), "report_deficiency", by, "2026-03-03T10:00", **wanted)
    street.take(street.part(BOOKS), "report_complete", "wlj-officer", "2026-03-03T10:00")
    street.take(street.part(BATHS), "report_complete", "wjw-officer", "2026-03-03T11:00")
    street.take(case, "notify_deficiency", "officer", "2026-03-03T12:00", items=["SPJY-M2"])
    street.take(case, "submit_correction", "citizen", "2026-03-04T10:00")
    street.take(street.part(FOOD), "report_complete", "officer", "2026-03-05T10:00")
    street.circulated(lodging="no", books="no", banner="no")
    street.take(street.part(FOOD), "report_deficiency", "officer", "2026-03-03T10:00", requirements={"M2": "没有面积"})
    refresh(date(2026, 4, 10))
    organs = {line.label: (line.filed, line.corrected) for line in figures.lines("organ", SINCE, None)}
    names = {code: Organisation.objects.get(code=code).short_name for code in ("DC-SCJ", "DC-WJW", "DC-WLJ")}
    assert organs == {names["DC-SCJ"]: (2, 1), names["DC-WJW"]: (1, 0), names["DC-WLJ"]: (1, 0)}
    [month] = figures.lines("month", SINCE, None)
    assert (month.filed, month.corrected) == (2, 1)


def test_waiting_ends_when_the_result_lies_ready_where_it_is_collected(world: World) -> None:
    """Filed on Monday the 2nd, at the hall on the 7th; that it was fetched three weeks later is nobody's delay."""
    case = world.granted()
    Application.objects.filter(case=case).update(delivery="collect", delivery_point=world.point)
    sent = hand_over(case, "certificate", "许可证", Place(world.point), world.officer, moment("2026-03-06T15:00"))
    receive(sent, world.clerk, moment("2026-03-07T08:00"))
    world.take(case, "deliver", world.clerk, "2026-03-27T09:00", **SERVED | {"served_on": "2026-03-27"})
    refresh(date(2026, 4, 1))
    assert Waiting.objects.get(matter=FOOD).most == 5


def test_a_bundle_is_ready_when_its_last_result_is(world: World) -> None:
    street = make_street(world)
    case = street.ready("2026-03-05T10:00", books="no", banner="no")
    Application.objects.filter(case__in=[case, *case.children.all()]).update(
        delivery="collect", delivery_point=world.point
    )
    street.take(case, "grant_all", "head", "2026-03-06T09:00")
    days = {FOOD: "07", BATHS: "10"}
    for item, by in ((FOOD, "officer"), (BATHS, "wjw-officer")):
        at = moment(f"2026-03-{days[item]}T08:00")
        sent = hand_over(street.part(item), "certificate", "证件", Place(world.point), street.user(by), at)
        receive(sent, world.clerk, at)
    street.take(case, "deliver_once", "clerk", "2026-03-27T09:00", **SERVED | {"served_on": "2026-03-27"})
    refresh(date(2026, 4, 1))
    assert Waiting.objects.get(matter=RESTAURANT).most == 8, "from the 2nd to the 10th"


def test_nothing_is_filed_twice_when_a_bundle_is_split(world: World) -> None:
    street = make_street(world)
    case = street.accepted()
    street.take(case, "split_to_single_cases", "officer", "2026-03-05T10:00")
    single = Case.objects.get(procedure="approvals.licence", matter=FOOD)
    world.take(single, "refuse", world.head, "2026-03-20T10:00", reasons="不符合法定条件。")
    refresh(date(2026, 4, 10))
    assert counted("month") == {"2026年3月": (1, 1, 0)}
    item = LicensingItem.objects.get(code=FOOD).name
    assert counted("item")[item] == (1, 1, 0), "filed with the bundle, ended by itself"
    assert {filed for filed, _, _ in counted("organ").values()} == {1}
    assert sum(ended for _, ended, _ in counted("organ").values()) == 1
    assert not Waiting.objects.filter(matter=FOOD).exists(), "it began before"


def test_a_bundle_tells_how_long_people_wait_too(world: World) -> None:
    Waiting.objects.create(matter=RESTAURANT, number=12, half=20, most=35, as_of=date(2026, 4, 10))
    assert "九成在35天以内办结" in text(Client().get(f"/services/bundles/{RESTAURANT}/"))


def test_the_guide_tells_how_long_people_wait(world: World) -> None:
    Waiting.objects.create(matter=FOOD, number=12, half=3, most=5, as_of=date(2026, 4, 10))
    assert "近30天作出决定并办结12件，半数在3天以内、九成在5天以内办结" in text(Client().get(f"/services/{FOOD}/"))
