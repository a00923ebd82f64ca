"""Following up on a bad rating of a service (差评核实整改). District plan, part 2 (1) 1: 监督、反馈.

The State Council's office demands that the organ gets back to everybody who was not content, and lets it leave aside
what was rated by mistake or in bad faith; it names no number of days: the limit is the portal's own.
"""

from datetime import date

from approvals.rules import ratings as rules
from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    expired,
    final,
    not_taken,
    rule,
    state,
    statute,
    step,
    taken,
)

plan = statute("东城区“十三五”时期法治政府建设实施规划")
opinion = statute("国办发〔2019〕51号")
BASIS = plan("第二部分（一）第一项") + opinion("差评核实整改")

STATES = (
    state(NEW, "（尚未评价）", "citizen|legal_person|agent", reason="评价为不满意之前没有核实案件"),
    state("to_verify", "差评待回访核实", "section_head|head_of_organ", "hp_follow_up"),
    state("verified", "已核实待答复", "section_head", "hp_follow_up"),
    final("answered", "已答复评价人"),
    final("left_aside", "核实为误评或者恶意评价"),
)  # fmt: skip

STEPS = (
    step("open_follow_up", "不满意评价转核实", when=NEW, by=THE_LAW, to="to_verify", under=BASIS, starts="hp_follow_up",
         asks=(Ask("rated_case", "被评价的办件"), Ask("level", "评价"),
               Ask("words", "评价人的意见", "text", required=False)),
         needs=rule(rules.rated_badly), tells="section_head|head_of_organ", verified=False,
         note="评价为“不满意”或者“非常不满意”的，自动转入"),
    step("verify", "回访核实", when="to_verify", by="section_head|head_of_organ", to="verified", under=BASIS,
         asks=(Ask("reached_on", "回访日期", "date"), Ask("findings", "核实情况", "text")),
         needs=(not_taken("此前没有核实过", "verify"), rule(rules.verified_by_somebody_else)), verified=False,
         note="科室负责人办理过被评价事项的，由机关负责人回访"),
    step("answer", "整改并答复", when="verified", by="section_head", to="answered", under=BASIS, stops="hp_follow_up",
         asks=Ask("rectification", "整改情况", "text", hint="写明已经改了什么；一时不能解决的，说明理由和期限；"
                  "没有法定依据的诉求，作出解释"),
         needs=taken("已经回访核实", "verify"), gives="xk_rating_reply", tells="applicant", verified=False),
    step("leave_aside", "不予采纳", when="verified", by="head_of_organ", to="left_aside", under=BASIS,
         stops="hp_follow_up", asks=Ask("reasons", "认定为误评或者恶意评价的理由", "text"),
         needs=taken("已经回访核实", "verify"), tells="applicant|section_head", second_person=True, verified=False,
         note="不予采纳的评价不计入统计，但保留记录"),
    step("flag_overdue", "逾期未答复差评", when="to_verify|verified", by=THE_LAW, to=SAME, under=BASIS,
         needs=expired("hp_follow_up"), tells="section_head|head_of_organ|supervisor", verified=False,
         note="没有拟制后果，仅亮灯提示并纳入监督"),
)  # fmt: skip

RATING = Procedure(
    "approvals.rating",
    "差评核实整改",
    STATES,
    STEPS,
    since=date(2019, 12, 17),
    live=True,
)
