"""Rows of the making of a document from the legality review to its entry into force. See `document.py`."""

from casework.procedure import SAME, THE_LAW, Ask, Start, expired, rule, statute, step
from regulations.rules import consulting, issuing, making
from regulations.rules.names import SUBJECTS

xx = statute("政府信息公开条例")
bj = statute("北京市优化营商环境条例")
yh = statute("优化营商环境条例")
gz = statute("规章制定程序条例", by_analogy=True)
state17 = statute("国务院关于加强市县政府依法行政的决定")
plan = statute("东城区“十三五”时期法治政府建设实施规划")
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
d115 = statute("国办发〔2018〕115号")
LEGAL = "district_legal_office|departmental_legal_unit"
HEADS = "head_of_organ|head_of_government"
REVIEW = "gfxwj_legality_review_max|gfxwj_legality_review_min"
OFFICE, GOVERNMENT, MAKER = "legal_office", "government", "maker"
READERS = "public|filer|disclosure_office"

REASONS = Ask("reasons", "理由", "text")
DISCUSSED = (
    Ask("held_on", "会议日期", "date"),
    Ask("present", "出席人员", "text", hint="每行一人；请假、列席人员另起一行注明"),
    Ask("discussion", "讨论意见", "text", hint="逐人记录，会议主持人末位表态"),
)
GAZETTE = (
    Ask("effective_on", "施行日期", "date", hint="正式文本载明的施行日期"),
    Ask("gazette", "政府公报期号"),
    Ask("interpretation", "解读", "text", hint="背景、主要内容、适用对象；与文件同步公布"),
    Ask("phone", "咨询电话"),
)
HELD = (rule(issuing.on_the_agenda), rule(issuing.reviewed_text_stands), rule(issuing.meeting_was_held))
IN_REVIEW = (rule(making.reviews_for_this_maker), rule(making.reviewer_did_not_draft))
PRINTED = (
    rule(issuing.numbered_text_stands), rule(issuing.official_print_made), rule(issuing.day_as_printed),
)  # fmt: skip

REVIEWING = (
    step("return_materials", "退回补正材料", when="legality_review", by=LEGAL, to="drafting", under=gz("20"),
         of=OFFICE, stops=REVIEW,
         asks=(Ask("missing", "缺少的材料", "text", hint="每行一项"), Ask("supply_by", "请于此日前补充", "date")),
         needs=(rule(making.reviews_for_this_maker), "属于第二十条规定的情形之一"), gives="gfx_review_return",
         tells="drafter", second_person=True),
    step("pass_legality_review", "合法性审核通过", when="legality_review", by=LEGAL, to="reviewed", of=OFFICE,
         under=yh("63(2)") + zz("75") + state17("（十三）"), stops=REVIEW,
         asks=(Ask("opinion", "审核意见", "text"),
               Ask("urgent", "紧急情况", "text", required=False, hint="未满最短审核时间即通过的，写明紧急情况")),
         needs=(*IN_REVIEW, rule(making.checklist_answered), rule(making.no_prohibition_touched),
                rule(making.suspicions_answered), rule(making.no_suspicion_confirmed),
                rule(making.long_enough_or_urgent),
                "已审核权限、程序和内容"),
         gives="gfx_legality_opinion", tells="drafter|executive_meeting_secretary", second_person=True),
    step("pass_with_changes", "修改后通过", when="legality_review", by=LEGAL, to="drafting", under=gz("25(1)"),
         of=OFFICE, stops=REVIEW, asks=Ask("opinion", "需要修改之处", "text", hint="每行一处，写明条款"),
         needs=(*IN_REVIEW, "修改后须再次审核确认"), gives="gfx_legality_opinion", tells="drafter",
         second_person=True),
    step("fail_legality_review", "合法性审核不通过", when="legality_review", by=LEGAL, to="drafting", of=OFFICE,
         under=state17("（十三）"), stops=REVIEW,
         asks=Ask("opinion", "理由和有关条款", "text"), needs=IN_REVIEW, gives="gfx_legality_opinion",
         tells="drafter", second_person=True),
    step("flag_overdue_review", "审核超期", when="legality_review", by=THE_LAW, to=SAME, under=d115("审核程序"),
         needs=expired("gfxwj_legality_review_max"), tells="district_legal_office|supervisor", verified=False,
         note="逾期不视为同意：未经审核不得提交讨论"),
)  # fmt: skip

