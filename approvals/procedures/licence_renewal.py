"""Renewal of a licence before it expires (行政许可延续). 行政许可法 50."""

from datetime import date

from approvals.procedures.admission import ACCEPTANCE, AT_RECEIPT, CORRECTION, NOTIFICATION, REFUSAL
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    expired,
    final,
    state,
    statute,
    step,
    taken,
    within,
)

xk = statute("行政许可法")
market = statute("市场监督管理行政许可程序暂行规定")
APPLICANT = "citizen|legal_person|agent"

STATES = (
    state(NEW, "（尚未申请）", APPLICANT, reason="申请提出之前尚无案件"),
    state("filed", "已收件待处理", "window_clerk|case_officer", "xk_deficiency_notice"),
    state("awaiting_correction", "待补正", APPLICANT, reason="法律未规定申请人补正的期限，可在补正告知书中载明"),
    state("under_review", "延续审查中", "case_officer", "xk_renew_decide|xk_decide"),
    state("renewed", "准予延续待换证", "window_clerk", "xk_deliver"),
    final("delivered", "延续证件已送达"),
    final("refused", "不予延续"),
    final("not_accepted", "不予受理"),
    final("not_needed", "无需办理"),
    final("withdrawn", "撤回"),
    final("abandoned", "视为放弃"),
    final("lapsed", "许可已届满，申请失去对象"),
)  # fmt: skip

STEPS = (
    step("apply_in_time", "按期申请延续", when=NEW, by=APPLICANT, to="filed", under=xk("50(1)"),
         starts=("xk_deficiency_notice", Start("xk_renew_decide", since="fact:expires_on")),
         asks=Ask("expires_on", "许可有效期截止日期", "date"),
         needs=("许可证件现行有效", "在有效期届满三十日前提出，或者在法律、法规、规章另行规定的期限内提出"),
         gives="xk_intake_receipt", tells="applicant"),
    step("apply_late", "逾期申请延续", when=NEW, by=APPLICANT, to="filed", under=xk("50(1)"),
         starts=("xk_deficiency_notice", Start("xk_renew_decide", since="fact:expires_on")),
         asks=Ask("expires_on", "许可有效期截止日期", "date"),
         needs=("许可证件现行有效", "提出时间晚于有效期届满三十日前，法律、法规、规章也未另行规定期限",
                "已告知申请人可能不适用第五十条第二款关于视为准予延续的规定"), gives="xk_intake_receipt",
         tells="applicant", contested="法律未规定逾期提出延续申请的后果"),
    *AT_RECEIPT,
    *NOTIFICATION,
    *CORRECTION,
    *REFUSAL,
    *ACCEPTANCE,
    step("assign_verification", "指派实地核查", when="under_review", by="section_head", to=SAME, under=xk("34(3)"),
         needs="核查人员不少于两人", gives="核查任务单", tells="case_officer"),
    step("record_verification", "记录核查结果", when="under_review", by="case_officer", to=SAME, under=xk("34(3)"),
         needs=(taken("已经指派实地核查", "assign_verification"), "核查记录由两名以上工作人员签名"),
         gives="xk_verification_record", tells="applicant", second_person=True),
    step("approve_renewal", "准予延续", when="under_review", by="head_of_organ", to="renewed", under=xk("50(2)"),
         starts="xk_deliver", stops="xk_renew_decide|xk_decide",
         needs=("仍然符合取得许可的条件", within("xk_renew_decide")), gives="xk_renewal_decision",
         tells="applicant|disclosure_office", decides=True, second_person=True),
    step("refuse_renewal", "不予延续", when="under_review", by="head_of_organ", to="refused",
         under=xk("50(2)", "38(2)"), stops="xk_renew_decide|xk_decide",
         needs=(within("xk_renew_decide"), "已说明理由，并告知行政复议、行政诉讼的权利和期限"),
         gives="xk_renewal_decision", tells="applicant", decides=True, second_person=True,
         note="届满之后本行不再适用：已视为准予延续"),
    step("deem_renewed", "逾期未决定视为准予延续", when="filed|under_review", by=THE_LAW, to="renewed",
         under=xk("50(2)"), starts="xk_deliver", stops="xk_deficiency_notice|xk_renew_decide|xk_decide",
         needs=(expired("xk_renew_decide"), taken("申请在规定期限内提出", "apply_in_time")),
         gives="xk_deemed_renewal_note", tells="applicant|section_head|licence_file", decides=True,
         contested="视为延续的有效期与原有效期相同"),
    step("lapse_late_application", "逾期申请遇届满", when="filed|under_review", by=THE_LAW, to="lapsed",
         under=xk("50", "70(1)(1)"), stops="xk_deficiency_notice|xk_decide|xk_renew_decide",
         needs=(expired("xk_renew_decide"), taken("申请逾期提出", "apply_late")), gives="届满告知书", tells="applicant",
         decides=True, note="应作为可配置的参数", contested="有的机关对逾期申请同样视为准予延续"),
    step("lapse_while_uncorrected", "补正未完遇届满", when="awaiting_correction", by=THE_LAW, to="lapsed",
         under=xk("50", "70(1)(1)"), stops="xk_renew_decide", needs=expired("xk_renew_decide"), gives="届满告知书",
         tells="applicant", decides=True, contested="补正期间遇届满是否仍受视为延续规则的保护"),
    step("withdraw", "撤回申请", when="filed|awaiting_correction|under_review", by=APPLICANT, to="withdrawn",
         under=market("30(1)(1)"), stops="xk_deficiency_notice|xk_decide|xk_renew_decide", needs="行政机关尚未作出决定",
         gives="xk_withdraw_application_note", tells="case_officer"),
    step("deliver", "送达延续证件", when="renewed", by="window_clerk|case_officer", to="delivered",
         under=xk("39", "44"), stops="xk_deliver", gives="xk_licence|sy_service_receipt",
         tells="applicant|licence_file"),
    step("flag_delivery_overdue", "逾期未送达证件", when="renewed", by=THE_LAW, to=SAME, under=xk("44"),
         needs=expired("xk_deliver"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
)  # fmt: skip

LICENCE_RENEWAL = Procedure(
    "approvals.licence_renewal",
    "行政许可延续",
    STATES,
    STEPS,
    since=date(2019, 4, 23),
)
