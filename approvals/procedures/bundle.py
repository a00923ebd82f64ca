"""Parallel approval of a bundle of items under a lead organ (一件事并联审批). 行政许可法 26, 42(2).

The bundle has the one clock; what is decided on each item is decided in its part, in the name of that item's organ.
"""

from datetime import date

from approvals.procedures.admission import (
    APPLICANT,
    AT_RECEIPT,
    CORRECT_BY,
    CORRECTED,
    CORRECTING,
    CORRECTION,
    DELIVERY,
    EXAMINERS,
    FRAME,
    REASONS,
    REFUSAL,
    TRUTH,
    WITHDRAWN,
    also_at_window,
    redirection,
)
from approvals.rules import applications, bundles
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    any_of,
    attest,
    child,
    children,
    expired,
    final,
    not_barred,
    rule,
    state,
    statute,
    step,
    within,
)

xk = statute("行政许可法")
fy = statute("行政复议法")
bj = statute("北京市优化营商环境条例")
market = statute("市场监督管理行政许可程序暂行规定")
PART = "approvals.bundle_part"
DECIDING = "parts_under_review|ready_to_decide"
LEFT = ("not_needed_told", "not_competent_told")  # 已经剔除的事项
REPORTED = ("checked", "not_needed", "not_competent", *LEFT)
OPINED = ("agreed", "refused", "released", "delivered", "refusal_issued", *LEFT)
RECEIVED = f"step:submit|take_in_at_window|{CORRECTED}"  # 收到申请材料之日
BEFORE = "submit|take_in_at_window"


def which(label: str, source: str) -> Ask:
    """The part that a step of the lead organ is about."""
    return Ask("part", label, "choice", source=source)


STATES = (
    state(NEW, "（尚未申请）", APPLICANT, reason="申请提出之前尚无案件"),
    state("filed", "已收件待处理", EXAMINERS, "xk_deficiency_notice"),
    state("awaiting_correction", "待补正", APPLICANT, "xk_correct", "法律没有规定申请人补正的期限，可以由告知书约定"),
    state("parts_under_review", "并联审查中", "case_officer", "xk_decide_joint"),
    state("ready_to_decide", "意见齐备待统一决定", "head_of_organ", "xk_decide_joint"),
    state("granted", "准予待统一送达", "window_clerk", "xk_deliver"),
    final("delivered", "一次送达"),
    final("refused", "全部不予许可"),
    final("split", "拆分为单项办理", reason="各事项分别作为单项许可继续办理"),
    final("not_accepted", "不予受理"),
    final("not_needed", "无需许可"),
    final("withdrawn", "撤回"),
    final("abandoned", "视为放弃"),
    final("terminated", "终止办理"),
)  # fmt: skip

