"""From the clue to the decision to open a case. 行政处罚法 54, 36."""

from casework.procedure import NEW, SAME, THE_LAW, Ask, Start, expired, not_taken, statute, step

cf = statute("行政处罚法")
fy = statute("行政复议法")
samr = statute("市场监督管理行政处罚程序规定")

STEPS = (
    step("register_clue", "登记线索", when=NEW, by="case_officer", to="clue", under=cf("54"),
         needs=("当日该项权力有效且由本机关行使", "已记录线索来源"), gives="cf_clue_register",
         note="法律没有具体天数（及时）"),
    step("register_clue_samr", "登记线索（市场监管）", when=NEW, by="case_officer", to="clue", under=samr("18"),
         starts="samr_clue_check", needs=("本机关适用市场监督管理行政处罚程序规定", "该项权力现行有效"),
         gives="cf_clue_register"),
    step("open_for_redo", "依复议决定或判决重新处理", when=NEW, by="head_of_organ", to="investigating", under=fy("64"),
         starts=(Start("fy_redo", since="fact:decision_served_on"), "cf_decide"),
         asks=Ask("decision_served_on", "撤销决定送达日期", "date"),
         needs=("撤销原行为的决定或者判决责令重新作出",
                "不得以同一事实和理由作出相同或者基本相同的行为，仅因程序违法被撤销的除外"),
         links="enforcement.penalty_ordinary", contested="办案期限是否与重新作出的期限并行重新起算"),
    step("extend_clue_check_samr", "延长核查期限", when="clue", by="head_of_organ", to=SAME, under=samr("18"),
         extends="samr_clue_check", needs=("已记录特殊情况", not_taken("此前未延长过期限", "extend_clue_check_samr")),
         second_person=True),
    step("clue_check_expires", "核查期届满", when="clue", by=THE_LAW, to=SAME, under=samr("18"),
         needs=expired("samr_clue_check"), tells="section_head|head_of_organ",
         note="对案件没有法律后果；仅亮灯提示并逐级提醒"),
    step("propose_filing", "提请立案", when="clue", by="case_officer", to="filing_pending", under=cf("54"),
         needs=("有证据初步证明存在违法行为", "依据法律、法规、规章应当给予行政处罚", "属于本机关管辖",
                "未超过处罚时效（二年；涉及公民生命健康安全、金融安全且有危害后果的五年）"),
         gives="cf_case_opening_form"),
    step("bar_by_limitation", "超过处罚时效", when="clue|filing_pending", by=THE_LAW, to="not_filed", under=cf("36"),
         needs="违法行为被发现时已超过处罚时效（二年；涉及公民生命健康安全、金融安全且有危害后果的五年）",
         note="连续或者继续状态的，从行为终了之日起计算"),
    step("approve_filing", "批准立案", when="filing_pending", by="head_of_organ", to="investigating",
         under=cf("54", "42", "60"), starts="cf_decide", stops="samr_clue_check",
         needs=("已指定不少于两名具有行政执法资格的执法人员", "执法证件均在有效期内且未被暂扣",
                "被指定的人员均不需要回避"), gives="cf_case_opening_form", second_person=True,
         note="由负责人批准：《北京市实施行政处罚程序若干规定》第八条"),
    step("approve_filing_samr", "批准立案（市场监管）", when="filing_pending", by="head_of_organ", to="investigating",
         under=samr("19", "64"), starts="samr_decide", stops="samr_clue_check",
         needs=("本机关适用市场监督管理行政处罚程序规定", "已指定不少于两名具有行政执法资格的执法人员"),
         gives="cf_case_opening_form", second_person=True),
    step("refuse_filing", "不予立案", when="filing_pending", by="head_of_organ", to="not_filed", under=samr("20"),
         stops="samr_clue_check",
         needs="已记录理由：轻微且及时改正、初次且后果轻微并及时改正、没有主观过错或者其他情形",
         gives="cf_case_not_opened_form", tells="complainant", second_person=True,
         note="不予立案的理由按事实记载；举报人的答复适用当时有效的期限"),
)  # fmt: skip
