"""The figures of licensing are what counting the cases gives."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from approvals.actions.figures import refresh
from approvals.actions.ratings import rate
from approvals.models import Filed, Rating, Waiting
from approvals.queries import figures
from casework.models import Case
from tests.approvals.conftest import FOOD, World, moment
from tests.approvals.pages import text

SINCE = date(2026, 1, 1)


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


def test_waiting_does_not_count_what_the_applicant_took(year: World) -> None:
    """The corrected one took twelve days, ten of which it lay with the applicant; the other two and some hours."""
    refresh(date(2026, 4, 10))
    waiting = Waiting.objects.get(matter=FOOD)
    assert (waiting.number, waiting.half, waiting.most) == (2, 2, 3)
    assert figures.waiting(FOOD) is None, "too few to tell"
    refresh(date(2026, 6, 10))
    assert not Waiting.objects.exists()
    assert Filed.objects.exists()


def test_the_guide_tells_how_long_people_wait(world: World) -> None:
    Waiting.objects.create(matter=FOOD, number=12, half=3, most=5, as_of=date(2026, 4, 10))
    assert "近30天办结12件，半数在3天以内、九成在5天以内办结" in text(Client().get(f"/services/{FOOD}/"))
