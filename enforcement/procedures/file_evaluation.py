"""Evaluation of closed enforcement files (行政执法案卷评查). 广东省 rule by analogy."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, Start, expired, final, state, statute, step, within

gd = statute("广东省行政执法案卷评查办法", by_analogy=True)

STATES = (
    state("planned", "已定方案", "district_legal_office", reason="日期由评查方案确定"),
    state("drawn", "已抽卷", "district_legal_office", reason="日期由评查方案确定"),
    state("scoring", "评分中", "expert", reason="日期由评查方案确定"),
    state("group_report", "小组报告待审核", "district_legal_office", reason="法律没有规定期限"),
    state("feedback", "已反馈", "departmental_legal_unit", "gd_casefile_objection"),
    state("objected", "异议复核", "district_legal_office", "gd_casefile_review"),
    state("confirmed", "结果已确认", "district_legal_office", reason="法律没有规定期限"),
    state("reported", "已通报", "district_legal_office", reason="法律没有规定期限"),
    state("rectifying", "整改中", "departmental_legal_unit", "gd_supervision_rectify"),
    state("checking", "核查整改", "district_legal_office", reason="法律没有规定期限"),
    final("closed", "已完成"),
)  # fmt: skip

STEPS = (
    step("plan", "制定评查方案", when=NEW, by="district_legal_office", to="planned", under=gd("12(1)(1)"),
         needs=("案卷种类：行政处罚、行政许可、行政强制", "已写明时间和步骤"), gives="jd_casefile_notice",
         tells="organs_concerned", note="规划依据：四.7；仅参照广东省规定"),
    step("draw", "随机抽取案卷", when="planned", by="district_legal_office", to="drawn", under=gd("8"),
         needs=("仅抽取已结案卷", "已记录随机种子"), gives="zf_random_draw_record", tells="organs_concerned"),
    step("form_group", "确定评查小组", when="drawn", by="district_legal_office", to="scoring",
         under=gd("9", "10", "12(1)(2)"), needs="评查人员不评查本机关或者本人办理的案卷"),
    step("score", "独立评分", when="scoring", by="expert", to=SAME, under=gd("10", "16"), of="evaluator",
         needs=("评查人员各自独立评分", "已写明分数、理由并签名"), gives="jd_casefile_score",
         note="评查人员包括委员、专家和具有资格的执法人员"),
    step("veto", "评定不合格（一票否决）", when="scoring", by="expert", to=SAME, under=gd("17"),
         needs="事实、法律、程序、职权或者执法人员不合格"),
    step("submit_group_report", "提交小组报告", when="scoring", by="expert", to="group_report",
         under=gd("12(1)(4)", "13"), needs="每份抽取的案卷均由两人评分", gives="jd_casefile_report"),
    step("rescore", "复评", when="group_report", by="district_legal_office", to="scoring", under=gd("12(1)(5)"),
         second_person=True),
    step("give_feedback", "反馈结果", when="group_report", by="district_legal_office", to="feedback",
         under=gd("12(1)(6)"), starts=Start("gd_casefile_objection", since="served"), gives="评查结果反馈书",
         tells="organs_concerned", second_person=True),
    step("object", "提出异议", when="feedback", by="departmental_legal_unit", to="objected", under=gd("12(1)(7)"),
         starts="gd_casefile_review", stops="gd_casefile_objection", needs=within("gd_casefile_objection"),
         gives="复核申请书"),
    step("no_objection", "期满无异议", when="feedback", by=THE_LAW, to="confirmed", under=gd("12(1)(7)"),
         needs=expired("gd_casefile_objection")),
    step("accept_result", "认可结果", when="feedback", by="departmental_legal_unit", to="confirmed",
         under=gd("12(1)(7)"), stops="gd_casefile_objection"),
    step("decide_objection", "复核答复", when="objected", by="district_legal_office", to="confirmed",
         under=gd("12(1)(7)"), stops="gd_casefile_review", needs="复核人员不是原评分人员", gives="jd_casefile_recheck",
         tells="organs_concerned", second_person=True, note="十个工作日"),
    step("publish_report", "总体报告与排名通报", when="confirmed", by="district_legal_office", to="reported",
         under=gd("12(1)(8)", "18"), gives="jd_casefile_report", tells="all_organs"),
    step("advise_rectification", "制发督察建议书", when="confirmed|reported", by="district_legal_office",
         to="rectifying", under=gd("20", "21"), starts=Start("gd_supervision_rectify", since="served"),
         needs="发现不合格案卷或者违法行为", gives="jd_supervision_advice", tells="organs_concerned"),
    step("close_without_rectification", "无须整改归档", when="reported", by="district_legal_office", to="closed",
         under=gd("12(1)(8)"), needs="没有不合格案卷"),
    step("report_rectification", "报送整改情况", when="rectifying", by="departmental_legal_unit", to="checking",
         under=gd("21"), stops="gd_supervision_rectify", gives="jd_rectification_report"),
    step("rectification_overdue", "整改逾期", when="rectifying", by=THE_LAW, to=SAME, under=gd("20"),
         needs=expired("gd_supervision_rectify"), tells="head_of_organ|district_legal_office",
         opens="oversight.supervision", note="可以启动执法监督（督察决定书）"),
    step("confirm_rectification", "确认整改", when="checking", by="district_legal_office", to="closed", under=gd("21"),
         second_person=True),
    step("send_back", "整改不到位", when="checking", by="district_legal_office", to="rectifying", under=gd("20"),
         starts=Start("gd_supervision_rectify", since="served"), second_person=True),
)  # fmt: skip

FILE_EVALUATION = Procedure(
    "enforcement.file_evaluation",
    "行政执法案卷评查",
    STATES,
    STEPS,
    since=date(2021, 7, 15),
)
