"""Examination in law (法律知识考试). district plan, part 2 (8) 2."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, final, state, statute, step

plan = statute("东城区“十三五”时期法治政府建设实施规划")
STAFF = "case_officer|section_head|head_of_organ|departmental_legal_unit"

STATES = (
    state("prepared", "待发布", "training_administrator", reason="法律没有规定期限"),
    state("open", "待考", "training_administrator", reason="以考试日期为准"),
    final("cancelled", "已取消"),
    state("sitting", "答卷中", STAFF, reason="以考试时长为准"),
    state("handed_in", "待阅卷", "expert", reason="法律没有规定期限"),
    state("marked", "待公布", "training_administrator", reason="法律没有规定期限"),
    state("recount", "成绩复查", "training_administrator", reason="法律没有规定期限"),
    state("passed", "合格", "training_administrator", reason="法律没有规定期限"),
    final("failed", "不合格"),
    final("absent", "缺考"),
    final("void", "成绩无效"),
    final("used", "已归档"),
)  # fmt: skip

STEPS = (
    step("set_exam", "设定考试", when=NEW, by="training_administrator", to="prepared", under=plan("第二部分（八）2"),
         needs=("已明确种类：任前、在职、录用、执法资格", "已确定合格分数线、时间和次数", "题库容量充足"),
         gives="px_exam_admission"),
    step("publish_exam", "发布并报名", when="prepared", by="training_administrator", to="open",
         under=plan("第二部分（八）2"), tells="examinee", second_person=True, verified=False),
    step("cancel_exam", "取消考试", when="prepared|open", by="training_administrator", to="cancelled",
         under=plan("第二部分（八）2"), tells="examinee", verified=False),
    step("start_sitting", "开始答卷", when="open", by=STAFF, to="sitting", under=plan("第二部分（八）2"),
         needs=("已报名", "身份已核验", "随机组卷并记录随机种子"), note="每名考生一个案件；由服务器计时"),
    step("save_answers", "保存答案", when="sitting", by=STAFF, to=SAME, under=plan("第二部分（八）2"),
         needs="在考试结束之前", verified=False, note="断线后答案仍予保存"),
    step("hand_in", "交卷", when="sitting", by=STAFF, to="handed_in", under=plan("第二部分（八）2"),
         needs="在考试结束之前", verified=False),
    step("time_up", "到时自动交卷", when="sitting", by=THE_LAW, to="handed_in", under=plan("第二部分（八）2"),
         needs="考试时间已到", verified=False, note="没有法定期限；考试时长逐次确定"),
    step("absent", "缺考", when="open", by=THE_LAW, to="absent", under=plan("第二部分（八）2"),
         needs="考试时段已经结束", tells="training_administrator", verified=False),
    step("mark_automatically", "客观题评分", when="handed_in", by=THE_LAW, to="marked", under=plan("第二部分（八）2"),
         needs="没有主观题", verified=False),
    step("mark", "阅卷", when="handed_in", by="expert", to="marked", under=plan("第二部分（八）2"),
         needs=("匿名阅卷", "阅卷人与考生不属同一单位"), second_person=True, verified=False),
    step("report_cheating", "作弊认定", when="sitting|handed_in|marked", by="training_administrator", to="void",
         under=plan("第二部分（八）2"), needs=("有证据", "已听取考生申辩"), tells="examinee|unit", second_person=True,
         verified=False),
    step("pass", "公布合格", when="marked", by="training_administrator", to="passed", under=plan("第二部分（八）2"),
         needs="成绩达到合格分数线", gives="px_exam_report", tells="examinee|personnel_authority", second_person=True),
    step("fail", "公布不合格", when="marked", by="training_administrator", to="failed", under=plan("第二部分（八）2"),
         needs="成绩未达到合格分数线", gives="px_exam_report", tells="examinee|unit", second_person=True),
    step("ask_recount", "申请成绩复查", when="marked", by=STAFF, to="recount", under=plan("第二部分（八）2"),
         verified=False, note="成绩公布生效之前"),
    step("decide_recount", "复查结果", when="recount", by="training_administrator", to="marked",
         under=plan("第二部分（八）2"), tells="examinee", second_person=True, verified=False),
    step("resit", "补考", when=NEW, by=STAFF, to="open", under=plan("第二部分（八）2"),
         needs=("此前不合格或者缺考", "仍有考试次数"), links="training.exam", verified=False),
    step("result_to_appointment", "结果送任职考核", when="passed", by="training_administrator", to="used",
         under=plan("第二部分（八）2"), needs="成绩作为任职、晋升的参考", tells="personnel_authority"),
    step("file_result", "归档", when="passed", by="training_administrator", to="used", under=plan("第二部分（八）2"),
         verified=False),
)  # fmt: skip

EXAM = Procedure(
    "training.exam",
    "法律知识考试",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
)
