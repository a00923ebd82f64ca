"""Catalogue of major decisions (重大行政决策事项目录). 重大行政决策程序暂行条例 3."""

from datetime import date

from casework.procedure import NEW, SAME, Procedure, final, state, statute, step

jc = statute("重大行政决策程序暂行条例")

STATES = (
    state(NEW, "（未编制）", "executive_meeting_secretary", reason="起草之前尚无案件"),
    state("draft", "目录草案", "head_of_government", reason="条例未规定期限"),
    state("consent_asked", "报同级党委同意", "executive_meeting_secretary", reason="取决于党委的安排"),
    state("consented", "已同意待公布", "executive_meeting_secretary", reason="没有期限，同意后公布"),
    final("published", "目录已公布"),
    final("dropped", "不编制"),
)  # fmt: skip

STEPS = (
    step("draft_catalogue", "编制目录", when=NEW, by="executive_meeting_secretary", to="draft", under=jc("3(3)"),
         needs=("已列明第三条第一款规定的决策事项和标准", "已排除第三条第二款规定的事项"), gives="决策事项目录草案",
         tells="all_organs"),
    step("draft_adjustment", "调整目录", when=NEW, by="executive_meeting_secretary", to="draft", under=jc("3(3)"),
         needs=("已有公布的目录", "已写明调整内容和理由"), gives="决策事项目录调整案", tells="all_organs"),
    step("propose_matter", "申报目录事项", when="draft", by="head_of_organ|citizen|legal_person|agent", to=SAME,
         under=jc("3(3)", "10"), gives="目录事项建议", tells="executive_meeting_secretary"),
    step("ask_consent", "报请党委同意", when="draft", by="head_of_government", to="consent_asked", under=jc("3(3)"),
         needs="目录草案已经主要负责人同意", gives="sy_request", tells="party_committee", second_person=True),
    step("record_consent", "记载党委同意", when="consent_asked", by="executive_meeting_secretary", to="consented",
         under=jc("3(3)"), needs="答复已存档", tells="all_organs"),
    step("record_return", "记载退回", when="consent_asked", by="executive_meeting_secretary", to="draft",
         under=jc("3(3)"), needs="答复已存档", tells="all_organs"),
    step("publish", "公布目录", when="consented", by="executive_meeting_secretary", to="published", under=jc("3(3)"),
         needs="与党委同意的文本一致", gives="jc_catalogue", tells="public"),
    step("drop", "不编制", when="draft", by="head_of_government", to="dropped", under=jc("3(3)"),
         needs="条文用“可以”：已记录不编制的理由", tells="all_organs", second_person=True),
)  # fmt: skip

CATALOGUE = Procedure(
    "decisions.catalogue",
    "重大行政决策事项目录",
    STATES,
    STEPS,
    since=date(2019, 9, 1),
)
