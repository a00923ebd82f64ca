"""The change of a licence, from the wish to the new certificate."""

from __future__ import annotations

from approvals.queries.licences import CHANGE, IN_FORCE
from tests.approvals.stories import life_admission
from tests.approvals.stories.collecting import redirected
from tests.approvals.stories.diary import STOPPED, Story, does, happens, law, refused
from tests.approvals.stories.life_doors import acts, in_hand

NEW_NAME = {"shop_name": "新示例餐厅"}
VERIFIERS = {"officers": ["@officer", "@second"], "verify_on": "2026-03-13", "points": "新的招牌\n布局"}
FOUND = {
    "signed_by": ["@officer", "@second"], "verified_on": "2026-03-13", "place": "东城区示例街1号",
    "findings": "与申请一致。", "conclusion": "fits",
}  # fmt: skip
WHY = {"reasons": "符合法定条件。"}
GOT = happens("2026-03-09T12:00", in_hand())
FILED = does("2026-03-11T10:00", "citizen", "apply_for_change", {**NEW_NAME, "files": ["M2"]},
             papers={"xk_intake_receipt": ("行政许可变更申请书", "布局图")})  # fmt: skip
# From Thursday 12 March: 13, then 16 to 20, 23 to 27, 30 March to 3 April (16); 6 April off; 7 to 10 April (20).
ACCEPTED = does("2026-03-12T10:00", "officer", "accept", due={"xk_decide": "2026-04-10"},
                papers={"xk_acceptance_notice": ("2026年4月10日",)})  # fmt: skip
SERVED = {"method": "electronic", "recipient": "王示例", "served_on": "2026-04-29"}

STORIES: tuple[Story, ...] = (
    *life_admission.stories(CHANGE, "apply_for_change", NEW_NAME),
    Story(
        name="change: looked at, extended, approved, delivered late; the certificate keeps its number",
        procedure=CHANGE,
        ends="delivered",
        pages=(
            GOT,
            refused("2026-03-11T09:00", "citizen", "apply_for_change", says=("没有需要变更的内容",)),
            refused("2026-03-11T09:30", "stranger", "apply_for_change", NEW_NAME, says=("找不到您要的页面",)),
            FILED,
            refused("2026-03-11T11:00", "citizen", "apply_for_change", NEW_NAME, says=("已有正在办理的变更申请",)),
            ACCEPTED,
            refused("2026-03-12T11:00", "section", "assign_verification",
                    {"officers": ["@officer"], "verify_on": "2026-03-13"}, says=("至少选择2项",)),
            does("2026-03-12T12:00", "section", "assign_verification", VERIFIERS,
                 papers={"xk_verification_task": ("示例（北京）餐饮管理有限公司", "officer示例", "second示例",
                                                  "110101001",
                                                  "2026年3月13日", "新的招牌", "section示例")}),
            refused("2026-03-13T09:00", "head", "approve_change", WHY, gate="no_verification_open"),
            does("2026-03-13T15:00", "officer", "record_verification", FOUND,
                 papers={"xk_verification_record": ("与申请一致", "核查结论：符合", "110101002")}),
            # 13 to 17 April are 5 days more, 20 to 24 April 10.
            does("2026-04-09T10:00", "head", "extend", {"reasons": "需要向有关部门核实"},
                 due={"xk_decide": "2026-04-24"},
                 papers={"xk_extension_notice": ("2026年4月10日", "2026年4月24日", "10个工作日",
                                                 "需要向有关部门核实")}),
            refused("2026-04-10T10:00", "head", "extend", {"reasons": "再次延长"}, gate="not_extended_before"),
            refused("2026-04-14T09:00", "officer", "approve_change", WHY, says=("没有",)),
            # From Tuesday 14 April: 15 to 17 (3), 20 to 24 (8), 27 and 28 April (10).
            does("2026-04-14T10:00", "head", "approve_change", WHY,
                 due={"xk_decide": STOPPED, "xk_deliver": "2026-04-28"},
                 papers={"xk_modification_decision": ("许变〔2026〕1号", "准予变更", "示例小吃店", "新示例餐厅",
                                                      "许证〔2026〕1号",
                                                      "第四十九条", "行政复议", "行政诉讼")}),
            *redirected("2026-04-15"),
            law("2026-04-29T00:06", "flag_delivery_overdue"),
            does("2026-04-29T10:00", "officer", "deliver", SERVED, due={"xk_deliver": STOPPED},
                 papers={"xk_licence": ("许证〔2026〕1号", "新示例餐厅", "2026年3月6日"),
                         "sy_service_receipt": ("准予变更行政许可决定书", "王示例")}),
        ),
    ),
    Story(
        name="change: the organ is silent, which can be challenged, then refuses with reasons",
        procedure=CHANGE,
        ends="refused",
        pages=(
            GOT,
            FILED,
            ACCEPTED,
            # Saturday 11 April is the day after the last day.
            law("2026-04-11T00:06", "record_overdue_inaction",
                papers={"xk_overdue_note": ("2026年4月10日", "逾期未作出决定", "先向北京市东城区人民政府申请行政复议",
                                            "六十日", "行政诉讼")}),
            refused("2026-04-13T09:00", "head", "extend", {"reasons": "太晚"}, says=("在法定期限内",)),
            does("2026-04-13T10:00", "head", "refuse_change", {"reasons": "新的布局不符合要求。"},
                 due={"xk_decide": STOPPED},
                 papers={"xk_modification_decision": ("不予变更", "新的布局不符合要求", "第三十八条第二款", "行政复议",
                                                      "行政诉讼")}),
        ),
    ),
    Story(
        name="change: a licence that ended meanwhile is not changed",
        procedure=CHANGE,
        ends="withdrawn",
        pages=(
            GOT,
            FILED,
            ACCEPTED,
            happens("2026-03-16T10:00", acts(IN_FORCE, "record_holder_ended", "officer", "2026-03-16T10:00",
                                             proof="注销登记通知书")),
            refused("2026-03-17T10:00", "head", "approve_change", WHY, gate="licence_in_force"),
            does("2026-03-17T11:00", "citizen", "withdraw", papers={"xk_withdraw_application_note": ()}),
        ),
    ),
)  # fmt: skip
