"""Coordination between enforcement organs (行政执法协调). district plan, part 2 (4) 2."""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, final, state, statute, step

cf = statute("行政处罚法")
plan = statute("东城区“十三五”时期法治政府建设实施规划")

STATES = (
    state("applied", "已申请", "district_legal_office", reason="地方规定未收录，没有读到期限"),
    state("accepted", "已受理", "district_legal_office", reason="地方规定未收录，没有读到期限"),
    state("meeting_called", "联席会议", "district_legal_office", reason="以会议日期为准"),
    state("with_government", "报政府", "head_of_organ", reason="法律没有规定期限"),
    state("opinion_issued", "已出协调意见", "departmental_legal_unit", reason="期限由协调意见逐案载明"),
    state("checking", "核查落实", "district_legal_office", reason="没有读到期限"),
    final("complied", "已落实"),
    final("refused", "不予受理"),
    final("settled", "已撤回"),
    final("sent_to_city", "上报市级"),
)  # fmt: skip

STEPS = (
    step("apply", "申请协调", when=NEW, by="departmental_legal_unit", to="applied", under=plan("第二部分（四）2"),
         needs=("属于执法职责、执法主体、执法衔接或者法律适用的争议", "已自行协商"),
         gives="zf_coordination_application", tells="organs_concerned",
         note="《东城区行政执法协调办法》未收录，各项期限均未见原文"),
    step("open_ex_officio", "依职权启动", when=NEW, by="district_legal_office", to="accepted",
         under=plan("第二部分（四）2"), tells="organs_concerned", verified=False),
    step("accept", "受理", when="applied", by="district_legal_office", to="accepted", under=plan("第二部分（四）2"),
         gives="协调受理通知书", tells="organs_concerned", second_person=True, verified=False),
    step("refuse", "不予受理", when="applied", by="district_legal_office", to="refused", under=plan("第二部分（四）2"),
         needs=("不属于执法争议，或者属于行政复议、行政诉讼的事项", "已写明理由"), gives="不予受理通知书",
         tells="applicant", second_person=True, verified=False),
    step("withdraw", "撤回", when="applied|accepted|meeting_called", by="departmental_legal_unit", to="settled",
         under=plan("第二部分（四）2"), verified=False),
    step("give_views", "提交意见", when="accepted|meeting_called", by="departmental_legal_unit", to=SAME,
         under=plan("第二部分（四）2"), of="concerned", gives="书面意见", verified=False),
    step("call_joint_meeting", "召开联席会议", when="accepted", by="district_legal_office", to="meeting_called",
         under=plan("第二部分（四）2"), gives="sy_circular", tells="organs_concerned"),
    step("settle", "协商一致", when="accepted|meeting_called", by="district_legal_office", to="opinion_issued",
         under=cf("25(2)"), gives="sy_minutes", tells="organs_concerned"),
    step("issue_opinion", "出具协调意见", when="meeting_called", by="district_legal_office", to="opinion_issued",
         under=plan("第二部分（四）2"), gives="zf_coordination_opinion", tells="organs_concerned", verified=False,
         note="落实日期由协调意见确定"),
    step("send_up", "报请政府决定", when="meeting_called", by="district_legal_office", to="with_government",
         under=cf("25(2)"), gives="sy_request", tells="head_of_organ"),
    step("government_designates", "政府指定管辖", when="with_government", by="head_of_organ", to="opinion_issued",
         under=cf("25(2)"), of="government", gives="cf_jurisdiction_request", tells="organs_concerned",
         second_person=True),
    step("refer_beyond_district", "超出区级权限上报", when="with_government", by="head_of_organ", to="sent_to_city",
         under=cf("25(2)"), tells="organs_concerned", second_person=True),
    step("report_compliance", "报告落实情况", when="opinion_issued", by="departmental_legal_unit", to="checking",
         under=plan("第二部分（四）2"), gives="落实情况报告", verified=False),
    step("compliance_overdue", "逾期未落实", when="opinion_issued", by=THE_LAW, to=SAME, under=plan("第二部分（四）2"),
         needs="协调意见载明的日期已过", tells="district_legal_office|supervisor", opens="oversight.supervision",
         verified=False, note="可以启动执法监督"),
    step("confirm_compliance", "确认落实", when="checking", by="district_legal_office", to="complied",
         under=plan("第二部分（四）2"), second_person=True, verified=False),
    step("send_back", "落实不到位", when="checking", by="district_legal_office", to="opinion_issued",
         under=plan("第二部分（四）2"), needs="已指明需要补充的内容", second_person=True, verified=False),
)  # fmt: skip

COORDINATION = Procedure(
    "enforcement.coordination",
    "行政执法协调",
    STATES,
    STEPS,
    since=date(2021, 7, 15),
)
