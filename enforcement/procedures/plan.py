"""Yearly inspection plan (年度执法检查计划). 北京市优化营商环境条例 67."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Duty, Procedure, expired, final, state, statute, step

cf = statute("行政处罚法")
bj = statute("北京市优化营商环境条例")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
three_systems = statute("国办发〔2018〕118号")

STATES = (
    state("drafting", "编制中", "departmental_legal_unit", "bj_enforcement_plan"),
    state("submitted", "待备案", "district_legal_office", "bj_enforcement_plan",
          reason="没有单独期限，在公布计划的期限之内"),
    state("filed", "已备案待公布", "departmental_legal_unit", "bj_enforcement_plan"),
    state("running", "执行中", "departmental_legal_unit", "zf_annual_stats"),
    state("reported", "待确认", "district_legal_office", reason="法律没有规定期限"),
    final("closed", "已完成"),
)  # fmt: skip

STEPS = (
    step("year_opens", "年度启动", when=NEW, by=THE_LAW, to="drafting", under=bj("67"),
         starts="bj_enforcement_plan|zf_annual_stats", needs="每年一月一日", tells="legal_unit"),
    step("submit", "报备案", when="drafting", by="departmental_legal_unit", to="submitted",
         under=plan("第二部分（四）3"),
         needs=("主体、检查对象范围、方式、事项和比例齐全", "每一事项均有现行有效的权力依据", "不得下达罚没指标",
                "经本机关负责人批准"), gives="zf_inspection_plan|备案报告"),
    step("return_plan", "退回修改", when="submitted", by="district_legal_office", to="drafting",
         under=plan("第二部分（四）3"), needs="已指出问题：没有依据、重复检查、罚没指标", gives="备案审查意见",
         second_person=True, verified=False),
    step("file", "备案", when="submitted", by="district_legal_office", to="filed", under=plan("第二部分（四）3"),
         gives="备案回执", tells="legal_unit", second_person=True),
    step("publish", "公布", when="filed", by="departmental_legal_unit", to="running", under=bj("67"),
         stops="bj_enforcement_plan", needs="在三月底之前"),
    step("publication_overdue", "公布逾期", when="drafting|submitted|filed", by=THE_LAW, to=SAME, under=bj("67"),
         needs=expired("bj_enforcement_plan"), tells="head_of_organ|district_legal_office"),
    step("refuse_quota", "拦截罚没指标", when="drafting", by=THE_LAW, to=SAME, under=cf("74(3)"),
         needs="文本含有罚没指标", tells="district_legal_office",
         note="条件不满足即予拒绝，因须留痕而列为一行；规划第三部分4"),
    step("merge_joint", "合并联合检查", when="running", by="district_legal_office", to=SAME, under=bj("70"),
         needs="两个计划对同一检查对象在同一时间检查", tells="organs_concerned"),
    step("change", "调整计划", when="running", by="departmental_legal_unit", to="drafting", under=bj("67"),
         starts="bj_enforcement_plan", needs="已记录理由", verified=False, note="已公布的版本仍可查阅"),
    step("report_year", "报告执行情况", when="running", by="departmental_legal_unit", to="reported",
         under=three_systems("（六）"), stops="zf_annual_stats", needs="实际检查数与计划数由系统统计",
         gives="zf_annual_stats|计划执行报告"),
    step("report_overdue", "年度数据逾期", when="running", by=THE_LAW, to=SAME, under=three_systems("（六）"),
         needs=expired("zf_annual_stats"), tells="district_legal_office"),
    step("close", "确认年度完成", when="reported", by="district_legal_office", to="closed",
         under=plan("第二部分（四）3"), second_person=True, verified=False),
)  # fmt: skip

PLAN = Procedure(
    "enforcement.plan",
    "年度执法检查计划",
    STATES,
    STEPS,
    since=date(2020, 4, 28),
    duties=(Duty("enforcement.plan", "01-01"),),
)
