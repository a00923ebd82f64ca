"""The ways of a bundle: granted after one notice, an item split off, refused, split up, ended, accepted by silence."""

from __future__ import annotations

from tests.approvals.bundle_world import BANNER, BATHS, BOOKS, FOOD, RESTAURANT
from tests.approvals.stories.diary import STOPPED, Story, does, law, looks, quiet, refused

BUNDLE = "approvals.bundle"
ONE = {"asked": {"books": "no", "lodging": "no", "banner": "no"}}
TWO = {"asked": {"books": "no", "lodging": "no"}}
GOOD = {"reasons": "符合法定条件、标准。"}
SERVED = {"method": "electronic", "recipient": "王示例"}
MEMBERS = ("second", "wjw-officer", "wjw-officer2", "wlj-officer", "wlj-officer2", "cgw-officer", "cgw-officer2")
OPENED = tuple(f"{item}:receive_part" for item in (FOOD, BATHS, BOOKS, BANNER))
BEGUN = (*(f"{item}:start_examination" for item in (FOOD, BATHS, BOOKS)), f"{BANNER}:hold_for_prerequisite")
CLOSES = (f"{RESTAURANT}:close_fan_in",)
COMPANY = "示例（北京）餐饮管理有限公司"

GRANTED = Story(
    name="deficiencies of two departments in one notice, then four licences at once",
    procedure=BUNDLE,
    pages=(
        # Monday; the five working days are over on Monday the 9th.
        does("2026-03-02T09:00", "citizen", "submit", due={"xk_deficiency_notice": "2026-03-09"},
             papers={"xk_intake_receipt": (COMPANY, "开办餐馆")}, told=("officer", "second")),
        refused("2026-03-02T09:30", "officer", "accept", gate="children"),
        refused("2026-03-02T09:31", "officer", "accept", gate="every_report_complete"),
        refused("2026-03-02T09:32", "officer", "notify_deficiency", {"items": ["SPJY-M2"]},
                says=("不在可用的选项中",), forestalls="reports_joined"),
        does("2026-03-02T10:00", "officer", "circulate_for_check",
             papers={"xk_joint_dispatch_sheet": ("北京市东城区卫生健康委员会", "公共场所标语宣传品设置许可",
                                                 "2026年3月2日10时00分", "2026年3月9日")},
             told=MEMBERS, sets_off=OPENED),
        refused("2026-03-02T10:01", "officer", "circulate_for_check", gate="not_circulated_before"),
        does("2026-03-03T09:00", "officer", "report_deficiency",
             {"requirements": {"M2": "布局图没有标明面积"}}, part=FOOD, told=("second",), sets_off=()),
        does("2026-03-03T10:00", "wjw-officer", "report_deficiency",
             {"requirements": {"M3": "检测报告已经过期"}}, part=BATHS, told=("officer", "second")),
        does("2026-03-03T11:00", "wlj-officer", "report_complete", part=BOOKS, told=("officer", "second")),
        does("2026-03-03T12:00", "cgw-officer", "report_complete", part=BANNER),
        refused("2026-03-04T09:00", "officer", "accept", gate="every_report_complete"),
        refused("2026-03-04T09:01", "officer", "notify_deficiency", {"items": ["SPJY-M2"]}, gate="reports_joined"),
        does("2026-03-04T10:00", "officer", "notify_deficiency",
             {"items": ["SPJY-M2", "GGCS-M3"], "correct_by": "2026-03-20"}, due={"xk_deficiency_notice": STOPPED},
             papers={"xk_deficiency_notice": ("许补〔2026〕1号", "开办餐馆", "布局图没有标明面积", "检测报告已经过期",
                                              "区卫生健康委", "2026年3月20日")},
             told=("citizen", *MEMBERS)),
        refused("2026-03-04T11:00", "wlj-officer", "report_deficiency", {"requirements": {"M2": "再补"}},
                part=BOOKS, gate="parent"),
        # Thursday; Friday the 6th, Monday the 9th to Thursday the 12th.
        does("2026-03-05T10:00", "citizen", "submit_correction", {"files": ["SPJY-M2", "GGCS-M3"]},
             due={"xk_deficiency_notice": "2026-03-12"}, papers={"xk_intake_receipt": ("布局图", "检测或者评价报告")},
             told=("officer",), sets_off=(f"{FOOD}:look_again", f"{BATHS}:look_again")),
        refused("2026-03-05T11:00", "wjw-officer", "report_deficiency", {"requirements": {"M3": "再补"}},
                part=BATHS, gate="no_joint_notice_yet"),
        does("2026-03-05T12:00", "officer", "report_complete", part=FOOD),
        does("2026-03-06T10:00", "officer", "return_outstanding_items",
             {"items": ["GGCS-M3"], "correct_by": "2026-03-20"}, due={"xk_deficiency_notice": STOPPED},
             papers={"xk_deficiency_notice": ("许补〔2026〕2号", "原告知的内容尚未补齐")}, told=("citizen",)),
        # Monday; Tuesday the 10th to Friday the 13th, Monday the 16th.
        does("2026-03-09T10:00", "citizen", "submit_correction", {"files": ["GGCS-M3"]},
             due={"xk_deficiency_notice": "2026-03-16"}, papers={"xk_intake_receipt": ()}, sets_off=()),
        does("2026-03-10T09:00", "wjw-officer", "report_complete", part=BATHS),
        # 11 to 13 March are 3, to the 31st 15; 1 to 3 April 18, 7 to 10 22, 13 to 17 27, 20 to 24 32, 27 to 30 36;
        # 6 to 8 May 39, Saturday the 9th (worked) 40, 11 to 15 May 45.
        does("2026-03-10T10:00", "officer", "accept",
             due={"xk_decide_joint": "2026-05-15", "xk_deficiency_notice": STOPPED},
             papers={"xk_joint_acceptance_notice": ("许并受〔2026〕1号", "开办餐馆", "四十五个工作日", "2026年5月15日",
                                                    "北京市东城区城市管理委员会")},
             told=("citizen", *MEMBERS), sets_off=BEGUN),
        refused("2026-03-11T10:00", "cgw-head", "agree", GOOD, part=BANNER, says=("等待前置事项结果",)),
        refused("2026-03-11T10:01", "cgw-head", "refuse_for_prerequisite", {"reasons": "不予许可"}, part=BANNER,
                gate="prerequisite_refused"),
        does("2026-03-11T11:00", "wjw-head", "agree", {**GOOD, "valid_from": "2026-03-17"}, part=BATHS,
             papers={"xk_joint_opinion": ("许并意〔2026〕1号", "同意", "公共场所卫生许可", "wjw-officer示例",
                                          "wjw-head示例")},
             told=("officer", "second"), sets_off=()),
        does("2026-03-12T10:00", "head", "agree", GOOD, part=FOOD, papers={"xk_joint_opinion": ("同意",)},
             sets_off=(f"{BANNER}:resume_after_prerequisite",)),
        does("2026-03-13T10:00", "wlj-head", "agree", GOOD, part=BOOKS, papers={"xk_joint_opinion": ()}, sets_off=()),
        looks("2026-03-13T11:00", "citizen", "公共场所标语宣传品设置许可", "成员机关审查"),
        does("2026-03-16T10:00", "cgw-head", "agree", GOOD, part=BANNER, papers={"xk_joint_opinion": ()},
             sets_off=CLOSES),
        # 18 to 20 March are 3, 23 to 27 8, 30 and 31 10.
        does("2026-03-17T10:00", "head", "grant_all", due={"xk_deliver": "2026-03-31", "xk_decide_joint": STOPPED},
             told=("citizen", "officer"),
             sets_off=tuple(f"{item}:issue_grant" for item in (FOOD, BATHS, BOOKS, BANNER)),
             prints={f"{BATHS}:xk_grant_decision": ("北京市东城区卫生健康委员会", "许准〔2026〕1号", COMPANY,
                                                    "2026年3月10日", "六十日内向北京市东城区人民政府申请行政复议"),
                     f"{BATHS}:xk_licence": ("公共场所卫生许可证", "许证〔2026〕1号"),
                     f"{FOOD}:xk_licence": ("食品经营许可证",),
                     f"{BANNER}:xk_grant_decision": ("北京市东城区城市管理委员会",)}),
        does("2026-03-18T10:00", "officer", "deliver_once", {**SERVED, "served_on": "2026-03-18"},
             due={"xk_deliver": STOPPED},
             papers={"sy_service_receipt": ("准予行政许可决定书", "公共场所卫生许可证", "标语宣传品设置许可决定",
                                            "王示例")},
             told=("citizen",)),
    ),
    ends="delivered",
)  # fmt: skip

