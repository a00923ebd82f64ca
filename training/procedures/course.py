"""Training courses of a year (法治培训). district plan, part 2 (8) 3."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step

plan = statute("东城区“十三五”时期法治政府建设实施规划")
gwy = statute("公务员法")
dc = statute("法治政府建设与责任落实督察工作规定")
outline = statute("法治政府建设实施纲要（2021－2025年）")
STAFF = "case_officer|section_head|head_of_organ|departmental_legal_unit"

STATES = (
    state("planned", "待批准", "head_of_organ", "xf_lecture_gov"),
    state("approved", "执行中", "training_administrator", "xf_lecture_gov"),
    state("enrolling", "报名", "training_administrator", reason="以开课日期为准"),
    final("cancelled", "已取消"),
    state("running", "授课中", "training_administrator", reason="以课程日期为准"),
    state("grading", "待登记学时", "training_administrator", reason="法律没有规定期限"),
    final("credited", "已登记"),
    final("not_credited", "未登记"),
    final("short", "年度未达标"),
    final("met", "年度达标"),
)  # fmt: skip

STEPS = (
    step("plan_year", "年度培训计划", when=NEW, by="training_administrator", to="planned",
         under=plan("第二部分（八）3"), starts="xf_lecture_gov",
         needs=("不少于规定的领导干部专题班和讲座次数", "包括执法人员的通用、专门和新法培训",
                "能够完成执法人员的学时要求"), gives="年度培训计划"),
    step("approve_plan", "批准计划", when="planned", by="head_of_organ", to="approved", under=plan("第二部分（八）3"),
         tells="all_organs", second_person=True),
    step("open_class", "开班报名", when="approved", by="training_administrator", to="enrolling",
         under=plan("第二部分（八）3"), gives="px_class_notice", tells="learner", verified=False),
    step("enrol", "报名", when="enrolling", by=STAFF, to=SAME, under=gwy("66", "67"), needs="岗位要求或者允许参加"),
    step("excuse", "请假", when="enrolling|running", by=STAFF, to=SAME, under=plan("第二部分（八）3"),
         needs="所在单位同意", verified=False),
    step("cancel_class", "取消", when="enrolling", by="training_administrator", to="cancelled",
         under=plan("第二部分（八）3"), tells="learner", verified=False),
    step("start", "开课", when="enrolling", by="training_administrator", to="running", under=plan("第二部分（八）3"),
         verified=False),
    step("sign_in", "签到计时", when="running", by=STAFF, to=SAME, under=gwy("68"),
         needs=("每人每次课只签到一次", "以服务器时间为准"), note="登记培训情况"),
    step("finish", "结课", when="running", by="training_administrator", to="grading", under=plan("第二部分（八）3"),
         verified=False),
    step("grant_hours", "登记学时发证明", when="grading", by="training_administrator", to="credited", under=gwy("68"),
         needs=("出勤达到要求", "设有测试的，测试合格"), gives="px_training_certificate", tells="learner|unit",
         second_person=True),
    step("deny_hours", "不予学时", when="grading", by="training_administrator", to="not_credited", under=gwy("68"),
         needs="出勤或者测试未达到要求", tells="learner|unit", second_person=True, verified=False),
    step("quota_reminder", "学时不足提醒", when="approved|enrolling|running", by=THE_LAW, to=SAME,
         under=outline("（三十四）"), needs="执法人员学时或者年度次数有不足的可能", tells="learner|head_of_organ",
         verified=False, note="属于数量指标，不是期限"),
    step("year_ends_short", "年度未达标", when="approved", by=THE_LAW, to="short", under=dc("7-9"),
         stops="xf_lecture_gov", needs=(expired("xf_lecture_gov"), "讲座或者专题班次数不足"),
         tells="head_of_organ|supervisor|district_legal_office", note="纳入法治政府建设考核"),
    step("year_ends_met", "年度达标", when="approved", by=THE_LAW, to="met", under=dc("7-9"), stops="xf_lecture_gov",
         needs="年末各项次数均已完成"),
)  # fmt: skip

COURSE = Procedure(
    "training.course",
    "法治培训",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
)
