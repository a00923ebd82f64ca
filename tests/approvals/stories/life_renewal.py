"""The renewal of a licence: in time, by silence, too late, and when its term runs out on the way."""

from __future__ import annotations

from approvals.queries.licences import IN_FORCE, RENEWAL
from tests.approvals.stories import life_admission
from tests.approvals.stories.collecting import redirected
from tests.approvals.stories.diary import STOPPED, Story, does, happens, law, refused
from tests.approvals.stories.life_change import FOUND, VERIFIERS, WHY
from tests.approvals.stories.life_doors import acts, in_hand

# The licence ends on Thursday 31 December 2026. Thirty working days before it: 22 in December up to the 30th, and
# 19, 20, 23 to 27 and 30 November. The 19th is the last day in time.
GOT = happens("2026-03-09T12:00", in_hand(valid_to="2026-12-31"))
# 20, 23, 24, 25 and 26 November.
IN_TIME = does("2026-11-19T16:00", "citizen", "apply_in_time",
               due={"xk_deficiency_notice": "2026-11-26", "xk_renew_decide": "2026-12-31"},
               papers={"xk_intake_receipt": ("行政许可延续申请书",)})  # fmt: skip
LATE = does("2026-11-20T09:00", "citizen", "apply_late", due={"xk_renew_decide": "2026-12-31"},
            papers={"xk_intake_receipt": ("行政许可延续申请书",)})  # fmt: skip
# From Friday 20 November: 23 to 27 (5), 30 November to 4 December (10), 7 to 11 (15), 14 to 18 December (20).
ACCEPTED = does("2026-11-20T10:00", "officer", "accept", due={"xk_decide": "2026-12-18"},
                papers={"xk_acceptance_notice": ("2026年12月18日",)})  # fmt: skip
ON_SITE = {**VERIFIERS, "verify_on": "2026-11-25"}
SERVED = {"method": "direct", "recipient": "王示例"}