SPLIT_OFF = Story(
    name="one item needs no licence, one is refused and split off, the rest is granted",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        refused("2026-03-02T11:00", "officer", "drop_unneeded_item", {"part": f"@part:{BOOKS}"},
                gate="named_part_unneeded"),
        does("2026-03-03T09:00", "wlj-officer", "report_not_needed", {"reasons": "仅供顾客阅览，不销售。"}, part=BOOKS,
             told=("officer", "second")),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:01", "wjw-officer", "report_complete", part=BATHS),
        does("2026-03-03T10:02", "cgw-officer", "report_complete", part=BANNER),
        refused("2026-03-03T11:00", "officer", "accept", gate="children"),
        does("2026-03-03T12:00", "officer", "drop_unneeded_item", {"part": f"@part:{BOOKS}"}, told=("citizen",),
             sets_off=(f"{BOOKS}:issue_not_needed",),
             prints={f"{BOOKS}:xk_not_required_notice": ("许无〔2026〕1号", "仅供顾客阅览", "六十日内")}),
        # 4 to 6 March are 3, to the 31st 20, 1 to 3 April 23, 7 to 10 27, 13 to 17 32, 20 to 24 37, 27 to 30 41,
        # 6 to 8 May 44, Saturday the 9th (worked) 45.
        does("2026-03-03T13:00", "officer", "accept", due={"xk_decide_joint": "2026-05-09"},
             papers={"xk_joint_acceptance_notice": ()},
             sets_off=(f"{FOOD}:start_examination", f"{BATHS}:start_examination", f"{BANNER}:hold_for_prerequisite")),
        does("2026-03-04T10:00", "wjw-section", "order_special_procedure",
             {"kind": "inspection", "body": "区疾病预防控制中心", "until": "2026-03-13"}, part=BATHS,
             papers={"xk_excluded_time_notice": ("检验、检测、检疫", "区疾病预防控制中心",
                                                 "自2026年3月4日起至2026年3月13日止，共10日")},
             told=("citizen", "officer", "second")),
        looks("2026-03-04T11:00", "officer", "中止计算"),
        does("2026-03-10T10:00", "wjw-officer", "record_special_result", {"result": "水质不合格"}, part=BATHS),
        does("2026-03-11T10:00", "head", "agree", GOOD, part=FOOD, papers={"xk_joint_opinion": ()}),
        does("2026-03-11T11:00", "cgw-head", "agree", GOOD, part=BANNER, papers={"xk_joint_opinion": ()}, sets_off=()),
        does("2026-03-12T10:00", "wjw-head", "refuse_part", {"reasons": "水质不符合国家标准。"}, part=BATHS,
             papers={"xk_joint_opinion": ("不同意", "水质不符合国家标准")}, told=("officer", "second"),
             sets_off=CLOSES),
        refused("2026-03-13T10:00", "head", "grant_all", gate="the_rest_agreed"),
        refused("2026-03-13T10:01", "head", "refuse_all", gate="nothing_agreed"),
        refused("2026-03-13T10:02", "head", "split_refused_item", {"part": f"@part:{FOOD}"},
                says=("不在可用的选项中",), forestalls="named_part_refused"),
        does("2026-03-13T11:00", "head", "split_refused_item", {"part": f"@part:{BATHS}"},
             # Four working days from the 4th to the 9th did not count: 11 to 14 May.
             due={"xk_decide_joint": "2026-05-14"}, sets_off=(f"{BATHS}:issue_refusal",),
             prints={f"{BATHS}:xk_refusal_decision": ("北京市东城区卫生健康委员会", "许不〔2026〕1号",
                                                      "水质不符合国家标准", "申请行政复议", "行政诉讼")}),
        does("2026-03-13T12:00", "head", "grant_all", due={"xk_deliver": "2026-03-27"},
             sets_off=(f"{FOOD}:issue_grant", f"{BANNER}:issue_grant")),
        law("2026-03-28T00:05", "flag_delivery_overdue"),
        does("2026-03-30T10:00", "officer", "deliver_once", {**SERVED, "served_on": "2026-03-30"},
             papers={"sy_service_receipt": ("不予行政许可决定书", "准予行政许可决定书")}),
    ),
    ends="delivered",
)  # fmt: skip

