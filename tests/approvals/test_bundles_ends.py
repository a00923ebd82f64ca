"""How a bundle ends, who is late, and what its pages and its interface say."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals.models import Application, Licence
from approvals.procedures.bundle import BUNDLE
from approvals.queries import board
from approvals.queries.bundles import PART
from casework.actions.ring import ring_all
from casework.models import Act, Case, Deadline, Document
from casework.queries.worklist import Scope
from casework.refusal import Refused
from tests.approvals.bundle_world import (
    BATHS,
    EVERYTHING,
    FOOD,
    OFFICERS,
    RESTAURANT,
    TRADE,
    Street,
    make_street,
)  # fmt: skip
from tests.approvals.conftest import World, moment

DAY = date(2026, 3, 2)


@pytest.fixture
def street(world: World) -> Street:
    return make_street(world)


def clock(case: Case, key: str = "xk_decide_joint") -> Deadline:
    return Deadline.objects.filter(case=case, key=key).latest("pk")


@pytest.mark.parametrize("step", ["withdraw", "terminate"])
def test_parts_end_with_the_bundle(street: Street, step: str) -> None:
    case = street.accepted()
    street.agree(FOOD, "2026-03-05T10:00")
    by = "citizen" if step == "withdraw" else "head"
    street.take(case, step, by, "2026-03-06T10:00", reasons="不再开店")
    assert set(street.states().values()) == {"closed_with_bundle"}
    assert not Case.objects.filter(parent=case, ended_at=None).exists()


def test_the_head_of_the_government_extends_once(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    street.take(case, "extend_joint", "government", "2026-05-08T10:00", reasons="需要组织专家评审")
    # 15 working days from the 9th of May: 11 to 15 are 5, 18 to 22 10, 25 to 29 15.
    assert clock(case).due_on == date(2026, 5, 29)
    notice = Document.objects.get(case=case, paper="xk_joint_extension_notice")
    assert "2026-05-09" in str(notice.printed)
    with pytest.raises(Refused, match="此前没有延长过"):
        street.take(case, "extend_joint", "government", "2026-05-11T10:00", reasons="再次")


def test_silence_of_the_organs_is_told_and_decides_nothing(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    ring_all(moment("2026-05-11T00:05"))
    case.refresh_from_db()
    assert case.state == "parts_under_review"
    assert Act.objects.filter(case=case, step="record_overdue_inaction").count() == 1


def test_who_is_late_is_on_the_board_and_can_be_pressed(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    organ = street.world.organ.pk
    scope = Scope(user=street.user("officer").pk, organs=frozenset({organ}))
    on = date(2026, 3, 17)
    found = board.page(scope, on)
    (row,) = found.rows
    assert not row.late
    assert {line.item: line.waits_for for line in row.lines if line.waits_for} == {
        "公共场所标语宣传品设置许可": ("食品经营许可（新办）",)
    }
    (row,) = board.page(scope, date(2026, 3, 18)).rows  # ten working days from the 3rd of March end on the 17th
    assert row.late == 3
    with pytest.raises(Refused, match="内部时限"):
        street.take(case, "press_silent_member", "officer", "2026-03-17T10:00", part=street.part(BATHS).code)
    street.take(case, "press_silent_member", "officer", "2026-03-18T10:00", part=street.part(BATHS).code)
    notice = Document.objects.get(case=case, paper="xk_joint_urging_notice")
    assert "10个工作日" in str(notice.printed)


def test_who_has_not_reported_is_on_the_board_before_acceptance_and_can_be_pressed(street: Street) -> None:
    case = street.circulated()  # on Monday the 2nd of March; the applicant must be told by Monday the 9th
    street.take(street.part(FOOD), "report_complete", "officer", "2026-03-03T10:00")
    scope = Scope(
        user=street.user("officer").pk, organs=frozenset({street.world.organ.pk}),
        roles=frozenset({("case_officer", street.world.organ.pk)}),
    )  # fmt: skip
    (row,) = board.page(scope, date(2026, 3, 3)).rows
    assert (row.silent, row.late) == (0, 0), "four working days are left"
    assert {line.due_on for line in row.lines} == {date(2026, 3, 9), None}
    (row,) = board.page(scope, date(2026, 3, 4)).rows
    assert (row.silent, row.late) == (3, 0)
    with time_machine.travel(moment("2026-03-04T09:00"), tick=False):
        said = street.world.client(street.user("officer")).get("/desk/bundles/").content.decode()
    assert said.count("尚未反馈</strong>") == 3
    assert "press_silent_check" in said
    street.take(case, "press_silent_check", "officer", "2026-03-04T10:00", part=street.part(BATHS).code)
    with pytest.raises(Refused, match="尚未反馈核对结果"):
        street.take(case, "press_silent_check", "officer", "2026-03-04T10:01", part=street.part(FOOD).code)


def test_only_on_the_last_day_are_the_silent_not_waited_for(street: Street) -> None:
    case = street.circulated()
    street.take(street.part(FOOD), "report_deficiency", "officer", "2026-03-03T10:00", requirements={"M2": "没有面积"})
    with pytest.raises(Refused, match="当日为一次告知的法定期限最后一日"):
        street.take(case, "notify_deficiency", "officer", "2026-03-06T10:00", items=["SPJY-M2"])
    street.take(case, "notify_deficiency", "officer", "2026-03-09T10:00", items=["SPJY-M2"])
    row = BUNDLE.step("notify_deficiency")
    assert not [gate for gate in row.needs if gate.attested], "nobody states what the calendar says"


def test_a_joint_visit_takes_two_officers_of_each_organ(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    facts = {"verified_on": "2026-03-05", "place": "经营场所", "findings": "与图纸一致", "conclusion": "fits"}
    pair = [street.user(name).pk for name in ("officer", "second")]
    alone = [str(pk) for pk in [*pair, street.user("wjw-officer").pk]]
    with pytest.raises(Refused, match="两名以上"):
        street.take(case, "organise_joint_visit", "officer", "2026-03-05T10:00", signed_by=alone, **facts)
    both = [*alone, str(street.user("wjw-officer2").pk)]
    street.take(case, "organise_joint_visit", "officer", "2026-03-05T10:00", signed_by=both, **facts)
    assert Document.objects.get(case=case, paper="xk_verification_record")


def test_a_part_reports_again_until_the_notice_is_out(street: Street) -> None:
    street.circulated(books="no", lodging="no", banner="no")
    part = street.part(FOOD)
    street.take(part, "report_complete", "officer", "2026-03-03T10:00")
    street.take(part, "report_deficiency", "officer", "2026-03-03T11:00", requirements={"M2": "没有标明面积"})
    street.take(part, "report_complete", "officer", "2026-03-03T12:00")
    street.take(street.bundle, "accept", "officer", "2026-03-03T13:00")
    part.refresh_from_db()
    assert part.procedure == PART
    assert part.state == "examining"


@pytest.mark.parametrize(
    ("step", "by", "facts", "paper", "ends"),
    [
        ("tell_no_licence_needed", "officer", {"reasons": "办理备案。"}, "xk_not_required_notice", "not_needed"),
        (
            "refuse_not_competent", "officer", {"reasons": "场所位于西城区。", "competent_organ": "西城区市场监管局"},
            "xk_non_acceptance_decision", "not_accepted",
        ),
        (
            "refuse_false_material_safety", "officer", {"reasons": "检测报告系伪造。"},
            "xk_non_acceptance_decision", "not_accepted",
        ),
        (
            "correct_on_the_spot", "citizen", {"material": "SPJY-M2", "wrong": "10号", "right": "1号"},
            "xk_on_spot_correction", "filed",
        ),
    ],
)  # fmt: skip
def test_first_answers_of_the_lead_organ(
    street: Street, step: str, by: str, facts: dict[str, str], paper: str, ends: str
) -> None:
    case = street.circulated()
    street.take(case, step, by, "2026-03-03T10:00", **facts)
    case.refresh_from_db()
    assert case.state == ends
    assert Document.objects.get(case=case, paper=paper).organ == street.world.organ
    still = Case.objects.filter(parent=case, ended_at=None).exists()
    assert still == (ends == "filed")  # what was circulated ends with the bundle


def test_a_correction_that_never_comes_ends_it_only_where_every_organ_is_of_market_regulation(street: Street) -> None:
    for asked, ends in (({}, "awaiting_correction"), ({"books": "no", "lodging": "no", "banner": "no"}, "abandoned")):
        case = street.circulated(**asked)
        for part in Case.objects.filter(parent=case).exclude(matter=FOOD):
            street.take(part, "report_complete", OFFICERS[part.matter], "2026-03-03T10:00")
        street.take(street.part(FOOD), "report_deficiency", "officer", "2026-03-03T10:00",
                    requirements={"M2": "没有标明面积"})  # fmt: skip
        street.take(
            case, "notify_deficiency", "officer", "2026-03-03T11:00", items=["SPJY-M2"], correct_by="2026-03-20"
        )
        ring_all(moment("2026-03-21T00:05"))
        case.refresh_from_db()
        assert case.state == ends
        Deadline.objects.filter(case=case).update(ring_on=None)


def test_a_hearing_of_one_part_stops_the_clock_of_the_whole_from_the_day_it_was_asked_for(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    bath = street.part(BATHS)
    street.take(bath, "notify_hearing_right", "wjw-officer", "2026-03-04T10:00", interest="噪声影响楼上住户")
    street.take(bath, "record_hearing_right_told", "wjw-officer", "2026-03-04T11:00", told_on="2026-03-04",
                recipients="电子送达")  # fmt: skip
    assert clock(bath, "xk_hearing_request").due_on == date(2026, 3, 11)
    street.take(bath, "request_hearing", "citizen", "2026-03-06T10:00")
    assert clock(case).due_on is None
    case.refresh_from_db()
    assert case.due_on is None  # the queue of the lead organ says that nothing runs
    presider = str(street.user("wjw-section").pk)
    street.take(bath, "appoint_presider", "wjw-section", "2026-03-09T10:00", presider=presider)
    street.take(bath, "notify_hearing_date", "wjw-section", "2026-03-10T10:00", hearing_on="2026-03-24",
                hearing_time="上午9时", place="听证室", until="2026-03-27")  # fmt: skip
    street.take(bath, "hold_hearing", "wjw-section", "2026-03-24T09:00", attendants="申请人", evidence="检测报告",
                arguments="隔声改造")  # fmt: skip
    street.take(bath, "confirm_hearing_record", "wjw-officer", "2026-03-26T10:00")
    # From the 6th to the 25th of March 14 working days do not count: 11 to 15 May are 5, 18 to 22 10, 25 to 28 14.
    assert clock(case).due_on == date(2026, 5, 28)


def test_the_applicant_follows_all_parts_on_one_page(street: Street) -> None:
    case = street.accepted()
    answer = street.world.client(street.world.citizen).get(f"/cases/{case.code}/")
    said = answer.content.decode()
    for part in Case.objects.filter(parent=case):
        assert part.title in said
        assert f"/cases/{part.code}/" in said
    assert street.world.client(street.world.citizen).get(f"/cases/{street.part(BATHS).code}/").status_code == 200


def test_the_board_costs_the_same_however_many_there_are(street: Street) -> None:
    scope = Scope(user=street.user("officer").pk, organs=frozenset({street.world.organ.pk}))
    street.accepted()
    board.page(scope, DAY)  # the calendar is read once for all
    costs = []
    for count in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            assert len(board.page(scope, DAY).rows) == count
        costs.append(len(asked))
        street.accepted()
    assert costs[0] == costs[1] == costs[2]


def test_questions_that_change_the_items_change_the_pages(street: Street) -> None:
    draft = street.draft()
    client = street.world.client(street.world.citizen)
    home = f"/apply/draft/{draft.code}/"
    assert "食品经营许可（新办）、公共场所卫生许可（新办）" in client.get(home).content.decode()
    least = {**EVERYTHING, "books": "no", "lodging": "no", "banner": "no"}
    assert client.post(f"{home}items/", {"go": "on", **least}).status_code == 302
    draft.refresh_from_db()
    assert draft.content["chosen"] == [FOOD]
    assert draft.content["seen"] == []
    assert client.get(f"{home}form-4/").status_code == 404


def test_a_bundle_is_filed_through_the_api(street: Street) -> None:
    client = street.world.client(street.world.citizen)
    begun = client.post("/api/v1/drafts/", {"item": RESTAURANT, "asked": EVERYTHING}, content_type="application/json")
    assert begun.status_code == 201, begun.content
    assert [part["name"] for part in begun.json()["parts"]][:2] == ["items", "applicant"]
    wrong = client.post("/api/v1/drafts/", {"item": RESTAURANT, "asked": {}}, content_type="application/json")
    assert wrong.status_code == 400


def test_a_person_registers_first_and_the_licence_waits_for_it(street: Street) -> None:
    """One organ, two powers: what rests on the registration begins when that is agreed to."""
    case = street.accepted(registered="no", books="no", lodging="no", banner="no")
    assert case.applicant == street.world.person
    assert street.states() == {TRADE: "examining", FOOD: "waiting_for_prerequisite"}
    assert Application.objects.get(case=street.part(FOOD)).answers["shop_name"] == "示例小吃店"  # asked once
    street.agree(TRADE, "2026-03-05T10:00")
    assert street.states()[FOOD] == "examining"
    street.agree(FOOD, "2026-03-09T10:00")
    street.take(case, "grant_all", "head", "2026-03-10T10:00")
    assert set(Licence.objects.values_list("title", flat=True)) == {"营业执照", "食品经营许可证"}
