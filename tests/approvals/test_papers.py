"""Every paper that a step of a licence gives is filled from its case, complete, and can be printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from approvals import actions
from approvals.models import LicensingItem
from approvals.papers.contexts import CONTEXTS
from approvals.papers.facts import grouped
from approvals.procedures.licence import LICENCE
from casework import registry
from casework.actions import settle
from casework.models import Case, Document
from casework.printing.render import paper_html
from tests.approvals.conftest import FOOD, World, moment, pdf

GIVEN = {code for row in LICENCE.steps for code in row.gives}
REASON = {"reasons": "申请的事项不属于食品经营。"}


def _verified(world: World) -> Case:
    case, both = world.accepted(), [str(world.officer.pk), str(world.second.pk)]
    world.take(
        case,
        "assign_verification",
        world.section_head,
        "2026-03-03T11:00",
        officers=both,
        verify_on="2026-03-05",
        points="场所布局\n设备设施",
    )
    world.take(
        case,
        "record_verification",
        world.officer,
        "2026-03-05T15:00",
        signed_by=both,
        verified_on="2026-03-05",
        place="东城区示例街1号",
        findings="场所与图纸一致。\n设备齐全。",
        conclusion="fits",
    )
    return case


def _granted_and_delivered(world: World) -> Case:
    case = _verified(world)
    world.take(
        case, "grant", world.head, "2026-03-06T10:00", reasons="符合。", valid_from="2026-03-06", scope="热食类食品制售"
    )
    world.take(
        case,
        "deliver",
        world.officer,
        "2026-03-09T10:00",
        method="electronic",
        recipient="王示例",
        served_on="2026-03-09",
    )
    return case


def _refused(world: World) -> Case:
    case = _verified(world)
    world.take(case, "refuse", world.head, "2026-03-06T10:00", reasons="布局不合理。\n没有专间。")
    return case


def _extended(world: World) -> Case:
    case = world.accepted()
    world.take(case, "extend", world.head, "2026-03-10T10:00", reasons="需要向有关部门核实")
    return case


def _deficient(world: World) -> Case:
    case = world.file()
    world.take(
        case,
        "notify_deficiency",
        world.officer,
        "2026-03-03T10:00",
        items=["M2", "M3"],
        requirements="图纸没有标明面积\n缺少事故处置制度",
        correct_by="2026-03-20",
    )
    draft = actions.begin_correction(case, world.citizen, moment("2026-03-04T09:00"))
    material = world.item().materials.get(code="M2")
    actions.keep_file(draft, material, pdf("新图.pdf"), world.citizen, moment("2026-03-04T09:00"))
    actions.correct(case, draft, world.citizen, moment("2026-03-04T09:10"))
    world.take(case, "return_outstanding_items", world.officer, "2026-03-05T10:00", items=["M3"])
    return case


def _not_needed(world: World) -> Case:
    case = world.file()
    world.take(case, "tell_no_licence_needed", world.officer, "2026-03-02T10:00", **REASON)
    return case


def _not_competent(world: World) -> Case:
    case = world.file()
    world.take(
        case,
        "refuse_not_competent",
        world.officer,
        "2026-03-02T10:00",
        **REASON,
        competent_organ="西城区市场监督管理局",
    )
    return case


def _false_material(world: World) -> Case:
    case = world.file()
    world.take(case, "refuse_false_material_safety", world.officer, "2026-03-03T10:00", reasons="检测报告系伪造。")
    return case


def _corrected_on_the_spot(world: World) -> Case:
    case = world.file()
    world.take(
        case, "correct_on_the_spot", world.citizen, "2026-03-02T09:30",
        material="M2", wrong="门牌号10号", right="门牌号1号",
    )  # fmt: skip
    return case


def _silent(world: World) -> Case:
    case = world.file()
    settle(case, moment("2026-03-10T09:00"))
    return case


def _on_commitment(world: World) -> Case:
    LicensingItem.objects.filter(code=FOOD).update(on_commitment=True, safety=False)
    case = world.file()
    world.take(case, "grant_on_commitment", world.officer, "2026-03-02T10:00")
    return case


def _through_superior(world: World) -> Case:
    LicensingItem.objects.filter(code=FOOD).update(goes_to_superior=True)
    case = world.file()
    world.take(case, "accept_for_first_examination", world.officer, "2026-03-03T10:00")
    world.take(case, "forward_to_superior", world.officer, "2026-03-06T10:00", opinion="材料齐全。\n建议准予。")
    return case


def _third_party(world: World) -> Case:
    case = world.accepted()
    party = actions.add_interested(
        case,
        kind="legal",
        name="示例小区业主委员会",
        phone="",
        address="示例街2号",
        reason="油烟",
        by=world.officer,
        at=moment("2026-03-04T09:00"),
    )
    world.take(
        case,
        "tell_interested_party",
        world.officer,
        "2026-03-04T10:00",
        third_party=str(party.pk),
        interest="油烟排放",
        answer_by="2026-03-11",
    )
    world.take(case, "make_statement", world.citizen, "2026-03-05T10:00", statement="已加装净化设备。\n愿意接受监督。")
    return case


def _heard(world: World) -> Case:
    case = world.accepted()
    world.take(case, "notify_hearing_right", world.officer, "2026-03-04T10:00", interest="油烟影响相邻居民")
    world.take(case, "request_hearing", world.citizen, "2026-03-05T10:00")
    world.take(case, "appoint_presider", world.section_head, "2026-03-06T10:00", presider=str(world.second.pk))
    world.take(
        case,
        "notify_hearing_date",
        world.section_head,
        "2026-03-06T11:00",
        hearing_on="2026-03-20",
        hearing_time="上午9时30分",
        place="区政务服务中心听证室",
        until="2026-03-23",
    )
    world.take(
        case,
        "hold_hearing",
        world.second,
        "2026-03-20T11:00",
        attendants="审查人员甲\n申请人王示例",
        evidence="核查笔录",
        arguments="申请人：没有异议。",
    )
    world.take(case, "confirm_hearing_record", world.officer, "2026-03-20T12:00")
    return case


def _public_hearing(world: World) -> Case:
    case = world.accepted()
    world.take(
        case,
        "announce_public_hearing",
        world.section_head,
        "2026-03-04T10:00",
        hearing_on="2026-03-30",
        hearing_basis="《娱乐场所管理条例》第十条",
        place="听证室",
        how_to_join="三月二十日以前报名",
        until="2026-03-31",
    )
    return case


def _appraised(world: World) -> Case:
    case = world.accepted()
    world.take(case, "order_appraisal", world.officer, "2026-03-04T10:00", body="示例鉴定机构", until="2026-03-20")
    return case


def _terminated(world: World) -> Case:
    case = world.accepted()
    world.take(case, "terminate", world.head, "2026-03-04T10:00", reasons="申请人已经终止。")
    return case


def _withdrawn(world: World) -> Case:
    case = world.accepted()
    world.take(case, "withdraw", world.citizen, "2026-03-04T10:00", reasons="不再开店")
    return case


STORIES: tuple[Callable[[World], Case], ...] = (
    _granted_and_delivered,
    _refused,
    _extended,
    _deficient,
    _not_needed,
    _not_competent,
    _false_material,
    _corrected_on_the_spot,
    _silent,
    _on_commitment,
    _through_superior,
    _third_party,
    _heard,
    _public_hearing,
    _appraised,
    _terminated,
    _withdrawn,
)


def test_every_paper_of_the_table_has_a_context() -> None:
    assert set(CONTEXTS) >= GIVEN
    assert all(registry.paper(code) for code in CONTEXTS)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.strip("_"))
def test_papers_of_a_story_are_complete_and_printable(world: World, story: Callable[[World], Case]) -> None:
    case = story(world)
    papers = list(Document.objects.filter(case=case, kind="paper").order_by("id"))
    assert papers
    for document in papers:
        kind = registry.paper(document.paper)
        assert kind is not None
        page = paper_html(kind, document.printed)  # refuses what lacks an element, or would not print it
        assert "None" not in page
        assert "xk_" not in page.split("</style>")[-1]


def test_the_stories_give_every_paper(world: World) -> None:
    given: set[str] = set()
    for story in STORIES:
        LicensingItem.objects.filter(code=FOOD).update(on_commitment=False, safety=True, goes_to_superior=False)
        case = story(world)
        given |= set(Document.objects.filter(case=case, kind="paper").values_list("paper", flat=True))
        case.refresh_from_db()
        world.clear_bars()
    assert given == GIVEN


def elements(case: Case, code: str) -> dict[str, Any]:
    return Document.objects.get(case=case, paper=code).context["elements"]


def test_an_acceptance_states_the_legal_and_the_promised_day(world: World) -> None:
    said = elements(world.accepted(), "xk_acceptance_notice")
    assert said["statutory_limit"] == "20个工作日，至2026年3月31日"
    assert said["promised_limit"] == "8个工作日，至2026年3月13日"


def test_a_deficiency_notice_lists_everything_line_by_line(world: World) -> None:
    case = _deficient(world)
    first = Document.objects.filter(case=case, paper="xk_deficiency_notice").order_by("id").first()
    assert first is not None
    rows = first.context["elements"]["deficiencies"]
    assert [row["wanted"] for row in rows] == ["图纸没有标明面积", "缺少事故处置制度"]
    assert "2026年3月20日" in first.context["elements"]["correction_way"]
    assert "即为受理" in first.context["remedy"]


def test_a_decision_rests_on_the_step_and_on_the_item(world: World) -> None:
    case = _granted_and_delivered(world)
    said = elements(case, "xk_grant_decision")
    assert "第三十八条第一款" in said["basis"]
    assert "《食品安全法》第三十五条" in said["basis"]
    assert said["validity"] == "自2026年3月6日起至2031年3月5日止"
    decision = Document.objects.get(case=case, paper="xk_grant_decision")
    assert "北京市东城区人民政府" in decision.context["remedy"]
    assert decision.context["findings"] == ["本机关指派两名以上工作人员于2026年3月5日进行了实地核查，核查结论为符合"]


def test_an_extension_names_both_days(world: World) -> None:
    said = elements(_extended(world), "xk_extension_notice")
    assert (said["original_due_on"], said["extended_due_on"]) == ("2026-03-31", "2026-04-15")
    assert said["extension"] == "10个工作日"


def test_a_natural_person_is_masked_where_a_number_stands(world: World) -> None:
    world.person.id_kind, world.person.id_number = "resident_id", "110101199003071234"
    world.person.save()
    case = world.accepted(party=world.person)
    world.take(case, "grant", world.head, "2026-03-06T10:00", reasons="符合。", valid_from="2026-03-06")
    decision = Document.objects.get(case=case, paper="xk_grant_decision")
    assert "199003" not in str(decision.context)
    assert decision.context["you"] == "你"


def test_a_query_code_is_printed_in_groups() -> None:
    assert grouped("ABCDEFGHJKLMNPQ") == "ABCD-EFGH-JKLM-NPQ"
