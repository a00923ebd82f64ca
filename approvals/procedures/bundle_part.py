"""One item of a bundle, examined by its own organ (并联审批部分). 行政许可法 26.

A part has no clock of its own but those of a hearing, and of the delivery of what is granted before the others: what
it excludes is excluded from the bundle's.
"""

from datetime import date

from approvals.procedures.admission import DELIVERY, FRAME, REASONS, legal_review, verification
from approvals.procedures.hearing import DAYS_NEEDED, HEARING_STATES, interested_and_hearing
from approvals.rules import applications, bundles
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    attest,
    expired,
    final,
    not_barred,
    parent,
    rule,
    state,
    statute,
    step,
)

xk = statute("行政许可法")
SPECIAL = "xk_decide_joint:special_procedure"
KINDS = (
    ("inspection", "检验、检测、检疫"), ("appraisal", "鉴定"), ("expert_review", "专家评审"), ("tender", "招标、拍卖"),
)  # fmt: skip
UNDER_WAY = parent("parts_under_review", "ready_to_decide")
TERM = (
    Ask("valid_to", "有效期至", "date", required=False, hint="没有期限的不填"),
    Ask("scope", "许可范围", required=False),
)
JUDGED = (
    rule(bundles.prerequisites_agreed),
    attest("已经逐项审查法定条件和标准"),
    rule(applications.no_verification_open),
    rule(applications.concerned_third_party_heard),
    rule(applications.no_hearing_right_open),
    rule(applications.legal_review_passed),
    attest("举行过听证的，根据听证笔录提出意见"),
    not_barred("xk_bar_false_material", "xk_bar_fraud"),
)
OPEN = (
    "checking|checked|waiting_for_prerequisite|examining|special_procedure|hearing_right_open|hearing_preparing|"
    "public_hearing_announced|hearing_scheduled|hearing_record_open|agreed|refused|not_needed|not_competent"
)

STATES = (
    state(NEW, "（尚未分送）", "case_officer", reason="由牵头部门分送时开立"),
    state("checking", "核对材料", "case_officer", "xk_deficiency_notice",
          "在主件的补正告知期限内进行，仅有主件一个期限"),
    state("checked", "已反馈核对结果", "case_officer", "xk_deficiency_notice", "等待主件受理，没有单独期限",
          waits=True),
    state("waiting_for_prerequisite", "等待前置事项结果", "case_officer", "xk_decide_joint",
          "须待前置部分同意，主件的统一期限继续计算", waits=True),
    state("examining", "成员机关审查", "case_officer", "xk_decide_joint", "仅适用主件的并联审批期限"),
    *HEARING_STATES,
    state("special_procedure", "检验检测鉴定评审中", "case_officer",
          reason="所需时间在主件期限中扣除（第四十五条）并书面告知"),
    state("released", "准予待先行送达", "window_clerk|case_officer", "xk_deliver"),
    state("agreed", "同意", "case_officer", "xk_decide_joint",
          "属内部意见，等待主件统一决定，此前对申请人显示为审查", waits=True, seen_as="examining"),
    state("refused", "不同意", "case_officer", "xk_decide_joint",
          "属内部意见，等待主件剥离本事项或者全部不予许可，此前对申请人显示为审查", waits=True, seen_as="examining"),
    state("not_needed", "无需许可", "case_officer",
          reason="等待牵头机关剔除并告知申请人，此前对申请人显示为核对材料", waits=True, seen_as="checking"),
    state("not_competent", "不属本机关职权", "case_officer",
          reason="等待牵头机关剔除并告知申请人，此前对申请人显示为核对材料", waits=True, seen_as="checking"),
    final("granted", "准予许可"),
    final("delivered", "已先行送达"),
    final("refusal_issued", "不予许可"),
    final("not_needed_told", "已告知无需许可"),
    final("not_competent_told", "已告知不属职权"),
    final("closed_with_bundle", "随主件终结"),
)  # fmt: skip

