"""The ends of a bundle at one instant: results one by one, opinions that go back, and the decision on all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from approvals.models import Licence
from casework.models import Act, Case, Decision
from casework.queries.audit import faults
from tests.approvals.bundle_world import BATHS, FOOD, HEADS, Street, make_street
from tests.approvals.conftest import make_district, make_world
from tests.approvals.test_bundles_choice import TWO, chosen
from tests.approvals.test_bundles_race import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AT = "2026-03-10T10:00"
SERVED = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-10"}


@pytest.fixture
def street(transactional_db: None) -> Street:
    make_district()
    return make_street(make_world())


def grant(street: Street, item: str) -> Callable[[], object]:
    return lambda: street.take(street.part(item), "grant_part", HEADS[item], AT, reasons="符合法定条件、标准。")


def taken(done: list[object]) -> int:
    return sum(isinstance(one, Act) for one in done)


def test_a_part_is_granted_once_however_often_it_is_pressed(street: Street) -> None:
    chosen(street, **TWO)
    assert taken(at_once(*[grant(street, FOOD)] * 4)) == 1
    assert Licence.objects.count() == Decision.objects.count() == 1
    assert faults() == []


def test_the_last_two_parts_are_granted_at_one_instant(street: Street) -> None:
    case = chosen(street, **TWO)
    assert taken(at_once(grant(street, FOOD), grant(street, BATHS))) == 2
    case.refresh_from_db()
    assert case.state == "granted"
    assert Act.objects.filter(case=case, step="close_as_they_came").count() == 1
    assert Licence.objects.count() == 2
    assert faults() == []


def test_one_result_is_handed_over_while_all_are(street: Street) -> None:
    case = chosen(street, **TWO)
    for item in (FOOD, BATHS):
        street.take(street.part(item), "grant_part", HEADS[item], "2026-03-09T10:00", reasons="符合法定条件、标准。")
    done = at_once(
        lambda: street.take(street.part(FOOD), "deliver_part", "officer", AT, **SERVED),
        lambda: street.take(case, "deliver_once", "officer", AT, **SERVED),
    )
    assert isinstance(done[1], Act), "what is still here is handed over, be it two or one"
    case.refresh_from_db()
    assert case.state == "delivered"
    assert set(street.states().values()) == {"delivered"}
    ended = Act.objects.filter(case=street.part(FOOD), to_state="delivered").values_list("step", flat=True)
    assert list(ended) == (["deliver_part"] if isinstance(done[0], Act) else ["delivered_with_bundle"])
    assert Case.objects.filter(procedure="approvals.licence_in_force").count() == 2, "a file for each licence, once"
    assert not Licence.objects.filter(delivered_on=None).exists()
    assert faults() == []


@pytest.mark.parametrize("way", ["return_for_review", "take_back_opinion"])
def test_an_opinion_goes_back_or_all_is_granted(street: Street, way: str) -> None:
    case = street.ready("2026-03-09T10:00", **TWO)

    def goes_back() -> object:
        if way == "take_back_opinion":
            return street.take(street.part(BATHS), way, "wjw-head", AT, reasons="记载有误。")
        return street.take(case, way, "officer", AT, part=street.part(BATHS).code, reasons="请重新审查。")

    done = at_once(goes_back, lambda: street.take(case, "grant_all", "head", AT))
    assert taken(done) == 1
    case.refresh_from_db()
    granted = isinstance(done[1], Act)
    assert case.state == ("granted" if granted else "parts_under_review")
    assert street.states() == ({FOOD: "granted", BATHS: "granted"} if granted else {FOOD: "agreed", BATHS: "examining"})
    assert Licence.objects.count() == (2 if granted else 0)
    assert faults() == []
