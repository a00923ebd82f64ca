"""Mediation, by a people's committee or an organ (人民调解与行政调解). 人民调解法."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step, within

tj = statute("人民调解法")
outline = statute("法治政府建设实施纲要（2021－2025年）")
PARTY = "citizen|legal_person|agent"

STATES = (
    state("applied", "待双方同意", "mediator",
          reason="法律没有规定期限（及时）；消费投诉的调解期限适用至2026年4月14日"),
    final("declined", "不予调解"),
    state("mediating", "调解中", "mediator", reason="法律没有规定期限"),
    state("agreed", "已达成协议", "mediator", "tj_confirm", reason="以协议约定的履行日期为准"),
    state("confirming", "司法确认中", "mediator", reason="由人民法院决定，没有本机关的期限"),
    state("confirmed", "已确认", "mediator", reason="以调解协议约定的期限为准"),
    final("performed", "已履行"),
    final("breached", "违约转司法"),
    final("failed", "调解不成"),
)  # fmt: skip

STEPS = (
    step("apply", "申请调解", when=NEW, by=PARTY, to="applied", under=tj("17"), gives="tj_application",
         tells="third_party"),
    step("offer", "主动调解", when=NEW, by="mediator", to="applied", under=tj("17"), tells="parties"),
    step("refer", "法院公安等引导", when=NEW, by="window_clerk", to="applied", under=tj("18"), gives="引导调解函",
         tells="parties"),
    step("open_admin_mediation", "行政调解启动", when=NEW, by="case_officer", to="applied", under=outline("（二十）"),
         needs=("与本机关职责相关的纠纷", "本机关依法有权调解"), tells="parties",
         note="行政调解没有全国性法律；规划第二部分（七）1"),
    step("not_in_scope", "不属调解范围", when="applied", by="mediator", to="declined", under=tj("26"),
         needs=("法律规定由其他途径处理", "已告知当事人"), gives="不予调解告知书", tells="parties", verified=False),
    step("other_side_refuses", "一方明确拒绝", when="applied|mediating", by=PARTY, to="failed",
         under=tj("17", "23(1)(2)"), gives="tj_end_notice", tells="parties"),
    step("agree_to_mediate", "双方同意并选定调解员", when="applied", by=PARTY, to="mediating",
         under=tj("19", "23(1)(1)"),
         needs=("双方自愿", "调解员没有利益冲突", "已提醒当事人行政复议、行政诉讼期限继续计算"),
         gives="tj_registration"),
    step("hold_session", "调解会议", when="mediating", by="mediator", to=SAME, under=tj("20", "22", "27"),
         needs=("制作调解笔录", "依当事人意愿公开或者不公开进行"), gives="tj_record"),
    step("replace_mediator", "更换调解员", when="mediating", by="section_head", to=SAME, under=tj("23(1)(1)"),
         tells="parties", verified=False),
    step("report_danger", "激化风险报告", when="applied|mediating", by="mediator", to=SAME, under=tj("25"),
         tells="police|organs_concerned"),
    step("fail", "调解不成终止", when="mediating", by="mediator", to="failed", under=tj("26"),
         needs="已告知可以依法通过仲裁、行政、司法途径维护权利", gives="tj_end_notice", tells="parties"),
    step("sign_agreement", "签订调解协议书", when="mediating", by=PARTY, to="agreed", under=tj("28", "29"),
         starts="tj_confirm", needs=("各方当事人已签名、盖章或者按指印", "调解员已签名", "已加盖人民调解委员会印章"),
         gives="tj_agreement", tells="parties"),
    step("agree_orally", "口头协议", when="mediating", by="mediator", to="agreed", under=tj("28", "30"),
         starts="tj_confirm", needs=("当事人认为无需制作调解协议书", "已记录协议内容"), gives="tj_oral_record"),
    step("apply_confirmation", "共同申请司法确认", when="agreed", by=PARTY, to="confirming", under=tj("33(1)"),
         stops="tj_confirm", needs=("双方共同申请", within("tj_confirm")), gives="tj_confirmation_application",
         note="行政调解协议的司法确认适用民事诉讼法，原文未见"),
    step("confirmation_lapses", "司法确认期满", when="agreed", by=THE_LAW, to=SAME, under=tj("33(1)"),
         stops="tj_confirm", needs=expired("tj_confirm")),
    step("court_confirms", "法院确认有效", when="confirming", by="outside_court", to="confirmed", under=tj("33(2)"),
         gives="司法确认裁定书（法院）", tells="parties"),
    step("court_finds_void", "法院确认无效", when="confirming", by="outside_court", to="mediating", under=tj("33(3)"),
         tells="parties", note="当事人可以变更原协议、达成新协议或者起诉"),
    step("follow_up", "回访督促", when="agreed|confirmed", by="mediator", to=SAME, under=tj("31(2)"),
         gives="tj_followup_record"),
    step("performed", "履行完毕", when="agreed|confirmed", by="mediator", to="performed", under=tj("31"),
         gives="tj_followup_record"),
    step("breach", "违约起诉", when="agreed", by=PARTY, to="breached", under=tj("32"), tells="mediator",
         note="就调解协议提起诉讼"),
    step("enforce_confirmed", "申请法院执行", when="confirmed", by=PARTY, to="breached", under=tj("33(2)")),
    step("withdraw", "撤回申请", when="applied|mediating", by=PARTY, to="failed", under=tj("23(1)(2)"),
         tells="parties"),
)  # fmt: skip

MEDIATION = Procedure(
    "disputes.mediation",
    "人民调解与行政调解",
    STATES,
    STEPS,
    since=date(2011, 1, 1),
)
