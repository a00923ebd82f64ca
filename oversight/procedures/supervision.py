"""Supervision of enforcement (行政执法监督). 上海市, 广东省 rules by analogy."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, Start, expired, final, state, statute, step, within

sh = statute("上海市行政执法监督办法", by_analogy=True)
gd_watch = statute("广东省行政执法监督条例", by_analogy=True)

STATES = (
    state("opened", "已启动", "district_legal_office", "jd_notice"),
    state("explaining", "待说明", "departmental_legal_unit", "jd_explain"),
    state("examining", "调查中", "district_legal_office", reason="没有读到期限"),
    state("rectifying", "整改中", "departmental_legal_unit", "gd_supervision_rectify"),
    state("in_review", "复查中", "head_of_organ", "gd_supervision_review"),
    state("overdue", "逾期未改", "district_legal_office", reason="没有读到期限"),
    state("decided", "监督决定执行中", "departmental_legal_unit", "gd_supervision_rectify"),
    state("checking", "核查整改", "district_legal_office", reason="没有读到期限"),
    final("closed", "已结"),
)  # fmt: skip

STEPS = (
    step("open", "启动监督", when=NEW, by="district_legal_office", to="opened", under=sh("20"), starts="jd_notice",
         needs=("已关联来源：投诉举报、案卷评查、统计、建议或者逾期提示", "行政执法行为可能违法或者不当"),
         gives="监督立项审批表",
         note=("《行政执法监督条例》（国务院令第825号）2026年2月1日施行，仅读到第一条至第六条；参照上海市、广东省规定"
               "；规划第二部分（五）4")),
    step("open_inspection", "专项监督检查", when=NEW, by="district_legal_office", to="opened", under=sh("16", "18"),
         starts="jd_notice", needs="列入年度监督计划"),
    step("notify", "通知被监督机关", when="opened", by="district_legal_office", to="explaining", under=sh("20(2)"),
         starts=Start("jd_explain", since="served"), stops="jd_notice", gives="jd_supervision_notice",
         tells="organs_concerned", note="通知五个工作日、说明十个工作日出自上海市规定"),
    step("explain", "提交说明与证据", when="explaining", by="departmental_legal_unit", to="examining",
         under=sh("20(2)"), of="supervised", stops="jd_explain", gives="书面说明"),
    step("explain_overdue", "逾期不说明", when="explaining", by=THE_LAW, to="examining", under=sh("20(2)"),
         stops="jd_explain", needs=expired("jd_explain"), tells="head_of_organ|supervisor", verified=False),
    step("examine", "调查", when="examining", by="district_legal_office", to=SAME, under=sh("21"),
         needs="两名以上持证监督人员（广东省规定第二十七条）", gives="调查笔录"),
    step("settle_dispute_of_supervisors", "监督争议协调", when="examining", by="head_of_organ", to=SAME, under=sh("23"),
         of="superior"),
    step("end_clean", "终止监督", when="examining", by="district_legal_office", to="closed", under=sh("20(3)"),
         gives="终止监督通知书", tells="organs_concerned", second_person=True),
    step("issue_suggestion", "制发监督建议书", when="examining", by="district_legal_office", to="rectifying",
         under=sh("24", "25"),
         starts=(Start("gd_supervision_rectify", since="served"), Start("gd_supervision_review_apply", since="served")),
         gives="jd_supervision_advice", tells="organs_concerned", second_person=True, note="三十日见两省市规定"),
    step("object", "对建议书有异议", when="rectifying", by="departmental_legal_unit", to="in_review",
         under=gd_watch("33(2)"), of="supervised", starts="gd_supervision_review", stops="gd_supervision_review_apply",
         needs=within("gd_supervision_review_apply"), gives="复查申请", note="申请与复查各十五日"),
    step("review_upheld", "复查维持", when="in_review", by="head_of_organ", to="rectifying", under=gd_watch("33(2)"),
         of="superior", stops="gd_supervision_review", gives="复查意见", second_person=True, note="上级法制机构"),
    step("review_revoked", "复查撤销", when="in_review", by="head_of_organ", to="closed", under=gd_watch("33(2)"),
         of="superior", stops="gd_supervision_review", gives="复查意见", second_person=True, note="上级法制机构"),
    step("report_rectification", "报送整改", when="rectifying|decided", by="departmental_legal_unit", to="checking",
         under=sh("25(3)"), of="supervised", stops="gd_supervision_rectify", gives="jd_rectification_report"),
    step("rectify_overdue", "逾期未改正", when="rectifying", by=THE_LAW, to="overdue", under=sh("26"),
         needs=expired("gd_supervision_rectify"), tells="head_of_organ|district_legal_office"),
    step("issue_decision", "制发监督决定书", when="overdue|examining", by="head_of_organ", to="decided", under=sh("26"),
         starts=Start("gd_supervision_rectify", since="served"), needs=("逾期未改正，或者情节严重", "以区政府名义"),
         gives="jd_supervision_decision", tells="organs_concerned", second_person=True,
         note="执行情况报告三十日：广东省规定第三十四条"),
    step("interview", "约谈", when="decided", by="district_legal_office", to=SAME, under=sh("27"), gives="约谈记录",
         tells="head_of_organ"),
    step("circulate", "通报", when="decided", by="district_legal_office", to=SAME, under=sh("26", "28"),
         second_person=True),
    step("suspend_credential", "建议暂扣执法证", when="decided", by="district_legal_office", to=SAME, under=sh("26"),
         tells="training_administrator", opens="training.credential", note="启动暂扣程序"),
    step("decision_overdue", "拒不执行决定", when="decided", by=THE_LAW, to=SAME, under=sh("31"),
         needs=expired("gd_supervision_rectify"), tells="supervisor|head_of_organ", opens="oversight.accountability"),
    step("check_passed", "核查通过", when="checking", by="district_legal_office", to="closed", under=sh("25(3)"),
         second_person=True),
    step("check_failed", "核查不通过", when="checking", by="district_legal_office", to="overdue", under=sh("26"),
         second_person=True),
    step("send_to_supervisory_commission", "移送监察", when="examining|decided", by="district_legal_office", to=SAME,
         under=sh("30"), needs="涉嫌职务违法或者职务犯罪", tells="supervisor"),
)  # fmt: skip

SUPERVISION = Procedure(
    "oversight.supervision",
    "行政执法监督",
    STATES,
    STEPS,
    since=date(2026, 2, 1),
)