REFUSED = Story(
    name="what rests on a refused item is refused with it",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", TWO, papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:02", "cgw-officer", "report_complete", part=BANNER),
        does("2026-03-03T13:00", "officer", "accept", papers={"xk_joint_acceptance_notice": ()}),
        does("2026-03-05T10:00", "head", "refuse_part", {"reasons": "场所不符合条件。"}, part=FOOD,
             papers={"xk_joint_opinion": ()}, sets_off=()),
        does("2026-03-06T10:00", "cgw-head", "refuse_for_prerequisite", {"reasons": "前置事项未获同意。"}, part=BANNER,
             papers={"xk_joint_opinion": ("前置事项未获同意",)}, told=("officer", "second"), sets_off=CLOSES),
        refused("2026-03-09T10:00", "head", "split_refused_item", {"part": f"@part:{FOOD}"},
                gate="something_else_agreed"),
        does("2026-03-09T11:00", "head", "refuse_all", due={"xk_decide_joint": STOPPED},
             sets_off=(f"{FOOD}:issue_refusal", f"{BANNER}:issue_refusal"),
             prints={f"{FOOD}:xk_refusal_decision": ("场所不符合条件", "北京市东城区市场监督管理局"),
                     f"{BANNER}:xk_refusal_decision": ("前置事项未获同意", "北京市东城区城市管理委员会")}),
    ),
    ends="refused",
)  # fmt: skip

