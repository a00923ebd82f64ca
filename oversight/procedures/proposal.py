"""Suggestions of deputies and CPPCC proposals (人大代表建议、政协提案办理). Beijing rule on deputies' suggestions."""

from datetime import date

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Extend,
    Procedure,
    Start,
    expired,
    final,
    state,
    statute,
    step,
    taken,
)

jy = statute("北京市人民代表大会代表建议、批评和意见办理条例")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
cppcc = statute("北京市政协提案工作条例")

STATES = (
    state("received", "待分办", "executive_meeting_secretary", "rd_suggest_bj|zx_proposal"),
    state("assigned", "办理中", "head_of_organ", "rd_suggest_bj|zx_proposal|rd_suggest_bj_redo"),
    state("answered", "待反馈", "case_officer", "rd_suggest_bj_feedback"),
    state("unsatisfied", "不满意待定", "executive_meeting_secretary", reason="规定没有期限"),
    state("following_up", "跟踪落实", "case_officer", reason="以答复中承诺的日期为准"),
    final("closed", "已办结"),
)  # fmt: skip

STEPS = (
    step("receive_suggestion", "接收人大代表建议", when=NEW, by="executive_meeting_secretary", to="received",
         under=jy("15", "33"), starts="rd_suggest_bj", needs=("由人大常委会交办", "已记录建议编号和代表姓名"),
         gives="建议交办单", note="全国性期限与北京市期限长度相同；区级参照适用（第三十三条）"),
    step("receive_cppcc", "接收政协提案", when=NEW, by="executive_meeting_secretary", to="received", under=cppcc(),
         starts="zx_proposal", needs="由政协交办", gives="提案交办单", verified=False, note="政协提案规定原文未读到"),
    step("receive_bill", "接收议案处理意见", when=NEW, by="executive_meeting_secretary", to="received",
         under=plan("第二部分（五）2"), needs="已记录大会决议", note="期限由决议逐案载明"),
    step("assign_lead", "指定主办会办", when="received", by="executive_meeting_secretary", to="assigned",
         under=jy("17"), needs="已明确主办单位和会办单位", gives="分办单", tells="organs_concerned"),
    step("send_back_wrong", "不属职责退回", when="assigned", by="departmental_legal_unit", to="received",
         under=jy("17"), of="concerned", needs=("已写明理由", "尚未开始办理"), verified=False, note="法律没有具体天数"),
    step("give_joint_view", "会办意见", when="assigned", by="departmental_legal_unit", to=SAME, under=jy("17"),
         of="member", gives="会办意见"),
    step("contact_deputy", "与代表沟通", when="assigned", by="case_officer", to=SAME, under=jy("19"), gives="沟通记录",
         tells="deputy"),
    step("ask_more_time", "申请延长", when="assigned", by="head_of_organ", to=SAME, under=jy("21"), of="lead",
         needs="涉及面广或者难度较大", gives="延期申请"),
    step("allow_more_time", "同意延长", when="assigned", by="outside_congress", to=SAME, under=jy("21"),
         extends=(Extend("rd_suggest_bj", to="new_due_date"), Extend("zx_proposal", to="new_due_date")),
         asks=Ask("new_due_date", "延长后的截止日期", "date"), second_person=True,
         note="自交办之日起最长六个月；须经交办机关同意"),
    step("answer", "书面答复", when="assigned", by="head_of_organ", to="answered", under=jy("21", "22"),
         starts=Start("rd_suggest_bj_feedback", since="served"), stops="rd_suggest_bj|zx_proposal",
         needs=("已经主要负责人签署", "采用规定的公文格式", "不含受保护的个人信息"), gives="rd_suggestion_reply",
         tells="deputy|assigning_organ", second_person=True),
    step("answer_overdue", "答复逾期", when="assigned", by=THE_LAW, to=SAME, under=jy("31"),
         needs=expired("rd_suggest_bj", "zx_proposal"), tells="head_of_organ|supervisor"),
    step("feedback_satisfied", "代表反馈满意", when="answered", by="outside_deputy", to="following_up", under=jy("23"),
         stops="rd_suggest_bj_feedback", gives="rd_suggestion_feedback"),
    step("feedback_unsatisfied", "代表反馈不满意", when="answered", by="outside_deputy", to="unsatisfied",
         under=jy("23", "27"), stops="rd_suggest_bj_feedback", gives="rd_suggestion_feedback"),
    step("feedback_silent", "逾期未反馈", when="answered", by=THE_LAW, to="following_up", under=jy("23"),
         needs=expired("rd_suggest_bj_feedback"), tells="case_officer"),
    step("send_for_redo", "要求重新办理", when="unsatisfied", by="outside_congress", to="assigned", under=jy("27(4)"),
         starts="rd_suggest_bj_redo", tells="lead_organ"),
    step("no_redo", "不要求重办", when="unsatisfied", by="outside_congress", to="following_up", under=jy("27(4)")),
    step("answer_again", "重新答复", when="assigned", by="head_of_organ", to="answered", under=jy("27(4)"),
         starts=Start("rd_suggest_bj_feedback", since="served"), stops="rd_suggest_bj_redo",
         needs=taken("经要求重新办理", "send_for_redo"), gives="rd_suggestion_reply", tells="deputy|assigning_organ",
         second_person=True),
    step("redo_overdue", "重办逾期", when="assigned", by=THE_LAW, to=SAME, under=jy("27(4)"),
         needs=expired("rd_suggest_bj_redo"), tells="head_of_organ|supervisor"),
    step("report_promise", "报告承诺落实", when="following_up", by="case_officer", to=SAME, under=jy("26"),
         gives="落实进展报告", tells="deputy"),
    step("explain_change", "说明不能落实", when="following_up", by="case_officer", to=SAME, under=jy("26"),
         needs="情况已发生变化", tells="deputy|assigning_organ"),
    step("publish_answer", "公开答复", when="following_up", by="executive_meeting_secretary", to=SAME, under=jy("30"),
         needs="已经过保密审查", second_person=True),
    step("close", "办结", when="following_up", by="executive_meeting_secretary", to="closed", under=jy("26(2)"),
         needs="承诺事项均已落实或者说明", second_person=True),
)  # fmt: skip

PROPOSAL = Procedure(
    "oversight.proposal",
    "人大代表建议、政协提案办理",
    STATES,
    STEPS,
    since=date(2014, 1, 1),
)