STEPS = (
    # Materials
    step("receive_part", "接收分送", when=NEW, by=THE_LAW, to="checking", under=xk("26(2)"),
         needs=parent("filed", "parts_under_review"), tells="case_officer", note="由牵头部门向各部分同时分送"),
    step("report_complete", "反馈材料齐备", when="checking|checked", by="case_officer", to="checked",
         under=xk("26(2)", "32(1)(5)"), needs=(parent("filed"), attest("本事项材料齐全、符合法定形式")),
         tells="lead_organ"),
    step("report_deficiency", "反馈需补正内容", when="checking|checked", by="case_officer", to="checked",
         under=xk("26(2)", "32(1)(4)"),
         asks=Ask("requirements", "需要补正的材料和内容", "each", source="materials", at_least=1,
                  hint="在需要补正的材料下写明要求，不需要补正的留空"),
         needs=(parent("filed"), rule(bundles.no_joint_notice_yet), attest("已经列明本事项需要补正的全部内容")),
         tells="lead_organ", note="由牵头部门合并为一份告知书"),
    step("look_again", "补正后重新核对", when="checked", by=THE_LAW, to="checking", under=xk("32(1)(5)"),
         needs=(parent("filed"), rule(bundles.correction_came, around=True)), tells="case_officer",
         note="由申请人提交补正的事件触发：提出补正要求的机关重新核对，补正以后的期限同样适用"),
    step("report_not_needed", "反馈无需许可", when="checking|checked", by="case_officer", to="not_needed",
         under=xk("32(1)(1)"), asks=REASONS, tells="lead_organ"),
    step("issue_not_needed", "告知无需许可", when="not_needed", by=THE_LAW, to="not_needed_told",
         under=xk("32(1)(1)", "32(2)"), needs=rule(bundles.drop_ordered, around=True), gives="xk_not_required_notice",
         tells="applicant", decides=True, note="以本机关的名义作出，由主件剔除本事项时发生"),
    step("report_not_competent", "反馈不属本机关职权", when="checking|checked", by="case_officer", to="not_competent",
         under=xk("32(1)(2)"), asks=(REASONS, Ask("competent_organ", "应当向哪一机关申请")), tells="lead_organ"),
    step("issue_not_competent", "不属职权不予受理", when="not_competent", by=THE_LAW, to="not_competent_told",
         under=xk("32(1)(2)", "32(2)"), needs=rule(bundles.drop_ordered, around=True),
         gives="xk_non_acceptance_decision", tells="applicant", decides=True,
         note="以本机关的名义作出，由主件剔除本事项时发生"),
    # What waits for what
    step("start_examination", "开始审查", when="checking|checked", by=THE_LAW, to="examining", under=xk("26(2)"),
         needs=(UNDER_WAY, rule(bundles.prerequisites_agreed, around=True)), tells="case_officer",
         note="由主件受理的事件触发，各部分同时开始"),
    step("hold_for_prerequisite", "等待前置", when="checking|checked", by=THE_LAW, to="waiting_for_prerequisite",
         under=xk("26(2)"), needs=(UNDER_WAY, rule(bundles.prerequisite_open, around=True)), tells="lead_organ"),
    step("resume_after_prerequisite", "前置完成转审查", when="waiting_for_prerequisite", by=THE_LAW, to="examining",
         under=xk("26(2)"), needs=rule(bundles.prerequisites_agreed, around=True), tells="case_officer",
         note="由前置部分同意的事件触发"),
    step("refuse_for_prerequisite", "前置不通过", when="waiting_for_prerequisite", by="head_of_organ", to="refused",
         under=xk("26(2)", "38(2)"), asks=REASONS, needs=rule(bundles.prerequisite_refused), gives="xk_joint_opinion",
         tells="lead_organ", second_person=True),
    # Examination
    *verification("examining"),
    *interested_and_hearing("examining", "xk_decide_joint"),
    step("order_special_procedure", "安排检验鉴定评审", when="examining", by="section_head", to="special_procedure",
         under=xk("45"), pauses=f"{SPECIAL}:until",
         asks=(Ask("kind", "程序", "choice", choices=KINDS), Ask("body", "承担的机构或者专家", "text"), DAYS_NEEDED),
         needs=attest("法律、法规规定需要进行"), gives="xk_excluded_time_notice", tells="applicant|lead_organ",
         note="作用于主件的期限", contested="一个事项检验检测期间，全部事项的期限是否一并扣除"),
    step("record_special_result", "记录检验评审结果", when="special_procedure", by="case_officer", to="examining",
         under=xk("45"), resumes=SPECIAL, asks=Ask("result", "结论", "text"), needs=attest("报告由作出机构签章"),
         tells="applicant|lead_organ", note="迟于告知的时间只亮红灯，法律没有规定后果"),
    *legal_review("examining"),
    # Opinion
    step("agree", "出具同意意见", when="examining", by="head_of_organ", to="agreed", under=xk("26(2)", "38(1)"),
         asks=(REASONS, Ask("valid_from", "有效期自", "date", required=False, hint="不填的，自统一决定之日起"),
               *TERM),
         needs=(rule(bundles.together), *JUDGED),
         gives="xk_joint_opinion", tells="lead_organ", second_person=True,
         note="属内部意见，对外的决定在统一决定时作出"),
    step("refuse_part", "出具不同意意见", when="examining", by="head_of_organ", to="refused",
         under=xk("26(2)", "38(2)"), asks=REASONS,
         needs=(attest("已经逐项审查法定条件和标准"), rule(applications.no_verification_open),
                rule(applications.no_hearing_right_open), attest("举行过听证的，根据听证笔录提出意见")),
         gives="xk_joint_opinion", tells="lead_organ", second_person=True),
    step("take_back_opinion", "撤回尚未查看的意见", when="agreed|refused", by="head_of_organ", to="examining",
         under=xk("26(2)"), verified=False, asks=REASONS,
         needs=(UNDER_WAY, rule(bundles.own_opinion), rule(bundles.nobody_has_read),
                rule(bundles.nothing_rests_on_opinion)),
         tells="lead_organ|case_officer",
         note=f"{FRAME}：意见属内部意见，其他人打开本部分、主件或者意见书以前可以撤回，重新出具"),
    step("take_back_report", "撤回尚未查看的反馈", when="not_needed|not_competent", by="case_officer", to="checking",
         under=xk("26(2)"), verified=False,
         needs=(parent("filed"), rule(bundles.own_report), rule(bundles.nobody_has_read)), tells="lead_organ",
         note=f"{FRAME}，与撤回意见相同"),
    step("return_to_examination", "退回重新审查", when="agreed|refused", by="head_of_organ", to="examining",
         under=xk("26(2)"), verified=False, asks=REASONS,
         needs=(parent("parts_under_review"), rule(bundles.somebody_has_read), rule(bundles.nothing_rests_on_opinion)),
         tells="lead_organ|case_officer",
         note=f"{FRAME}：意见尚未汇齐以前，成员机关负责人可以说明理由退回本机关重新审查；没有人查看过的，由出具人撤回"),
    step("reopen_for_review", "由牵头机关退回", when="agreed|refused", by=THE_LAW, to="examining", under=xk("26(2)"),
         verified=False, needs=rule(bundles.review_ordered, around=True), tells="head_of_organ|case_officer",
         note=f"{FRAME}：由主件退回本事项的事件触发"),
    # Decision
    step("grant_part", "准予许可（先行作出）", when="examining", by="head_of_organ", to="released",
         under=xk("26(2)", "38(1)"), starts="xk_deliver",
         asks=(REASONS, Ask("valid_from", "有效期自", "date", required=False, hint="不填的，自决定之日起"), *TERM),
         needs=(UNDER_WAY, rule(bundles.as_they_come), *JUDGED),
         gives="xk_grant_decision|xk_licence", tells="applicant|lead_organ|window_clerk|case_officer", decides=True,
         second_person=True, note="申请人选择办成一项领取一项的，以本机关的名义作出，不等待其他事项",
         contested="法律规定统一办理，没有规定能否先行作出；依申请人的选择，对其有利"),
    step("deliver_part", "先行送达", when="released", by="window_clerk|case_officer", to="delivered", under=xk("44"),
         stops="xk_deliver", asks=DELIVERY, needs=attest("已经由受送达人签收，或者电子送达已经其确认同意"),
         gives="sy_service_receipt", tells="applicant|lead_organ"),
    step("delivered_with_bundle", "随主件送达", when="released", by=THE_LAW, to="delivered", under=xk("44"),
         stops="xk_deliver", needs=parent("delivered"), tells="case_officer", note="由主件一次送达的事件触发"),
    step("flag_delivery_overdue", "逾期未先行送达", when="released", by=THE_LAW, to=SAME, under=xk("44"),
         needs=expired("xk_deliver"), tells="section_head|supervisor", note="法律没有规定视为结果，只作提示和监督"),
    step("issue_grant", "准予许可", when="agreed", by=THE_LAW, to="granted", under=xk("26(2)", "38(1)"),
         needs=parent("granted", "delivered"), gives="xk_grant_decision|xk_licence", tells="applicant", decides=True,
         note="以本机关的名义作出，由主件统一准予的事件触发"),
    step("issue_refusal", "不予许可", when="refused", by=THE_LAW, to="refusal_issued", under=xk("26(2)", "38(2)"),
         needs=rule(bundles.refusal_ordered, around=True), gives="xk_refusal_decision", tells="applicant", decides=True,
         note="以本机关的名义作出，由主件剥离本事项或者全部不予许可的事件触发"),
    step("close_with_bundle", "随主件终结", when=OPEN, by=THE_LAW, to="closed_with_bundle", under=xk("26(2)"),
         stops="xk_hearing_request|xk_hearing_organise",
         needs=parent("withdrawn", "split", "terminated", "not_accepted", "not_needed", "abandoned"),
         tells="case_officer", note="由主件的事件触发，不是期限"),
)  # fmt: skip

BUNDLE_PART = Procedure(
    "approvals.bundle_part",
    "并联审批部分",
    STATES,
    STEPS,
    since=date(2020, 4, 28),
    live=True,
    under_power=xk("22"),
    within_parent=True,
)
