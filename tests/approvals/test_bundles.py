"""A bundle from the application to the delivery: who gets what, when each part begins, what comes out of it."""

from __future__ import annotations

from datetime import date

import pytest

from approvals.models import Application, Licence
from approvals.queries import bundles, parts
from approvals.queries.filing import asked_of
from casework.actions.ring import ring_all
from casework.models import Act, Case, Deadline, Decision, Document
from casework.queries.rights import Standing
from casework.refusal import Refused
from tests.approvals.bundle_world import (
    BANNER,
    BATHS,
    BOOKS,
    EVERYTHING,
    FOOD,
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


def test_answers_decide_which_items_are_needed(world: World) -> None:
    found = bundles.bundle(RESTAURANT, DAY)
    assert found
    least = {"registered": "yes", "books": "no", "lodging": "no", "banner": "no", "crowd": "no"}
    assert bundles.needed(found, least) == [FOOD]
    assert bundles.needed(found, {**least, "registered": "no"}) == [TRADE, FOOD]
    assert bundles.needed(found, EVERYTHING) == [FOOD, BATHS, BOOKS, BANNER]
    unsure = bundles.needed(found, {**least, "crowd": "unsure"})
    assert [item.code for item in bundles.elsewhere(found, unsure, DAY)] == ["DC-XFJY-XFJC"]
    whole = bundles.whole(RESTAURANT, DAY, unsure)
    assert whole
    assert [member.code for member in whole.members] == [FOOD]  # what cannot be filed here is no part


def test_what_several_items_ask_is_asked_once(world: World) -> None:
    whole = bundles.whole(RESTAURANT, DAY, [FOOD, BATHS, BOOKS, BANNER])
    assert whole
    names = [question["name"] for page in whole.form for question in page["fields"]]
    assert len(names) == len(set(names))
    assert whole.member(BATHS).names["place_name"] == "spjy_shop_name"  # type: ignore[union-attr]
    assert "cbls_shop_name" not in names
    listed = [material.name for material in whole.materials.all()]
    assert listed.count("营业执照") == 1
    assert whole.member(BOOKS).codes["M1"] == "SPJY-M1"  # type: ignore[union-attr]


def test_parts_are_opened_at_one_moment_each_under_its_own_power(street: Street) -> None:
    case = street.circulated()
    opened = list(Case.objects.filter(parent=case).select_related("organ").order_by("pk"))
    assert {(part.matter, part.organ.code) for part in opened} == {
        (FOOD, "DC-SCJ"), (BATHS, "DC-WJW"), (BOOKS, "DC-WLJ"), (BANNER, "DC-CGW"),
    }  # fmt: skip
    assert {part.opened_at for part in opened} == {moment("2026-03-02T10:00")}
    assert not Deadline.objects.filter(case__in=opened).exists()  # one clock for all of them
    assert {part.due_on for part in opened} == {date(2026, 3, 9)}  # under which they stand in every queue
    given = Application.objects.get(case=street.part(BATHS))
    assert given.answers["place_name"] == "示例小吃店"
    with pytest.raises(Refused, match="此前没有分送过"):
        street.take(case, "circulate_for_check", "officer", "2026-03-02T11:00")
    sheet = Document.objects.get(case=case, paper="xk_joint_dispatch_sheet")
    assert "北京市东城区卫生健康委员会" in str(sheet.context)


def test_members_read_the_bundle_and_the_lead_reads_the_parts(street: Street) -> None:
    case = street.circulated()
    on = moment("2026-03-02T10:00").date()
    assert Standing(street.user("cgw-officer"), on).may_open(case)
    assert Standing(street.user("officer"), on).may_open(street.part(BANNER))
    assert not Standing(street.user("cgw-officer"), on).may_open(street.part(BATHS))


def test_one_acceptance_one_clock_and_what_waits_begins_by_itself(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    # 4, 5, 6 March are 3; to the 3rd of April 20 more weekdays are 23; 4 to 6 April off, 7 to 10 are 27, 13 to 17 32,
    # 20 to 24 37, 27 to 30 41; 1 to 5 May off, 6, 7, 8 are 44 and Saturday the 9th is worked: 45.
    assert clock(case).due_on == date(2026, 5, 9)
    assert street.states() == {
        FOOD: "examining", BATHS: "examining", BOOKS: "examining", BANNER: "waiting_for_prerequisite",
    }  # fmt: skip
    began = Act.objects.filter(case__parent=case, step="start_examination").values_list("at", flat=True)
    assert set(began) == {moment("2026-03-03T10:00")}
    street.agree(FOOD, "2026-03-05T10:00")
    assert street.states()[BANNER] == "examining"
    assert Act.objects.get(step="resume_after_prerequisite").role == "the_law"


def test_the_last_opinion_closes_and_every_organ_decides_in_its_own_name(street: Street) -> None:
    case = street.ready("2026-03-10T10:00")
    assert case.state == "ready_to_decide"
    assert Act.objects.filter(case=case, step="close_fan_in").count() == 1
    street.take(case, "grant_all", "head", "2026-03-11T10:00")
    case.refresh_from_db()
    assert case.state == "granted"
    assert clock(case).stopped_at
    assert clock(case, "xk_deliver").due_on == date(2026, 3, 25)  # ten working days from the 12th
    decided = Decision.objects.filter(case__parent=case).select_related("organ", "document")
    assert {(decision.organ.code, decision.outcome) for decision in decided} == {
        ("DC-SCJ", "准予许可"), ("DC-WJW", "准予许可"), ("DC-WLJ", "准予许可"), ("DC-CGW", "准予许可"),
    }  # fmt: skip
    assert all(decision.public and decision.document for decision in decided)
    licences = Licence.objects.filter(case__parent=case).select_related("organ")
    assert {(one.title, one.organ.code) for one in licences} == {
        ("食品经营许可证", "DC-SCJ"), ("公共场所卫生许可证", "DC-WJW"), ("出版物经营许可证", "DC-WLJ"),
        ("标语宣传品设置许可决定", "DC-CGW"),
    }  # fmt: skip
    assert all(one.number for one in licences)
    paper = Document.objects.get(case=street.part(BATHS), paper="xk_grant_decision")
    assert paper.printed["accepted_on"] == "2026-03-03"
    assert paper.printed["received_on"] == "2026-03-02"
    street.take(
        case, "deliver_once", "officer", "2026-03-12T10:00", method="electronic", recipient="王示例",
        served_on="2026-03-12",
    )  # fmt: skip
    assert set(Decision.objects.filter(case__parent=case).values_list("served_on", flat=True)) == {date(2026, 3, 12)}
    assert Case.objects.filter(procedure="approvals.licence_in_force").count() == 4
    receipt = Document.objects.get(case=case, paper="sy_service_receipt")
    titles = [paper["title"] for paper in receipt.printed["elements"]["papers"]]
    assert titles.count("准予行政许可决定书") == 4
    assert len(titles) == 8


def test_deficiencies_of_all_departments_are_one_notice(street: Street) -> None:
    case = street.circulated()
    street.take(street.part(FOOD), "report_deficiency", "officer", "2026-03-03T10:00",
                requirements={"M2": "布局图没有标明面积"})  # fmt: skip
    street.take(street.part(BATHS), "report_deficiency", "wjw-officer", "2026-03-03T11:00",
                requirements={"M4": "制度没有签发日期", "M3": "检测报告已经过期"})  # fmt: skip
    street.take(street.part(BOOKS), "report_complete", "wlj-officer", "2026-03-03T11:00")
    street.take(street.part(BANNER), "report_complete", "cgw-officer", "2026-03-03T11:00")
    with pytest.raises(Refused, match="各部门均反馈材料齐全"):
        street.take(case, "accept", "officer", "2026-03-03T12:00")
    with pytest.raises(Refused, match="合并在这一份告知书"):
        street.take(case, "notify_deficiency", "officer", "2026-03-03T12:00", items=["SPJY-M2"])
    every = ["SPJY-M2", "GGCS-M3", "GGCS-M4"]
    street.take(case, "notify_deficiency", "officer", "2026-03-03T12:00", items=every, correct_by="2026-03-20")
    notice = Document.objects.get(case=case, paper="xk_deficiency_notice")
    wanted = {row["material"]: row["wanted"] for row in notice.printed["elements"]["deficiencies"]}
    names = {material.code: material.name for material in parts.whole_of(case).materials.all()}
    assert wanted == {
        names["SPJY-M2"]: "布局图没有标明面积", names["GGCS-M3"]: "检测报告已经过期",
        names["GGCS-M4"]: "制度没有签发日期",
    }  # fmt: skip
    asked, told = asked_of(Case.objects.get(pk=case.pk))
    assert {material.code for material in asked} == set(every)
    assert f"{names['GGCS-M3']}：检测报告已经过期" in told["requirements"].split("\n"), "on the page of correcting too"
    with pytest.raises(Refused):  # once for all
        street.take(street.part(BOOKS), "report_deficiency", "wlj-officer", "2026-03-03T13:00",
                    requirements={"M2": "另一份"})  # fmt: skip


def test_a_hearing_in_one_part_stops_the_clock_of_the_whole(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    bath, food = street.part(BATHS), street.part(FOOD)
    street.take(food, "order_special_procedure", "section", "2026-03-04T10:00", kind="expert_review",
                body="食品安全专家", until="2026-03-10")  # fmt: skip
    assert clock(case).due_on is None
    street.take(bath, "order_special_procedure", "wjw-section", "2026-03-06T10:00", kind="inspection",
                body="检测机构", until="2026-03-13")  # fmt: skip
    street.take(food, "record_special_result", "officer", "2026-03-10T10:00", result="符合")
    assert clock(case).due_on is None  # the other part's time still runs
    street.take(bath, "record_special_result", "wjw-officer", "2026-03-12T10:00", result="符合")
    # From the 4th to the 11th of March 6 working days do not count: six later than the 9th of May.
    assert clock(case).due_on == date(2026, 5, 18)
    # The organ's own ten days run on from the 10th: to the 13th 4, the 20th 9, the 23rd 10.
    (own,) = (part.due_on for part in parts.of(case, date(2026, 3, 12)) if part.view.item == FOOD)
    assert own == date(2026, 3, 23)
    notice = Document.objects.get(case=bath, paper="xk_excluded_time_notice")
    assert "自2026年3月6日起至2026年3月13日止" in str(notice.printed)


def test_a_refused_part_is_split_off_and_the_rest_goes_on(street: Street) -> None:
    case = street.accepted()
    street.agree(FOOD, "2026-03-05T10:00")
    street.agree(BATHS, "2026-03-05T10:00")
    street.agree(BANNER, "2026-03-05T11:00")
    street.take(street.part(BOOKS), "refuse_part", "wlj-head", "2026-03-06T10:00", reasons="没有固定的经营场所。")
    case.refresh_from_db()
    assert case.state == "ready_to_decide"
    with pytest.raises(Refused, match="其余各部分均为同意"):
        street.take(case, "grant_all", "head", "2026-03-09T10:00")
    street.take(case, "split_refused_item", "head", "2026-03-09T10:00", part=street.part(BOOKS).code)
    assert street.states()[BOOKS] == "refusal_issued"
    paper = Document.objects.get(case=street.part(BOOKS), paper="xk_refusal_decision")
    assert paper.organ == street.user("wlj-head").seats.get().organisation
    assert "没有固定的经营场所" in str(paper.printed)
    assert "申请行政复议" in str(paper.printed["remedy"])
    street.take(case, "grant_all", "head", "2026-03-09T11:00")
    assert sorted(street.states().values()) == ["granted", "granted", "granted", "refusal_issued"]


def test_what_rests_on_a_refused_item_is_refused_with_it(street: Street) -> None:
    case = street.accepted(books="no", lodging="no")
    street.take(street.part(FOOD), "refuse_part", "head", "2026-03-05T10:00", reasons="场所不符合条件。")
    assert street.states()[BANNER] == "waiting_for_prerequisite"
    street.take(street.part(BANNER), "refuse_for_prerequisite", "cgw-head", "2026-03-06T10:00",
                reasons="前置事项未获同意。")  # fmt: skip
    case.refresh_from_db()
    with pytest.raises(Refused):
        street.take(case, "split_refused_item", "head", "2026-03-09T10:00", part=street.part(FOOD).code)
    street.take(case, "refuse_all", "head", "2026-03-09T10:00")
    assert set(street.states().values()) == {"refusal_issued"}
    assert Decision.objects.filter(case__parent=case).count() == 2


def test_a_bundle_is_split_into_single_cases_with_their_day_of_acceptance(street: Street) -> None:
    case = street.accepted("2026-03-03T10:00")
    street.take(case, "split_to_single_cases", "officer", "2026-03-10T10:00")
    assert set(street.states().values()) == {"closed_with_bundle"}
    singles = {one.matter: one for one in Case.objects.filter(parent=case, procedure="approvals.licence")}
    assert set(singles) == {FOOD, BATHS, BOOKS, BANNER}
    assert clock(singles[FOOD], "xk_decide").due_on == date(2026, 3, 31)  # twenty working days from the 3rd of March
    assert clock(singles[BANNER], "xk_decide").rule == "xk_decide_banner"
    street.take(singles[FOOD], "grant", "head", "2026-03-11T10:00", reasons="符合", valid_from="2026-03-11")
    assert Licence.objects.get(case=singles[FOOD])


def test_an_item_that_needs_no_licence_is_told_in_its_organs_name(street: Street) -> None:
    case = street.circulated(banner="no", lodging="no")
    street.take(street.part(BOOKS), "report_not_needed", "wlj-officer", "2026-03-03T10:00", reasons="仅赠阅，不销售。")
    street.take(street.part(FOOD), "report_complete", "officer", "2026-03-03T10:00")
    with pytest.raises(Refused):
        street.take(case, "accept", "officer", "2026-03-03T11:00")  # the applicant has not been told yet
    street.take(case, "drop_unneeded_item", "officer", "2026-03-03T11:00", part=street.part(BOOKS).code)
    assert street.states()[BOOKS] == "not_needed_told"
    paper = Document.objects.get(case=street.part(BOOKS), paper="xk_not_required_notice")
    assert paper.organ == street.user("wlj-head").seats.get().organisation
    assert "仅赠阅" in str(paper.printed)
    street.take(case, "accept", "officer", "2026-03-03T12:00")


def test_silence_accepts_and_the_parts_begin(street: Street) -> None:
    case = street.circulated()
    ring_all(moment("2026-03-10T00:05"))  # five working days from the 2nd of March are over on the 9th
    case.refresh_from_db()
    assert case.state == "parts_under_review"
    assert clock(case).triggered_at.date() == moment("2026-03-02T09:00").date()
    assert street.states()[FOOD] == "examining"


def test_what_was_accepted_by_silence_is_circulated_late(street: Street) -> None:
    case = street.file()
    ring_all(moment("2026-03-10T00:05"))
    street.take(case, "circulate_for_check", "officer", "2026-03-10T10:00")
    assert street.states()[FOOD] == "examining"
    assert street.states()[BANNER] == "waiting_for_prerequisite"
