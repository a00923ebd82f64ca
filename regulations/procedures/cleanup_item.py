"""One document in a clean-up (规范性文件清理意见). 国务院 17号 2008 (十五)."""

from datetime import date

from casework.procedure import NEW, Procedure, any_of, attest, final, parent, state, statute, step

state17 = statute("国务院关于加强市县政府依法行政的决定")

STATES = (
    state(NEW, "（未列入）", "district_legal_office", reason="由清理活动开立"),
    state("to_assess", "待提出清理意见", "head_of_organ", reason="以清理活动确定的日期为准"),
    state("proposed", "待法制审核", "district_legal_office", reason="以清理活动确定的日期为准"),
    state("checked", "审核同意待决定", "district_legal_office", reason="等待清理活动的决定"),
    final("continues", "继续有效"),
    final("to_be_amended", "列入修改"),
    final("repealed", "废止"),
    final("lapsed", "宣布失效"),
    final("removed", "移出清理"),
)  # fmt: skip

STEPS = (
    step("list_item", "列入清理", when=NEW, by="district_legal_office", to="to_assess", under=state17("（十五）"),
         needs="当日现行有效", tells="maker"),
    step("propose_keep", "建议继续有效", when="to_assess", by="head_of_organ", to="proposed", under=state17("（十五）"),
         of="maker", needs=("依据仍然有效", "与上位法没有抵触", "仍有必要"), gives="清理意见表",
         tells="district_legal_office"),
    step("propose_amend", "建议修改", when="to_assess", by="head_of_organ", to="proposed", under=state17("（十五）"),
         of="maker", needs=("已写明条款和理由", "已写明完成日期"), gives="清理意见表", tells="district_legal_office"),
    step("propose_repeal", "建议废止", when="to_assess", by="head_of_organ", to="proposed", under=state17("（十五）"),
         of="maker", needs=("存在抵触、依据已失效或者已不适应", "已说明对正在办理事项的影响"), gives="清理意见表",
         tells="district_legal_office"),
    step("propose_lapse", "建议宣布失效", when="to_assess", by="head_of_organ", to="proposed",
         under=state17("（十五）"), of="maker", needs="有效期已满、调整对象已消失或者任务已完成", gives="清理意见表",
         tells="district_legal_office"),
    step("agree", "法制审核同意", when="proposed", by="district_legal_office", to="checked", under=state17("（十五）"),
         needs="已对照现行上位法审核", tells="maker", second_person=True),
    step("disagree", "法制审核不同意", when="proposed", by="district_legal_office", to="to_assess",
         under=state17("（十五）"), needs="已说明理由", tells="maker", second_person=True),
    step("confirm_keep", "确认继续有效", when="checked", by="district_legal_office", to="continues",
         under=state17("（十五）"), needs=("建议意见与之一致", parent("published")), tells="maker"),
    step("confirm_amend", "确认修改", when="checked", by="district_legal_office", to="to_be_amended",
         under=state17("（十五）"), needs=("建议意见与之一致", parent("published")), tells="maker",
         opens="regulations.document"),
    step("confirm_repeal", "确认废止", when="checked", by="district_legal_office", to="repealed",
         under=state17("（十五）"), needs=("建议意见与之一致", parent("published")), tells="maker|document_register"),
    step("confirm_lapse", "确认失效", when="checked", by="district_legal_office", to="lapsed",
         under=state17("（十五）"), needs=("建议意见与之一致", parent("published")), tells="maker|document_register"),
    step("remove", "移出清理", when="to_assess|proposed|checked", by="district_legal_office", to="removed",
         under=state17("（十五）"), needs=any_of(parent("cancelled"), attest("文件其间已终止")), tells="maker"),
)  # fmt: skip

CLEANUP_ITEM = Procedure(
    "regulations.cleanup_item",
    "规范性文件清理意见",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
)
