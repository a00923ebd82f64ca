"""Validity of a document from its entry into force to its end (规范性文件有效期管理). district plan, part 2 (2).

The case belongs to the organ that drafted the document; whoever issued it decides (`maker`). The term is the one that
the document states, else the one of the validity rule: both stand in the register as `valid_until`.
"""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Ask, Procedure, Start, expired, final, rule, state, statute, step
from regulations.rules import validity as rules

xx = statute("政府信息公开条例")
rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
gz = statute("规章制定程序条例", by_analogy=True)
state17 = statute("国务院关于加强市县政府依法行政的决定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
validity = statute("规范性文件有效期制度")
HEADS = "head_of_organ|head_of_government"
TERM = "gfxwj_validity_ordinary|gfxwj_validity_trial|gfxwj_validity_alert"
VALID = "in_force|evaluation_due|evaluated"
REVIEWERS = "district_legal_office|congress_review_office"
NOT_ENDED = "in_force|evaluation_due|evaluated|suspended|term_unstated"
RUNNING = f"{NOT_ENDED}|extension_in_review"
OFFICE, MAKER = "legal_office", "maker"

ENDS = Ask("validity_ends_on", "有效期截止日期", "date")
REASONS = Ask("reasons", "理由", "text")
PENDING = Ask("pending", "正在办理事项的处理", "text")
DISCUSSED = (Ask("present", "出席人员", "text", hint="每行一人"), Ask("discussion", "集体讨论意见", "text"))
CONCLUSIONS = (("keep", "继续有效"), ("amend", "需要修改"), ("lapse", "到期失效"))
ALERT = Start("gfxwj_validity_alert", since="fact:validity_ends_on")

STATES = (
    state(NEW, "（未施行）", "district_legal_office", reason="文件施行时开立"),
    state("term_unstated", "有效期待确定", "district_legal_office", reason="文件没有载明，规定以前的文件逐件确定"),
    state("in_force", "有效", "head_of_organ", "gfxwj_validity_ordinary|gfxwj_validity_trial|gfxwj_validity_alert",
          reason="载明截止日期或者没有有效期的，从其文本"),
    state("evaluation_due", "届满前待评估", "head_of_organ", "gfxwj_validity_ordinary|gfxwj_validity_trial"),
    state("evaluated", "已评估待决定", "head_of_organ", "gfxwj_validity_ordinary|gfxwj_validity_trial"),
    state("extension_in_review", "延续审核中", "district_legal_office", "gfxwj_validity_ordinary|gfxwj_validity_trial"),
    state("suspended", "停止执行", "head_of_organ", reason="以纠正、撤销或者废止结束，条文没有规定期限"),
    state("ended_unpublished", "已失效待公告", "district_legal_office", "xx_proactive"),
    final("lapsed", "已失效并公告"),
    final("repealed", "已废止"),
    final("revoked", "已撤销"),
    final("replaced", "被新文件取代"),
)  # fmt: skip

TERMS = (
    step("open_ordinary", "施行（一般有效期）", when=NEW, by=THE_LAW, to="in_force",
         under=validity() + plan("第二部分（二）2"), asks=ENDS,
         starts=(Start("gfxwj_validity_ordinary", until="fact:validity_ends_on"), ALERT),
         needs=(rule(rules.in_force_today), rule(rules.not_a_trial)), tells="maker|head_of_organ", verified=False,
         note="五年凭知识填写；规划仅要求建立有效期制度；文件载明截止日期的，从其文本"),
    step("open_trial", "施行（暂行试行）", when=NEW, by=THE_LAW, to="in_force",
         under=validity() + plan("第二部分（二）2"), asks=ENDS,
         starts=(Start("gfxwj_validity_trial", until="fact:validity_ends_on"), ALERT),
         needs=(rule(rules.in_force_today), rule(rules.a_trial)), tells="maker|head_of_organ", verified=False),
    step("open_unstated", "纳入有效期管理", when=NEW, by=THE_LAW, to="term_unstated",
         under=validity() + plan("第二部分（二）2"), needs=(rule(rules.in_force_today), rule(rules.no_term_stated)),
         tells="maker|head_of_organ|district_legal_office", verified=False,
         note="收入登记簿的现行文件没有载明截止日期的，由政府法制机构确定，系统不推定"),
    step("fix_ordinary", "确定有效期（一般有效期）", when="term_unstated", by="district_legal_office", to="in_force",
         of=OFFICE, under=validity() + plan("第二部分（二）2"), asks=(ENDS, REASONS),
         starts=(Start("gfxwj_validity_ordinary", until="fact:validity_ends_on"), ALERT),
         needs=(rule(rules.ends_ahead), rule(rules.not_a_trial)), tells="maker|head_of_organ", verified=False),
    step("fix_trial", "确定有效期（暂行试行）", when="term_unstated", by="district_legal_office", to="in_force",
         of=OFFICE, under=validity() + plan("第二部分（二）2"), asks=(ENDS, REASONS),
         starts=(Start("gfxwj_validity_trial", until="fact:validity_ends_on"), ALERT),
         needs=(rule(rules.ends_ahead), rule(rules.a_trial)), tells="maker|head_of_organ", verified=False),
    step("alert_before_expiry", "届满前提示评估", when="in_force", by=THE_LAW, to="evaluation_due", under=validity(),
         stops="gfxwj_validity_alert", needs=expired("gfxwj_validity_alert"),
         tells="maker|head_of_organ|district_legal_office", verified=False),
    step("evaluate", "完成评估", when="evaluation_due|in_force", by="head_of_organ", to="evaluated",
         under=plan("第二部分（二）4") + gz("38"),
         asks=(Ask("effects", "实施效果", "text"), Ask("problems", "问题", "text"),
               Ask("bases", "依据是否有效", "text"), Ask("public", "听取公众意见的情况", "text"),
               Ask("conclusion", "评估结论", "choice", choices=CONCLUSIONS)),
         gives="gfx_evaluation_report", tells="district_legal_office"),
    step("propose_extension", "提出延续", when="evaluated", by="head_of_organ", to="extension_in_review",
         under=validity(), asks=(ENDS, REASONS),
         needs=(rule(rules.evaluation_supports), rule(rules.term_not_over), rule(rules.extends_the_term)),
         gives="gfx_extension_application", tells="district_legal_office", verified=False,
         note="延续不改变文本，文本有变动的应当修改后重新公布"),
    step("pass_extension_review", "延续审核通过", when="extension_in_review", by="district_legal_office", to=SAME,
         of=OFFICE, under=validity(), asks=Ask("opinion", "审核意见", "text"), gives="gfx_extension_review",
         tells="head_of_organ|maker", second_person=True, verified=False),
    step("extend_ordinary", "决定延续并公布", when="extension_in_review", by=HEADS, to="in_force", of=MAKER,
         under=validity() + zz("75"), starts=(Start("gfxwj_validity_ordinary", until="fact:validity_ends_on"), ALERT),
         stops="gfxwj_validity_ordinary|gfxwj_validity_trial", asks=(ENDS, *DISCUSSED),
         needs=(rule(rules.extension_reviewed), rule(rules.term_not_over), rule(rules.extends_the_term)),
         gives="gfx_extension_announcement", tells="public|head_of_organ", second_person=True, verified=False,
         note="延续的期限没有规定，以公告载明为准"),
    step("refuse_extension", "不予延续", when="extension_in_review", by="district_legal_office", to="evaluated",
         of=OFFICE, under=validity(), asks=REASONS, gives="gfx_extension_refusal", tells="maker|head_of_organ",
         second_person=True, verified=False),
    step("decide_to_amend", "决定修改", when="evaluated", by="head_of_organ", to="in_force",
         under=validity() + gz("39"), asks=(Ask("plan", "修改的安排", "text"),),
         needs=(rule(rules.term_stands), "已启动规范性文件修改程序"), gives="gfx_evaluation_decision",
         tells="district_legal_office", verified=False),
    step("decide_to_let_lapse", "决定到期失效", when="evaluated", by="head_of_organ", to="in_force", under=validity(),
         asks=PENDING, needs=rule(rules.term_stands), gives="gfx_evaluation_decision",
         tells="district_legal_office|public", verified=False),
)  # fmt: skip

ENDING = (
    # What ended a document elsewhere in the portal closes its term, whatever was going on in it.
    step("close_on_revocation", "撤销以后结束有效期管理", when=RUNNING, by=THE_LAW, to="revoked",
         under=zz("73(1)(3)") + rd("32(1)"), stops=TERM, needs=rule(rules.revoked_elsewhere),
         tells="maker|head_of_organ|power_list", note="撤销决定在备案审查案件中作出"),
    step("close_on_replacement", "被代替以后结束有效期管理", when=RUNNING, by=THE_LAW, to="replaced",
         under=gz("39"), stops=TERM, needs=rule(rules.replaced_elsewhere), tells="maker|head_of_organ|power_list",
         note="新文件载明代替本文件，自新文件施行之日起"),
    step("close_on_repeal", "废止以后结束有效期管理", when=RUNNING, by=THE_LAW, to="repealed",
         under=gz("39"), stops=TERM, needs=rule(rules.repealed_elsewhere), tells="maker|head_of_organ|power_list",
         note="清理结果或者新文件规定废止的"),
    step("lapse", "有效期届满自动失效", when="in_force|evaluation_due|evaluated|extension_in_review|suspended",
         by=THE_LAW, to="ended_unpublished", under=validity() + plan("第二部分（二）2"), starts="xx_proactive",
         stops=TERM, needs=expired("gfxwj_validity_ordinary", "gfxwj_validity_trial"),
         tells="maker|head_of_organ|power_list|enforcement_organs|approval_organs", verified=False,
         note="自次日起不得作为管理依据；此前已立案的按各自过渡规定办理"),
    step("publish_lapse", "公告失效", when="ended_unpublished", by="district_legal_office", to="lapsed", of=OFFICE,
         under=plan("第二部分（二）4") + xx("20(1)(1)", "26"), stops="xx_proactive",
         needs=rule(rules.register_says_so), gives="gfx_lapse_announcement", tells="public"),
    step("flag_lapse_unpublished", "失效逾期未公告", when="ended_unpublished", by=THE_LAW, to=SAME,
         under=xx("26", "47"), needs=expired("xx_proactive"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("drop_unlisted", "未列入继续有效目录", when=RUNNING, by=THE_LAW, to="ended_unpublished",
         under=state17("（十五）"), starts="xx_proactive", stops=TERM, needs=rule(rules.left_out_of_cleanup),
         tells="maker|head_of_organ|power_list", note="由清理结果的公布触发，不是期限"),
    step("suspend", "停止执行", when=VALID, by=REVIEWERS, to="suspended", under=rd("29(3)"), of=OFFICE,
         asks=REASONS, needs="审查认定明显违法", gives="gfx_suspension", tells="maker|head_of_organ|public|power_list",
         second_person=True, note="全文停止执行；只停止部分条款的，另有环节"),
    step("suspend_clauses", "停止执行部分条款", when=VALID, by=REVIEWERS, to=SAME, under=rd("29(3)"), of=OFFICE,
         asks=(Ask("clauses", "停止执行的条款", "many", source="clauses", at_least=1), REASONS),
         needs="审查认定明显违法", gives="gfx_suspension", tells="maker|head_of_organ|public|power_list",
         second_person=True, note="其他条款照常执行"),
    step("resume_clauses", "恢复执行部分条款", when=VALID, by=REVIEWERS, to=SAME, under=rd("29(4)"), of=OFFICE,
         asks=(Ask("clauses", "恢复执行的条款", "many", source="suspended_clauses", at_least=1), REASONS),
         needs=(rule(rules.some_clauses_suspended), "审查结论为没有问题，或者有关条款已纠正"), gives="gfx_resumption",
         tells="maker|head_of_organ|public", second_person=True),
    step("resume", "恢复执行", when="suspended", by=REVIEWERS, to="in_force", under=rd("29(4)"), of=OFFICE,
         asks=REASONS, needs="审查结论为没有问题，或者有关条款已纠正", gives="gfx_resumption",
         tells="maker|head_of_organ|public", second_person=True),
    step("repeal", "废止", when=NOT_ENDED, by=HEADS, to="repealed", under=gz("39") + zz("75"), stops=TERM, of=MAKER,
         asks=(REASONS, PENDING, *DISCUSSED), needs="经负责人集体讨论", gives="gfx_repeal_decision",
         tells="public|congress_review_office|power_list", second_person=True,
         note="废止决定自公布之日起生效，随本环节公布"),
    step("record_revocation", "记载撤销", when=NOT_ENDED, by="district_legal_office", to="revoked", of=OFFICE,
         under=zz("73(1)(3)") + rd("32(1)"), stops=TERM,
         asks=(Ask("decision", "撤销决定的文号"), Ask("revoked_on", "撤销生效日期", "date")),
         needs=(rule(rules.revoked_by_now), "撤销决定已公布"), tells="maker|head_of_organ|public|power_list"),
    step("record_replacement", "记载被取代", when=NOT_ENDED, by="district_legal_office", to="replaced", of=OFFICE,
         under=gz("39"), stops=TERM, asks=Ask("successor", "取代它的文件", "choice", source="successors"),
         needs=(rule(rules.successor_in_force), "新文件规定本文件废止"), tells="public|power_list"),
)  # fmt: skip

VALIDITY = Procedure(
    "regulations.validity",
    "规范性文件有效期管理",
    STATES,
    (*TERMS, *ENDING),
    since=date(2024, 11, 1),
    live=True,
)
