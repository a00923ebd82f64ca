"""Advice of courts and procuratorates (司法建议、检察建议办理). Supreme Court rule of 2023 on judicial advice."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step

plan = statute("东城区“十三五”时期法治政府建设实施规划")
advice = statute("最高人民法院关于综合治理类司法建议工作若干问题的规定")
gy = statute("最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释")

STATES = (
    state("handling", "办理中", "departmental_legal_unit", "sfjy_reply|jcjy_general",
          reason="司法建议有回复期限，其他检察建议以平台参数为准"),
    state("handling_public_interest", "公益诉讼检察建议办理", "departmental_legal_unit",
          "jcjy_reply|jcjy_reply_urgent"),
    state("replied", "已回复待落实", "departmental_legal_unit", reason="以回复中承诺的日期为准"),
    final("sued", "已被起诉"),
    final("closed", "已办结"),
)  # fmt: skip

STEPS = (
    step("receive_court_advice", "收到司法建议", when=NEW, by="departmental_legal_unit", to="handling",
         under=advice("8"), starts="sfjy_reply", needs="已记录法院、文号、建议要点和要求的回复期限",
         gives="sy_incoming_register", tells="head_of_organ", note="以司法建议书载明的期限优先；一般不超过两个月"),
    step("receive_procuratorate", "收到检察建议（公益诉讼）", when=NEW, by="departmental_legal_unit",
         to="handling_public_interest", under=gy("21(2)"), starts="jcjy_reply", needs="建议书载明公共利益受损情形",
         gives="sy_incoming_register", tells="head_of_organ"),
    step("receive_procuratorate_urgent", "收到检察建议（紧急）", when=NEW, by="departmental_legal_unit",
         to="handling_public_interest", under=gy("21(2)"), starts="jcjy_reply_urgent",
         needs="损害继续扩大或者其他紧急情形", gives="sy_incoming_register", tells="head_of_organ"),
    step("receive_other_procuratorate", "收到其他检察建议", when=NEW, by="departmental_legal_unit", to="handling",
         under=plan("第二部分（五）3"), starts="jcjy_general", needs="不属于公益诉讼检察建议",
         gives="sy_incoming_register", tells="head_of_organ", note="《人民检察院检察建议工作规定》原文未读到"),
    step("assign_points", "分解任务", when="handling|handling_public_interest", by="head_of_organ", to=SAME,
         under=plan("第二部分（五）3"), tells="section_head"),
    step("perform_duty", "依法履职", when="handling_public_interest", by="case_officer", to=SAME, under=gy("21(2)"),
         gives="履职材料", note="可以启动行政执法案件"),
    step("reply_adopt", "书面回复（采纳）", when="handling", by="head_of_organ", to="replied", under=advice("8"),
         stops="sfjy_reply|jcjy_general", needs="对各项建议均已写明办理情况", gives="sf_advice_reply",
         tells="court|procuratorate", second_person=True),
    step("reply_not_adopt", "书面回复（不采纳）", when="handling", by="head_of_organ", to="replied", under=advice("8"),
         stops="sfjy_reply|jcjy_general", needs=("对各项建议均已说明理由", "已征求区司法局意见"), gives="回复函",
         tells="court|procuratorate|district_legal_office", second_person=True, verified=False),
    step("reply_public_interest", "履职并书面回复", when="handling_public_interest", by="head_of_organ", to="replied",
         under=gy("21(2)"), stops="jcjy_reply|jcjy_reply_urgent", needs="已依法履职，或者已说明进展和困难",
         gives="jc_suggestion_reply", tells="procuratorate", second_person=True),
    step("reply_overdue", "回复逾期", when="handling|handling_public_interest", by=THE_LAW, to=SAME, under=advice("8"),
         needs=expired("sfjy_reply", "jcjy_general", "jcjy_reply", "jcjy_reply_urgent"),
         tells="head_of_organ|district_legal_office|supervisor",
         note="检察机关可以提起公益诉讼：检察公益诉讼解释第二十一条第三款"),
    step("follow_up", "跟踪落实", when="replied", by="departmental_legal_unit", to=SAME, under=plan("第二部分（五）3"),
         gives="落实台账"),
    step("public_interest_suit", "检察机关提起诉讼", when="handling_public_interest|replied",
         by="outside_procuratorate", to="sued", under=gy("21(3)"), tells="head_of_organ", opens="disputes.litigation"),
    step("close", "办结", when="replied", by="district_legal_office", to="closed", under=advice("8(2)"),
         needs="承诺的措施均已完成", second_person=True, verified=False),
)  # fmt: skip

JUDICIAL_ADVICE = Procedure(
    "oversight.judicial_advice",
    "司法建议、检察建议办理",
    STATES,
    STEPS,
    since=date(2023, 11, 16),
)