STORIES: tuple[Story, ...] = (
    *life_admission.stories(RENEWAL, "apply_in_time", {}),
    Story(
        name="renewal: applied for on the last day in time, decided on the last day, five years more",
        procedure=RENEWAL,
        ends="delivered",
        pages=(
            GOT,
            refused("2026-11-19T15:00", "stranger", "apply_in_time", says=("找不到您要的页面",)),
            IN_TIME,
            refused("2026-11-19T17:00", "citizen", "apply_in_time", says=("已有正在办理的延续申请",)),
            ACCEPTED,
            does("2026-11-23T10:00", "section", "assign_verification", ON_SITE,
                 papers={"xk_verification_task": ("食品经营许可（新办）（延续）", "2026年11月25日")}),
            refused("2026-11-24T10:00", "head", "refuse_renewal", WHY, gate="no_verification_open"),
            refused("2026-11-25T10:00", "second", "record_verification", {**FOUND, "signed_by": ["@second"]},
                    says=("至少选择2项",)),
            does("2026-11-25T15:00", "officer", "record_verification", {**FOUND, "verified_on": "2026-11-25"},
                 papers={"xk_verification_record": ("核查结论：符合",)}),
            refused("2026-12-31T09:00", "head", "approve_renewal", {**WHY, "valid_to": "2026-12-31"},
                    gate="later_than_the_old_term"),
            # As long as before by the item's law: sixty months from 1 January 2027. Ten working days from
            # 31 December: 4 to 8 and 11 to 15 January 2027 (1 January off).
            does("2026-12-31T10:00", "head", "approve_renewal", WHY,
                 due={"xk_renew_decide": STOPPED, "xk_decide": STOPPED, "xk_deliver": "2027-01-15"},
                 papers={"xk_renewal_decision": ("准予延续", "2026年12月31日届满",
                                                 "自2026年3月6日起至2031年12月31日止", "届满前",
                                                 "第五十条第二款", "行政复议", "行政诉讼")}),
            does("2027-01-04T10:00", "officer", "deliver", {**SERVED, "served_on": "2027-01-04"},
                 due={"xk_deliver": STOPPED},
                 papers={"xk_licence": ("许证〔2026〕1号", "自2026年3月6日起至2031年12月31日止"),
                         "sy_service_receipt": ("准予延续行政许可决定书",)}),
        ),
    ),
    Story(
        name="renewal: the organ is silent until the term ends, which renews; delivery is late",
        procedure=RENEWAL,
        ends="delivered",
        pages=(
            GOT,
            IN_TIME,
            ACCEPTED,
            # From 1 January 2027: 4 to 8 and 11 to 15 January.
            law("2027-01-01T00:06", "deem_renewed", due={"xk_renew_decide": STOPPED, "xk_deliver": "2027-01-15"},
                papers={"xk_deemed_renewal_note": ("逾期未作决定", "2026年12月31日届满", "至2031年12月31日止",
                                                   "视为准予延续")}),
            refused("2027-01-04T10:00", "head", "refuse_renewal", WHY, says=("本案现处于“准予延续待换证”环节",)),
            *redirected("2027-01-05"),
            law("2027-01-16T00:06", "flag_delivery_overdue"),
            does("2027-01-18T10:00", "officer", "deliver", {**SERVED, "served_on": "2027-01-18"},
                 papers={"xk_licence": ("至2031年12月31日止",), "sy_service_receipt": ("视为准予延续确认单",)}),
        ),
    ),
    Story(
        name="renewal: refused in time, with reasons",
        procedure=RENEWAL,
        ends="refused",
        pages=(
            GOT,
            IN_TIME,
            ACCEPTED,
            does("2026-12-10T10:00", "head", "refuse_renewal", {"reasons": "卫生条件已经不符合要求。"},
                 due={"xk_renew_decide": STOPPED, "xk_decide": STOPPED},
                 papers={"xk_renewal_decision": ("不予延续", "卫生条件已经不符合要求", "第三十八条第二款",
                                                 "行政复议", "行政诉讼")}),
        ),
    ),
    Story(
        name="renewal: a day too late; told so, accepted, and lapsed when the term ends",
        procedure=RENEWAL,
        ends="lapsed",
        pages=(
            GOT,
            LATE,
            does("2026-11-23T10:00", "officer", "accept", papers={"xk_acceptance_notice": ()}),
            law("2027-01-01T00:06", "lapse_late_application", due={"xk_renew_decide": STOPPED},
                papers={"xk_expiry_notice": ("2026年12月31日届满", "晚于有效期届满三十日前", "重新申请", "行政复议")}),
            refused("2027-01-04T10:00", "citizen", "apply_late", says=("现在不能提出这一申请",)),
        ),
    ),
    Story(
        name="renewal: the correction was not there when the term ended",
        procedure=RENEWAL,
        ends="lapsed",
        pages=(
            GOT,
            IN_TIME,
            does("2026-11-23T10:00", "officer", "notify_deficiency",
                 {"items": ["M2"], "requirements": "图纸不清楚", "correct_by": "2027-01-20"},
                 papers={"xk_deficiency_notice": ("图纸不清楚", "2027年1月20日")}),
            law("2027-01-01T00:06", "lapse_while_uncorrected", due={"xk_renew_decide": STOPPED, "xk_correct": STOPPED},
                papers={"xk_expiry_notice": ("补正的材料尚未提交", "重新申请")}),
        ),
    ),
    Story(
        name="renewal: a licence that ended meanwhile is neither renewed nor deemed so",
        procedure=RENEWAL,
        ends="lapsed",
        pages=(
            GOT,
            IN_TIME,
            ACCEPTED,
            happens("2026-12-01T10:00", acts(IN_FORCE, "record_holder_ended", "officer", "2026-12-01T10:00",
                                             proof="注销登记通知书")),
            refused("2026-12-02T10:00", "head", "approve_renewal", WHY, gate="licence_in_force"),
            law("2027-01-01T00:06", "lapse_late_application", papers={"xk_expiry_notice": ("该许可失效待注销",)}),
        ),
    ),
)  # fmt: skip
