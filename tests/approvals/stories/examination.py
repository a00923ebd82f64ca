"""Looking on the spot, legal review, an extension, time that does not count."""

from __future__ import annotations

from datetime import date

from accounts.models import Organisation, Seat
from tests.approvals.conftest import World
from tests.approvals.stories.diary import STANDS, STOPPED, Story, does, happens, law, looks, quiet, refused
from tests.approvals.stories.openings import ACCEPTED, FILED, GRANT, LICENCE, RECEIPT, WHY, flags

SEEN = {
    "signed_by": ["@second", "@third"], "verified_on": "2026-03-05", "place": "东城区示例街1号",
    "findings": "场所与图纸一致", "conclusion": "fits",
}  # fmt: skip
LATER = {"reasons": "需要向有关部门核实"}


def _lawyer_handles(world: World) -> None:
    Seat.objects.create(user=world.lawyer, role="case_officer", organisation=world.organ, since=date(2026, 1, 1))


def _nobody_knows_who_reconsiders(world: World) -> None:
    Organisation.objects.filter(pk=world.organ.pk).update(kind="unsettled")


VERIFICATION = Story(
    name="two officers look on the spot, and nobody else writes down what they saw",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        refused("2026-03-03T11:00", "section", "assign_verification",
                {"officers": ["@second"], "verify_on": "2026-03-05"}, says=("至少选择2项",), forestalls="two_officers"),
        does("2026-03-03T11:30", "section", "assign_verification",
             {"officers": ["@second", "@third"], "verify_on": "2026-03-05", "points": "场所布局"},
             told=("officer", "second", "third")),
        refused("2026-03-04T10:00", "head", "grant", GRANT, gate="no_verification_open"),
        refused("2026-03-04T10:01", "head", "refuse", WHY, gate="no_verification_open"),
        refused("2026-03-05T15:00", "officer", "record_verification", SEEN, gate="verification_by_assigned"),
        refused("2026-03-05T15:01", "second", "record_verification", {**SEEN, "signed_by": ["@second"]},
                says=("至少选择2项",)),
        does("2026-03-05T16:00", "second", "record_verification", SEEN,
             papers={"xk_verification_record": ("second示例", "third示例", "场所布局", "场所与图纸一致",
                                                "核查结论：符合", "2026年3月5日", "本次核查没有附照片")},
             told=("citizen", "section")),
        refused("2026-03-06T09:00", "second", "record_verification", SEEN, gate="verification_assigned"),
        # 23 to 27 March are 5; 30 March to 3 April are 10.
        does("2026-03-20T10:00", "head", "grant", GRANT, due={"xk_deliver": "2026-04-03", "xk_decide": STOPPED},
             papers={"xk_grant_decision": ("许准〔2026〕1号", "自2026年3月20日起至2031年3月19日止", "进行了实地核查",
                                           "《食品安全法》第三十五条", "公众有权查阅", "六十日内", "六个月内",
                                           "东城区人民政府", "有管辖权的人民法院"),
                     "xk_licence": ("食品经营许可证", "示例（北京）餐饮管理有限公司", "2026年3月20日")},
             told=("citizen", "officer")),
    ),
    ends="granted",
)  # fmt: skip

LEGAL_REVIEW = Story(
    name="a major decision waits for a legal review by somebody who did not handle the case",
    procedure=LICENCE,
    pages=(
        FILED,
        happens("2026-03-03T08:00", _lawyer_handles),
        does("2026-03-03T10:00", "lawyer", "accept", papers={"xk_acceptance_notice": ()}, told=("citizen",)),
        refused("2026-03-04T09:00", "lawyer", "pass_legal_review", {"opinion": "同意"}, gate="major_decision"),
        refused("2026-03-04T09:01", "lawyer", "object_in_legal_review", {"opinion": "不同意"}, gate="major_decision"),
        happens("2026-03-04T09:30", flags(major=True)),
        refused("2026-03-04T10:00", "lawyer", "pass_legal_review", {"opinion": "同意"}, gate="reviewer_did_not_handle"),
        refused("2026-03-04T10:01", "lawyer", "object_in_legal_review", {"opinion": "不同意"},
                gate="reviewer_did_not_handle"),
        refused("2026-03-04T10:02", "lawyer", "pass_legal_review", {"opinion": "同意"},
                says=("您已经以其他身份办理过本案",)),
        refused("2026-03-05T10:00", "head", "grant", GRANT, gate="legal_review_passed"),
        refused("2026-03-05T10:01", "head", "refuse", WHY, gate="legal_review_passed"),
    ),
    ends="under_review",
)  # fmt: skip

