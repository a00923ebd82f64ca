"""Reminders: before, on and after the day, each exactly once, whatever dies, doubles, sleeps or jumps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from casework.actions import ring
from casework.models import Act, Case, Deadline, Notice
from tests.casework.conftest import World, make_world, moment
from tests.casework.test_take import accepted

DECIDE_BY = "2026-04-01"


def reminders(case: Case) -> list[tuple[str, str]]:
    rung = Notice.objects.filter(case=case, deadline__isnull=False).order_by("id")
    return [(notice.key.split(":")[2], notice.to.username if notice.to else "") for notice in rung]


def test_a_clock_rings_on_its_days_and_no_other(world: World) -> None:
    case = accepted(world)
    rang = {}
    for day in ("03-26", "03-27", "03-28", "03-31", "04-01", "04-02", "04-07", "04-08", "04-30"):
        before = set(reminders(case))
        ring.ring_all(moment(f"2026-{day}T08:00"))
        if new := sorted(set(reminders(case)) - before):
            rang[day] = new
    assert rang == {
        "03-27": [("before", "officer"), ("before", "section")],
        "04-01": [("last_day", "officer"), ("last_day", "section")],
        "04-02": [("lapsed", "head"), ("lapsed", "officer"), ("lapsed", "section")],
        "04-08": [("escalated", "head"), ("escalated", "section")],
    }


def test_after_days_of_sleep_it_does_not_speak_of_what_is_past(world: World) -> None:
    case = accepted(world)
    ring.ring_all(moment("2026-04-10T08:00"))
    assert {code for code, _ in reminders(case)} == {"lapsed", "escalated"}
    assert Act.objects.filter(case=case, step="flag_overdue").count() == 1


def test_a_clock_that_jumps_back_rings_nothing_twice(world: World) -> None:
    case = accepted(world)
    for at in ("2026-04-01T08:00", "2026-03-27T08:00", "2026-04-01T09:00"):
        ring.ring_all(moment(at))
    assert sorted(reminders(case)) == [("last_day", "officer"), ("last_day", "section")]


def test_the_law_takes_its_step_on_the_first_day_after(world: World) -> None:
    case = world.file()
    ring.ring_all(moment("2026-03-09T23:00"))
    case.refresh_from_db()
    assert case.state == "filed"
    ring.ring_all(moment("2026-03-10T00:01"))
    case.refresh_from_db()
    assert case.state == "review"


def test_many_clocks_ring_together_and_the_one_at_fault_does_not_hold_up_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [accepted(world) for _ in range(5)]
    at = moment("2026-03-27T08:00")
    monkeypatch.setattr(ring, "TOGETHER", 2)
    assert ring.many_due(at)
    Deadline.objects.filter(case=cases[1]).update(rings=9)  # there is no tenth ring
    assert ring.ring_all(at) == 4
    rung = [cases[0], *cases[2:]]
    assert [sorted(reminders(case)) for case in rung] == [[("before", "officer"), ("before", "section")]] * 4
    assert Notice.objects.filter(case=cases[1], deadline__isnull=False).count() == 0
    assert not ring.many_due(at)


def test_the_number_of_statements_does_not_follow_the_number_of_clocks(world: World) -> None:
    def statements(count: int) -> int:
        for _ in range(count):
            accepted(world)
        with CaptureQueriesContext(connection) as asked:
            assert ring.ring_all(moment("2026-03-27T08:00")) == count
        return len(asked)

    assert statements(2) == statements(12)


@pytest.mark.django_db(transaction=True)
def test_many_workers_ring_each_clock_once() -> None:
    world = make_world()
    cases = [world.file(f"2026-03-02T09:{minute:02}") for minute in range(12)]
    at = moment("2026-03-10T00:01")

    def work(_: int) -> int:
        try:
            return ring.ring_all(at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        rung = sum(pool.map(work, range(6)))
    assert rung >= len(cases)
    assert Act.objects.filter(step="deem_accepted").count() == len(cases)
    assert Notice.objects.filter(key__contains=":lapsed:").count() == len(cases) * 4
    assert not Deadline.objects.filter(ring_on__lte="2026-03-10").exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_the_clock_to_the_next() -> None:
    world = make_world()
    case = world.file()
    at = moment("2026-03-10T00:01")

    def killed() -> None:
        with transaction.atomic():
            ring.ring_all(at)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert connection.in_atomic_block is False
    assert Notice.objects.filter(deadline__isnull=False).count() == 0
    ring.ring_all(at)
    case.refresh_from_db()
    assert case.state == "review"


def test_a_provisional_last_day_is_worked_out_anew_when_the_holidays_are_published(world: World) -> None:
    from law.models import CalendarDay, PublishedYear
    from tests.casework.conftest import renew_stamp

    case = world.file("2026-12-28T09:00")
    clock = Deadline.objects.get(case=case)
    assert (clock.due_on, clock.provisional) == (date(2027, 1, 5), True)  # 1 January is off whatever the notice says
    assert ring.refresh_all() == 0
    PublishedYear.objects.create(year=2027)
    for day in ("2027-01-01", "2027-01-04"):
        CalendarDay.objects.create(date=day, kind="off", name="示例假日")
    renew_stamp()
    assert ring.refresh_all() == 1
    clock.refresh_from_db()
    case.refresh_from_db()
    assert (clock.due_on, case.due_on, clock.provisional) == (date(2027, 1, 6), date(2027, 1, 6), False)
    assert ring.refresh_all() == 0