STEPS = (
    # Filing
    step("submit", "提交一件事申请", when=NEW, by=APPLICANT, to="filed", under=xk("26(2)", "29") + bj("56"),
         starts="xk_deficiency_notice",
         needs=(rule(applications.item_in_force), rule(applications.basis_in_force), rule(applications.power_held),
                rule(applications.required_materials_given), TRUTH),
         gives="xk_intake_receipt", tells="applicant|window_clerk|case_officer",
         note="所含各事项均现行有效且由相应机关行使；使用一套共享申请材料"),
    step("take_in_at_window", "窗口收取一件事", when=NEW, by="window_clerk", to="filed",
         under=xk("26(2)", "29") + bj("56"), starts="xk_deficiency_notice",
         needs=(rule(applications.item_in_force), rule(applications.basis_in_force),
                rule(applications.point_serves_item), attest("已经核对申请人身份")),
         gives="xk_intake_receipt", tells="applicant|case_officer"),
    step("circulate_for_check", "分送核对材料", when="filed|parts_under_review", by="case_officer", to=SAME,
         under=xk("26(2)"), needs=rule(bundles.not_circulated_before), gives="xk_joint_dispatch_sheet",
         tells="member_organs", opens=PART, note="每个事项开立一个部分；视为受理以后尚未分送的，仍应当分送"),
    step("drop_unneeded_item", "剔除无需许可的事项", when="filed|parts_under_review", by="case_officer", to=SAME,
         under=xk("32(1)(1)"), asks=which("无需取得许可的事项", "unneeded_parts"),
         needs=rule(bundles.named_part_unneeded), tells="applicant",
         note="告知书由该部分以其机关的名义作出"),
    step("drop_foreign_item", "剔除不属职权的事项", when="filed|parts_under_review", by="case_officer", to=SAME,
         under=xk("32(1)(2)"), asks=which("不属于成员机关职权的事项", "foreign_parts"),
         needs=rule(bundles.named_part_foreign), tells="applicant",
         note="不予受理决定由该部分以其机关的名义作出，并告知应当向哪一机关申请"),
    step("press_silent_check", "督促尚未反馈的成员机关", when="filed", by="case_officer", to=SAME,
         under=xk("26(2)", "32(1)(4)"), asks=which("期限临近、尚未反馈的部分", "silent_parts"),
         needs=rule(bundles.named_part_silent), gives="xk_joint_urging_notice", tells="member_organs|supervisor",
         note="逾期不告知的，自收到申请材料之日起即为受理；核对材料没有单独的内部时限"),
    *AT_RECEIPT,
    step("notify_deficiency", "一次告知补正", when="filed", by=EXAMINERS, to="awaiting_correction",
         under=xk("32(1)(4)", "32(2)"), starts=CORRECTING, stops="xk_deficiency_notice",
         asks=(Ask("items", "各部门反馈的需要补正的材料", "many", hint="全部列入", source="reported", at_least=1),
               CORRECT_BY),
         needs=(within("xk_deficiency_notice"), rule(applications.no_deficiency_notice_before),
                rule(bundles.reports_joined),
                any_of(children(PART, *REPORTED), rule(bundles.last_day_to_tell))),
         gives="xk_deficiency_notice", tells="applicant|member_organs",
         note="再次发出首次补正告知书时，系统依条件拒绝"),
    *CORRECTION,
    *REFUSAL,
    # Acceptance
    step("accept", "受理", when="filed", by=EXAMINERS, to="parts_under_review", under=xk("32(1)(5)", "32(2)"),
         starts="xk_decide_joint", stops="xk_deficiency_notice",
         needs=(rule(applications.power_held), not_barred("xk_bar_false_material", "xk_bar_fraud"),
                children(PART, "checked", *LEFT), rule(bundles.every_report_complete)),
         gives="xk_joint_acceptance_notice", tells="applicant|member_organs",
         note="全部事项一并受理，各部分自同一日起开始审查"),
    step("deem_accepted", "逾期未告知视为受理", when="filed", by=THE_LAW, to="parts_under_review", under=xk("32(1)(4)"),
         starts=Start("xk_decide_joint", since=RECEIVED), stops="xk_deficiency_notice",
         needs=(expired("xk_deficiency_notice"), rule(applications.nothing_told_in_time)),
         gives="xk_deemed_acceptance_note", tells="applicant|case_officer|section_head|member_organs",
         note="自收到申请材料之日起即为受理，期限从该日起算；各部分同时开始审查",
         contested="补正之后逾期的，自收到补正材料之日起算"),
    # Examination
    step("organise_joint_visit", "组织联合踏勘", when="parts_under_review", by="case_officer", to=SAME,
         under=xk("26(2)", "34(3)"),
         asks=(Ask("signed_by", "参加核查并签字的人员（各机关两名以上）", "staff", source="member_officers", at_least=2,
                   part="verifier"),
               Ask("verified_on", "核查日期", "date"), Ask("place", "核查地点"), Ask("findings", "现场情况", "text"),
               Ask("conclusion", "核查结论", "choice", choices=(("fits", "符合"), ("fails", "不符合")))),
         needs=rule(bundles.two_officers_of_each), gives="xk_verification_record", tells="applicant|member_organs",
         second_person=True, note="各机关一次联合踏勘"),
    step("press_silent_member", "督促逾期成员机关", when="parts_under_review", by="case_officer", to=SAME,
         under=xk("26(2)", "42(2)"), asks=which("超过内部时限的部分", "late_parts"),
         needs=rule(bundles.named_part_late), gives="xk_joint_urging_notice", tells="member_organs|supervisor",
         note="并联办理的内部时限由公布的办理方案确定；法律未规定成员机关逾期视为同意"),
    step("close_as_they_came", "各事项均已先行决定", when=DECIDING, by=THE_LAW, to="granted",
         under=xk("26(2)", "38(1)"), starts="xk_deliver", stops="xk_decide_joint",
         needs=rule(bundles.each_decided, around=True),
         tells="applicant|window_clerk|case_officer", note="申请人选择办成一项领取一项的，最后一项决定作出时发生"),
    step("close_fan_in", "意见汇齐", when="parts_under_review", by=THE_LAW, to="ready_to_decide",
         under=xk("26(2)"), needs=children(PART, *OPINED),
         tells="head_of_organ|case_officer", note="最后一份意见到达时发生，不需要任何人再办理"),
    step("reopen_fan_in", "意见撤回后继续审查", when="ready_to_decide", by=THE_LAW, to="parts_under_review",
         under=xk("26(2)"), verified=False, needs=rule(bundles.opinion_taken_back, around=True),
         tells="head_of_organ|case_officer", note=f"{FRAME}：由成员机关撤回、退回意见的事件触发"),
    step("return_for_review", "退回成员机关重新审查", when="ready_to_decide", by="case_officer|head_of_organ", to=SAME,
         under=xk("26(2)"), verified=False, asks=(which("退回的事项", "opined_parts"), REASONS),
         needs=(rule(bundles.named_part_opined), rule(bundles.nothing_rests_on_named_part),
                rule(bundles.named_part_may_be_examined)),
         tells="member_organs|head_of_organ",
         note=f"{FRAME}：作出决定以前，牵头机关可以说明理由退回意见，期限继续计算"),
    # Decision
    step("extend_joint", "延长并联审批期限", when=DECIDING, by="head_of_government", of="government",
         to=SAME, under=xk("42(2)"), extends="xk_decide_joint", asks=REASONS,
         needs=(within("xk_decide_joint"), rule(bundles.joint_time_not_extended)),
         gives="xk_joint_extension_notice", tells="applicant|member_organs|case_officer", second_person=True),
    step("grant_all", "统一准予", when="ready_to_decide", by="head_of_organ", to="granted", under=xk("26(2)", "38(1)"),
         starts="xk_deliver", stops="xk_decide_joint",
         needs=(rule(bundles.the_rest_agreed), not_barred("xk_bar_false_material", "xk_bar_fraud")),
         tells="applicant|window_clerk|case_officer|disclosure_office", second_person=True,
         note="每个事项、每个机关各作出一份决定：由各部分以其机关的名义同时作出"),
    step("split_refused_item", "剥离不予许可事项", when="ready_to_decide", by="head_of_organ", to=SAME,
         under=xk("26(2)", "38(2)"), asks=which("不予许可的事项", "refused_parts"),
         needs=(child(PART, "refused"), rule(bundles.named_part_refused), rule(bundles.something_else_agreed),
                rule(bundles.nothing_rests_on_named_part),
                attest("已经说明理由，并告知行政复议、行政诉讼的权利和期限")), tells="applicant|member_organs",
         second_person=True, note="以成员机关的名义作出决定；其余事项继续按“一件事”办理"),
    step("refuse_all", "全部不予许可", when="ready_to_decide", by="head_of_organ", to="refused",
         under=xk("26(2)", "38(2)"), stops="xk_decide_joint",
         needs=(rule(bundles.nothing_agreed), attest("已经说明理由，并告知行政复议、行政诉讼的权利和期限")),
         tells="applicant|member_organs", second_person=True, note="各部分以其机关的名义同时作出不予许可的决定"),
    step("split_to_single_cases", "拆分为单项", when=DECIDING, by="case_officer", to="split",
         under=xk("26(2)", "42(1)"), stops="xk_decide_joint",
         needs=(attest("申请人书面提出拆分"), rule(bundles.rest_may_end)), opens="approvals.licence",
         gives="xk_joint_split_notice", tells="applicant|member_organs",
         contested="拆分后单项期限自“一件事”受理之日起算"),
    step("terminate", "终止办理", when=DECIDING, by="head_of_organ", to="terminated", under=market("30", "31"),
         stops="xk_decide_joint", asks=REASONS,
         needs=(attest("申请人死亡、丧失能力或者终止，或者依法不再需要许可，或者未缴纳法定费用，或者不可抗力"),
                rule(bundles.rest_may_end)),
         gives="xk_termination_decision", tells="applicant|member_organs", decides=True, second_person=True,
         note="市场监督管理部门的规定，其他部门参照"),
    *also_at_window(
        step("withdraw", "撤回申请", when=f"filed|awaiting_correction|{DECIDING}", by=APPLICANT, to="withdrawn",
             under=market("30(1)(1)"), stops="xk_deficiency_notice|xk_correct|xk_decide_joint",
             asks=Ask("reasons", "撤回的原因", "text", required=False), needs=rule(bundles.rest_may_end),
             gives="xk_withdraw_application_note", tells="case_officer|member_organs",
             note="行政许可法没有规定，参照部门规章"),
        *WITHDRAWN),
    # Delivery
    *redirection(f"{DECIDING}|granted"),
    step("deliver_once", "一次送达结果", when="granted", by=EXAMINERS, to="delivered",
         under=xk("26(1)", "44") + bj("56"), stops="xk_deliver", asks=DELIVERY,
         needs=(attest("已经由受送达人签收，或者电子送达已经其确认同意"),
                attest("全部证件与剥离事项的不予许可决定一并交付")),
         gives="sy_service_receipt", tells="applicant"),
    step("end_as_they_came", "各事项均已先行送达", when="granted", by=THE_LAW, to="delivered", under=xk("44"),
         stops="xk_deliver", needs=children(PART, "delivered", *LEFT), tells="case_officer",
         note="最后一项送达时发生，不需要任何人再办理"),
    # Silence of the organs
    step("record_overdue_inaction", "逾期未决定（不作为可救济）", when=DECIDING, by=THE_LAW, to=SAME,
         under=xk("42(2)", "74(1)(2)") + fy("11(1)(3)", "23(1)(3)"), needs=expired("xk_decide_joint"),
         tells="applicant|section_head|head_of_organ|member_organs",
         note="法律没有规定视为结果；不作为本身可以申请救济",
         contested="此类不作为是否一律适用复议前置（行政复议法第二十三条第一款第三项）"),
    step("flag_delivery_overdue", "逾期未送达结果", when="granted", by=THE_LAW, to=SAME, under=xk("44"),
         needs=expired("xk_deliver"), tells="section_head|supervisor",
         note="法律没有规定视为结果，只作提示和监督"),
)  # fmt: skip

BUNDLE = Procedure("approvals.bundle", "一件事并联审批", STATES, STEPS, since=date(2020, 4, 28), live=True)
