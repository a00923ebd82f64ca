"""Departments that finish at one instant, an opinion that arrives twice, the lead organ that acts meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from approvals.models import Licence
from approvals.queries.bundles import PART
from casework.actions.ring import ring_all
from casework.models import Act, Case, Decision
from casework.queries.audit import faults
from casework.refusal import Refused
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, HEADS, Street, make_street
from tests.approvals.conftest import make_district, make_world, moment

pytestmark = pytest.mark.django_db(transaction=True)
AT = "2026-03-10T10:00"


@pytest.fixture
def street(transactional_db: None) -> Street:
    make_district()
    return make_street(make_world())


def at_once(*doings: Callable[[], object]) -> list[object]:
    """All of them at one instant, each with a connection of its own: what came of each, or why it was refused."""
    together = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> object:
        try:
            together.wait(30)
            return doing()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(do, doings))


def opinion(street: Street, item: str) -> Callable[[], object]:
    return lambda: street.take(street.part(item), "agree", HEADS[item], AT, reasons="符合法定条件、标准。")


def test_the_last_two_organs_finish_at_one_instant(street: Street) -> None:
    case = street.accepted(banner="no")
    done = at_once(opinion(street, FOOD), opinion(street, BATHS), opinion(street, BOOKS))
    assert all(isinstance(one, Act) for one in done)
    case.refresh_from_db()
    assert case.state == "ready_to_decide"
    assert Act.objects.filter(case=case, step="close_fan_in").count() == 1
    assert faults() == []


def test_the_last_opinion_arrives_twice(street: Street) -> None:
    case = street.accepted(books="no", lodging="no", banner="no")
    done = at_once(*[opinion(street, FOOD)] * 4)
    assert sum(isinstance(one, Act) for one in done) == 1
    assert Act.objects.filter(case__parent=case, step="agree").count() == 1
    assert Act.objects.filter(case=case, step="close_fan_in").count() == 1
    assert faults() == []


def test_a_prerequisite_is_agreed_to_while_another_organ_finishes(street: Street) -> None:
    """What waits begins once, whoever's transaction comes first, and nobody waits for the other in a circle."""
    street.accepted()
    at_once(opinion(street, FOOD), opinion(street, BATHS), opinion(street, BOOKS))
    assert street.states()[BANNER] == "examining"
    assert Act.objects.filter(step="resume_after_prerequisite").count() == 1


def test_the_lead_organ_acts_while_the_others_do(street: Street) -> None:
    """From above and from below at once: both lock from the top down."""
    case = street.accepted()
    done = at_once(
        lambda: street.take(case, "withdraw", "citizen", AT),
        opinion(street, FOOD),
        opinion(street, BATHS),
        opinion(street, BOOKS),
    )
    assert isinstance(done[0], Act)
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert set(street.states().values()) == {"closed_with_bundle"}
    assert faults() == []


def test_granting_is_pressed_by_two_at_once(street: Street) -> None:
    case = street.ready("2026-03-09T10:00")
    done = at_once(*[lambda: street.take(case, "grant_all", "head", AT)] * 3)
    assert sum(isinstance(one, Act) for one in done) == 1
    assert Licence.objects.count() == Decision.objects.count() == 4


def test_two_circulations_at_once_open_each_part_once(street: Street) -> None:
    case = street.file()
    done = at_once(*[lambda: street.take(case, "circulate_for_check", "officer", "2026-03-02T10:00")] * 3)
    assert sum(isinstance(one, Act) for one in done) == 1
    assert Case.objects.filter(parent=case, procedure=PART).count() == 4


def test_the_clock_of_a_part_rings_while_the_bundle_moves(street: Street) -> None:
    """The law's step in a part locks the bundle first, as everybody does."""
    case = street.accepted("2026-03-03T10:00")
    bath = street.part(BATHS)
    street.take(bath, "notify_hearing_right", "wjw-officer", "2026-03-04T10:00", interest="噪声影响楼上住户")
    street.take(bath, "record_hearing_right_told", "wjw-officer", "2026-03-04T11:00", told_on="2026-03-04",
                recipients="电子送达")  # fmt: skip
    late = moment("2026-03-12T00:05")  # five working days from the 4th are over on the 11th
    at_once(
        lambda: ring_all(late),
        lambda: street.take(street.part(FOOD), "agree", "head", "2026-03-12T00:05", reasons="符合"),
        lambda: ring_all(late),
        lambda: street.take(street.part(BOOKS), "agree", "wlj-head", "2026-03-12T00:05", reasons="符合"),
    )
    ring_all(late)
    bath.refresh_from_db()
    assert bath.state == "examining"
    assert Act.objects.filter(case=bath, step="lapse_hearing_right").count() == 1
    assert case.acts.filter(step="close_fan_in").count() == 0
    assert faults() == []
