"""Yearly statement on rule-of-law duties (述法). district plan, part 2 (8) 2."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Duty, Procedure, final, state, statute, step

plan = statute("东城区“十三五”时期法治政府建设实施规划")

STATES = (
    state("due", "待述法", "head_of_organ", reason="期限由考核机关确定"),
    state("submitted", "已提交", "district_legal_office", reason="法律没有规定期限"),
    state("stated", "已述法", "district_legal_office", reason="法律没有规定期限"),
    state("graded", "已评定", "district_legal_office", reason="法律没有规定期限"),
    state("improving", "整改中", "head_of_organ", reason="以确定的日期为准"),
    final("closed", "已完成"),
)  # fmt: skip

STEPS = (
    step("open_year", "年度述法启动", when=NEW, by=THE_LAW, to="due", under=plan("第二部分（八）2"),
         needs="每年十二月，或者年度考核日期", tells="head_of_organ", note="属于年度考核的组成部分；法律没有具体天数"),
    step("write", "提交述法报告", when="due", by="head_of_organ", to="submitted", under=plan("第二部分（八）2"),
         needs="学法、决策、出庭应诉、应报告事项由系统台账列示", gives="px_annual_statement"),
    step("overdue", "述法逾期", when="due", by=THE_LAW, to=SAME, under=plan("第二部分（八）2"), needs="确定的日期已过",
         tells="head_of_organ|supervisor", verified=False),
    step("return", "退回补充", when="submitted", by="district_legal_office", to="due", under=plan("第二部分（八）2"),
         second_person=True, verified=False),
    step("hold_meeting", "现场述法评议", when="submitted", by="executive_meeting_secretary", to="stated",
         under=plan("第二部分（八）2"), gives="述法评议记录", second_person=True, verified=False),
    step("accept_written", "书面述法", when="submitted", by="district_legal_office", to="stated",
         under=plan("第二部分（八）2"), second_person=True, verified=False),
    step("grade", "评定并纳入年度考核", when="stated", by="district_legal_office", to="graded",
         under=plan("第二部分（八）2"), gives="述法评议结果", tells="head_of_organ|personnel_authority",
         second_person=True),
    step("order_improvement", "要求整改", when="graded", by="district_legal_office", to="improving",
         under=plan("第三部分2"), needs="评定等次较低", tells="head_of_organ", second_person=True, verified=False),
    step("close", "归档", when="graded", by="district_legal_office", to="closed", under=plan("第二部分（八）2"),
         needs="没有提出整改要求"),
    step("report_improvement", "报告整改", when="improving", by="head_of_organ", to="closed", under=plan("第三部分2"),
         gives="整改报告", verified=False),
    step("improvement_overdue", "整改逾期", when="improving", by=THE_LAW, to=SAME, under=plan("第三部分2"),
         needs="确定的日期已过", tells="supervisor", verified=False),
)  # fmt: skip

LAW_STATEMENT = Procedure(
    "training.law_statement",
    "述法",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
    duties=(Duty("training.law_statement", "12-01"),),
)
