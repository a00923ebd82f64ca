"""What comes back: an item whose prerequisite was refused, a correction to the organ that asked for it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.queries import board
from casework.actions.ring import ring_all
from casework.models import Act, Case, Notice
from casework.queries.worklist import Scope
from casework.refusal import Refused
from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, Street, make_street
from tests.approvals.conftest import World, moment
from tests.approvals.pages import text
from tests.approvals.test_bundles_choice import chosen, grant

TWO = {"books": "no", "lodging": "no"}  # the food licence, and the banner that rests on it


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


def back(street: Street, item: str, at: str) -> Act:
    return street.take(
        street.bundle, "return_for_review", "officer", at, part=street.part(item).code, reasons="请重新审查。"
    )


def refused(street: Street) -> Case:
    """The food licence is refused, and the banner with it."""
    street.take(street.part(FOOD), "refuse_part", "head", "2026-03-05T10:00", reasons="场所不符合条件。")
    street.take(
        street.part(BANNER), "refuse_for_prerequisite", "cgw-head", "2026-03-06T10:00", reasons="前置事项未获同意。"
    )
    return street.bundle


# --- prerequisites ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_they_come", [False, True])
def test_what_rests_on_a_refused_item_is_not_sent_back_before_that(street: Street, as_they_come: bool) -> None:
    if as_they_come:
        chosen(street, **TWO)
    else:
        street.accepted(**TWO)
    refused(street)
    with pytest.raises(Refused, match="应当先退回前置事项"):
        back(street, BANNER, "2026-03-09T10:00")
    act, organ = back(street, FOOD, "2026-03-09T11:00"), street.world.organ.short_name
    told = Notice.objects.filter(act=act).values_list("subject", flat=True)
    assert {organ in subject for subject in told} == {True}, "whose opinion it is"
    assert street.states() == {FOOD: "examining", BANNER: "refused"}
    if as_they_come:
        grant(street, FOOD, "head", "2026-03-10T10:00")
    else:
        street.agree(FOOD, "2026-03-10T10:00")
    back(street, BANNER, "2026-03-10T11:00")
    assert street.states()[BANNER] == "examining"


def test_nothing_is_agreed_to_while_what_it_rests_on_is_examined_again(street: Street) -> None:
    """Its own refusal is sent back by the organ itself, while the lead organ has sent back what it rests on."""
    case = street.accepted(**TWO)
    street.agree(FOOD, "2026-03-05T10:00")
    street.take(street.part(BANNER), "refuse_part", "cgw-head", "2026-03-06T10:00", reasons="尺寸不符合规定。")
    street.world.client(street.user("officer")).get(f"/cases/{case.code}/")
    back(street, FOOD, "2026-03-09T10:00")
    street.take(street.part(BANNER), "return_to_examination", "cgw-head", "2026-03-09T11:00", reasons="重新核算。")
    assert street.states() == {FOOD: "examining", BANNER: "examining"}
    with pytest.raises(Refused, match="各前置事项均已同意"):
        street.agree(BANNER, "2026-03-10T10:00")
    street.agree(FOOD, "2026-03-10T11:00")
    street.agree(BANNER, "2026-03-10T12:00")
    case.refresh_from_db()
    assert case.state == "ready_to_decide"


# --- corrections ------------------------------------------------------------------------------------------------------


def corrected(street: Street, at: str = "2026-03-05T10:00") -> Case:
    """Two organs wanted something put right, two did not; the applicant has handed it in on Thursday the 5th."""
    case = street.circulated()
    for item, by, wanted in ((FOOD, "officer", {"M2": "没有标明面积"}), (BATHS, "wjw-officer", {"M3": "已经过期"})):
        street.take(street.part(item), "report_deficiency", by, "2026-03-03T10:00", requirements=wanted)
    for item, by in ((BOOKS, "wlj-officer"), (BANNER, "cgw-officer")):
        street.take(street.part(item), "report_complete", by, "2026-03-03T10:00")
    street.take(case, "notify_deficiency", "officer", "2026-03-03T11:00", items=["SPJY-M2", "GGCS-M3"])
    street.take(case, "submit_correction", "citizen", at)
    return case


def test_the_organs_that_wanted_something_look_again(street: Street) -> None:
    case = corrected(street)
    assert street.states() == {FOOD: "checking", BATHS: "checking", BOOKS: "checked", BANNER: "checked"}
    assert street.part(BATHS).due_on == date(2026, 3, 12), "in its queue under the five working days"
    told = Notice.objects.filter(act__step="look_again", case=street.part(BATHS))
    assert "wjw-officer" in set(told.values_list("to__username", flat=True))
    scope = Scope(user=street.user("officer").pk, organs=frozenset({street.world.organ.pk}))
    (row,) = board.page(scope, date(2026, 3, 9)).rows
    assert [line.item for line in row.lines if line.silent] == ["食品经营许可（新办）", "公共场所卫生许可（新办）"]
    ring_all(moment("2026-03-09T08:00"))
    rung = Notice.objects.filter(key__startswith="ring:", case=street.part(BATHS))
    assert {"wjw-officer", "wjw-section"} <= set(rung.values_list("to__username", flat=True))
    street.take(case, "press_silent_check", "officer", "2026-03-09T10:00", part=street.part(BATHS).code)
    pressed = Notice.objects.filter(act__step="press_silent_check")
    assert {"区卫生健康委" in subject for subject in pressed.values_list("subject", flat=True)} == {True}
    with pytest.raises(Refused):
        street.take(case, "accept", "officer", "2026-03-10T10:00")
    for item, by in ((FOOD, "officer"), (BATHS, "wjw-officer")):
        street.take(street.part(item), "report_complete", by, "2026-03-10T10:00")
    street.take(case, "accept", "officer", "2026-03-10T11:00")


def test_a_correction_comes_once_to_each(street: Street) -> None:
    case = corrected(street)
    street.take(street.part(FOOD), "report_complete", "officer", "2026-03-06T10:00")
    street.take(case, "return_outstanding_items", "officer", "2026-03-06T11:00", items=["GGCS-M3"])
    street.take(case, "submit_correction", "citizen", "2026-03-09T10:00")
    assert street.states() == {FOOD: "checked", BATHS: "checking", BOOKS: "checked", BANNER: "checked"}
    assert Act.objects.filter(step="look_again").count() == 2


# --- what applicants see of it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "label"), [("agree", "同意"), ("refuse_part", "不同意")])
def test_before_the_decision_an_opinion_is_nothing_that_the_applicant_sees(
    street: Street, step: str, label: str
) -> None:
    case = street.accepted(**TWO)
    street.take(street.part(FOOD), step, "head", "2026-03-05T10:00", reasons="内部的理由。")
    part, citizen = street.part(FOOD), street.world.client(street.world.citizen)
    pages = [f"/cases/{case.code}/", f"/cases/{part.code}/", "/my/cases/", "/my/", "/api/v1/cases/",
             f"/api/v1/cases/{part.code}/"]  # fmt: skip
    track = citizen.post("/services/track/", {"number": part.number, "code": part.code})
    for answer in (*(citizen.get(page) for page in pages), track):
        assert answer.status_code == 200
        said = text(answer)
        for words in (f">{label}</strong>", f"“{label}”", f"：{label}", "出具", '"agreed"', '"refused"', "内部的理由"):
            assert words not in said, answer.request["PATH_INFO"]
    assert "成员机关审查" in text(citizen.get(f"/cases/{part.code}/"))
    assert f">{label}</strong>" in text(street.world.client(street.user("officer")).get(f"/cases/{case.code}/"))


def test_an_applicant_who_looks_keeps_nobody_from_taking_back(street: Street) -> None:
    case = street.accepted(**TWO)
    street.take(street.part(FOOD), "refuse_part", "head", "2026-03-05T10:00", reasons="内部的理由。")
    citizen = street.world.client(street.world.citizen)
    for code in (case.code, street.part(FOOD).code):
        citizen.get(f"/cases/{code}/")
    street.take(street.part(FOOD), "take_back_opinion", "head", "2026-03-05T11:00", reasons="记载有误。")
    assert "撤回尚未查看的意见" not in text(citizen.get(f"/cases/{street.part(FOOD).code}/"))


def test_what_an_organ_finds_not_its_own_is_not_the_applicants_before_they_are_told(street: Street) -> None:
    case = street.circulated(lodging="no", banner="no")
    street.take(street.part(BOOKS), "report_not_competent", "wlj-officer", "2026-03-03T10:00", reasons="不属区级。",
                competent_organ="北京市新闻出版局")  # fmt: skip
    citizen = street.world.client(street.world.citizen)
    assert "不属" not in text(citizen.get(f"/cases/{case.code}/"))
    street.take(case, "drop_foreign_item", "officer", "2026-03-03T11:00", part=street.part(BOOKS).code)
    assert "不属" in text(citizen.get(f"/cases/{case.code}/"))


# --- links ------------------------------------------------------------------------------------------------------------


def test_a_page_leads_only_to_parts_that_the_reader_may_open(street: Street) -> None:
    case = street.accepted()
    own, other = street.part(BANNER).code, street.part(BATHS).code
    member = street.world.client(street.user("cgw-officer"))
    for page in (f"/cases/{case.code}/", "/desk/bundles/"):
        said = member.get(page).content.decode()
        assert f"/cases/{own}/" in said
        assert f"/cases/{other}/" not in said
        assert "公共场所卫生许可" in said, "that there is such a part, the member organ reads"
    lead = street.world.client(street.user("officer"))
    for page in (f"/cases/{case.code}/", "/desk/bundles/"):
        assert f"/cases/{other}/" in lead.get(page).content.decode()


def test_the_page_of_a_bundle_asks_no_more_for_more_parts(street: Street) -> None:
    member = street.world.client(street.user("wjw-officer"))
    costs = []
    for asked in ({"books": "no", "banner": "no"}, {}):
        case = street.accepted(**asked)
        member.get(f"/cases/{case.code}/")
        with CaptureQueriesContext(connection) as queries:
            assert member.get(f"/cases/{case.code}/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
