"""The day by which an organ promised to decide is kept beside the law's, counted as that one is."""

from __future__ import annotations

from datetime import date

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Bundle, LicensingItem
from casework.actions import Offer, take
from casework.models import Case, Deadline
from casework.office import OFFICE_STEPS
from casework.queries.rights import Standing
from tests.approvals.bundle_world import BATHS, make_street
from tests.approvals.conftest import FOOD, World, moment
from tests.approvals.pages import text


def promised(case: Case) -> date | None:
    return Case.objects.values_list("promised_on", flat=True).get(pk=case.pk)


def test_it_counts_from_the_acceptance_and_ends_with_the_decision(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(promised_days=8)
    case = world.file("2026-03-02T09:00")
    assert promised(case) is None, "nothing is promised before the acceptance"
    world.take(case, "accept", world.officer, "2026-03-03T10:00")
    # 4 to 6 March are 3, 9 to 13 8.
    assert promised(case) == date(2026, 3, 13)
    assert "2026年3月13日" in text(world.client(world.officer).get(f"/cases/{case.code}/"))
    case.refresh_from_db()
    at = moment("2026-03-04T09:00")
    [actor] = Standing(world.officer, at.date()).actors(case, OFFICE_STEPS["advise"])
    take(case, "advise", actor, at, Offer(facts={"proposal": "agree", "reasons": "符合条件"}))
    assert promised(case) == date(2026, 3, 13), "an act that touches no clock leaves it"
    world.take(case, "grant", world.head, "2026-03-06T10:00", reasons="符合法定条件。", valid_from="2026-03-06")
    assert promised(case) is None


def test_time_that_the_law_leaves_out_is_left_out(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(promised_days=8)
    case = world.accepted("2026-03-03T10:00")
    facts = {"body": "检测机构", "until": "2026-03-10"}
    world.take(case, "order_appraisal", world.officer, "2026-03-04T10:00", **facts)
    assert promised(case) is None, "it stands still"
    world.take(case, "record_special_result", world.officer, "2026-03-10T10:00", result="合格")
    # 4, 5, 6 and 9 March do not count: 10 to 13 are 4, 16 to 19 8.
    assert promised(case) == date(2026, 3, 19)
    world.take(case, "extend", world.head, "2026-03-11T10:00", reasons="情况复杂")
    assert promised(case) == date(2026, 3, 19), "an extension is no promise"
    assert Deadline.objects.get(case=case, key="xk_decide").extended_by_id


def test_an_item_without_a_promise_has_none(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(promised_days=None)
    assert promised(world.accepted()) is None


def test_a_bundle_has_its_own_and_stands_still_with_its_parts(world: World) -> None:
    street = make_street(world)
    Bundle.objects.update(promised_days=20)
    case = street.accepted("2026-03-03T10:00")
    # 4 to 6 March are 3, to the 31st 20.
    assert promised(case) == date(2026, 3, 31)
    street.take(
        street.part(BATHS), "order_special_procedure", "wjw-section", "2026-03-04T10:00",
        kind="inspection", body="疾控中心", until="2026-03-13",
    )  # fmt: skip
    assert promised(case) is None
    street.take(street.part(BATHS), "record_special_result", "wjw-officer", "2026-03-10T10:00", result="合格")
    # Four working days from the 4th to the 9th do not count: 1 to 3 April, 7 April (the 6th is a holiday).
    assert promised(case) == date(2026, 4, 7)
    assert promised(street.part(BATHS)) is None, "the organs' own days are the scheme's"


def test_the_queue_shows_the_lamp_of_the_promise_beside_that_of_the_law(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(promised_days=8)
    case = world.accepted("2026-03-03T10:00")  # promised by the 13th, due by the 31st
    world.granted()
    with time_machine.travel(moment("2026-03-16T09:00"), tick=False):
        client = world.client(world.officer)
        with CaptureQueriesContext(connection) as asked:
            said = text(client.get("/desk/?tab=open"))
    line = next(one for one in said.split("<tr ") if case.number in one)
    assert "剩 11 个工作日" in line
    assert line.count("承诺：") == said.count("承诺：") == 1
    assert 'portal-lamp--overdue" data-shape="▲">超期 1 个工作日' in line
    assert len([query for query in asked if "promised_on" in query["sql"]]) == 1, "with the rows themselves"
