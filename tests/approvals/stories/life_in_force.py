"""A licence in force: its file opens by itself, it is inspected, put right, changed, renewed, and one day it ends."""

from __future__ import annotations

from approvals.queries.licences import IN_FORCE
from tests.approvals.stories.diary import STOPPED, Page, Story, does, happens, law, refused
from tests.approvals.stories.life_doors import (
    change_under_review,
    granted,
    in_hand,
    on_commitment,
    renewal_under_review,
    without_term,
)

GOT = happens("2026-03-09T12:00", in_hand(valid_to="2026-12-31"))
TWO = ["@officer", "@second"]
INSPECTED = {
    "inspectors": TWO, "inspected_on": "2026-03-16", "place": "东城区示例街1号", "findings": "消防设施缺失。",
    "result": "责令改正。",
}  # fmt: skip
ORDER = {"duty": "消防设施存在安全隐患", "correct_by": "2026-03-27", "consequences": "逾期不改正的，依法处理"}
RECHECKED = {"inspectors": TWO, "inspected_on": "2026-03-25", "findings": "设施已经配齐。"}
CERTIFICATE = "许证〔2026〕1号"
REASONS = {"reasons": "取得许可时提交的租赁合同系伪造。"}
COMPENSATED = {"compensation": "直接损失依法另行申请补偿"}
PUBLIC = {"public_interest": "道路扩建涉及公共安全"}
REMEDIES = ("行政复议", "行政诉讼", "六十日", "六个月")
CANCELLED = {"xk_cancellation_decision": (CERTIFICATE, "第七十条", *REMEDIES), "xk_void_announcement": (CERTIFICATE,)}
ELECTRONIC = {"certificate": "electronic"}
INTENT = {"xk_annulment_intent": ("拟撤销", CERTIFICATE, "陈述和申辩", "五个工作日", "听证")}
# Told on Monday 16 March: 17 to 20 and 23 March are the five working days.
TOLD = does("2026-03-16T11:00", "officer", "record_intent_told",
            {"told_on": "2026-03-16", "recipients": "电子送达，王示例"},
            due={"xk_hearing_request": "2026-03-23"})  # fmt: skip


def intended(step: str = "notify_revocation_intent", **facts: str) -> tuple[Page, ...]:
    """The organ says what it means to do, and nobody asks for a hearing."""
    papers = (
        INTENT if step == "notify_revocation_intent" else {"xk_annulment_intent": ("拟撤回或者变更", *facts.values())}
    )
    return (
        does("2026-03-16T10:00", "officer", step, {**REASONS, **facts}, papers=papers),
        TOLD,
        law("2026-03-24T00:06", "lapse_rights", due={"xk_hearing_request": STOPPED}),
    )


def story(name: str, *pages: Page, ends: str, **item: object) -> Story:
    return Story(name=f"in force: {name}", procedure=IN_FORCE, ends=ends, pages=pages, item=item)


