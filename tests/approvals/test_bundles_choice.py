"""Results of a bundle together or as they come, and opinions that are taken back while nobody has opened them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InternalError, transaction

from accounts.models import Organisation, Seat, User
from approvals.models import Application, Licence, OpinionReading
from approvals.queries import custody
from approvals.queries.custody import Place
from casework.models import Act, Case, Decision, Document
from casework.refusal import Refused
from tests.approvals.bundle_world import BANNER, BATHS, FOOD, Street, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.pages import text

TWO = {"books": "no", "banner": "no"}  # the food licence and the baths, neither of which waits for the other


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


def chosen(street: Street, at: str = "2026-03-03T10:00", **asked: str) -> Case:
    """A bundle under examination whose applicant takes each result as it comes."""
    case = street.accepted(at, **asked)
    applications = [case.application, *Application.objects.filter(case__parent=case)]
    for one in applications:
        one.hand_over = "as_they_come"
        one.save()
    return case


def grant(street: Street, item: str, by: str, at: str = "2026-03-05T10:00") -> Act:
    return street.take(street.part(item), "grant_part", by, at, reasons="符合法定条件、标准。")


def take_back(street: Street, item: str = BATHS, by: str = "wjw-head", at: str = "2026-03-06T10:00") -> Act:
    return street.take(street.part(item), "take_back_opinion", by, at, reasons="记载有误。")


# --- as they come -----------------------------------------------------------------------------------------------------


def test_the_choice_is_asked_where_there_are_several_results(street: Street) -> None:
    client = street.world.client(street.world.citizen)
    draft = street.draft()
    page = f"/apply/draft/{draft.code}/delivery/"
    assert "办成一项，领取一项" in text(client.get(page))
    assert client.post(page, {"go": "on", "way": "electronic", "hand_over": "as_they_come"}).status_code == 302
    assert "办成一项，领取一项" in text(client.get(f"/apply/draft/{draft.code}/check/"))
    one = street.draft(books="no", lodging="no", banner="no")
    assert "领取一项" not in text(client.get(f"/apply/draft/{one.code}/delivery/"))


def test_a_part_has_the_choice_of_its_bundle(street: Street) -> None:
    street.draft()
    case = street.circulated(**TWO)
    case.application.hand_over = "as_they_come"
    case.application.save()
    later = street.draft(**TWO)
    assert later.content["delivery"].get("hand_over") is None, "whoever does not choose takes all together"
    assert {one.hand_over for one in Application.objects.filter(case__parent=case)} == {"together"}


def test_a_granted_part_is_released_in_its_organs_name_at_once(street: Street) -> None:
    case = chosen(street, **TWO)
    grant(street, BATHS, "wjw-head")
    part = street.part(BATHS)
    licence = Licence.objects.get(case=part)
    assert (licence.organ.code, licence.number != "") == ("DC-WJW", True)
    assert Decision.objects.get(case=part).public
    assert part.due_on, "the ten days of delivery run for it alone"
    case.refresh_from_db()
    assert case.state == "parts_under_review"
    point = street.world.point
    Application.objects.filter(case=part).update(delivery="collect", delivery_point=point)
    [waits] = custody.waiting(custody.places_of(street.user("wjw-officer"), moment("2026-03-06T10:00").date()))
    assert (waits.case.pk, waits.to) == (part.pk, Place(point)), "it may be collected before the others"


def test_together_is_not_released_and_as_they_come_is_no_opinion(street: Street) -> None:
    street.accepted(**TWO)
    with pytest.raises(Refused, match="申请人选择办成一项领取一项"):
        grant(street, FOOD, "head")
    chosen(street, "2026-03-03T11:00", **TWO)
    with pytest.raises(Refused, match="全部办完后一次领取"):
        street.agree(FOOD, "2026-03-05T10:00")


@pytest.mark.parametrize(
    ("step", "by"), [("withdraw", "citizen"), ("terminate", "head"), ("split_to_single_cases", "officer")]
)
def test_what_was_granted_stands_when_the_rest_ends(street: Street, step: str, by: str) -> None:
    case = chosen(street, **TWO)
    grant(street, FOOD, "head")
    facts = {} if step == "split_to_single_cases" else {"reasons": "不再经营。"}
    street.take(case, step, by, "2026-03-06T10:00", **facts)
    assert street.states() == {FOOD: "released", BATHS: "closed_with_bundle"}
    singles = Case.objects.filter(parent=case, procedure="approvals.licence").values_list("matter", flat=True)
    assert list(singles) == ([BATHS] if step == "split_to_single_cases" else [])
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-09"}
    street.take(street.part(FOOD), "deliver_part", "officer", "2026-03-09T10:00", **facts)
    assert Licence.objects.get(case=street.part(FOOD)).delivered_on


def test_a_refused_part_is_split_off_and_the_granted_one_ends_the_bundle(street: Street) -> None:
    case = chosen(street, **TWO)
    grant(street, FOOD, "head")
    street.take(street.part(BATHS), "refuse_part", "wjw-head", "2026-03-05T11:00", reasons="水质不合格。")
    case.refresh_from_db()
    assert case.state == "ready_to_decide"
    street.take(case, "split_refused_item", "head", "2026-03-06T10:00", part=street.part(BATHS).code)
    case.refresh_from_db()
    assert case.state == "granted"
    assert street.states() == {FOOD: "released", BATHS: "refusal_issued"}
    facts = {"method": "direct", "recipient": "王示例", "served_on": "2026-03-09"}
    street.take(case, "deliver_once", "officer", "2026-03-09T10:00", **facts)
    assert not Decision.objects.filter(case__parent=case, served_on=None).exists()
    assert street.states()[FOOD] == "delivered"


# --- taking back ------------------------------------------------------------------------------------------------------


def opinion(street: Street) -> Case:
    street.accepted(**TWO)
    street.agree(BATHS, "2026-03-05T10:00")
    return street.part(BATHS)


def test_an_unread_opinion_is_taken_back_and_its_paper_is_void(street: Street) -> None:
    part = opinion(street)
    street.world.client(street.user("wjw-head")).get(f"/cases/{part.code}/")
    take_back(street)
    part.refresh_from_db()
    assert part.state == "examining"
    paper = Document.objects.get(case=part, paper="xk_joint_opinion")
    assert (paper.voided_at is not None, paper.void_reason) == (True, "意见已经撤回")
    street.agree(BATHS, "2026-03-09T10:00")
    take_back(street, at="2026-03-09T11:00")
    assert Act.objects.filter(case=part, step="take_back_opinion").count() == 2


def above(part: Case) -> Case:
    assert part.parent
    return part.parent


READERS: dict[str, Callable[[Street, Case, Any], Any]] = {
    "the part": lambda street, part, client: client.get(f"/cases/{part.code}/"),
    "the bundle": lambda street, part, client: client.get(f"/cases/{above(part).code}/"),
    "the interface": lambda street, part, client: client.get(f"/api/v1/cases/{above(part).code}/"),
    "a step": lambda street, part, client: client.get(f"/cases/{above(part).code}/steps/press_silent_member/"),
}


@pytest.mark.parametrize("way", READERS)
def test_whoever_opens_it_makes_it_stand(street: Street, way: str) -> None:
    part = opinion(street)
    READERS[way](street, part, street.world.client(street.user("supervisor" if way == "the part" else "officer")))
    assert OpinionReading.objects.get().case == part
    with pytest.raises(Refused, match="没有其他人打开过"):
        take_back(street)
    with pytest.raises(InternalError), transaction.atomic():
        OpinionReading.objects.all().delete()


def test_the_paper_opened_makes_it_stand(street: Street) -> None:
    part = opinion(street)
    paper = Document.objects.get(case=part, paper="xk_joint_opinion")
    street.world.client(street.user("supervisor")).get(f"/cases/{part.code}/documents/{paper.token}/")
    with pytest.raises(Refused, match="没有其他人打开过"):
        take_back(street)


def test_lists_and_strangers_do_not_open_it(street: Street) -> None:
    part = opinion(street)
    officer = street.world.client(street.user("officer"))
    assert part.parent
    assert part.parent.number in text(officer.get("/desk/bundles/"))
    officer.get("/desk/?tab=open")
    assert street.world.client(street.user("cgw-officer")).get(f"/cases/{part.code}/").status_code == 404
    take_back(street)


def test_only_by_whoever_gave_it_and_while_nothing_rests_on_it(street: Street) -> None:
    street.accepted(books="no", lodging="no")
    street.agree(FOOD, "2026-03-05T10:00")
    assert street.states()[BANNER] == "examining"
    with pytest.raises(Refused, match="以该意见为前提开始审查"):
        take_back(street, FOOD, "head")
    street.agree(BANNER, "2026-03-05T11:00")
    other = User.objects.create(
        username="cgw-head2", kind="staff", display_name="另一负责人示例", created_at=moment("2026-01-05T09:00"),
        password_changed_at=moment("2026-01-05T09:00"),
    )  # fmt: skip
    Seat.objects.create(
        user=other, role="head_of_organ", organisation=Organisation.objects.get(code="DC-CGW"), since="2026-01-01"
    )
    with pytest.raises(Refused, match="由出具该意见的人本人撤回"):
        take_back(street, BANNER, "cgw-head2")


def test_after_the_decision_there_is_nothing_to_take_back(street: Street) -> None:
    case = opinion(street).parent
    assert case
    street.agree(FOOD, "2026-03-05T11:00")
    street.take(case, "grant_all", "head", "2026-03-06T09:00")
    with pytest.raises(Refused, match="准予许可"):
        take_back(street)


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("report_not_needed", {"reasons": "仅供员工使用。"}),
        ("report_not_competent", {"reasons": "属市级职权。", "competent_organ": "北京市卫生健康委员会"}),
    ],
)
def test_a_report_that_somebody_read_stands(street: Street, step: str, facts: dict[str, str]) -> None:
    street.circulated(**TWO)
    street.take(street.part(BATHS), step, "wjw-officer", "2026-03-03T10:00", **facts)
    street.take(street.part(BATHS), "take_back_report", "wjw-officer", "2026-03-03T11:00")
    assert street.states()[BATHS] == "checking"
    street.take(street.part(BATHS), step, "wjw-officer", "2026-03-03T12:00", **facts)
    street.world.client(street.user("officer")).get(f"/cases/{street.part(BATHS).code}/")
    with pytest.raises(Refused, match="没有其他人打开过"):
        street.take(street.part(BATHS), "take_back_report", "wjw-officer", "2026-03-03T13:00")