SINGLE = Story(
    name="split into single cases that keep their day of acceptance",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", TWO, papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:02", "cgw-officer", "report_complete", part=BANNER),
        does("2026-03-03T13:00", "officer", "accept", papers={"xk_joint_acceptance_notice": ()}),
        does("2026-03-10T10:00", "officer", "split_to_single_cases", due={"xk_decide_joint": STOPPED},
             papers={"xk_joint_split_notice": ("许并拆〔2026〕1号", "开办餐馆", "2026年3月3日",
                                               "分别作为单项许可继续办理")},
             sets_off=(f"{FOOD}:continue_from_bundle", f"{BANNER}:continue_from_bundle",
                       f"{FOOD}:close_with_bundle", f"{BANNER}:close_with_bundle")),
    ),
    ends="split",
)  # fmt: skip

TERMINATED = Story(
    name="a joint visit, an urged organ, fifteen days more, silence, and an end without a decision",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", TWO, papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:02", "cgw-officer", "report_complete", part=BANNER),
        does("2026-03-03T13:00", "officer", "accept", due={"xk_decide_joint": "2026-05-09"},
             papers={"xk_joint_acceptance_notice": ()}),
        refused("2026-03-05T09:00", "officer", "organise_joint_visit",
                {"signed_by": ["@officer", "@second", "@cgw-officer"], "verified_on": "2026-03-05",
                 "place": "经营场所", "findings": "与图纸一致", "conclusion": "fits"}, gate="two_officers_of_each"),
        does("2026-03-05T10:00", "officer", "organise_joint_visit",
             {"signed_by": ["@officer", "@second", "@cgw-officer", "@cgw-officer2"], "verified_on": "2026-03-05",
              "place": "经营场所", "findings": "与图纸一致", "conclusion": "fits"},
             papers={"xk_verification_record": ("officer示例", "cgw-officer2示例", "与图纸一致")}),
        refused("2026-03-17T10:00", "officer", "press_silent_member", {"part": f"@part:{FOOD}"},
                gate="named_part_late"),
        does("2026-03-18T10:00", "officer", "press_silent_member", {"part": f"@part:{FOOD}"},
             papers={"xk_joint_urging_notice": ("许并督〔2026〕1号", "10个工作日", "2026年3月17日", "2026年5月9日")}),
        # 11 to 15 May are 5, 18 to 22 10, 25 to 29 15.
        does("2026-05-08T10:00", "government", "extend_joint", {"reasons": "需要补充检测"},
             due={"xk_decide_joint": "2026-05-29"},
             papers={"xk_joint_extension_notice": ("许并延〔2026〕1号", "2026年5月9日", "15个工作日", "2026年5月29日",
                                                   "本级人民政府负责人government示例")}),
        refused("2026-05-11T10:00", "government", "extend_joint", {"reasons": "再延"}, gate="joint_time_not_extended"),
        law("2026-05-30T00:05", "record_overdue_inaction", sets_off=()),
        does("2026-06-01T10:00", "head", "terminate", {"reasons": "申请人已经注销。"},
             papers={"xk_termination_decision": ("许终〔2026〕1号", "申请人已经注销", "开办餐馆")},
             sets_off=(f"{FOOD}:close_with_bundle", f"{BANNER}:close_with_bundle")),
    ),
    ends="terminated",
)  # fmt: skip

