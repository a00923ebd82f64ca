"""Whoever has to act hears of the time, the organs of a bundle too; nobody who waits; the applicant of their own."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.actions.reminders import remind_members
from approvals.models import LicensingItem
from casework.actions.ring import ring_all, ring_promises
from casework.models import Case, Deadline, Notice
from law.queries import work_calendar
from oversight.queries import watch
from oversight.queries.figures import Reach
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, Street, make_street
from tests.approvals.conftest import FOOD as ITEM
from tests.approvals.conftest import World, moment

LAST = date(2026, 5, 9)  # of the one clock of a bundle accepted on 3 March


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


def rung(*, kind: str = "ring", about: Case | None = None) -> set[tuple[str, str]]:
    """Which reminder was written to whom."""
    found = Notice.objects.filter(key__startswith=f"{kind}:", channel="inbox")
    if about:
        found = found.filter(case=about)
    place = 2 if kind == "ring" else 3
    return {(one.key.split(":")[place], one.to.username) for one in found if one.to}


def test_the_organs_that_have_not_answered_are_reminded_of_the_one_clock(street: Street) -> None:
    case = street.accepted()
    assert Deadline.objects.get(case=case, key="xk_decide_joint").due_on == LAST
    street.agree(FOOD, "2026-03-09T10:00")
    street.agree(BATHS, "2026-03-09T11:00")
    ring_all(moment("2026-05-06T08:00"))
    assert rung(about=case) == {("before", "officer"), ("before", "section")}, "the lead organ"
    assert rung(about=street.part(BOOKS)) == {("before", "wlj-officer"), ("before", "wlj-section")}
    assert rung(about=street.part(BANNER)) == {("before", "cgw-officer"), ("before", "cgw-section")}
    assert rung(about=street.part(FOOD)) == set(), "it has agreed"
    assert rung(about=street.part(BATHS)) == set()
    ring_all(moment("2026-05-06T09:00"))
    ring_all(moment("2026-05-10T00:10"))
    late = {("lapsed", "wlj-officer"), ("lapsed", "wlj-section"), ("lapsed", "wlj-head")}
    assert late <= rung(about=street.part(BOOKS))
    ring_all(moment("2026-05-15T00:10"))
    assert ("escalated", "wlj-head") in rung(about=street.part(BOOKS))
    assert not [name for _, name in rung() if name.startswith("wjw-")]


def test_where_the_head_decides_the_head_is_reminded(street: Street) -> None:
    case = street.ready()
    assert case.state == "ready_to_decide"
    ring_all(moment("2026-05-06T08:00"))
    everybody = {("before", "head"), ("before", "officer"), ("before", "section")}
    assert rung() == everybody, "with whoever has the case in hand, and leads the section"


def test_no_lamp_at_an_organ_that_has_done_its_part(street: Street) -> None:
    case = street.accepted()
    street.agree(BATHS, "2026-03-09T11:00")
    bath, books, banner = (street.part(item) for item in (BATHS, BOOKS, BANNER))
    assert (bath.state, bath.due_on) == ("agreed", None)
    assert (banner.state, banner.due_on) == ("waiting_for_prerequisite", None)
    assert books.due_on == LAST
    listed = watch.page(Reach(True), date(2026, 5, 20), work_calendar()).rows
    assert {row.number for row in listed} == {case.number, books.number, street.part(FOOD).number}
    street.take(bath, "take_back_opinion", "wjw-head", "2026-03-09T12:00", reasons="记载有误。")
    assert street.part(BATHS).due_on == LAST, "it has to act again"
    street.agree(FOOD, "2026-03-10T10:00")
    assert street.part(BANNER).due_on == LAST, "what it waited for has come"


def test_an_extension_moves_no_day_of_a_part_that_waits(street: Street) -> None:
    case = street.accepted()
    street.agree(BATHS, "2026-03-09T11:00")
    street.take(case, "extend_joint", "government", "2026-03-10T10:00", reasons="情况复杂。")
    case.refresh_from_db()
    assert street.part(BATHS).due_on is None
    assert street.part(BOOKS).due_on == case.due_on


def test_the_scheme_gives_organs_their_days(street: Street) -> None:
    street.accepted()  # ten working days from the 3rd of March end on the 17th
    assert remind_members(moment("2026-03-11T08:00")) == 0
    for at in ("2026-03-12T08:00", "2026-03-12T09:00", "2026-03-18T08:00"):
        remind_members(moment(at))
    assert rung(kind="scheme", about=street.part(BATHS)) == {
        ("before", "wjw-officer"), ("before", "wjw-section"), ("lapsed", "wjw-officer"), ("lapsed", "wjw-section"),
        ("lapsed", "wjw-head"),
    }  # fmt: skip
    before = Notice.objects.count()
    street.agree(BATHS, "2026-03-18T10:00")
    remind_members(moment("2026-03-19T08:00"))
    assert Notice.objects.filter(key__startswith="scheme:", case=street.part(BATHS)).count() == 5
    assert Notice.objects.count() > before


def test_an_applicant_is_reminded_of_their_own_time_and_the_office_is_not(world: World) -> None:
    case = world.file()
    world.take(
        case, "notify_deficiency", world.officer, "2026-03-03T10:00", items=["M2"], requirements="布局图没有标明面积",
        correct_by="2026-03-20",
    )  # fmt: skip
    assert Deadline.objects.get(case=case, key="xk_correct").due_on == date(2026, 3, 20)
    ring_all(moment("2026-03-17T08:00"))
    ring_all(moment("2026-03-21T00:10"))
    ring_all(moment("2026-03-27T00:10"))
    assert rung(about=case) == {("before", "citizen")}
    case.refresh_from_db()
    assert case.state == "abandoned"


def test_the_window_where_a_certificate_waits_is_reminded(world: World) -> None:
    case = world.granted()
    Case.objects.filter(pk=case.pk).update(service_point=world.point)
    last = Deadline.objects.get(case=case, key="xk_deliver").due_on
    assert last
    ring_all(moment(f"{last}T08:00"))
    assert ("last_day", "clerk") in rung(about=case)


def test_a_promise_rings_on_its_own_days(world: World) -> None:
    LicensingItem.objects.filter(code=ITEM).update(promised_days=8)
    case = world.accepted("2026-03-03T10:00")  # promised by the 13th, due by the 31st
    for at in ("2026-03-09T08:00", "2026-03-10T08:00", "2026-03-10T09:00", "2026-03-13T08:00", "2026-03-14T08:00"):
        ring_promises(moment(at))
    assert rung(kind="promise", about=case) == {
        *((code, name) for code in ("before", "last_day", "lapsed") for name in ("officer", "section")),
        ("lapsed", "head"),
    }  # fmt: skip
    told = Notice.objects.get(key__startswith="promise:", key__contains=":before:", case=case, to=world.officer)
    assert (told.urgency, "承诺办结" in told.subject) == ("soon", True)
    world.take(case, "grant", world.head, "2026-03-16T10:00", reasons="符合法定条件。", valid_from="2026-03-16")
    ring_promises(moment("2026-03-17T08:00"))
    assert len(rung(kind="promise", about=case)) == 7


def test_whoever_is_pressed_is_named(street: Street) -> None:
    case = street.accepted()
    part = street.part(BATHS)
    street.take(case, "press_silent_member", "officer", "2026-03-18T10:00", part=part.code)
    told = Notice.objects.filter(case=case, act__step="press_silent_member")
    assert {"wjw-officer", "supervisor"} <= set(told.values_list("to__username", flat=True))
    assert {part.organ.short_name in subject for subject in told.values_list("subject", flat=True)} == {True}
