"""Proposal to review a document (规范性文件审查建议). Beijing ordinance on filing and review, 24-34.

Documents of departments and subdistricts go to the district's legal office, those of the district government to the
people's congress. The proposal is that of somebody with a name: the ordinance demands name and address (24(1)).
"""

from datetime import date

from casework.procedure import NEW, SAME, THE_LAW, Ask, Procedure, expired, final, rule, state, statute, step, within
from regulations.rules import suggestions as rules

rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
state17 = statute("国务院关于加强市县政府依法行政的决定")
PARTY = "citizen|legal_person|agent"
REVIEWERS = "district_legal_office|congress_review_office"
INCOMPLETE, REVIEW = "gfxwj_rdsc_suggestion_incomplete", "gfxwj_rdsc_review"
SAID = (
    Ask("document", "建议审查的文件", "choice", source="reviewed_document"),
    Ask("articles", "条款", required=False, hint="例如：第三条、第五条"),
    Ask("matters", "审查事项", "text", hint="写明哪些内容有问题"),
    Ask("reasons", "理由", "text", hint="写明与哪一部法律、法规的哪一条相抵触，或者怎样不适当"),
)
# The words are those of the text of 2021, article 16; that of 2024 (article 25) has not been read word by word.
GROUNDS = (
    ("changed", "有关规定已经修改或者废止"), ("agreed", "制定机关已经明确同意修改或者废止"),
    ("decided", "同一规定此前已有审查结论"), ("unfounded", "理由不明确或者明显不成立"), ("other", "其他不宜启动的情形"),
)  # fmt: skip
REASONS = Ask("reasons", "理由", "text")

STATES = (
    state(NEW, "（未提出）", PARTY, reason="提出之前尚无案件"),
    state("received", "已收到待登记", REVIEWERS, INCOMPLETE),
    state("awaiting_completion", "待补充", PARTY, reason="条文未规定建议人补充的期限"),
    state("out_of_scope", "不属本机关审查", REVIEWERS, "gfxwj_rdsc_misdirected"),
    state("studying", "研究中", REVIEWERS, reason="条文用“及时”，没有具体天数"),
    state("not_started", "决定不启动待告知", REVIEWERS, "gfxwj_rdsc_nostart"),
    state("under_review", "审查中", REVIEWERS, REVIEW),
    state("explanation_asked", "待制定机关说明", "head_of_organ", reason="期限由函件载明"),
    state("problem_found", "认定有问题待纠正", REVIEWERS, reason="在备案审查案件中进行，适用该案件的期限"),
    state("result", "已有结论待反馈", REVIEWERS, reason="条文没有具体天数"),
    final("answered", "已反馈"),
    final("told_not_started", "已告知不启动"),
    final("not_registered", "不予登记"),
    final("transferred", "已移送或告知"),
    final("withdrawn", "撤回"),
)  # fmt: skip

