"""A statute changed on which powers of the list rest (权责事项依据变化核对). district plan, part 2 (1) 2.

The case opens by itself for each organ that holds such powers and for the legal office. It waits while all of them are
proposed to be changed, comes back when a proposal is withdrawn or refused, and ends when all are changed or when
somebody states that nothing is to change; nobody can put it aside otherwise.
"""

from datetime import date

from casework.procedure import NEW, THE_LAW, Ask, Procedure, final, rule, state, statute, step
from powerlist.rules import basis_change as rules

the_plan = statute("东城区“十三五”时期法治政府建设实施规划")("第二部分（一）第二项")
CHANGES = (("new", "新版本收入法规库"), ("repealed", "废止或者失效"))
LAW = (
    Ask("change", "变化情形", "choice", choices=CHANGES),
    Ask("law", "法规"),
    Ask("said", "载明废止的法规", required=False),
)

STATES = (
    state(NEW, "（依据未变化）", "head_of_organ", reason="依据变化之时自动建立"),
    state("to_check", "待核对", "head_of_organ|district_legal_office", reason="已查阅的文本没有规定期限"),
    state("proposed", "已提出调整，待公布", "head_of_organ|district_legal_office", reason="随权责事项调整办理"),
    final("changed", "均已调整"),
    final("unchanged", "无需调整"),
)  # fmt: skip

STEPS = (
    step("open_for_organ", "依据变化", when=NEW, by=THE_LAW, to="to_check", under=the_plan, asks=LAW,
         needs=rule(rules.own_powers_rest_on_it), tells="head_of_organ",
         note="法规的新版本收入法规库，或者法规被废止时，行使以该法规为依据的权力的机关各建立一件"),
    step("open_for_legal_office", "依据变化（政府法制机构）", when=NEW, by=THE_LAW, to="to_check",
         under=the_plan, asks=LAW, needs=rule(rules.powers_rest_on_it), tells="district_legal_office"),
    step("wait_for_changes", "均已提出调整", when="to_check", by=THE_LAW, to="proposed",
         under=the_plan, needs=rule(rules.all_proposed)),
    step("check_again", "调整未成，恢复核对", when="proposed", by=THE_LAW, to="to_check",
         under=the_plan, needs=rule(rules.some_unproposed), tells="head_of_organ|district_legal_office"),
    step("close_as_changed", "均已调整或者取消", when="proposed", by=THE_LAW, to="changed",
         under=the_plan, needs=rule(rules.all_changed)),
    step("state_unchanged", "说明无需调整", when="to_check", by="head_of_organ|district_legal_office", to="unchanged",
         under=the_plan,
         asks=Ask("reasons", "无需调整的理由", "text", hint="已提出调整的事项除外，其余事项逐项说明"),
         needs="已逐项对照列出事项所依据条文的新旧内容"),
)  # fmt: skip

BASIS_CHANGE = Procedure(
    "powerlist.basis_change", "权责事项依据变化核对", STATES, STEPS, since=date(2021, 7, 15), live=True
)