DECIDING = (
    step("put_on_agenda", "列入会议议题", when="reviewed", by="executive_meeting_secretary", to=SAME, of=GOVERNMENT,
         under=gz("27", "36") + zz("75"),
         asks=(Ask("meeting", "会议名称"), Ask("meeting_on", "会议日期", "date")),
         needs=rule(issuing.reviewed_text_stands), gives="gfx_agenda_item", tells="meeting_members"),
    step("adopt", "集体讨论通过", when="reviewed", by=HEADS, to="adopted", of=MAKER,
         under=zz("75") + state17("（十三）"), asks=DISCUSSED, needs=(*HELD, "经本机关负责人集体讨论"),
         gives="gfx_collective_minutes", tells="drafter", second_person=True),
    step("adopt_with_changes", "原则通过须修改", when="reviewed", by=HEADS, to="drafting", of=MAKER, under=gz("29"),
         asks=(*DISCUSSED, Ask("changes", "修改意见", "text")), needs=(*HELD, "修改后的文本须重新审核"),
         gives="gfx_collective_minutes", tells="drafter", second_person=True),
    step("reject_in_meeting", "集体讨论不通过", when="reviewed", by=HEADS, to="rejected", of=MAKER, under=gz("27"),
         asks=(*DISCUSSED, REASONS), needs=HELD, gives="gfx_collective_minutes", tells="drafter",
         second_person=True),
    step("issue_in_emergency", "紧急情况简化程序", when="drafting", by="head_of_government", to="adopted",
         of=GOVERNMENT, under=d115("审核程序"),
         asks=(REASONS, Ask("approver", "批准人"), Ask("opinion", "合法性审核人员当场提出的意见", "text")),
         needs=(rule(making.has_text), rule(making.of_the_government), rule(making.nobody_disagrees_unsettled),
                rule(making.competition_cleared), "紧急情况或者上级紧急要求"),
         gives="gfx_emergency_approval", tells="district_legal_office", second_person=True, verified=False,
         note="凭知识填写；可简化的步骤未见原文；公平竞争审查没有见到可以免除的规定"),
)  # fmt: skip

DAYS = (
    Ask("effective_on", "施行日期", "date", hint="正式文本载明的日期"),
    Ask("valid_until", "有效期截止日期", "date", required=False,
        hint="文件载明的最后一日；未载明的不填，按照有效期制度计算"),
)  # fmt: skip
IN_ORDER = (rule(issuing.days_in_order), rule(issuing.term_not_longer), rule(issuing.still_amendable))

