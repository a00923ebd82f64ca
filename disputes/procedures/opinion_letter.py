"""Opinion letter of the reconsideration organ (行政复议意见书). 行政复议法 2023, 76, 77."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, Start, expired, final, state, statute, step

fy = statute("行政复议法")

STATES = (
    state("issued", "待报送", "departmental_legal_unit", "fy_opinion_report"),
    state("ordered", "责令履行", "departmental_legal_unit", reason="期限由责令履行通知书逐案载明"),
    state("checking", "核查", "district_legal_office", reason="法律没有规定期限"),
    final("closed", "已纠正"),
)  # fmt: skip

STEPS = (
    step("issue", "制发意见书", when=NEW, by="district_legal_office", to="issued", under=fy("76"),
         starts=Start("fy_opinion_report", since="served"), needs="在办理行政复议案件中发现", gives="fy_opinion_letter",
         tells="organs_concerned|superior"),
    step("report", "报送纠正情况", when="issued|ordered", by="departmental_legal_unit", to="checking", under=fy("76"),
         of="concerned", stops="fy_opinion_report", gives="纠正情况报告"),
    step("overdue", "逾期未报送", when="issued", by=THE_LAW, to=SAME, under=fy("77(2)"),
         needs=expired("fy_opinion_report"), tells="district_legal_office|head_of_organ"),
    step("order", "责令限期履行", when="issued", by="district_legal_office", to="ordered", under=fy("77(2)"),
         needs=expired("fy_opinion_report"), gives="fy_performance_order", tells="organs_concerned|superior"),
    step("confirm", "确认纠正", when="checking", by="district_legal_office", to="closed", under=fy("77(1)"),
         second_person=True),
    step("send_back", "纠正不到位", when="checking", by="district_legal_office", to="ordered", under=fy("77(2)"),
         second_person=True),
    step("open_accountability", "移送追责", when="ordered", by="district_legal_office", to=SAME, under=fy("83", "85"),
         needs="责令履行通知书载明的期限已过", opens="oversight.accountability"),
)  # fmt: skip

OPINION_LETTER = Procedure(
    "disputes.opinion_letter",
    "行政复议意见书",
    STATES,
    STEPS,
    since=date(2024, 1, 1),
)
