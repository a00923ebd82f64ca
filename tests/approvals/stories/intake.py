"""From the application to the first answer."""

from __future__ import annotations

from approvals.models import LicensingItem
from casework.models import Document, Draft
from tests.accounts.people import resident_number
from tests.approvals.conftest import FOOD, World
from tests.approvals.stories.diary import STOPPED, Story, does, happens, law, looks, quiet, refused
from tests.approvals.stories.openings import food_law_applies, food_law_ends

LICENCE = "approvals.licence"
RECEIPT = {"xk_intake_receipt": ("示例（北京）餐饮管理有限公司", "食品经营许可（新办）")}
NEVER_OURS = {"reasons": "从事该活动依法不需要取得行政许可。"}
ELSEWHERE = {"reasons": "申请的场所位于西城区。", "competent_organ": "北京市西城区市场监督管理局"}
ASKED = {
    "items": ["M2", "M3"],
    "requirements": "布局图没有标明面积\n缺少食品安全事故处置制度",
    "correct_by": "2026-04-24",
}


def _item_is_closed(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(online="guide")


def _item_is_open_again(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(online="full")


def _power_is_gone(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(power_code="")


def _power_is_back(world: World) -> None:
    LicensingItem.objects.filter(code=FOOD).update(power_code="DC-SCJ-XK-01")


def _a_file_is_taken_back(world: World) -> None:
    draft = Draft.objects.filter(case=None, owner=world.citizen).latest("id")
    Document.objects.filter(draft=draft, case=None, slot="M2").delete()


def _point_serves_no_more(world: World) -> None:
    world.item().points.filter(point=world.point).delete()


DEFICIENCY = Story(
    name="one complete notice, a second refused, what is outstanding returned, then accepted",
    procedure=LICENCE,
    pages=(
        # Friday before Qingming (4 to 6 April, Monday the 6th off): 7, 8, 9, 10 and 13 April are the five working days.
        does("2026-04-03T16:00", "citizen", "submit", due={"xk_deficiency_notice": "2026-04-13"}, papers=RECEIPT,
             told=()),
        refused("2026-04-07T09:00", "officer", "return_outstanding_items", {"items": ["M2"]},
                gate="deficiency_notice_before"),
        refused("2026-04-07T09:01", "officer", "notify_deficiency", {**ASKED, "items": ["M99"]},
                says=("不在可用的选项中",), forestalls="only_published_materials"),
        does("2026-04-09T10:00", "officer", "notify_deficiency", ASKED, due={"xk_deficiency_notice": STOPPED},
             papers={"xk_deficiency_notice": ("许补〔2026〕1号", "布局图没有标明面积", "缺少食品安全事故处置制度",
                                              "2026年4月24日", "2026年4月3日", "五个工作日", "即为受理",
                                              "officer示例")},
             told=("citizen",)),
        refused("2026-04-09T11:00", "officer", "notify_deficiency", ASKED, says=("本案现处于“待补正”环节",)),
        refused("2026-04-09T12:00", "citizen", "submit_correction", says=("请先上传补正的材料",)),
        # Friday; Monday 13 to Friday 17.
        does("2026-04-10T15:00", "citizen", "submit_correction", {"files": ["M2"]},
             due={"xk_deficiency_notice": "2026-04-17"}, papers={"xk_intake_receipt": ("布局图", "电子件")},
             told=("officer",)),
        refused("2026-04-13T09:00", "officer", "notify_deficiency", ASKED, gate="no_deficiency_notice_before"),
        refused("2026-04-13T09:01", "officer", "return_outstanding_items", {"items": ["M4"]},
                gate="only_items_of_the_notice"),
        does("2026-04-13T10:00", "officer", "return_outstanding_items", {"items": ["M3"], "correct_by": "2026-04-27"},
             due={"xk_deficiency_notice": STOPPED},
             papers={"xk_deficiency_notice": ("许补〔2026〕2号", "原告知的内容尚未补齐", "2026年4月27日")},
             told=("citizen",)),
        # Monday; Tuesday 21 to Friday 24, Monday 27.
        does("2026-04-20T10:00", "citizen", "submit_correction", {"files": ["M3"]},
             due={"xk_deficiency_notice": "2026-04-27"}, papers={"xk_intake_receipt": ()}, told=("officer",)),
        # 22 to 24 April are 3 days, 27 to 30 are 7; 1 to 5 May off; 6 to 8 May are 10, Saturday 9 May is worked (11),
        # 11 to 15 May are 16, 18 to 21 May are 20.
        does("2026-04-21T10:00", "officer", "accept", due={"xk_decide": "2026-05-21", "xk_deficiency_notice": STOPPED},
             papers={"xk_acceptance_notice": ("许受〔2026〕1号", "20个工作日", "2026年5月21日", "2026年4月21日")},
             told=("citizen",)),
    ),
    ends="under_review",
)  # fmt: skip

SILENCE = Story(
    name="five working days of silence accept, from the day of receipt",
    procedure=LICENCE,
    pages=(
        # Thursday before the Spring Festival: Friday 13, Saturday 14 (worked), 15 to 23 off, 24, 25, 26 February.
        does("2026-02-12T10:00", "citizen", "submit", due={"xk_deficiency_notice": "2026-02-26"}, papers=RECEIPT),
        quiet("2026-02-26T23:59", "deem_accepted", gate="expired"),
        # In the first minutes of the 27th nobody has rung yet; too late all the same.
        refused("2026-02-27T00:01", "officer", "notify_deficiency", ASKED, gate="within"),
        refused("2026-02-27T00:02", "officer", "tell_no_licence_needed", NEVER_OURS, gate="within"),
        refused("2026-02-27T00:03", "officer", "refuse_not_competent", ELSEWHERE, gate="within"),
        # From the 12th: 13, 14, 24 to 27 February and Saturday 28 (worked) are 7; 2 to 6 March 12, 9 to 13 March 17,
        # 16, 17, 18 March 20.
        law("2026-02-27T00:05", "deem_accepted", due={"xk_decide": "2026-03-18", "xk_deficiency_notice": STOPPED},
            papers={"xk_deemed_acceptance_note": ("许视〔2026〕1号", "2026年2月12日", "2026年2月26日",
                                                  "自收到申请材料之日起即为受理")},
            told=("citizen", "officer", "second", "third", "section")),
    ),
    ends="under_review",
)  # fmt: skip

NOT_NEEDED = Story(
    name="no licence is needed: told at once",
    procedure=LICENCE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", papers=RECEIPT),
        does("2026-03-02T11:00", "officer", "tell_no_licence_needed", NEVER_OURS,
             due={"xk_deficiency_notice": STOPPED},
             papers={"xk_not_required_notice": ("许无〔2026〕1号", "不需要取得行政许可", "六十日内",
                                                "六个月内", "东城区人民政府", "人民法院")},
             told=("citizen",)),
    ),
    ends="not_needed",
)  # fmt: skip

NOT_OURS = Story(
    name="not within our powers: refused at once, and told where to go",
    procedure=LICENCE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", papers=RECEIPT),
        does("2026-03-02T11:00", "officer", "refuse_not_competent", ELSEWHERE,
             papers={"xk_non_acceptance_decision": ("许不受〔2026〕1号", "不属于本机关职权范围",
                                                    "北京市西城区市场监督管理局", "六十日内",
                                                    "六个月内", "第三十二条第一款第二项")},
             told=("citizen",)),
    ),
    ends="not_accepted",
)  # fmt: skip

WINDOW = Story(
    name="taken in at the window; the opening rows check item, power, point and materials",
    procedure=LICENCE,
    pages=(
        refused("2026-03-02T08:30", "citizen", "submit", event=_item_is_closed, says=("不再公布",),
                forestalls="item_in_force"),
        happens("2026-03-02T08:31", _item_is_open_again),
        refused("2026-03-02T08:32", "citizen", "submit", event=_power_is_gone, gate="power_held"),
        happens("2026-03-02T08:33", _power_is_back),
        refused("2026-03-02T08:33", "citizen", "submit", event=food_law_ends, gate="basis_in_force"),
        refused("2026-03-02T08:33", "clerk", "take_in_at_window", gate="basis_in_force"),
        happens("2026-03-02T08:33", food_law_applies),
        refused("2026-03-02T08:33", "citizen", "submit", event=_a_file_is_taken_back, says=("还有内容没有填写",),
                forestalls="required_materials_given"),
        refused("2026-03-02T08:34", "citizen", "submit", {"no_truth": True}, says=("本人承诺所提交的材料真实",)),
        refused("2026-03-02T08:40", "clerk", "take_in_at_window", event=_item_is_closed, says=("不再公布",),
                forestalls="item_in_force"),
        happens("2026-03-02T08:41", _item_is_open_again),
        does("2026-03-02T09:00", "clerk", "take_in_at_window", due={"xk_deficiency_notice": "2026-03-09"},
             papers={"xk_intake_receipt": ("纸质",)}, told=("钱示例", "officer", "second", "third")),
        happens("2026-03-02T09:30", _power_is_gone),
        refused("2026-03-02T10:00", "clerk", "accept", gate="power_held"),
        happens("2026-03-02T10:01", _power_is_back),
        # Tuesday 3 to Monday 30 March: four weeks without a holiday.
        does("2026-03-02T10:05", "clerk", "accept", due={"xk_decide": "2026-03-30"},
             papers={"xk_acceptance_notice": ("2026年3月30日",)}, told=("钱示例",)),
        # The clerk has begun when the point stops serving the item.
        refused("2026-03-03T08:00", "clerk", "take_in_at_window", event=_point_serves_no_more,
                gate="point_serves_item"),
        refused("2026-03-03T09:00", "clerk", "take_in_at_window", says=("找不到您要的页面",)),
    ),
    ends="under_review",
)  # fmt: skip

CITY = Story(
    name="an application that somebody made at the city's platform",
    procedure=LICENCE,
    pages=(
        refused("2026-03-02T08:30", "city", "take_in_from_city", event=_item_is_closed, says=("不能网上申请",),
                forestalls="item_in_force"),
        happens("2026-03-02T08:31", _item_is_open_again),
        refused("2026-03-02T08:32", "city", "take_in_from_city", event=_power_is_gone, gate="power_held"),
        happens("2026-03-02T08:33", _power_is_back),
        refused("2026-03-02T08:33", "city", "take_in_from_city", event=food_law_ends, gate="basis_in_force"),
        happens("2026-03-02T08:33", food_law_applies),
        refused("2026-03-02T08:34", "city", "take_in_from_city", {"materials": []}, says=("不完整：申请材料",),
                forestalls="required_materials_given"),
        refused("2026-03-02T08:35", "city", "take_in_from_city", {"declared": False}, says=("declared：取值不符",),
                forestalls="declared_to_the_city"),
        # Monday; Tuesday 3 to Friday 6 March are four working days, Monday 9 the fifth.
        does("2026-03-02T09:00", "city", "take_in_from_city", due={"xk_deficiency_notice": "2026-03-09"},
             papers={"xk_intake_receipt": ("电子件", "北京市政务服务平台转来")},
             told=("钱示例77", "officer", "second", "third")),
        looks("2026-03-02T09:30", "officer", "接收市级平台转来的申请", "上级平台", "钱示例77"),
        does("2026-03-02T10:05", "officer", "accept", due={"xk_decide": "2026-03-30"},
             papers={"xk_acceptance_notice": ("2026年3月30日",)}),
    ),
    ends="under_review",
)  # fmt: skip

COUNTER = Story(
    name="whoever filed on paper puts right, corrects by hand and by post, and withdraws, all at the window",
    procedure=LICENCE,
    pages=(
        does("2026-03-02T09:00", "clerk", "take_in_at_window", due={"xk_deficiency_notice": "2026-03-09"},
             papers={"xk_intake_receipt": ("纸质",)}),
        does("2026-03-02T09:30", "clerk", "take_in_spot_correction",
             {"material": "M2", "wrong": "示例街10号", "right": "示例街1号"},
             papers={"xk_on_spot_correction": ("示例街10号", "示例街1号", "由申请人钱示例本人确认")}, told=("钱示例",)),
        does("2026-03-03T10:00", "officer", "notify_deficiency", ASKED, due={"xk_deficiency_notice": STOPPED},
             papers={"xk_deficiency_notice": ("或者到受理本事项的政务服务大厅提交",)}, told=("钱示例",)),
        refused("2026-03-04T09:00", "clerk", "take_in_correction", {"seen": {"id_number": resident_number(78)}},
                says=("与已经登记的申请人证件号码不一致",)),
        refused("2026-03-04T09:01", "clerk", "take_in_correction", says=("请先登记收到的补正材料",)),
        # Thursday; Friday the 6th, Monday the 9th to Thursday the 12th.
        does("2026-03-05T10:00", "clerk", "take_in_correction", {"files": ["M2"], "paper": {"M3": "1"}},
             due={"xk_deficiency_notice": "2026-03-12", "xk_correct": STOPPED},
             papers={"xk_intake_receipt": ("扫描件", "纸质", "区政务服务中心")}, told=("钱示例", "officer")),
        does("2026-03-06T10:00", "officer", "return_outstanding_items", {"items": ["M3"], "correct_by": "2026-03-20"},
             papers={"xk_deficiency_notice": ("原告知的内容尚未补齐",)}),
        # It came by post on Monday the 9th and is recorded on Tuesday: 10 to 13 March, Monday the 16th.
        does("2026-03-10T10:00", "clerk", "take_in_correction",
             {"paper": {"M3": "2"}, "seen": {"way": "post", "received_at": "2026-03-09T15:00"}},
             due={"xk_deficiency_notice": "2026-03-16"},
             papers={"xk_intake_receipt": ("2026年3月9日15时00分", "纸质2")}),
        looks("2026-03-10T11:00", "officer", "窗口收取补正：核验身份", "窗口办理当场更正：核验时间"),
        does("2026-03-11T10:00", "clerk", "take_in_withdrawal",
             {"reasons": "不再开店", "seen": {"who": "agent", "name": "孙示例", "authority": "on"}},
             due={"xk_deficiency_notice": STOPPED},
             papers={"xk_withdraw_application_note": ("不再开店", "2026年3月11日")}, told=("钱示例", "officer")),
    ),
    ends="withdrawn",
)  # fmt: skip

STORIES = (DEFICIENCY, SILENCE, NOT_NEEDED, NOT_OURS, WINDOW, CITY, COUNTER)
