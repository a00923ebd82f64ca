"""Reports and consumer complaints about traders (对经营者的投诉举报). The rule of 2020, in force until 2026-04-14.

A matter of market regulation between people and traders, unlike a complaint about an organ (`oversight.complaint`). The
rule that took its place on 2026-04-15 has not been read: no row applies after that day.
"""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Procedure, expired, final, state, statute, step

ts = statute("市场监督管理投诉举报处理暂行办法")
UNTIL_2026 = date(2026, 4, 14)

STATES = (
    state("checking_business", "举报核查", "case_officer", "jb_check"),
    state("reporter_due", "待告知举报人", "case_officer", "jb_reply"),
    state("consumer", "消费投诉待受理", "case_officer", "ts_accept|consumer_complaint_act"),
    state("consumer_mediation", "消费投诉调解", "case_officer", "ts_mediate"),
    state("consumer_ended", "终止调解待告知", "case_officer", "ts_end_notice"),
    final("closed", "已办结"),
)  # fmt: skip

STEPS = (
    step("register_business_report", "受理对经营者的举报", when=NEW, by="window_clerk", to="checking_business",
         under=ts("23", "31"), starts="jb_check",
         needs=("举报对象为经营者", "属于市场监管事项", "日期在2026年4月15日之前"), gives="jd_complaint_receipt",
         tells="complainant", valid_to=UNTIL_2026, note="2020年的规定自2026年4月15日起被取代，新规定原文未读到"),
    step("register_consumer_complaint", "受理消费投诉", when=NEW, by="window_clerk", to="consumer",
         under=ts("14"), starts="ts_accept|consumer_complaint_act", needs="与经营者之间的消费争议",
         gives="jd_complaint_receipt", tells="complainant", valid_to=UNTIL_2026,
         note="2026年4月14日之后仅适用《消费者权益保护法》第四十六条的期限"),
    step("file_business_case", "举报核查立案", when="checking_business", by="case_officer", to="reporter_due",
         under=ts("23", "31"), starts="jb_reply", stops="jb_check", opens="enforcement.penalty_ordinary",
         valid_to=UNTIL_2026),
    step("no_business_case", "举报不予立案", when="checking_business", by="case_officer", to="reporter_due",
         under=ts("31"), starts="jb_reply", stops="jb_check", gives="cf_case_not_opened_form", second_person=True,
         valid_to=UNTIL_2026),
    step("extend_business_check", "延长核查", when="checking_business", by="head_of_organ", to=SAME, under=ts("23"),
         extends="jb_check", second_person=True, valid_to=UNTIL_2026),
    step("tell_reporter", "告知举报人", when="reporter_due", by="case_officer", to="closed", under=ts("31"),
         stops="jb_reply", needs="实名举报", gives="jd_complaint_reply", tells="complainant", valid_to=UNTIL_2026),
    step("nobody_to_tell", "匿名举报归档", when="reporter_due", by="case_officer", to="closed", under=ts("31"),
         stops="jb_reply", needs="非实名举报", valid_to=UNTIL_2026),
    step("reporter_overdue", "告知逾期", when="reporter_due", by=THE_LAW, to=SAME, under=ts("31"),
         needs=expired("jb_reply"), tells="section_head", valid_to=UNTIL_2026),
    step("accept_consumer", "受理投诉调解", when="consumer", by="case_officer", to="consumer_mediation", under=ts("14"),
         starts="ts_mediate", stops="ts_accept|consumer_complaint_act", gives="投诉受理告知书",
         tells="complainant|trader", valid_to=UNTIL_2026),
    step("refuse_consumer", "不予受理投诉", when="consumer", by="case_officer", to="closed", under=ts("14"),
         stops="ts_accept|consumer_complaint_act", gives="投诉不予受理告知书", tells="complainant", decides=True,
         valid_to=UNTIL_2026, contested="不予受理投诉是否可诉"),
    step("consumer_overdue", "投诉受理逾期", when="consumer", by=THE_LAW, to=SAME, under=ts("14"),
         needs=expired("ts_accept", "consumer_complaint_act"), tells="section_head", valid_to=UNTIL_2026),
    step("consumer_agreed", "调解成功", when="consumer_mediation", by="case_officer", to="closed", under=ts("22"),
         stops="ts_mediate", gives="调解书", tells="complainant|trader", valid_to=UNTIL_2026),
    step("consumer_failed", "终止调解", when="consumer_mediation", by="case_officer", to="consumer_ended",
         under=ts("21"), starts="ts_end_notice", stops="ts_mediate",
         needs="撤回投诉、一方缺席或者拒绝、不能达成一致，或者不应受理", gives="终止调解决定书", valid_to=UNTIL_2026),
    step("tell_consumer_end", "告知终止调解", when="consumer_ended", by="case_officer", to="closed", under=ts("21"),
         stops="ts_end_notice", gives="终止调解告知书", tells="complainant|trader", valid_to=UNTIL_2026),
    step("consumer_notice_overdue", "终止告知逾期", when="consumer_ended", by=THE_LAW, to=SAME, under=ts("21"),
         needs=expired("ts_end_notice"), tells="section_head", valid_to=UNTIL_2026),
    step("business_check_overdue", "举报核查逾期", when="checking_business", by=THE_LAW, to=SAME, under=ts("23"),
         needs=expired("jb_check"), tells="section_head", valid_to=UNTIL_2026),
    step("consumer_mediation_ends", "调解期满终止", when="consumer_mediation", by=THE_LAW, to="consumer_ended",
         under=ts("21(1)(5)"), starts="ts_end_notice", stops="ts_mediate", needs=expired("ts_mediate"),
         tells="case_officer", valid_to=UNTIL_2026),
)  # fmt: skip

TRADER_REPORT = Procedure(
    "oversight.trader_report",
    "对经营者的投诉举报",
    STATES,
    STEPS,
    since=date(2020, 1, 1),
)