ISSUING = (
    step("register_and_number", "统一登记编号", when="adopted", by="executive_meeting_secretary", to="numbered",
         under=plan("第二部分（二）2"), of=GOVERNMENT,
         asks=(Ask("signer", "签署人"), Ask("signed_on", "签署日期", "date"),
               Ask("subject", "主题", "choice", choices=tuple(SUBJECTS.items())), *DAYS),
         needs=(rule(issuing.adopted_text_stands), rule(issuing.signed_by_now), *IN_ORDER, rule(issuing.replaces_own),
                "按本机关、本年度顺序编号，不得空号"),
         gives="gfx_document", tells="drafter", second_person=True,
         note="编号在本环节由系统在同一事务内给出，每一机关每一年度连续"),
    step("reprint", "更正施行日期重新印制", when="numbered", by="executive_meeting_secretary", to=SAME,
         under=plan("第二部分（二）2"), of=GOVERNMENT, asks=(*DAYS, REASONS, Ask("approver", "批准人")),
         needs=(rule(issuing.numbered_text_stands), rule(issuing.printed_day_too_near), *IN_ORDER),
         gives="gfx_document", tells="drafter", second_person=True,
         note="文号和正文不变，原印制的文本作废；只在原定日期不能保留时办理"),
    step("void_number", "作废已编文号", when="numbered", by=HEADS, to="stopped", of=MAKER,
         under=plan("第二部分（二）2"), asks=REASONS, needs="文号作废后不再使用，登记簿保留记载", gives="gfx_stop_note",
         tells="drafter|district_legal_office", second_person=True),
    step("publish_delayed", "公布（三十日后施行）", when="numbered", by="executive_meeting_secretary", to="published",
         of=GOVERNMENT, under=gz("32", "36") + yh("64(2)") + xx("20(1)(1)"),
         starts=Start("gfxwj_effective_delay", until="before:effective_on"), asks=GAZETTE,
         needs=(*PRINTED, rule(issuing.delay_kept), rule(consulting.not_touching_business)),
         gives="gfx_publication_notice|gfx_policy_interpretation", tells=READERS,
         opens="regulations.filing|regulations.filing_congress"),
    step("publish_business", "公布（涉经营主体，留适应期）", when="numbered", by="executive_meeting_secretary",
         to="published", of=GOVERNMENT, under=bj("74"),
         starts=(Start("gfxwj_adaptation_bj", until="before:effective_on"),
                 Start("gfxwj_effective_delay", until="before:effective_on")),
         asks=GAZETTE,
         needs=(*PRINTED, rule(consulting.touches_business), rule(issuing.adaptation_kept),
                "不涉及国家安全，也不属于需要立即执行的情形"),
         gives="gfx_publication_notice|gfx_policy_interpretation", tells=READERS,
         opens="regulations.filing|regulations.filing_congress"),
    step("publish_immediate", "公布（立即施行）", when="numbered", by="executive_meeting_secretary", to="published",
         of=GOVERNMENT, under=gz("32", "36"),
         starts=Start("gfxwj_effective_delay", until="before:effective_on"),
         asks=(*GAZETTE, REASONS, Ask("approver", "批准人")),
         needs=(*PRINTED, rule(issuing.not_before_publication), "涉及国家安全，或者不立即施行将有碍实施"),
         gives="gfx_publication_notice|gfx_policy_interpretation", tells=READERS,
         opens="regulations.filing|regulations.filing_congress",
         second_person=True, note="时钟截至文件载明的施行日期之前一日"),
    step("repeal_before_effect", "施行前废止", when="published", by=HEADS, to="ended_before_effect", of=MAKER,
         under=gz("39") + zz("75"), stops="gfxwj_effective_delay|gfxwj_adaptation_bj",
         asks=(REASONS, Ask("present", "出席人员", "text", hint="每行一人"),
               Ask("discussion", "集体讨论意见", "text")),
         needs=(rule(issuing.still_stands), "经负责人集体讨论"), gives="gfx_repeal_decision",
         tells="public|congress_review_office|power_list", second_person=True,
         note="备案审查提出纠正意见以后可以不待施行即行废止；废止决定随本环节公布"),
    step("end_before_effect", "施行前已撤销", when="published", by=THE_LAW, to="ended_before_effect",
         under=zz("73(1)(3)"), stops="gfxwj_effective_delay|gfxwj_adaptation_bj",
         needs=rule(issuing.ended_before_effect), tells="drafter|power_list", note="撤销决定在备案审查案件中作出"),
    step("take_effect", "施行", when="published", by=THE_LAW, to="in_force", under=gz("32") + bj("74"),
         stops="gfxwj_effective_delay|gfxwj_adaptation_bj",
         needs=(rule(issuing.still_stands), rule(issuing.effective_day_reached)),
         tells="public|power_list|enforcement_organs|approval_organs", opens="regulations.validity",
         note="最短期间在公布时核对；以文件载明的施行日期为准"),
    step("stop", "终止制定", when="proposed|planned|drafting|disputed|reviewed", by="head_of_organ", to="stopped",
         under=gz("13(3)", "20"), asks=REASONS, needs="年度计划已相应调整", gives="gfx_stop_note",
         tells="district_legal_office|public", second_person=True),
)  # fmt: skip
