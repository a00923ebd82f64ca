"""Validity of a document from its entry into force to its end (规范性文件有效期管理). district plan, part 2 (2)."""

from datetime import date

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    any_of,
    attest,
    expired,
    final,
    state,
    statute,
    step,
)

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
NOT_ENDED = "in_force|evaluation_due|evaluated|suspended"

STATES = (
    state(NEW, "（未施行）", "district_legal_office", reason="文件施行时开立"),
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

STEPS = (
    step("open_ordinary", "施行（一般有效期）", when=NEW, by=THE_LAW, to="in_force",
         under=validity() + plan("第二部分（二）2"),
         starts=("gfxwj_validity_ordinary", Start("gfxwj_validity_alert", since="fact:validity_ends_on")),
         needs=("文件于当日施行", "文件未载明有效期"), tells="maker", verified=False,
         note="五年凭知识填写；规划仅要求建立有效期制度"),
    step("open_trial", "施行（暂行试行）", when=NEW, by=THE_LAW, to="in_force",
         under=validity() + plan("第二部分（二）2"),
         starts=("gfxwj_validity_trial", Start("gfxwj_validity_alert", since="fact:validity_ends_on")),
         needs=("文件于当日施行", "标题含“暂行”或者“试行”"), tells="maker", verified=False),
    step("alert_before_expiry", "届满前提示评估", when="in_force", by=THE_LAW, to="evaluation_due", under=validity(),
         stops="gfxwj_validity_alert", needs=expired("gfxwj_validity_alert"), tells="maker|district_legal_office",
         verified=False),
    step("evaluate", "完成评估", when="evaluation_due|in_force", by="head_of_organ", to="evaluated",
         under=plan("第二部分（二）4") + gz("38"),
         needs=("评估报告包括实施效果、问题及依据是否有效", "涉及公众权益的，已听取公众意见"),
         gives="gfx_evaluation_report", tells="district_legal_office"),
    step("propose_extension", "提出延续", when="evaluated", by="head_of_organ", to="extension_in_review",
         under=validity(), needs=("评估结论支持延续", "文本没有变动", "有效期尚未届满"), gives="延续申请",
         tells="district_legal_office", verified=False),
    step("extend_ordinary", "决定延续并公布", when="extension_in_review", by=HEADS, to="in_force",
         under=validity() + zz("75"),
         starts=(Start("gfxwj_validity_ordinary", until="fact:validity_ends_on"),
                 Start("gfxwj_validity_alert", since="fact:validity_ends_on")),
         stops="gfxwj_validity_ordinary|gfxwj_validity_trial", asks=Ask("validity_ends_on", "有效期截止日期", "date"),
         needs=("合法性审核已通过", "经负责人集体讨论", "在届满之前公布"), gives="延续有效期公告", tells="public",
         second_person=True, verified=False, note="延续的期限没有规定，以公告载明为准"),
    step("refuse_extension", "不予延续", when="extension_in_review", by="district_legal_office", to="evaluated",
         under=validity(), needs=("合法性审核未通过", "已写明理由"), gives="gfx_legality_opinion", tells="maker",
         second_person=True, verified=False),
    step("decide_to_amend", "决定修改", when="evaluated", by="head_of_organ", to="in_force",
         under=validity() + gz("39"), needs=("已启动规范性文件修改程序", "原有效期截止日不变"), gives="评估处理意见",
         tells="district_legal_office", verified=False),
    step("decide_to_let_lapse", "决定到期失效", when="evaluated", by="head_of_organ", to="in_force", under=validity(),
         needs=("已说明对正在办理事项的影响", "原有效期截止日不变"), gives="评估处理意见",
         tells="district_legal_office|public", verified=False),
    step("lapse", "有效期届满自动失效", when="in_force|evaluation_due|evaluated|extension_in_review|suspended",
         by=THE_LAW, to="ended_unpublished", under=validity() + plan("第二部分（二）2"), starts="xx_proactive",
         stops=TERM,
         needs=any_of(expired("gfxwj_validity_ordinary", "gfxwj_validity_trial"), attest("文件载明的有效期截止日已到")),
         tells="maker|power_list|enforcement_organs|approval_organs", verified=False,
         note="自当日起不得作为管理依据；此前已立案的按各自过渡规定办理"),
    step("publish_lapse", "公告失效", when="ended_unpublished", by="district_legal_office", to="lapsed",
         under=plan("第二部分（二）4") + xx("20(1)(1)", "26"), stops="xx_proactive", needs="目录当日更新",
         gives="失效公告", tells="public"),
    step("flag_lapse_unpublished", "失效逾期未公告", when="ended_unpublished", by=THE_LAW, to=SAME,
         under=xx("26", "47"), needs=expired("xx_proactive"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("drop_unlisted", "未列入继续有效目录", when=VALID, by=THE_LAW, to="ended_unpublished",
         under=state17("（十五）"), starts="xx_proactive", stops=TERM,
         needs="制定机关的清理结果已公布，且本文件未列入继续有效目录", tells="maker|power_list",
         note="由事件触发，不是期限"),
    step("suspend", "停止执行", when=VALID, by=REVIEWERS, to="suspended", under=rd("29(3)"),
         needs=("审查认定明显违法", "已写明全文或者具体条款"), gives="停止执行通知", tells="maker|public|power_list",
         second_person=True, note="效力按条款而非仅按文件记载"),
    step("resume", "恢复执行", when="suspended", by=REVIEWERS, to="in_force", under=rd("29(4)"),
         needs="审查结论为没有问题，或者有关条款已纠正", gives="恢复执行通知", tells="maker|public",
         second_person=True),
    step("repeal", "废止", when=NOT_ENDED, by=HEADS, to="repealed", under=gz("39") + zz("75"), stops=TERM,
         needs=("经负责人集体讨论", "已公布", "已说明正在办理事项的处理"), gives="gfx_repeal_decision",
         tells="public|congress_review_office|power_list", second_person=True),
    step("record_revocation", "记载撤销", when=NOT_ENDED, by="district_legal_office", to="revoked",
         under=zz("73(1)(3)") + rd("32(1)"), stops=TERM, needs="撤销决定已公布", tells="maker|public|power_list"),
    step("record_replacement", "记载被取代", when=NOT_ENDED, by="district_legal_office", to="replaced", under=gz("39"),
         stops=TERM, needs="新文件施行并规定本文件废止", tells="public|power_list"),
)  # fmt: skip

VALIDITY = Procedure(
    "regulations.validity",
    "规范性文件有效期管理",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
)
