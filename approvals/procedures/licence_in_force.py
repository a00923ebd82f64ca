"""A licence in force: inspection, annulment, withdrawal, cancellation (行政许可证件存续管理). 行政许可法 8, 61-70.

The file of a licence opens by itself when the licence is delivered, and a change or a renewal that was decided is
entered by itself: these rows are the law's, and nobody can forget or feign them.
"""

from datetime import date

from approvals.rules import applications, in_force
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    ahead,
    attest,
    expired,
    final,
    rule,
    state,
    statute,
    step,
)

xk = statute("行政许可法")
bj = statute("北京市优化营商环境条例")
market = statute("市场监督管理行政许可程序暂行规定")
APPLICANT = "citizen|legal_person|agent"
CONCERNED = "citizen|legal_person|agent|third_party"
BEFORE_ITS_END = "in_force|rectifying|intent_noticed|intent_hearing|intent_ready"
STILL_VALID = f"{BEFORE_ITS_END}|cancellation_requested"
TERM = (
    Start("xk_renew_apply", since="fact:expires_on", owner="addressee"),  # the holder's own time: no lamp of the organ
    Start("xk_renew_decide", since="fact:expires_on"),
)
CLOCKS = "xk_renew_apply|xk_renew_decide"
EXPIRY = Ask("expires_on", "许可有效期截止日期", "date")

REASONS = Ask("reasons", "理由", "text", hint="写明查明的事实、理由和依据的条款")
CORRECT_BY = Ask("correct_by", "改正期限截至", "date")
DUTY = Ask("duty", "未履行的义务或者存在的问题", "text")
CONSEQUENCES = Ask("consequences", "逾期不改正的后果", "text")
INSPECTORS = Ask("inspectors", "检查人员（两名以上）", "staff", source="officers", at_least=2)
STATEMENT = Ask("statement", "陈述和申辩的内容", "text")
THIRD = Ask("third_party", "利害关系人", "party", required=False, source="parties", part="third_party",
            hint="有利害关系人的，先在案件页面登记")  # fmt: skip
COMPENSATION = Ask("compensation", "补偿或者赔偿", "text", hint="写明已经作出的决定，或者告知另行处理的途径")
GROUNDS = Ask(
    "ground",
    "属于哪一种情形",
    "choice",
    choices=(
        ("69(1)(1)", "滥用职权、玩忽职守作出准予决定"),
        ("69(1)(2)", "超越法定职权作出准予决定"),
        ("69(1)(3)", "违反法定程序作出准予决定"),
        ("69(1)(4)", "对不具备申请资格或者不符合法定条件的申请人准予许可"),
        ("69(1)(5)", "依法可以撤销的其他情形"),
    ),
)
ENFORCEMENT = Ask("receiver", "移送的行政执法机关", hint="依法给予行政处罚的机关，可以是本机关的执法机构")
HEARD = attest("已经听取被许可人的陈述、申辩")
NO_GREAT_HARM = attest("撤销不会对公共利益造成重大损害")
FRAUD = attest("以欺骗、贿赂等不正当手段取得许可的事实已经查证属实")

