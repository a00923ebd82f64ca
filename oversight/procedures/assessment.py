"""Yearly assessment of rule-of-law government (法治政府建设考核). district plan, part 3, 2."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, final, state, statute, step

plan = statute("东城区“十三五”时期法治政府建设实施规划")

STATES = (
    state("draft", "指标拟订", "district_legal_office", reason="法律没有规定期限"),
    state("running", "日常积分中", "district_legal_office", reason="以年末为准"),
    state("self_scoring", "自评", "departmental_legal_unit", reason="期限由考核方案确定"),
    state("verifying", "核验", "district_legal_office", reason="期限由考核方案确定"),
    state("provisional", "初步结果", "district_legal_office", reason="期限由考核方案确定"),
    state("objected", "异议处理", "district_legal_office", reason="期限由考核方案确定"),
    state("confirmed", "结果确认", "head_of_organ", reason="法律没有规定期限"),
    state("circulated", "已通报", "district_legal_office", reason="法律没有规定期限"),
    state("plan_due", "待整改方案", "head_of_organ", reason="期限由通知书逐案载明"),
    state("rectifying", "整改中", "head_of_organ", reason="期限由通知书逐案载明"),
    state("checking", "核查", "district_legal_office", reason="法律没有规定期限"),
    final("closed", "已完成"),
)  # fmt: skip

STEPS = (
    step("set_indicators", "制定年度指标", when=NEW, by="district_legal_office", to="draft", under=plan("第三部分2"),
         needs=("各项权重之和等于总分", "不得以罚没收入作为指标（行政处罚法第七十四条第三款）"),
         gives="法治政府建设考核指标"),
    step("approve_indicators", "批准并公布指标", when="draft", by="head_of_organ", to="running",
         under=plan("第三部分2"), of="government", tells="all_organs", second_person=True, note="本年度内版本固定"),
    step("count_daily_points", "日常积分", when="running", by=THE_LAW, to=SAME, under=plan("第三部分2"),
         needs="由系统数据计算", note="每日由系统计算，不是人的行为"),
    step("enter_manual_point", "人工录入积分", when="running", by="district_legal_office", to=SAME,
         under=plan("第三部分2"), needs="已附证据", verified=False),
    step("spot_check", "专项抽查", when="running", by="district_legal_office", to=SAME, under=plan("第三部分2"),
         gives="抽查记录", tells="organs_concerned"),
    step("open_year_end", "启动年终评分", when="running", by="district_legal_office", to="self_scoring",
         under=plan("第三部分2"), needs="年度已经结束", tells="all_organs"),
    step("self_score", "自评", when="self_scoring", by="departmental_legal_unit", to="verifying",
         under=plan("第三部分2"), of="concerned", gives="kh_score_sheet", verified=False, note="各机关"),
    step("self_score_overdue", "自评逾期", when="self_scoring", by=THE_LAW, to="verifying", under=plan("第三部分2"),
         needs="确定的日期已过", tells="organs_concerned", verified=False),
    step("verify", "核验评分", when="verifying", by="district_legal_office", to="provisional", under=plan("第三部分2"),
         gives="kh_score_sheet", tells="organs_concerned", second_person=True, verified=False),
    step("object", "异议", when="provisional", by="departmental_legal_unit", to="objected", under=plan("第三部分2"),
         of="concerned", gives="异议书", verified=False, note="期限由考核方案规定"),
    step("decide_objection", "异议答复", when="objected", by="district_legal_office", to="provisional",
         under=plan("第三部分2"), gives="异议答复", tells="organs_concerned", second_person=True, verified=False),
    step("objection_lapses", "无异议", when="provisional", by=THE_LAW, to="confirmed", under=plan("第三部分2"),
         needs="考核方案规定的异议期限已满", verified=False),
    step("circulate", "全区通报", when="confirmed", by="head_of_organ", to="circulated", under=plan("第三部分2"),
         of="government", gives="kh_result_circular", tells="all_organs|personnel_authority", second_person=True),
    step("order_rectification", "责令提出整改方案", when="circulated", by="district_legal_office", to="plan_due",
         under=plan("第三部分2"), needs="发现突出问题", gives="kh_rectification_notice", tells="organs_concerned",
         second_person=True),
    step("close_clean", "无须整改", when="circulated", by="district_legal_office", to="closed", under=plan("第三部分2"),
         needs="没有突出问题"),
    step("submit_plan", "提交整改方案", when="plan_due", by="head_of_organ", to="rectifying", under=plan("第三部分2"),
         of="concerned", gives="整改方案", note="日期由整改通知书载明"),
    step("report_rectified", "报告整改", when="rectifying", by="head_of_organ", to="checking", under=plan("第三部分2"),
         of="concerned", gives="jd_rectification_report"),
    step("rectify_overdue", "整改逾期", when="plan_due|rectifying", by=THE_LAW, to=SAME, under=plan("第三部分2"),
         needs="通知书载明的日期已过", tells="district_legal_office|supervisor", opens="oversight.accountability",
         note="可以启动问责"),
    step("check_passed", "核查通过", when="checking", by="district_legal_office", to="closed", under=plan("第三部分2"),
         second_person=True),
    step("check_failed", "核查不通过", when="checking", by="district_legal_office", to="rectifying",
         under=plan("第三部分2"), second_person=True),
)  # fmt: skip

ASSESSMENT = Procedure(
    "oversight.assessment",
    "法治政府建设考核",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
)
