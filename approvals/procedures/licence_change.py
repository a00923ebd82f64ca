"""Change of a licence (行政许可变更). 行政许可法 49."""

from datetime import date

from approvals.procedures.admission import (
    APPLICANT,
    AT_RECEIPT,
    CORRECTION,
    DELIVERY,
    EXAMINERS,
    FILERS,
    HELD,
    NOTIFICATION,
    REASONS,
    REFUSAL,
    TRUTH,
    WITHDRAWN,
    acceptance,
    also_at_window,
    redirection,
    verification,
)
from approvals.rules import applications, in_force
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    attest,
    expired,
    final,
    rule,
    state,
    statute,
    step,
    within,
)

xk = statute("行政许可法")
fy = statute("行政复议法")
market = statute("市场监督管理行政许可程序暂行规定")

STATES = (
    state(NEW, "（尚未申请）", FILERS, reason="申请提出之前尚无案件"),
    state("filed", "已收件待处理", EXAMINERS, "xk_deficiency_notice"),
    state("awaiting_correction", "待补正", APPLICANT, "xk_correct",
          reason="法律未规定申请人补正的期限，可在补正告知书中载明"),
    state("under_review", "变更审查中", "case_officer", "xk_decide"),
    state("changed", "准予变更待换证", "window_clerk", "xk_deliver"),
    final("delivered", "变更证件已送达"),
    final("refused", "不予变更"),
    final("not_accepted", "不予受理"),
    final("not_needed", "无需办理"),
    final("withdrawn", "撤回"),
    final("abandoned", "视为放弃"),
)  # fmt: skip

STEPS = (
    step("apply_for_change", "申请变更", when=NEW, by=FILERS, to="filed", under=xk("49"),
         starts="xk_deficiency_notice",
         asks=(Ask("changes", "变更的内容", "text", hint="每行一项，写明变更前后"),
               Ask("reasons", "变更的理由", "text")),
         needs=(*HELD, rule(in_force.none_pending), TRUTH), gives="xk_intake_receipt", tells="applicant|case_officer"),
    *AT_RECEIPT,
    *NOTIFICATION,
    *CORRECTION,
    *REFUSAL,
    *acceptance("apply_for_change"),
    *verification(),
    step("extend", "延长审批期限", when="under_review", by="head_of_organ", to=SAME, under=xk("42(1)"),
         extends="xk_decide", asks=REASONS, needs=(within("xk_decide"), rule(applications.not_extended_before)),
         gives="xk_extension_notice", tells="applicant|case_officer", second_person=True),
    step("approve_change", "准予变更", when="under_review", by="head_of_organ", to="changed", under=xk("49", "42(1)"),
         starts="xk_deliver", stops="xk_decide", asks=REASONS,
         needs=(attest("变更后的事项符合法定条件、标准"), rule(in_force.licence_in_force),
                rule(applications.no_verification_open)),
         gives="xk_modification_decision", tells="applicant|window_clerk|disclosure_office", decides=True,
         second_person=True, note="适用第四十二条第一款的期限", contested="第四十九条未规定期限"),
    step("refuse_change", "不予变更", when="under_review", by="head_of_organ", to="refused", under=xk("49", "38(2)"),
         stops="xk_decide", asks=REASONS, needs=(rule(applications.no_verification_open), attest("已经说明理由")),
         gives="xk_modification_decision", tells="applicant", decides=True, second_person=True),
    *also_at_window(
        step("withdraw", "撤回申请", when="filed|awaiting_correction|under_review", by=APPLICANT, to="withdrawn",
             under=market("30(1)(1)"), stops="xk_deficiency_notice|xk_decide",
             asks=Ask("reasons", "撤回的原因", "text", required=False),
             gives="xk_withdraw_application_note", tells="window_clerk|case_officer",
             note="行政机关作出决定之前可以撤回"),
        *WITHDRAWN),
    *redirection("changed"),
    step("deliver", "送达变更证件", when="changed", by=EXAMINERS, to="delivered",
         under=xk("39", "44"), stops="xk_deliver", asks=DELIVERY,
         needs=attest("原纸质证件已经收回或者注明作废，电子证件已经换发"),
         gives="xk_licence|sy_service_receipt", tells="applicant|licence_file"),
    step("record_overdue_inaction", "逾期未决定（不作为可救济）", when="under_review", by=THE_LAW, to=SAME,
         under=xk("42", "74(1)(2)") + fy("11(1)(3)", "23(1)(3)"), needs=expired("xk_decide"),
         gives="xk_overdue_note", tells="applicant|section_head|head_of_organ", decides=True,
         note="法律未规定逾期视为准予；不作为本身可以申请救济",
         contested="此类不作为是否一律适用复议前置（行政复议法第二十三条第一款第三项）"),
    step("flag_delivery_overdue", "逾期未送达证件", when="changed", by=THE_LAW, to=SAME, under=xk("44"),
         needs=expired("xk_deliver"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
)  # fmt: skip

LICENCE_CHANGE = Procedure(
    "approvals.licence_change",
    "行政许可变更",
    STATES,
    STEPS,
    since=date(2019, 4, 23),
    live=True,
    under_power=xk("22"),
)
