"""The ways back in a bundle: to an organ that opined, to one that is not competent, to the applicant at a window."""

from __future__ import annotations

from tests.approvals.bundle_world import BATHS, BOOKS, FOOD, RESTAURANT
from tests.approvals.stories.bundle_ways import BUNDLE, CLOSES, GOOD
from tests.approvals.stories.diary import STOPPED, Story, does, looks, refused

RETURNED = Story(
    name="a head sends an opinion that was read back to the officers, the lead organ one to the organ",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", {"asked": {"books": "no", "banner": "no"}},
             papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T10:00", "officer", "report_complete", part=FOOD),
        does("2026-03-03T10:01", "wjw-officer", "report_complete", part=BATHS),
        does("2026-03-03T13:00", "officer", "accept", due={"xk_decide_joint": "2026-05-09"},
             papers={"xk_joint_acceptance_notice": ()}),
        does("2026-03-05T10:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()}, sets_off=()),
        refused("2026-03-05T11:00", "wjw-head", "return_to_examination", {"reasons": "面积有误。"}, part=BATHS,
                gate="somebody_has_read"),
        looks("2026-03-05T12:00", "officer", "并联审查中"),
        does("2026-03-05T13:00", "wjw-head", "return_to_examination", {"reasons": "面积有误。"}, part=BATHS,
             told=("officer", "second", "wjw-officer"), sets_off=()),
        does("2026-03-06T10:00", "head", "agree", GOOD, part=FOOD, papers={"xk_joint_opinion": ()}, sets_off=()),
        does("2026-03-06T11:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()},
             sets_off=CLOSES),
        looks("2026-03-06T12:00", "officer", "意见齐备待统一决定"),
        refused("2026-03-06T13:00", "wjw-head", "return_to_examination", {"reasons": "再改。"}, part=BATHS,
                gate="parent"),
        does("2026-03-09T10:00", "officer", "return_for_review",
             {"part": f"@part:{BATHS}", "reasons": "有效期与方案不一致。"}, due={"xk_decide_joint": "2026-05-09"},
             sets_off=(f"{BATHS}:reopen_for_review", f"{RESTAURANT}:reopen_fan_in")),
        looks("2026-03-09T11:00", "wjw-head", "成员机关审查", part=BATHS),
        does("2026-03-10T10:00", "wjw-head", "agree", GOOD, part=BATHS, papers={"xk_joint_opinion": ()},
             sets_off=CLOSES),
        does("2026-03-11T10:00", "head", "grant_all", sets_off=(f"{FOOD}:issue_grant", f"{BATHS}:issue_grant")),
    ),
    ends="granted",
)  # fmt: skip

FOREIGN = Story(
    name="one organ is urged to look, another is not competent: it says so, and the rest goes on",
    procedure=BUNDLE,
    pages=(
        # Monday; the five working days are over on Monday the 9th, three are left on Wednesday.
        does("2026-03-02T09:00", "citizen", "submit", {"asked": {"lodging": "no", "banner": "no"}},
             due={"xk_deficiency_notice": "2026-03-09"}, papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        refused("2026-03-03T09:00", "officer", "drop_foreign_item", {"part": f"@part:{BOOKS}"},
                gate="named_part_foreign"),
        refused("2026-03-03T09:01", "officer", "press_silent_check", {"part": f"@part:{BOOKS}"},
                gate="named_part_silent"),
        does("2026-03-04T09:00", "officer", "press_silent_check", {"part": f"@part:{BOOKS}"},
             papers={"xk_joint_urging_notice": ("许并督〔2026〕1号", "5个工作日", "2026年3月9日", "即为受理")}),
        does("2026-03-04T10:00", "wlj-officer", "report_not_competent",
             {"reasons": "从事出版物批发，不属于区级职权。", "competent_organ": "北京市新闻出版局"}, part=BOOKS,
             told=("officer", "second"), sets_off=()),
        does("2026-03-04T11:00", "officer", "report_complete", part=FOOD),
        refused("2026-03-04T12:00", "officer", "accept", gate="children"),
        does("2026-03-04T13:00", "officer", "drop_foreign_item", {"part": f"@part:{BOOKS}"}, told=("citizen",),
             sets_off=(f"{BOOKS}:issue_not_competent",),
             prints={f"{BOOKS}:xk_non_acceptance_decision": ("许不受〔2026〕1号", "不属于本机关职权范围",
                                                             "北京市新闻出版局", "六十日内",
                                                             "第三十二条第一款第二项")}),
        does("2026-03-04T14:00", "officer", "accept", papers={"xk_joint_acceptance_notice": ()},
             sets_off=(f"{FOOD}:start_examination",)),
        does("2026-03-05T10:00", "head", "agree", GOOD, part=FOOD, papers={"xk_joint_opinion": ()}, sets_off=CLOSES),
        does("2026-03-06T10:00", "head", "grant_all", sets_off=(f"{FOOD}:issue_grant",)),
    ),
    ends="granted",
)  # fmt: skip

COUNTER = Story(
    name="filed on line, corrected on paper and withdrawn at a window",
    procedure=BUNDLE,
    pages=(
        does("2026-03-02T09:00", "citizen", "submit", {"asked": {"books": "no", "banner": "no"}},
             papers={"xk_intake_receipt": ()}),
        does("2026-03-02T10:00", "officer", "circulate_for_check", papers={"xk_joint_dispatch_sheet": ()}),
        does("2026-03-03T09:00", "officer", "report_deficiency", {"requirements": {"M2": "没有标明面积"}}, part=FOOD),
        does("2026-03-03T10:00", "wjw-officer", "report_deficiency", {"requirements": {"M3": "已经过期"}}, part=BATHS),
        does("2026-03-03T11:00", "officer", "notify_deficiency",
             {"items": ["SPJY-M2", "GGCS-M3"], "correct_by": "2026-03-20"},
             papers={"xk_deficiency_notice": ("没有标明面积", "已经过期")}),
        # Thursday; Friday the 6th, Monday the 9th to Thursday the 12th.
        does("2026-03-05T10:00", "clerk", "take_in_correction",
             {"files": ["SPJY-M2"], "paper": {"SPJY-M2": "1", "GGCS-M3": "2"}},
             due={"xk_deficiency_notice": "2026-03-12"},
             papers={"xk_intake_receipt": ("扫描件", "纸质", "区政务服务中心")}, told=("citizen", "officer"),
             sets_off=(f"{FOOD}:look_again", f"{BATHS}:look_again")),
        does("2026-03-06T10:00", "clerk", "take_in_withdrawal", {"reasons": "不再经营"},
             due={"xk_deficiency_notice": STOPPED}, papers={"xk_withdraw_application_note": ("不再经营",)},
             sets_off=(f"{FOOD}:close_with_bundle", f"{BATHS}:close_with_bundle")),
    ),
    ends="withdrawn",
)  # fmt: skip

STORIES = (RETURNED, FOREIGN, COUNTER)