SILENCE = Story(
    name="silence accepts, what was not circulated is circulated late, and the applicant withdraws",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", TWO, papers={"xk_intake_receipt": ()}),
        quiet("2026-03-09T23:59", "deem_accepted", gate="expired"),
        law("2026-03-10T00:05", "deem_accepted", due={"xk_decide_joint": "2026-05-08"},
            papers={"xk_deemed_acceptance_note": ("许视〔2026〕1号", "2026年3月2日", "2026年3月9日")}, sets_off=()),
        does("2026-03-10T10:00", "officer", "circulate_for_check",
             papers={"xk_joint_dispatch_sheet": ("2026年5月8日",)},
             sets_off=(f"{FOOD}:receive_part", f"{BANNER}:receive_part", f"{FOOD}:start_examination",
                       f"{BANNER}:hold_for_prerequisite")),
        does("2026-03-12T10:00", "citizen", "withdraw", {"reasons": "不再开店"},
             papers={"xk_withdraw_application_note": ("开办餐馆", "不再开店")},
             sets_off=(f"{FOOD}:close_with_bundle", f"{BANNER}:close_with_bundle")),
    ),
    ends="withdrawn",
)  # fmt: skip

WINDOW = Story(
    name="taken in at the window for somebody, told at once that no licence is needed",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "clerk", "take_in_at_window", ONE, papers={"xk_intake_receipt": ("开办餐馆",)}),
        does("2026-03-02T10:00", "officer", "tell_no_licence_needed", {"reasons": "仅销售预包装食品，办理备案。"},
             papers={"xk_not_required_notice": ("仅销售预包装食品",)}),
    ),
    ends="not_needed",
)  # fmt: skip

BEGUN_WITH_BANNER = (f"{FOOD}:start_examination", f"{BANNER}:hold_for_prerequisite")
ACCEPTED = (
    does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
    does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
    does("2026-03-03T10:02", "cgw-officer", "report_complete", part=BANNER),
    does("2026-03-03T13:00", "officer", "accept", papers={"xk_joint_acceptance_notice": ()},
         sets_off=BEGUN_WITH_BANNER),
)  # fmt: skip
# 6 March is 1, 9 to 13 6, 16 to 19 10.
FOOD_FIRST = (
    refused("2026-03-05T09:00", "head", "agree", GOOD, part=FOOD, gate="together"),
    does("2026-03-05T10:00", "head", "grant_part", GOOD, part=FOOD, due={"xk_deliver": "2026-03-19"},
         papers={"xk_grant_decision": ("北京市东城区市场监督管理局", "行政复议"), "xk_licence": ("食品经营许可证",)},
         told=("citizen", "officer", "second"), sets_off=(f"{BANNER}:resume_after_prerequisite",)),
    does("2026-03-06T10:00", "officer", "deliver_part", {**SERVED, "served_on": "2026-03-06"}, part=FOOD,
         due={"xk_deliver": STOPPED}, papers={"sy_service_receipt": ("准予行政许可决定书", "食品经营许可证")},
         sets_off=()),
)  # fmt: skip

