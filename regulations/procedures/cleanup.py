"""Clean-up of the stock of documents (规范性文件清理). 国务院 17号 2008 (十五)."""

from datetime import date

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    children,
    expired,
    final,
    rule,
    state,
    statute,
    step,
)
from regulations.rules import cleanup as rules

xx = statute("政府信息公开条例")
rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
bj = statute("北京市优化营商环境条例")
state17 = statute("国务院关于加强市县政府依法行政的决定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
HEADS = "head_of_government"
OFFICE = "district_legal_office"
ITEM = "regulations.cleanup_item"
UNTIL = Ask("reply_by", "提出清理意见的期限", "date")
ORGANS = Ask("organs", "清理哪些机关的文件", "many", required=False, source="makers", hint="不选择的，为全部机关")
OLDER = Ask("before", "只清理这一天以前公布的文件", "date", required=False)
SUBJECTS = Ask("subjects", "清理哪些主题的文件", "many", required=False, source="subjects",
               hint="不选择的，为全部主题，包括没有分类的文件")  # fmt: skip
CYCLE = "gfxwj_cleanup_cycle"
REASONS = Ask("reasons", "理由", "text")
SCOPE = (rule(rules.scope_found), rule(rules.reply_ahead))
MEETING = (
    Ask("meeting", "会议"), Ask("present", "出席人员", "text", hint="每行一人"),
    Ask("opinions", "讨论意见", "text"),
)  # fmt: skip

STATES = (
    state(NEW, "（未启动）", OFFICE, reason="上一次清理的周期由机关承担（两年）"),
    state("law_changed", "上位法已经变化待启动清理", OFFICE, reason="条文用“及时”，没有具体天数"),
    state("listing", "正在逐件列入", OFFICE, reason="由系统分批列入，全部列入以后自动转入部署"),
    state("launched", "已部署待逐件提出意见", "head_of_organ", reason="期限由通知载明"),
    state("collected", "意见汇总审核", OFFICE, reason="期限由通知载明"),
    state("to_decide", "待集体决定", HEADS, reason="取决于会议安排"),
    state("decided", "已决定待公布", OFFICE, "xx_proactive"),
    state("taking_effect", "结果已公布，正在逐件记载", OFFICE, reason="结果自公布时生效，由系统分批记入登记簿"),
    final("published", "结果已公布", reason="下一周期的期限开始计算"),
    final("cancelled", "取消"),
)  # fmt: skip

STEPS = (
    step("launch_periodic", "启动定期清理", when=NEW, by=OFFICE, to="listing",
         under=state17("（十五）") + rd("21(1)"), asks=(ORGANS, SUBJECTS, OLDER, UNTIL),
         starts=Start(CYCLE, owner="organ"), needs=SCOPE, gives="gfx_cleanup_notice", opens=ITEM,
         note="两年的清理周期属于机关而非案件；限定了机关、主题或者公布日期的，不是全面清理，不起算周期"),
    step("launch_for_changed_law", "上位法变化专项清理", when=NEW, by=OFFICE, to="listing",
         under=rd("21(1)") + bj("77") + plan("第二部分（二）4"),
         asks=(Ask("law", "变更的上位法", hint="法规库中的名称，例如：行政许可法"), UNTIL), needs=SCOPE,
         gives="gfx_cleanup_notice", opens=ITEM),
    step("find_changed_law", "上位法变化提示清理", when=NEW, by=THE_LAW, to="law_changed",
         under=rd("21(1)") + bj("77") + plan("第二部分（二）4"),
         asks=(Ask("law", "变更的上位法"), Ask("change", "变化情形")), needs=rule(rules.scope_found), tells=OFFICE,
         note="法规库收入新的版本，或者记载废止、失效时，由系统列出以其为依据的现行文件"),
    step("launch_found", "启动专项清理", when="law_changed", by=OFFICE, to="listing",
         under=rd("21(1)") + bj("77") + plan("第二部分（二）4"), asks=UNTIL, needs=SCOPE, gives="gfx_cleanup_notice",
         opens=ITEM),
    step("find_no_need", "不需要清理", when="law_changed", by=OFFICE, to="cancelled",
         under=rd("21(1)"), asks=REASONS, needs="已经逐件对照变化的条文，各文件与其没有抵触",
         note="已由其他清理列入的，也写在这里"),
    step("launch_on_order", "按上级或人大要求清理", when=NEW, by=OFFICE, to="listing", under=rd("21(2)", "31(2)"),
         asks=(Ask("order", "上级要求或者决议", hint="文件名称和文号"), ORGANS, SUBJECTS, OLDER, UNTIL),
         needs=(*SCOPE, "上级要求或者决议已存档"), gives="gfx_cleanup_notice", opens=ITEM),
    step("all_listed", "全部列入", when="listing", by=THE_LAW, to="launched", under=state17("（十五）"),
         needs=rule(rules.all_listed), tells=OFFICE, note="范围在启动时确定；逐件立案由系统分批完成"),
    step("add_document", "增列清理文件", when="launched|collected", by=OFFICE, to=SAME, under=rd("21"),
         asks=(Ask("document", "文件", "choice", source="documents_left"), REASONS), opens=ITEM),
    step("collect", "汇总清理意见", when="launched", by=OFFICE, to="collected", under=state17("（十五）"),
         needs=children(ITEM, "proposed", "checked", "removed"), tells=OFFICE),
    step("collect_with_gaps", "逾期汇总（未提意见者列明）", when="launched", by=OFFICE, to="collected",
         under=state17("（十五）") + rd("43"), needs=rule(rules.reply_passed), gives="gfx_cleanup_urging",
         tells="supervisor", note="未提出意见的制定机关由系统列明；未提出意见的文件不得列入继续有效目录"),
    step("consult", "征求意见", when="collected", by=OFFICE, to=SAME, under=state17("（十五）"),
         asks=(Ask("until", "征求意见期限", "date"), Ask("channel", "反馈意见的方式")),
         gives="gfx_cleanup_consultation", tells="public", note="涉及公众权益的，征求公众意见"),
    step("return_proposals", "退回重提", when="collected", by=OFFICE, to="launched", under=state17("（十五）"),
         asks=(REASONS, UNTIL), needs=rule(rules.reply_ahead), second_person=True,
         note="各件的意见由法制审核不同意退回"),
    step("send_to_decision", "报请决定", when="collected", by=OFFICE, to="to_decide", under=state17("（十五）"),
         needs=rule(rules.nothing_unchecked), gives="gfx_cleanup_proposal", tells="executive_meeting_secretary"),
    step("decide", "集体决定清理结果", when="to_decide", by=HEADS, to="decided", of="government",
         under=zz("75") + state17("（十三）", "（十五）"), starts="xx_proactive", asks=MEETING,
         needs=("经负责人集体讨论", "已附清理目录"), gives="gfx_cleanup_decision|gfx_cleanup_minutes", tells=OFFICE,
         second_person=True),
    step("send_back", "退回修改", when="to_decide", by=HEADS, to="collected", of="government", under=zz("75"),
         asks=(*MEETING, REASONS), gives="gfx_cleanup_minutes", tells=OFFICE, second_person=True),
    step("publish_results", "公布清理结果", when="decided", by=OFFICE, to="taking_effect",
         under=state17("（十五）") + bj("77") + plan("第二部分（二）4"), stops="xx_proactive",
         gives="gfx_cleanup_announcement", tells="public",
         note="目录分为继续有效、修改、废止、失效四类，由系统从决定的意见列出；未列入目录的文件不得作为管理依据"),
    step("all_settled", "结果全部记载", when="taking_effect", by=THE_LAW, to="published", under=state17("（十五）"),
         needs=rule(rules.all_settled), tells=OFFICE, note="各件均以公布之日为准，不因记载的先后而不同"),
    step("flag_publication_overdue", "清理结果逾期未公布", when="decided", by=THE_LAW, to=SAME, under=xx("26", "47"),
         needs=expired("xx_proactive"), tells="section_head|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("flag_cycle_overdue", "逾期未启动清理", when="published", by=THE_LAW, to=SAME,
         under=state17("（十五）") + rd("43"), needs=rule(rules.cycle_over),
         tells="district_legal_office|supervisor|congress_review_office",
         note="记在上一次全面清理的案件中；法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("cancel", "取消清理", when="listing|launched|collected", by=OFFICE, to="cancelled", under=state17("（十五）"),
         stops=CYCLE, asks=(Ask("approval", "批准人和日期"), REASONS), needs=rule(rules.not_on_order),
         gives="gfx_cleanup_cancel", second_person=True),
)  # fmt: skip

CLEANUP = Procedure(
    "regulations.cleanup",
    "规范性文件清理",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
    live=True,
)