OBJECTION = Story(
    name="the legal review objects first and passes then",
    procedure=LICENCE,
    item={"major": True},
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-04T10:00", "lawyer", "object_in_legal_review", {"opinion": "没有写明依据"},
             told=("officer", "section")),
        refused("2026-03-05T10:00", "head", "grant", GRANT, gate="legal_review_passed"),
        does("2026-03-06T10:00", "lawyer", "pass_legal_review", {"opinion": "同意"}, told=("officer",)),
        does("2026-03-20T10:00", "head", "grant", GRANT, papers={"xk_grant_decision": (), "xk_licence": ()}),
    ),
    ends="granted",
)  # fmt: skip

EXTENSION = Story(
    name="extended once by the head with a notice of the reasons, then silence",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        # From Tuesday 31 March ten more: 1 to 3 April are 3, 7 to 10 are 7 (the 6th is off), 13 to 15 are 10.
        does("2026-03-31T16:00", "head", "extend", LATER, due={"xk_decide": "2026-04-15"},
             papers={"xk_extension_notice": ("许延〔2026〕1号", "2026年3月31日", "2026年4月15日", "10个工作日",
                                             "本机关负责人head示例", "需要向有关部门核实")},
             told=("citizen", "officer"), says=("2026年4月15日",)),
        refused("2026-04-01T10:00", "head", "extend", LATER, gate="not_extended_before"),
        quiet("2026-04-15T23:59", "record_overdue_inaction", gate="expired"),
        law("2026-04-16T00:05", "record_overdue_inaction", told=("citizen", "section", "head")),
        refused("2026-04-16T10:00", "head", "extend", LATER, gate="within"),
        looks("2026-04-16T11:00", "citizen", "已于2026年4月15日到期"),
        does("2026-04-17T10:00", "head", "grant", {**GRANT, "valid_from": "2026-04-17"}, due={"xk_decide": STOPPED},
             papers={"xk_grant_decision": (), "xk_licence": ()}),
    ),
    ends="granted",
)  # fmt: skip

OTHER_STATUTE = Story(
    name="a statute with a period of its own and no word of extension leaves no room for one",
    procedure=LICENCE,
    item={"limit_key": "xk_decide_banner"},
    pages=(
        FILED,
        # Fifteen natural days: Wednesday 18 March.
        does("2026-03-03T10:00", "officer", "accept", due={"xk_decide": "2026-03-18"},
             papers={"xk_acceptance_notice": ("15日", "2026年3月18日")}),
        refused("2026-03-10T10:00", "head", "extend", LATER,
                says=("这一期限由《北京市户外广告设施、牌匾标识和标语宣传品设置管理条例》第三十六条第四款规定，没有规定可以延长",)),
    ),
    ends="under_review",
)  # fmt: skip

OTHER_EXTENSION = Story(
    name="a statute with a period and an extension of its own",
    procedure=LICENCE,
    item={"limit_key": "xk_decide_joint"},
    pages=(
        FILED,
        # 45 working days: 20 to 31 March, 23 to 3 April, 27 to the 10th, 32, 37 to the 24th, 41 to the 30th; 1 to 5 May
        # off; 6, 7, 8 and Saturday 9 May (worked) are 45.
        does("2026-03-03T10:00", "officer", "accept", due={"xk_decide": "2026-05-09"},
             papers={"xk_acceptance_notice": ("45个工作日", "2026年5月9日")}),
        # Fifteen more: 11 to 15, 18 to 22, 25 to 29 May.
        does("2026-05-09T10:00", "head", "extend", LATER, due={"xk_decide": "2026-05-29"},
             papers={"xk_extension_notice": ("2026年5月9日", "2026年5月29日", "15个工作日")}),
    ),
    ends="under_review",
)  # fmt: skip

