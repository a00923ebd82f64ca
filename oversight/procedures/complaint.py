"""Complaint about an organ or its staff (投诉举报). District plan, part 2 (5) 1: 完善举报投诉.

No statute that could be read fixes a period for the answer: the one here is the portal's own. Whoever complains stays
hidden from the organ that is complained of: it comes in only when it is asked, and then sees what it was asked and
nothing of anybody (`hides`). Reports about traders are another procedure (`oversight.trader_report`).
"""

from datetime import date

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    expired,
    final,
    not_taken,
    rule,
    state,
    statute,
    step,
    taken,
)
from oversight import rules

cf = statute("行政处罚法")
xf = statute("信访工作条例")
sh = statute("上海市行政执法监督办法", by_analogy=True)
plan = statute("东城区“十三五”时期法治政府建设实施规划")
BASIS = plan("第二部分（五）1")
PARTY = "citizen|legal_person|agent"
OFFICE = "district_legal_office"
REPLY = "jd_complaint_reply"
CORRECTION = "jd_correction_set"
UNSET = "没有读到答复期限，以平台参数为准"
SAID = (
    Ask("concerned", "被反映的机关", "choice", source="organs"),
    Ask("power", "涉及的权责事项编码", required=False),
    Ask("facts", "反映的事实", "text", hint="写明时间、地点、经过和涉及的人员；不要写与反映事项无关的个人信息"),
    Ask("wish", "希望怎样处理", "text", required=False),
)
CHANNELS = (
    ("reconsideration", "行政复议"), ("suit", "行政诉讼"), ("petition", "信访"), ("discipline", "纪检监察"),
    ("trader", "对经营者的投诉举报"), ("other", "其他法定渠道"),
)  # fmt: skip

STATES = (
    state("submitted", "已提交", OFFICE, REPLY),
    final("redirected", "已导入其他渠道"),
    state("checking", "调查核实", OFFICE, REPLY),
    state("correcting", "纠正中", "departmental_legal_unit", f"{REPLY}|{CORRECTION}"),
    state("answer_due", "待答复", OFFICE, REPLY),
    state("answered", "已答复", OFFICE, reason="法律没有规定归档的期限"),
    final("closed", "已办结"),
)  # fmt: skip