AS_THEY_COME = Story(
    name="one licence is handed over before the other is granted, the other late with the bundle",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", {**TWO, "hand_over": "as_they_come"},
             papers={"xk_intake_receipt": ()}),
        *ACCEPTED,
        *FOOD_FIRST,
        looks("2026-03-06T11:00", "citizen", "办成一项，领取一项", "已先行送达"),
        refused("2026-03-09T10:00", "head", "grant_all", says=("并联审查中",)),
        # 13 March is 1, 16 to 20 6, 23 to 26 10.
        does("2026-03-12T10:00", "cgw-head", "grant_part", GOOD, part=BANNER, due={"xk_deliver": "2026-03-26"},
             papers={"xk_grant_decision": (), "xk_licence": ()}, sets_off=(f"{RESTAURANT}:close_as_they_came",)),
        law("2026-03-27T00:05", "flag_delivery_overdue", part=BANNER,
            sets_off=(f"{RESTAURANT}:flag_delivery_overdue",)),
        does("2026-03-30T10:00", "officer", "deliver_once", {**SERVED, "served_on": "2026-03-30"},
             papers={"sy_service_receipt": ("标语宣传品设置许可决定",)}, sets_off=(f"{BANNER}:delivered_with_bundle",)),
    ),
    ends="delivered",
)  # fmt: skip

EACH_BY_ITSELF = Story(
    name="each licence is handed over when it is granted, and the last one ends the bundle",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", {**TWO, "hand_over": "as_they_come"},
             papers={"xk_intake_receipt": ()}),
        *ACCEPTED,
        *FOOD_FIRST,
        does("2026-03-12T10:00", "cgw-head", "grant_part", GOOD, part=BANNER,
             papers={"xk_grant_decision": (), "xk_licence": ()}, sets_off=(f"{RESTAURANT}:close_as_they_came",)),
        does("2026-03-13T10:00", "cgw-officer", "deliver_part", {**SERVED, "served_on": "2026-03-13"}, part=BANNER,
             papers={"sy_service_receipt": ()}, sets_off=(f"{RESTAURANT}:end_as_they_came",)),
    ),
    ends="delivered",
)  # fmt: skip

TAKEN_BACK = Story(
    name="a report and opinions are taken back while nobody has opened them",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", {"asked": {"books": "no", "banner": "no"}},
             papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T09:00", "wjw-officer", "report_not_needed", {"reasons": "不经营洗浴。"}, part=BATHS),
        does("2026-03-03T09:30", "wjw-officer", "take_back_report", part=BATHS, told=("officer", "second"),
             sets_off=()),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:01", "wjw-officer", "report_complete", part=BATHS),
        does("2026-03-03T13:00", "officer", "accept", papers={"xk_joint_acceptance_notice": ()}),
        does("2026-03-05T10:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()}, sets_off=()),
        does("2026-03-05T11:00", "wjw-head", "take_back_opinion", {"reasons": "面积记载有误。"}, part=BATHS,
             told=("officer", "second", "wjw-officer"), sets_off=()),
        does("2026-03-06T10:00", "head", "agree", GOOD, part=FOOD, papers={"xk_joint_opinion": ()}, sets_off=()),
        does("2026-03-06T11:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()},
             sets_off=CLOSES),
        does("2026-03-06T12:00", "wjw-head", "take_back_opinion", {"reasons": "有效期有误。"}, part=BATHS,
             sets_off=(f"{RESTAURANT}:reopen_fan_in",)),
        does("2026-03-09T10:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()},
             sets_off=CLOSES),
        looks("2026-03-09T11:00", "officer", "意见齐备待统一决定"),
        refused("2026-03-09T12:00", "wjw-head", "take_back_opinion", {"reasons": "再撤回。"}, part=BATHS,
                gate="nobody_has_read"),
        does("2026-03-10T10:00", "head", "grant_all",
             sets_off=(f"{FOOD}:issue_grant", f"{BATHS}:issue_grant")),
    ),
    ends="granted",
)  # fmt: skip

STORIES = (
    GRANTED, SPLIT_OFF, REFUSED, SINGLE, TERMINATED, SILENCE, WINDOW, AS_THEY_COME, EACH_BY_ITSELF, TAKEN_BACK,
)  # fmt: skip
