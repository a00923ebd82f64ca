"""One document in a clean-up (规范性文件清理意见). 国务院 17号 2008 (十五).

What the decision of the clean-up says of a document happens to it when the result is published: by the law, since
nobody may deviate from what was decided. What nobody gave an opinion on is not listed, and is no basis any more.

There are as many of these as documents: the law's rows are taken portion by portion, each with the day of publication.
"""

from datetime import date

from casework.procedure import NEW, THE_LAW, Ask, Procedure, any_of, final, parent, rule, state, statute, step
from regulations.rules import cleanup as rules

state17 = statute("国务院关于加强市县政府依法行政的决定")
BASIS = state17("（十五）")
OFFICE, MAKERS = "district_legal_office", "head_of_organ"
REASONS = Ask("reasons", "理由", "text")
OPEN = rule(rules.opinions_open)
PUBLISHED = parent("taking_effect", "published")

STATES = (
    state(NEW, "（未列入）", OFFICE, reason="由清理活动开立"),
    state("to_assess", "待提出清理意见", MAKERS, reason="以清理活动确定的日期为准"),
    state("proposed", "待法制审核", OFFICE, reason="以清理活动确定的日期为准"),
    state("checked", "审核同意待决定", OFFICE, reason="等待清理活动的决定"),
    final("continues", "继续有效"),
    final("to_be_amended", "列入修改"),
    final("repealed", "废止"),
    final("lapsed", "宣布失效"),
    final("unlisted", "未列入继续有效目录"),
    final("removed", "移出清理"),
)  # fmt: skip

STEPS = (
    step("list_item", "列入清理", when=NEW, by=THE_LAW, to="to_assess", under=BASIS, needs=rule(rules.in_force_today),
         tells="maker", note="由启动、增列的环节决定，系统逐件立案"),
    step("propose_keep", "建议继续有效", when="to_assess", by=MAKERS, to="proposed", under=BASIS, of="maker",
         asks=REASONS, needs=(OPEN, "依据仍然有效", "与上位法没有抵触", "仍有必要"), gives="gfx_cleanup_opinion",
         tells=OFFICE),
    step("propose_amend", "建议修改", when="to_assess", by=MAKERS, to="proposed", under=BASIS, of="maker",
         asks=(Ask("articles", "需要修改的条款", "text"), REASONS, Ask("finish_on", "完成日期", "date")),
         needs=OPEN, gives="gfx_cleanup_opinion", tells=OFFICE),
    step("propose_repeal", "建议废止", when="to_assess", by=MAKERS, to="proposed", under=BASIS, of="maker",
         asks=(REASONS, Ask("pending", "对正在办理事项的影响", "text")),
         needs=(OPEN, "存在抵触、依据已失效或者已不适应"), gives="gfx_cleanup_opinion", tells=OFFICE),
    step("propose_lapse", "建议宣布失效", when="to_assess", by=MAKERS, to="proposed", under=BASIS, of="maker",
         asks=REASONS, needs=(OPEN, "有效期已满、调整对象已消失或者任务已完成"), gives="gfx_cleanup_opinion",
         tells=OFFICE),
    step("agree", "法制审核同意", when="proposed", by=OFFICE, to="checked", under=BASIS,
         asks=Ask("checked", "审核意见", "text", hint="写明对照了哪些现行上位法"), needs=OPEN, tells="maker",
         second_person=True),
    step("disagree", "法制审核不同意", when="proposed|checked", by=OFFICE, to="to_assess", under=BASIS, asks=REASONS,
         needs=OPEN, tells="maker", second_person=True,
         note="报请决定以前，已经同意的也可以改为不同意；集体讨论退回修改的同样办理"),
    step("remove", "移出清理", when="to_assess|proposed|checked", by=THE_LAW, to="removed", under=BASIS,
         needs=any_of(parent("cancelled"), rule(rules.ended_meanwhile)), tells="maker"),
    step("confirm_keep", "继续有效", when="checked", by=THE_LAW, to="continues", under=BASIS,
         needs=(rule(rules.proposed_keep), PUBLISHED), tells="maker"),
    step("confirm_amend", "列入修改", when="checked", by=THE_LAW, to="to_be_amended", under=BASIS,
         needs=(rule(rules.proposed_amend), PUBLISHED), tells="maker",
         note="由制定机关按完成日期另行立项修改"),
    step("confirm_repeal", "废止", when="checked", by=THE_LAW, to="repealed", under=BASIS,
         needs=(rule(rules.proposed_repeal), PUBLISHED), tells="maker|document_register"),
    step("confirm_lapse", "宣布失效", when="checked", by=THE_LAW, to="lapsed", under=BASIS,
         needs=(rule(rules.proposed_lapse), PUBLISHED), tells="maker|document_register"),
    step("leave_unlisted", "未列入继续有效目录", when="to_assess", by=THE_LAW, to="unlisted", under=BASIS,
         needs=PUBLISHED, tells="maker|document_register|supervisor",
         note="未列入继续有效目录的文件不得作为行政管理的依据"),
)  # fmt: skip

CLEANUP_ITEM = Procedure(
    "regulations.cleanup_item",
    "规范性文件清理意见",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
    live=True,
    by_portions=True,
)