SPECIAL_TIME = Story(
    name="expert review, appraisal, auction and inspection: told in writing, not counted, late in red",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        refused("2026-03-04T09:00", "section", "order_expert_review", {"body": "甲、乙", "until": "2026-03-03"},
                says=("所需时间的截至日期不能早于今天",)),
        does("2026-03-04T10:00", "section", "order_expert_review", {"body": "甲、乙", "until": "2026-03-10"},
             due={"xk_decide": STANDS},
             papers={"xk_excluded_time_notice": ("许时〔2026〕1号", "专家评审（甲、乙）", "第四十五条",
                                                 "自2026年3月4日起至2026年3月10日止，共7日")},
             told=("citizen", "officer"), says=("已书面告知所需时间至2026年3月10日",)),
        looks("2026-03-05T09:00", "citizen", "已书面告知：所需时间至2026年3月10日", "恢复后重新计算到期日"),
        # 4 to 10 March do not count: 11 to 13 are 3, 16 to 20 are 8, 23 to 27 are 13, 30 March to 3 April 18,
        # Tuesday 7 and Wednesday 8 April 20.
        does("2026-03-11T10:00", "officer", "record_special_result", {"result": "符合技术要求"},
             due={"xk_decide": "2026-04-08"}, told=("citizen",)),
        does("2026-03-12T10:00", "officer", "order_appraisal", {"body": "示例鉴定机构", "until": "2026-03-16"},
             due={"xk_decide": STANDS}, papers={"xk_excluded_time_notice": ("鉴定（示例鉴定机构）", "共5日")},
             told=("citizen",)),
        looks("2026-03-18T09:00", "officer", "中止计算，已超过告知的时间 2 个工作日"),
        # 12 to 17 March do not count either: the 11th is 1, 18 to 20 are 4, 23 to 27 are 9, 30 March to 3 April 14,
        # 7 to 10 April 18, 13 and 14 April 20.
        does("2026-03-18T10:00", "officer", "record_special_result", {"result": "真实"},
             due={"xk_decide": "2026-04-14"}),
        does("2026-03-19T10:00", "section", "open_tender_or_auction", {"body": "示例拍卖行", "until": "2026-03-20"},
             due={"xk_decide": STANDS}, papers={"xk_excluded_time_notice": ("招标、拍卖", "共2日")}, told=("citizen",)),
        # 19 and 20 March do not count: 11 and 18 are 2, 23 to 27 are 7, 30 March to 3 April 12, 7 to 10 April 16,
        # 13 to 16 April 20.
        does("2026-03-23T10:00", "officer", "record_special_result", {"result": "已成交"},
             due={"xk_decide": "2026-04-16"}),
        does("2026-03-24T09:00", "section", "order_inspection", {"body": "示例检测所", "until": "2026-03-24"},
             due={"xk_decide": STANDS}, papers={"xk_excluded_time_notice": ("共1日",)}, told=("citizen", "officer")),
        # Begun and ended on one day: that day counts, since the clock ran on in it.
        does("2026-03-24T16:00", "officer", "record_special_result", {"result": "不合格"},
             due={"xk_decide": "2026-04-16"}),
        does("2026-03-25T10:00", "head", "refuse", {"reasons": "检测结果不符合国家标准。\n布局不合理。"},
             papers={"xk_refusal_decision": ("许不〔2026〕1号", "（一）检测结果不符合国家标准", "（二）布局不合理",
                                             "第五十五条第三款", "六十日内", "六个月内", "东城区人民政府",
                                             "有管辖权的人民法院")},
             told=("citizen", "officer")),
    ),
    ends="refused",
)  # fmt: skip

NO_REMEDY = Story(
    name="a decision whose remedy cannot be told is not issued at all",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        happens("2026-03-10T09:00", _nobody_knows_who_reconsiders),
        refused("2026-03-10T10:00", "head", "refuse", WHY, says=("复议机关",)),
        refused("2026-03-10T10:01", "head", "grant", GRANT, says=("复议机关",)),
        refused("2026-03-10T10:02", "head", "terminate", {"reasons": "申请人已经终止。"}, says=("复议机关",)),
    ),
    ends="under_review",
)  # fmt: skip

TERMINATED = Story(
    name="the applicant has ceased to exist: terminated, with remedies",
    procedure=LICENCE,
    pages=(
        does("2026-04-03T09:00", "citizen", "submit", papers=RECEIPT),
        does("2026-04-07T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
        does("2026-04-08T10:00", "section", "order_expert_review", {"body": "甲", "until": "2026-04-20"},
             papers={"xk_excluded_time_notice": ()}),
        does("2026-04-09T10:00", "head", "terminate", {"reasons": "申请人已经终止。"}, due={"xk_decide": STOPPED},
             papers={"xk_termination_decision": ("许终〔2026〕1号", "申请人已经终止", "第三十条", "六十日内",
                                                 "六个月内")},
             told=("citizen",)),
    ),
    ends="terminated",
)  # fmt: skip

STORIES = (
    VERIFICATION, LEGAL_REVIEW, OBJECTION, EXTENSION, OTHER_STATUTE, OTHER_EXTENSION, SPECIAL_TIME, NO_REMEDY,
    TERMINATED,
)  # fmt: skip