STATES = (
    state(NEW, "（证件未生效）", "case_officer", reason="证件送达之时自动建立"),
    state("in_force", "有效", "case_officer", "xk_renew_decide", reason="没有有效期的许可不设期限"),
    state("rectifying", "责令限期改正", APPLICANT, reason="期限由责令改正文书确定"),
    state("intent_noticed", "拟撤销撤回已告知", "case_officer", "xk_hearing_request"),
    state("intent_hearing", "撤销撤回听证", "section_head", "xk_hearing_organise|xk_hearing_notice"),
    state("intent_ready", "撤销撤回待决定", "head_of_organ",
          reason="《行政许可法》未规定期限，市场监管领域为六十日，可延长二十日"),
    state("expired", "届满未延续待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("revoked", "已撤销待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("taken_back", "已撤回待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("stripped", "证件被吊销待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("holder_ended", "持有人死亡丧失能力或终止待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("impossible", "不可抗力无法实施待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    state("cancellation_requested", "申请注销待注销", "head_of_organ", reason="第七十条未规定注销的期限"),
    final("cancelled", "已注销", reason="许可档案办结，转为归档保存"),
)  # fmt: skip

STEPS = (
    # The file and what is entered in it
    step("open_with_term", "有期限证件生效", when=NEW, by=THE_LAW, to="in_force", under=xk("39", "44", "50"),
         starts=TERM, asks=EXPIRY,
         needs=(rule(in_force.delivered_and_filed), rule(in_force.has_a_term), rule(in_force.expiry_of_the_licence)),
         tells="public",
         note="延续申请期限自届满日倒推，并提醒被许可人；有效期由各事项自行规定，没有统一的期限行"),
    step("open_without_term", "无期限证件生效", when=NEW, by=THE_LAW, to="in_force", under=xk("39", "44"),
         needs=(rule(in_force.delivered_and_filed), rule(in_force.has_no_term)), tells="public"),
    step("record_renewal", "记载延续", when=STILL_VALID, by=THE_LAW, to=SAME, under=xk("50(2)"),
         starts=TERM, stops=CLOCKS, asks=(Ask("renewal_case", "延续案件的案号"), EXPIRY),
         needs=rule(in_force.renewal_decided), tells="applicant|case_officer|public"),
    step("record_change", "记载变更", when=STILL_VALID, by=THE_LAW, to=SAME, under=xk("49"),
         asks=Ask("change_case", "变更案件的案号"), needs=rule(in_force.change_decided),
         tells="applicant|case_officer|public"),
    # Supervision
    step("record_inspection", "记录监督检查", when="in_force", by="case_officer", to=SAME, under=xk("61(2)", "62"),
         asks=(INSPECTORS, Ask("inspected_on", "检查日期", "date"), Ask("place", "检查地点"),
               Ask("findings", "检查情况", "text"), Ask("result", "处理结果", "text")),
         needs=(rule(in_force.two_inspectors), attest("检查人员已经在记录上签字")), gives="xk_supervision_record",
         tells="applicant|public", second_person=True, note="公众有权查阅监督检查记录"),
    step("order_correction", "责令限期改正", when="in_force", by="head_of_organ", to="rectifying",
         under=xk("66", "67(2)", "68(2)"), asks=(DUTY, CORRECT_BY, CONSEQUENCES),
         needs=(attest("涉及依法开发利用资源、提供普遍服务的义务，或者重要设备、设施存在安全隐患"),
                rule(in_force.correction_day_ahead)),
         gives="xk_rectification_order", tells="applicant|case_officer", decides=True),
    step("order_commitment_correction", "责令履行承诺", when="in_force", by="head_of_organ", to="rectifying",
         under=bj("33(1)"), asks=(DUTY, CORRECT_BY, CONSEQUENCES),
         needs=(rule(in_force.granted_on_commitment), attest("承诺的条件未达到，且不属于虚假承诺"),
                rule(in_force.correction_day_ahead)),
         gives="xk_rectification_order", tells="applicant|case_officer", decides=True),
    step("report_corrected", "报告已改正", when="rectifying", by=APPLICANT, to=SAME, under=xk("66", "67(2)"),
         asks=Ask("report", "改正情况", "text"), gives="xk_rectification_receipt", tells="case_officer"),
    step("confirm_corrected", "确认已改正", when="rectifying", by="case_officer", to="in_force",
         under=xk("66", "67(2)"),
         asks=(INSPECTORS, Ask("inspected_on", "复查日期", "date"), Ask("findings", "复查情况", "text")),
         needs=rule(in_force.two_inspectors), gives="xk_recheck_record", tells="applicant", second_person=True),
    step("hand_to_enforcement", "逾期不改转处理", when="rectifying", by="case_officer", to="in_force",
         under=xk("66", "80"), asks=(ENFORCEMENT, REASONS),
         needs=(rule(in_force.order_period_over), attest("经核实仍未改正")), gives="xk_transfer_letter",
         tells="enforcement_organs|applicant", note="案件移送函存档；行政处罚由有权机关另行立案"),
    step("revoke_unmet_commitment", "撤销未履行承诺的决定", when="rectifying", by="head_of_organ", to="revoked",
         under=bj("33(1)"), stops=CLOCKS, asks=REASONS,
         needs=(rule(in_force.ordered_on_commitment), rule(in_force.order_period_over), attest("仍未达到许可条件"),
                HEARD),
         gives="xk_annulment_decision", tells="applicant|credit_platform|disclosure_office", decides=True,
         second_person=True),
    step("revoke_false_commitment", "撤销虚假承诺的决定", when="in_force", by="head_of_organ", to="revoked",
         under=bj("33(1)"), stops=CLOCKS, asks=REASONS,
         needs=(rule(in_force.granted_on_commitment), attest("承诺内容虚假的事实已经查证属实"), HEARD),
         gives="xk_annulment_decision", tells="applicant|credit_platform|enforcement_organs|disclosure_office",
         decides=True, second_person=True),
    # Revocation and taking back: intent, hearing, decision
    step("ask_for_revocation", "请求撤销许可", when="in_force", by="third_party", to=SAME, under=xk("69(1)"),
         asks=(Ask("interest", "本人的利害关系", "text"), Ask("request", "请求撤销的事实和理由", "text")),
         gives="xk_annulment_request_receipt", tells="case_officer|third_party", note="法律未规定答复期限"),
    step("notify_revocation_intent", "告知拟撤销", when="in_force", by="case_officer", to="intent_noticed",
         under=market("43", "44") + xk("7", "69"), asks=(REASONS, THIRD),
         needs=attest("已经说明拟作决定的事实、理由和依据"), gives="xk_annulment_intent",
         tells="applicant|third_party",
         note=("法律本身未规定拟撤销前的告知程序；五日见《市场监督管理行政许可程序暂行规定》第四十四条、第五十三条第"
               "三款")),
    step("notify_taking_back_intent", "告知拟撤回或变更", when="in_force", by="case_officer", to="intent_noticed",
         under=market("38") + xk("8(2)"),
         asks=(REASONS, Ask("public_interest", "公共利益的需要", "text"), COMPENSATION, THIRD),
         needs=attest("行政许可所依据的法律、法规、规章修改或者废止，或者客观情况发生重大变化"),
         gives="xk_annulment_intent", tells="applicant|third_party"),
    step("record_intent_told", "登记告知书送达", when="intent_noticed", by="case_officer", to=SAME,
         under=market("44(1)", "53(3)"), starts=Start("xk_hearing_request", since="fact:told_on"),
         asks=(Ask("told_on", "最后一名被告知人收到告知书的日期", "date",
                   hint="五日自被告知之日起算；电子送达的，以到达其系统的日期为准"),
               Ask("recipients", "送达方式和签收人", "text")),
         needs=(rule(in_force.told_after_the_intent), rule(in_force.intent_not_told_before)),
         tells="applicant|third_party", note="没有登记送达的，申请听证的期限不起算，也不失效"),
    step("make_statement", "陈述申辩", when="intent_noticed|intent_hearing|intent_ready", by=CONCERNED, to=SAME,
         under=xk("7"), asks=STATEMENT, gives="xk_statement_record", tells="case_officer"),
    step("request_hearing", "申请听证", when="intent_noticed", by=CONCERNED, to="intent_hearing", under=market("53(3)"),
         starts="xk_hearing_organise", stops="xk_hearing_request", needs=rule(applications.hearing_asked_in_time),
         asks=Ask("points", "听证中拟提出的主要意见", "text", required=False),
         gives="xk_hearing_request_receipt", tells="section_head|case_officer"),
    step("lapse_rights", "陈述听证期满", when="intent_noticed", by=THE_LAW, to="intent_ready",
         under=market("44(1)", "53(2)"), stops="xk_hearing_request",
         needs=(expired("xk_hearing_request"), rule(in_force.no_request_for_hearing)), tells="case_officer|applicant"),
    step("notify_hearing_date", "通知听证时间地点", when="intent_hearing", by="section_head", to=SAME,
         under=market("53-59") + xk("48(1)(1)", "48(1)(3)"),
         starts=Start("xk_hearing_notice", since="fact:hearing_on"),
         asks=(Ask("presider", "听证主持人", "choice", source="officers", part="presider"),
               Ask("hearing_on", "听证日期", "date"), Ask("hearing_time", "开始时间", hint="例如：上午9时30分"),
               Ask("place", "听证地点")),
         needs=(rule(in_force.presider_kept_out), ahead("xk_hearing_notice", "hearing_on")), gives="xk_hearing_notice",
         tells="applicant|third_party|presider"),
    step("flag_hearing_overdue", "逾期未组织听证", when="intent_hearing", by=THE_LAW, to=SAME, under=market("53"),
         needs=expired("xk_hearing_organise"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("hold_hearing", "举行听证并确认笔录", when="intent_hearing", by="case_officer|section_head", to="intent_ready",
         under=market("53-59") + xk("48"), stops="xk_hearing_organise|xk_hearing_notice",
         asks=(Ask("attendants", "参加人", "text"), Ask("evidence", "拟作决定的证据、理由", "text"),
               Ask("arguments", "申辩和质证", "text")),
         needs=(rule(applications.hearing_follows_notice), rule(in_force.presider_of_the_notice_holds),
                attest("参加人确认笔录无误后已经签字或者盖章，拒绝的已经注明")),
         gives="xk_hearing_record", tells="applicant|third_party|case_officer", second_person=True),
    step("revoke_for_organ_fault", "撤销（机关过错或不符条件）", when="intent_ready", by="head_of_organ", to="revoked",
         under=xk("69(1)", "69(4)"), stops=CLOCKS, asks=(GROUNDS, REASONS, COMPENSATION),
         needs=(rule(in_force.revocation_intended), attest("所列情形已经查证属实"), NO_GREAT_HARM),
         gives="xk_annulment_decision", tells="applicant|third_party|disclosure_office", decides=True,
         second_person=True, note="条文用“可以”，属裁量；上级机关也可以作出撤销决定"),
    step("revoke_for_fraud", "撤销（欺骗贿赂取得）", when="intent_ready", by="head_of_organ", to="revoked",
         under=xk("69(2)", "79"), stops=CLOCKS, asks=(REASONS, ENFORCEMENT),
         needs=(rule(in_force.revocation_intended), FRAUD, NO_GREAT_HARM, rule(applications.not_safety_matter)),
         gives="xk_annulment_decision|xk_transfer_letter", tells="applicant|enforcement_organs|disclosure_office",
         decides=True, second_person=True, note="应当给予的行政处罚移送有权机关另行立案"),
    step("revoke_for_fraud_safety", "撤销（欺骗贿赂取得，安全健康财产事项）", when="intent_ready", by="head_of_organ",
         to="revoked", under=xk("69(2)", "79"), starts=Start("xk_bar_fraud", owner="party"),
         stops=CLOCKS, asks=(REASONS, ENFORCEMENT),
         needs=(rule(in_force.revocation_intended), FRAUD, NO_GREAT_HARM, rule(applications.safety_matter),
                attest("已经告知三年内不得再次申请该行政许可")),
         gives="xk_annulment_decision|xk_transfer_letter", tells="applicant|enforcement_organs|disclosure_office",
         decides=True, second_person=True, note="应当给予的行政处罚移送有权机关另行立案"),
    step("keep_despite_defect", "为公共利益不予撤销", when="intent_ready", by="head_of_organ", to="in_force",
         under=xk("69(3)"), asks=REASONS,
         needs=(rule(in_force.revocation_intended), attest("撤销可能对公共利益造成重大损害")),
         gives="xk_no_annulment_decision", tells="applicant|third_party", decides=True, second_person=True),
    step("take_back", "撤回许可", when="intent_ready", by="head_of_organ", to="taken_back",
         under=xk("8(2)") + market("36-39"),
         stops=CLOCKS, asks=(REASONS, Ask("public_interest", "公共利益的需要", "text"), COMPENSATION),
         needs=rule(in_force.taking_back_intended), gives="xk_withdrawal_decision",
         tells="applicant|third_party|disclosure_office", decides=True, second_person=True),
    step("change_ex_officio", "依职权变更许可", when="intent_ready", by="head_of_organ", to="in_force",
         under=xk("8(2)"),
         asks=(REASONS, Ask("public_interest", "公共利益的需要", "text"), COMPENSATION,
               Ask("scope", "变更后的许可范围")),
         needs=rule(in_force.taking_back_intended), gives="xk_withdrawal_decision",
         tells="applicant|third_party|disclosure_office", decides=True, second_person=True),
    step("drop_intent", "不成立，终止程序", when="intent_ready", by="head_of_organ", to="in_force", under=xk("8(1)"),
         asks=REASONS, needs=attest("撤销、撤回的情形不成立"), gives="xk_procedure_end_notice",
         tells="applicant|third_party"),
    # The end
    step("expire", "届满失效", when="in_force|rectifying", by=THE_LAW, to="expired", under=xk("70(1)(1)", "50(2)"),
         stops=CLOCKS,
         needs=(expired("xk_renew_decide"), rule(in_force.term_is_over), rule(in_force.no_renewal_in_time_open)),
         tells="applicant|case_officer|public"),
    step("record_penalty_stripping", "记载吊销", when=BEFORE_ITS_END, by="case_officer", to="stripped",
         under=xk("70(1)(4)"), stops=f"{CLOCKS}|xk_hearing_request|xk_hearing_organise|xk_hearing_notice",
         asks=Ask("decision_number", "行政处罚决定书的文号"), needs=attest("吊销许可证件的处罚决定已经生效"),
         tells="applicant|public"),
    step("record_holder_ended", "记载持有人死亡或终止", when=BEFORE_ITS_END, by="case_officer", to="holder_ended",
         under=xk("70(1)(2)", "70(1)(3)"), stops=f"{CLOCKS}|xk_hearing_request|xk_hearing_organise|xk_hearing_notice",
         asks=Ask("proof", "证明文件"),
         needs=attest("属于赋予公民特定资格的许可，或者被许可人为法人或者其他组织"), tells="public"),
    step("record_force_majeure", "记载不可抗力", when="in_force", by="case_officer", to="impossible",
         under=xk("70(1)(5)"), stops=CLOCKS, asks=Ask("reasons", "不可抗力的情况", "text"),
         needs=attest("因不可抗力许可事项无法实施"), tells="applicant"),
    step("ask_for_cancellation", "申请注销", when="in_force", by=APPLICANT, to="cancellation_requested",
         under=market("48"), asks=Ask("reasons", "申请注销的理由", "text"),
         needs=(attest("本人不再从事该项许可活动"), rule(in_force.no_case_against_the_holder)),
         gives="xk_cancellation_receipt", tells="case_officer|head_of_organ"),
    step("return_cancellation_request", "退回注销申请", when="cancellation_requested", by="case_officer", to="in_force",
         under=market("48(1)(1)"), asks=REASONS, needs=attest("有正在进行的调查，或者注销材料不全"),
         gives="xk_no_cancellation_notice", tells="applicant", decides=True),
    step("cancel", "注销", when="expired|revoked|taken_back|stripped|holder_ended|impossible|cancellation_requested",
         by="head_of_organ", to="cancelled", under=xk("70") + market("49", "52"),
         stops=CLOCKS, asks=Ask("certificate", "证件的处理", "choice",
                  choices=(("recovered", "已经收回"), ("announced", "未能收回，公告作废"),
                           ("electronic", "电子证照已经停用，没有纸质证件"))),
         needs=rule(in_force.ground_on_record), gives="xk_cancellation_decision|xk_void_announcement",
         tells="applicant|public|exchange_platform", decides=True),
)  # fmt: skip

LICENCE_IN_FORCE = Procedure(
    "approvals.licence_in_force", "行政许可证件存续管理", STATES, STEPS, since=date(2019, 4, 23), live=True
)