STEPS = (
    step("submit", "实名投诉举报", when=NEW, by=PARTY, to="submitted", under=BASIS, starts=REPLY, asks=SAID,
         needs=rule(rules.not_itself), gives="jd_complaint_receipt", tells=f"complainant|{OFFICE}",
         hides="complainant", verified=False, note="答复期限自收到之日起算，为平台参数"),
    step("submit_anonymous", "匿名举报", when=NEW, by="unnamed", to="submitted", under=BASIS, starts=REPLY, asks=SAID,
         needs=rule(rules.not_itself), gives="jd_complaint_receipt", tells=OFFICE, hides="complainant",
         verified=False, note="规划仅提出“完善举报投诉”；匿名方式由平台提供，不保存身份信息和网络地址，凭查询码查询"),
    step("take_press_item", "新闻舆论监督立项", when=NEW, by=OFFICE, to="submitted", under=BASIS, starts=REPLY,
         asks=(*SAID, Ask("source", "来源"), Ask("published_on", "报道日期", "date")), needs=rule(rules.not_itself)),
    step("report_retaliation", "反映打击报复", when=NEW, by=PARTY, to="submitted", under=BASIS, starts=REPLY,
         asks=(*SAID, Ask("earlier", "此前投诉举报的案号")), needs=(rule(rules.not_itself), rule(rules.earlier_own)),
         gives="jd_complaint_receipt", tells=f"complainant|supervisor|{OFFICE}", hides="complainant",
         note="对被反映机关封存：不函请其说明"),
    step("sort_elsewhere", "导入法定渠道", when="submitted", by=OFFICE, to="redirected", under=xf("31"), stops=REPLY,
         asks=(Ask("channel", "适当的渠道", "choice", choices=CHANNELS),
               Ask("way", "向谁提出、怎样提出", "text", hint="写明受理机关、地址或者电话、期限"),
               Ask("reasons", "理由", "text")),
         gives="jd_complaint_sorting", tells="complainant", note="告知途径和期限，不代为提出"),
    step("register", "登记交办", when="submitted", by=OFFICE, to="checking", under=BASIS,
         needs=rule(rules.handler_not_of_concerned), tells="complainant", second_person=True,
         note="对机关的投诉举报没有法定期限；《行政执法监督条例》原文未读到，以平台参数为准"),
    step("add_details", "补充情况", when="submitted|checking", by=f"{PARTY}|unnamed", to=SAME, under=BASIS,
         asks=Ask("facts", "补充的情况", "text"), tells=OFFICE, hides="complainant", verified=False,
         note="可以附证据材料；未具名的，凭案号和查询码补充"),
    step("ask_details", "要求补充", when="checking", by=OFFICE, to=SAME, under=BASIS,
         asks=Ask("questions", "需要补充的情况", "text"), tells="complainant", verified=False),
    step("investigate", "调查核实", when="checking", by=OFFICE, to=SAME, under=BASIS,
         asks=(Ask("done_on", "日期", "date"), Ask("persons", "调查人员", "text", hint="不少于两人，每行一人"),
               Ask("findings", "查明的情况", "text")),
         needs=rule(rules.two_persons), gives="jd_inquiry_record", verified=False, note="由两人进行，制作记录"),
    step("ask_organ", "函请被反映机关说明", when="checking", by=OFFICE, to=SAME, under=sh("20"),
         asks=(Ask("matters", "请说明的事项", "text", hint="只写事实，不写能够辨认举报人的内容"),
               Ask("reply_by", "请予说明的期限", "date")),
         needs=(rule(rules.reply_by_ahead), not_taken("不是反映打击报复的案件", "report_retaliation"),
                "函中没有能够辨认举报人的内容"),
         gives="jd_inquiry_letter", tells="organs_concerned", note="参照上海市规定；被反映机关自此可以看到函的内容"),
    step("hear_organ", "听取被反映机关说明", when="checking", by="departmental_legal_unit|head_of_organ", to=SAME,
         under=sh("20"), of="concerned", asks=Ask("statement", "说明", "text"),
         needs=taken("已函请说明", "ask_organ"), gives="jd_organ_statement", tells=OFFICE, second_person=True,
         note="参照上海市规定"),
    step("close_unfounded", "查无实据", when="checking", by=OFFICE, to="answer_due", under=BASIS,
         asks=(Ask("findings", "核查情况", "text"), Ask("reasons", "认定查无实据的理由", "text")),
         needs=taken("已经调查核实", "investigate"), gives="jd_check_report", second_person=True,
         not_by="investigate"),
    step("order_correction", "责令纠正", when="checking", by=OFFICE, to="correcting", under=cf("75(2)"),
         starts=Start(CORRECTION, until="fact:correct_by"),
         asks=(Ask("findings", "违法或者不当的行为", "text"), Ask("measures", "纠正的要求", "text"),
               Ask("correct_by", "纠正期限", "date")),
         needs=(taken("已经调查核实", "investigate"), rule(rules.correct_by_ahead)), gives="jd_correction_order",
         tells="organs_concerned", second_person=True, not_by="investigate", note="期限由通知书逐案载明"),
    step("report_correction", "报告纠正", when="correcting", by="departmental_legal_unit|head_of_organ",
         to="answer_due", under=cf("75(2)"), of="concerned", stops=CORRECTION,
         asks=(Ask("problems", "存在的问题", "text"), Ask("measures", "采取的措施", "text"),
               Ask("result", "完成情况", "text")), gives="jd_rectification_report", tells=OFFICE,
         second_person=True),
    step("correction_overdue", "纠正逾期", when="correcting", by=THE_LAW, to=SAME, under=plan("第二部分（五）5"),
         needs=expired(CORRECTION), tells=f"supervisor|{OFFICE}|organs_concerned",
         note="是否问责，由有权机关决定"),
    step("end_waiting", "逾期不报告，转答复", when="correcting", by=OFFICE, to="answer_due", under=BASIS,
         stops=CORRECTION, asks=Ask("findings", "督促和核实的情况", "text"), needs=expired(CORRECTION),
         tells="supervisor", second_person=True, verified=False, note="答复举报人不因被反映机关拖延而停止"),
    step("send_to_supervision", "移送监察", when="checking", by=OFFICE, to="redirected", under=BASIS, stops=REPLY,
         asks=Ask("reasons", "移送的理由", "text"), gives="jd_complaint_sorting", tells="supervisor|complainant",
         second_person=True, verified=False, note="公职人员涉嫌职务违法；《监察法》原文未读到"),
    step("open_accountability", "提请问责", when="checking|correcting|answer_due", by=OFFICE, to=SAME,
         under=plan("第二部分（五）1", "第二部分（五）5"),
         asks=(Ask("ground", "情形", "choice", choices=(("retaliation", "打击报复"), ("fault", "严重过错"))),
               Ask("reasons", "事实和理由", "text")), tells="supervisor", note="由有权机关决定是否立案"),
    step("answer", "答复举报人", when="answer_due", by=OFFICE, to="answered", under=BASIS, stops=REPLY,
         asks=(Ask("verification", "核实情况", "text"), Ask("result", "处理结果", "text", hint="不得泄露他人信息"),
               Ask("reply_basis", "依据", "text")),
         needs="答复没有泄露他人的信息", gives="jd_complaint_reply", tells="complainant", second_person=True,
         not_by="close_unfounded|end_waiting"),
    step("flag_overdue", "逾期未答复", when="submitted|checking|correcting|answer_due", by=THE_LAW, to=SAME,
         under=BASIS, needs=expired(REPLY), tells=f"supervisor|{OFFICE}", verified=False,
         note="没有拟制后果，仅亮灯提示并纳入监督"),
    step("publish_result", "公布处理结果", when="answered", by=OFFICE, to="closed", under=BASIS,
         asks=Ask("notice", "公布的内容", "text", hint="不得写明投诉举报人"),
         needs=("社会影响较大", "已经过保密审查"), tells="public", second_person=True),
    step("close", "归档", when="answered", by=OFFICE, to="closed", under=BASIS, needs="社会影响不大",
         verified=False),
)  # fmt: skip

COMPLAINT = Procedure(
    "oversight.complaint",
    "投诉举报",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
    live=True,
)