STORIES: tuple[Story, ...] = (
    story(
        "opened on delivery, changed, renewed, expired when nobody renews again, cancelled",
        happens("2026-03-06T12:00", granted(valid_to="2026-12-31")),
        # 31 December less thirty working days: 19 November.
        does("2026-03-09T10:00", "officer", "open_with_term",
             due={"xk_renew_apply": "2026-11-19", "xk_renew_decide": "2026-12-31"}, state="in_force"),
        happens("2026-03-12T12:00", change_under_review("2026-03-11T10:00", "2026-03-12T10:00")),
        does("2026-03-13T10:00", "head", "record_change"),
        happens("2026-11-19T12:00", renewal_under_review("2026-11-18T10:00", "2026-11-19T10:00")),
        does("2026-11-20T10:00", "head", "record_renewal", due={"xk_renew_decide": "2031-12-31"}),
        law("2032-01-01T00:06", "expire"),
        refused("2032-01-05T10:00", "head", "expire", ELECTRONIC, says=("找不到您要的页面",)),
        does("2032-01-05T11:00", "head", "cancel", ELECTRONIC,
             papers={**CANCELLED, "xk_cancellation_decision": ("有效期届满未延续", "电子证照已经停用", *REMEDIES)}),
        ends="cancelled",
    ),
    story(
        "without a term; force majeure ends it",
        happens("2026-03-06T12:00", without_term),
        does("2026-03-09T10:00", "officer", "open_without_term"),
        does("2026-03-16T10:00", "officer", "record_force_majeure", {"reasons": "地震损毁，不能恢复。"}),
        does("2026-03-17T10:00", "head", "cancel", ELECTRONIC,
             papers={**CANCELLED, "xk_cancellation_decision": ("不可抗力",)}),
        ends="cancelled",
    ),
    story(
        "inspected, ordered to correct, reported, found corrected; asked to cancel, returned, asked again",
        GOT,
        refused("2026-03-16T09:00", "officer", "record_inspection", {**INSPECTED, "inspectors": ["@officer"]},
                says=("至少选择2项",)),
        does("2026-03-16T10:00", "officer", "record_inspection", INSPECTED,
             papers={"xk_supervision_record": ("officer示例", "second示例", "110101002", "消防设施缺失", "责令改正",
                                               "公众有权查阅", "示例（北京）餐饮管理有限公司")}),
        refused("2026-03-16T11:00", "head", "order_commitment_correction", ORDER, gate="granted_on_commitment"),
        refused("2026-03-16T12:00", "head", "order_correction", {**ORDER, "correct_by": "2026-03-16"},
                gate="correction_day_ahead"),
        does("2026-03-16T13:00", "head", "order_correction", ORDER,
             papers={"xk_rectification_order": ("许改〔2026〕1号", "消防设施存在安全隐患", "责令", "2026年3月27日以前",
                                                "逾期不改正的，依法处理", *REMEDIES)}),
        refused("2026-03-17T09:00", "officer", "hand_to_enforcement", {"receiver": "执法队", **REASONS},
                gate="order_period_over"),
        does("2026-03-24T10:00", "citizen", "report_corrected", {"report": "消防设施已经配齐。"},
             papers={"xk_rectification_receipt": ("2026年3月16日", "消防设施已经配齐", CERTIFICATE)}),
        refused("2026-03-25T09:00", "second", "confirm_corrected", {**RECHECKED, "inspectors": ["@officer",
            "@section"]},
                says=("没有",)),
        does("2026-03-25T10:00", "officer", "confirm_corrected", RECHECKED,
             papers={"xk_recheck_record": ("消防设施存在安全隐患", "设施已经配齐", "已经改正", "second示例")}),
        does("2026-04-01T10:00", "citizen", "ask_for_cancellation", {"reasons": "不再经营。"},
             papers={"xk_cancellation_receipt": ("不再经营", CERTIFICATE, "许可仍然有效")}),
        does("2026-04-02T10:00", "officer", "return_cancellation_request", {"reasons": "注销材料不全。"},
             papers={"xk_no_cancellation_notice": ("注销材料不全", CERTIFICATE, *REMEDIES)}),
        does("2026-04-03T10:00", "citizen", "ask_for_cancellation", {"reasons": "不再经营。"},
             papers={"xk_cancellation_receipt": ()}),
        does("2026-04-07T10:00", "head", "cancel", {"certificate": "recovered"},
             papers={**CANCELLED, "xk_cancellation_decision": ("被许可人申请注销", "证件已经收回")}),
        ends="cancelled",
    ),
    story(
        "not corrected in time: handed to enforcement; later stripped by a penalty",
        GOT,
        does("2026-03-16T13:00", "head", "order_correction", ORDER, papers={"xk_rectification_order": ()}),
        refused("2026-03-27T10:00", "officer", "hand_to_enforcement", {"receiver": "执法队", **REASONS},
                gate="order_period_over"),
        does("2026-03-28T10:00", "officer", "hand_to_enforcement",
             {"receiver": "东城区市场监督管理局综合执法队", "reasons": "逾期没有配齐消防设施。"},
             papers={"xk_transfer_letter": ("许移〔2026〕1号", "东城区市场监督管理局综合执法队",
                                            "逾期没有配齐消防设施", "第八十条")}),
        does("2026-05-20T10:00", "officer", "record_penalty_stripping", {"decision_number": "东市监罚〔2026〕1号"}),
        does("2026-05-21T10:00", "head", "cancel", {"certificate": "announced"},
             papers={"xk_cancellation_decision": ("依法被吊销", "作废，并予以公告"),
                     "xk_void_announcement": ("示例（北京）餐饮管理有限公司", "依法被吊销", "不得再使用")}),
        ends="cancelled",
    ),
    story(
        "a commitment that is not kept is revoked after its period",
        happens("2026-03-09T12:00", on_commitment),
        does("2026-03-16T13:00", "head", "order_commitment_correction", ORDER,
             papers={"xk_rectification_order": ("第三十三条第一款",)}),
        refused("2026-03-27T10:00", "head", "revoke_unmet_commitment", REASONS, gate="order_period_over"),
        does("2026-03-30T10:00", "head", "revoke_unmet_commitment", REASONS,
             papers={"xk_annulment_decision": (CERTIFICATE, "未按照告知承诺达到许可条件", "利益不受保护", *REMEDIES)}),
        ends="revoked",
    ),
    story(
        "a false commitment is revoked at once",
        happens("2026-03-09T12:00", on_commitment),
        does("2026-03-16T13:00", "head", "revoke_false_commitment", REASONS,
             papers={"xk_annulment_decision": (CERTIFICATE, "租赁合同系伪造", *REMEDIES)}),
        ends="revoked",
    ),
    story(
        "a neighbour asks for revocation; the holder speaks and is heard; the organ's fault revokes",
        GOT,
        does("2026-03-11T11:00", "stranger", "ask_for_revocation",
             {"interest": "相邻居民，油烟直接影响居住", "request": "距离不符合规定，请求撤销。"},
             papers={"xk_annulment_request_receipt": ("stranger示例", "相邻居民", "距离不符合规定", CERTIFICATE)}),
        does("2026-03-16T10:00", "officer", "notify_revocation_intent", REASONS, papers=INTENT),
        refused("2026-03-16T10:30", "officer", "record_intent_told",
                {"told_on": "2026-03-13", "recipients": "王示例"}, gate="told_after_the_intent"),
        TOLD,
        refused("2026-03-16T12:00", "officer", "record_intent_told",
                {"told_on": "2026-03-16", "recipients": "王示例"}, gate="intent_not_told_before"),
        does("2026-03-17T10:00", "citizen", "make_statement", {"statement": "合同真实有效。"},
             papers={"xk_statement_record": ("合同真实有效",)}),
        # From Monday 23 March: 24 to 27 (4), 30 March to 3 April (9), 7 to 10 (13), 13 to 17 (18), 20, 21 April (20).
        does("2026-03-23T10:00", "citizen", "request_hearing", {"points": "合同的真实性"},
             due={"xk_hearing_request": STOPPED, "xk_hearing_organise": "2026-04-21"},
             papers={"xk_hearing_request_receipt": (CERTIFICATE, "2026年4月21日", "不承担听证费用")}),
        refused("2026-03-24T09:00", "section", "notify_hearing_date",
                {"presider": "@officer", "hearing_on": "2026-04-23", "hearing_time": "上午9时", "place": "听证室"},
                gate="presider_kept_out"),
        law("2026-04-22T00:06", "flag_hearing_overdue"),
        # Seven working days before Wednesday 6 May: 30, 29, 28, 27, 24, 23 and 22 April; 1 to 5 May are off.
        refused("2026-04-23T10:00", "section", "notify_hearing_date",
                {"presider": "@second", "hearing_on": "2026-05-06", "hearing_time": "上午9时", "place": "听证室"},
                gate="ahead"),
        does("2026-04-23T11:00", "section", "notify_hearing_date",
             {"presider": "@second", "hearing_on": "2026-05-07", "hearing_time": "上午9时", "place": "听证室"},
             papers={"xk_hearing_notice": ("2026年5月7日上午9时", "听证室", "second示例", "回避")}),
        refused("2026-05-06T10:00", "second", "hold_hearing",
                {"attendants": "王示例", "evidence": "合同鉴定", "arguments": "没有异议"},
                gate="hearing_follows_notice"),
        does("2026-05-07T11:00", "second", "hold_hearing",
             {"attendants": "王示例\nofficer示例", "evidence": "合同鉴定", "arguments": "申请人：不认可"},
             due={"xk_hearing_organise": STOPPED},
             papers={"xk_hearing_record": ("second示例", "合同鉴定", "申请人：不认可", "听证室")}),
        refused("2026-05-08T10:00", "head", "take_back", {**REASONS, **PUBLIC, **COMPENSATED},
                gate="taking_back_intended"),
        does("2026-05-08T11:00", "head", "revoke_for_organ_fault", {"ground": "69(1)(3)", **REASONS, **COMPENSATED},
             papers={"xk_annulment_decision": ("许撤〔2026〕1号", "第六十九条第一款第三项",
                                               "直接损失依法另行申请补偿", *REMEDIES)}),
        ends="revoked",
    ),
    story(
        "fraud in an ordinary matter revokes and is handed over, without a bar",
        GOT,
        *intended(),
        refused("2026-03-24T09:00", "head", "revoke_for_fraud_safety", {**REASONS, "receiver": "执法队"},
                gate="safety_matter"),
        does("2026-03-24T10:00", "head", "revoke_for_fraud", {**REASONS, "receiver": "执法队"},
             papers={"xk_annulment_decision": ("不正当手段", "利益不受保护", *REMEDIES),
                     "xk_transfer_letter": ("执法队", "第七十九条")}),
        ends="revoked",
        safety=False,
    ),
    story(
        "fraud in a matter of safety bars for three years",
        GOT,
        *intended(),
        refused("2026-03-24T09:00", "head", "revoke_for_fraud", {**REASONS, "receiver": "执法队"},
                gate="not_safety_matter"),
        # Three years from 24 March 2026: the last day of the bar is 24 March 2029.
        does("2026-03-24T10:00", "head", "revoke_for_fraud_safety", {**REASONS, "receiver": "执法队"},
             due={"xk_bar_fraud": "2029-03-24"},
             papers={"xk_annulment_decision": ("三年内不得再次申请", "2029年3月24日", *REMEDIES),
                     "xk_transfer_letter": ("执法队",)}),
        ends="revoked",
    ),
    story(
        "kept for the public good; told again, the ground does not hold",
        GOT,
        *intended(),
        does("2026-03-24T10:00", "head", "keep_despite_defect", {"reasons": "撤销将使两千名学生断供餐食。"},
             papers={"xk_no_annulment_decision": ("两千名学生", "不予撤销", "第六十九条第三款", *REMEDIES)}),
        does("2026-03-25T10:00", "officer", "notify_revocation_intent", REASONS, papers=INTENT),
        does("2026-03-25T11:00", "officer", "record_intent_told", {"told_on": "2026-03-25", "recipients": "王示例"},
             due={"xk_hearing_request": "2026-04-01"}),
        law("2026-04-02T00:06", "lapse_rights"),
        does("2026-04-02T10:00", "head", "drop_intent", {"reasons": "合同经鉴定真实。"},
             papers={"xk_procedure_end_notice": ("2026年3月25日", "合同经鉴定真实", "继续有效")}),
        ends="in_force",
    ),
    story(
        "changed by the organ for the public good; then taken back with compensation",
        GOT,
        *intended("notify_taking_back_intent", **PUBLIC, **COMPENSATED),
        refused("2026-03-24T09:00", "head", "revoke_for_organ_fault", {"ground": "69(1)(3)", **REASONS, **COMPENSATED},
                gate="revocation_intended"),
        does("2026-03-24T10:00", "head", "change_ex_officio",
             {**REASONS, **PUBLIC, **COMPENSATED, "scope": "仅限预包装食品销售"},
             papers={"xk_withdrawal_decision": ("变更已生效行政许可决定书", "仅限预包装食品销售", *PUBLIC.values(),
                                                *REMEDIES)}),
        does("2026-03-25T10:00", "officer", "notify_taking_back_intent", {**REASONS, **PUBLIC, **COMPENSATED},
             papers={"xk_annulment_intent": ()}),
        does("2026-03-25T11:00", "officer", "record_intent_told", {"told_on": "2026-03-25", "recipients": "王示例"}),
        law("2026-04-02T00:06", "lapse_rights"),
        does("2026-04-02T10:00", "head", "take_back", {**REASONS, **PUBLIC, **COMPENSATED},
             papers={"xk_withdrawal_decision": ("撤回行政许可决定书", *PUBLIC.values(), *COMPENSATED.values(),
                                                *REMEDIES)}),
        ends="taken_back",
    ),
    story(
        "the holder ends while a revocation is being prepared",
        GOT,
        does("2026-03-16T10:00", "officer", "notify_revocation_intent", REASONS, papers=INTENT),
        does("2026-03-17T10:00", "officer", "record_holder_ended", {"proof": "注销登记通知书"}),
        does("2026-03-18T10:00", "head", "cancel", {"certificate": "recovered"},
             papers={**CANCELLED, "xk_cancellation_decision": ("组织依法终止",)}),
        ends="cancelled",
    ),
)  # fmt: skip