STEPS = (
    step("suggest_review", "提出审查建议", when=NEW, by=PARTY, to="received",
         under=rd("16(2)", "24(1)") + state17("（十四）"), starts=INCOMPLETE, asks=SAID,
         needs=(rule(rules.document_in_force), rule(rules.reachable)), gives="gfx_suggestion_receipt",
         tells="proposer|review_office", hides="proposer",
         note="人大：审查区政府规范性文件；区司法局：审查部门和街道文件，期限参照适用"),
    step("suggest_again", "补充新理由再次提出", when=NEW, by=PARTY, to="received", under=rd("26"), starts=INCOMPLETE,
         asks=(*SAID, Ask("news", "新的理由", "text", hint="写明上一次没有提出过的理由")),
         needs=(rule(rules.document_in_force), rule(rules.reachable), rule(rules.answered_before)),
         gives="gfx_suggestion_receipt", tells="proposer|review_office", hides="proposer"),
    step("ask_completion", "告知补充完整", when="received", by=REVIEWERS, to="awaiting_completion", under=rd("24(3)"),
         stops=INCOMPLETE, asks=Ask("missing", "需要补充的内容", "text", hint="每行一项"), needs=within(INCOMPLETE),
         gives="gfx_suggestion_incomplete", tells="proposer", second_person=True),
    step("complete", "补充", when="awaiting_completion", by=PARTY, to="received", under=rd("24(3)"),
         starts=INCOMPLETE, asks=Ask("more", "补充的内容", "text"), tells="review_office"),
    step("refuse_not_normative", "不属规范性文件不予登记", when="received", by=REVIEWERS, to="not_registered",
         under=rd("24(3)"), stops=INCOMPLETE, asks=REASONS, gives="gfx_suggestion_refused", tells="proposer",
         second_person=True),
    step("find_out_of_scope", "认定不属本级审查范围", when="received", by=REVIEWERS, to="out_of_scope",
         under=rd("17", "24(2)"), starts="gfxwj_rdsc_misdirected", stops=INCOMPLETE,
         asks=(Ask("competent", "有权审查的机关"), REASONS), tells="review_office", second_person=True),
    step("transfer", "移送有权机关", when="out_of_scope", by=REVIEWERS, to="transferred", under=rd("17"),
         stops="gfxwj_rdsc_misdirected", needs="由其他机关转来", gives="gfx_suggestion_transfer",
         tells="proposer|competent_organ", second_person=True),
    step("direct_elsewhere", "告知向有权机关提出", when="out_of_scope", by=REVIEWERS, to="transferred",
         under=rd("24(2)"), stops="gfxwj_rdsc_misdirected", asks=Ask("way", "提出的途径", "text"),
         needs="由建议人直接提出", gives="gfx_suggestion_directed", tells="proposer", second_person=True),
    step("flag_transfer_overdue", "移送超期", when="out_of_scope", by=THE_LAW, to=SAME, under=rd("17"),
         needs=expired("gfxwj_rdsc_misdirected"), tells="review_office|supervisor",
         note="法律未规定逾期的拟制后果，仅亮灯提示并纳入监督"),
    step("register", "登记", when="received", by=REVIEWERS, to="studying", under=rd("24(2)"), stops=INCOMPLETE,
         needs=("材料完整", "属于备案范围"), tells="proposer", second_person=True,
         note="登记的结果在本平台告知；接收时已经出具回执"),
    step("register_by_silence", "逾期未告知补充按完整登记", when="received", by=THE_LAW, to="studying",
         under=rd("24(2)", "24(3)"), stops=INCOMPLETE, needs=expired(INCOMPLETE), tells="proposer|review_office",
         note="条文未规定视为登记", contested="系统规则"),
    step("decide_not_to_start", "决定不启动审查", when="studying", by=REVIEWERS, to="not_started", under=rd("25(1)"),
         starts="gfxwj_rdsc_nostart", asks=(Ask("ground", "情形", "choice", choices=GROUNDS), REASONS),
         tells="review_office", second_person=True, note="五种情形的表述取自二〇二一年文本第十六条"),
    step("tell_not_started", "告知不启动", when="not_started", by=REVIEWERS, to="told_not_started", under=rd("25(2)"),
         stops="gfxwj_rdsc_nostart", gives="gfx_suggestion_not_started", tells="proposer", second_person=True,
         note="告知书写明可以依第二十六条提出新的理由"),
    step("flag_not_told", "逾期未告知", when="not_started", by=THE_LAW, to=SAME, under=rd("25(2)"),
         needs=expired("gfxwj_rdsc_nostart"), tells="review_office|supervisor"),
    step("start_review", "启动审查", when="studying", by=REVIEWERS, to="under_review", under=rd("24(2)", "27"),
         starts=REVIEW, asks=Ask("scope", "审查的条款和事项", "text"), gives="gfx_suggestion_started",
         tells="proposer|maker", second_person=True, note="此处作为默认期限使用", contested="三个月仅见于主动审查"),
    step("extend_review", "延长审查", when="under_review", by=REVIEWERS, to=SAME, under=rd("23(1)"),
         extends=REVIEW, asks=REASONS, needs=("有特殊情况", "已经备案审查工作机构负责人批准"), tells="proposer|maker",
         second_person=True),
    step("ask_explanation", "要求制定机关说明", when="under_review", by=REVIEWERS, to="explanation_asked",
         under=rd("27"), asks=(Ask("questions", "请说明的问题", "text"), Ask("reply_by", "说明的期限", "date")),
         needs=rule(rules.explanation_ahead), gives="gfx_explanation_request", tells="maker", second_person=True),
    step("explain", "制定机关说明", when="explanation_asked", by="head_of_organ|departmental_legal_unit",
         to="under_review", under=rd("27"), of="maker", asks=Ask("explanation", "情况说明", "text"),
         gives="gfx_maker_explanation", tells="review_office", second_person=True),
    step("go_on_without_explanation", "逾期未说明继续审查", when="explanation_asked", by=THE_LAW, to="under_review",
         under=rd("27"), needs=rule(rules.explanation_overdue), tells="review_office|supervisor",
         note="期限由函件载明"),
    step("find_no_problem", "审查无问题", when="under_review", by=REVIEWERS, to="result", under=rd("29(4)", "34"),
         stops=REVIEW, asks=Ask("conclusion", "对各项意见的研究结论", "text"), needs="对建议人的各项意见均已研究",
         tells="review_office", second_person=True),
    step("find_already_changed", "已修改或废止", when="under_review|studying", by=REVIEWERS, to="result",
         under=rd("25(1)(3)", "29(4)"), stops=REVIEW, asks=Ask("conclusion", "修改或者废止的情况", "text"),
         needs=rule(rules.document_changed), tells="review_office", second_person=True),
    step("find_problem", "认定应予纠正", when="under_review", by=REVIEWERS, to="problem_found",
         under=rd("29(1)", "29(2)", "29(3)"), stops=REVIEW,
         asks=Ask("conclusion", "应予纠正的条款和问题", "text", hint="写明第十四条所列的哪一种问题"),
         needs=(rule(rules.objected_in_filing), "已在备案审查案件中提出纠正意见"), tells="maker", second_person=True),
    step("note_correction", "记载纠正结果", when="problem_found", by=REVIEWERS, to="result", under=rd("30-32"),
         asks=Ask("handling", "制定机关处理情况", "text"),
         needs=(rule(rules.filing_settled), "备案审查案件以纠正、撤销或者审查完毕办结"),
         tells="review_office"),
    step("flag_review_overdue", "审查超期", when="under_review", by=THE_LAW, to=SAME, under=rd("23(1)"),
         needs=expired(REVIEW), tells="review_office|supervisor"),
    step("answer", "反馈审查结果", when="result", by=REVIEWERS, to="answered", under=rd("34"),
         asks=(Ask("result", "审查结果", "text"), REASONS, Ask("handling", "制定机关处理情况", "text")),
         gives="gfx_suggestion_result", tells="proposer", second_person=True,
         note="救济途径为第二十六条，或者在行政复议中附带审查",
         contested="审查结果反馈是否属于可诉行为存在争议，按不可诉处理"),
    step("withdraw", "撤回建议", when="received|awaiting_completion|studying|under_review", by=PARTY, to="withdrawn",
         under=rd("24"), stops=f"{INCOMPLETE}|{REVIEW}",
         needs="知道撤回后工作机构可以依职权继续审查（第十五条）", gives="gfx_suggestion_withdrawn",
         tells="proposer|review_office", verified=False),
)  # fmt: skip

REVIEW_SUGGESTION = Procedure(
    "regulations.review_suggestion",
    "规范性文件审查建议",
    STATES,
    STEPS,
    since=date(2024, 11, 1),
    live=True,
)
