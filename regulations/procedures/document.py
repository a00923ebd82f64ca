"""Making of a normative document (规范性文件制定). 国务院 17号 2008, 规章制定程序条例 by analogy.

The text is written on the chapter's own pages and becomes a version of the case by `form_text`. Which version was
reviewed, adopted, numbered and published is kept with its hash; a gate compares them. The rows after the drafting stand
in `document_outcome.py`.
"""

from datetime import date

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Procedure,
    Start,
    ahead,
    any_of,
    elapsed,
    final,
    rule,
    state,
    statute,
    step,
    taken,
)
from regulations.procedures.document_outcome import DECIDING, ISSUING, REVIEWING
from regulations.rules import consulting, hearing, making

bj = statute("北京市优化营商环境条例")
yh = statute("优化营商环境条例")
gz = statute("规章制定程序条例", by_analogy=True)
plan = statute("东城区“十三五”时期法治政府建设实施规划")
gp = statute("公平竞争审查条例")
zz = statute("地方各级人民代表大会和地方各级人民政府组织法")
PARTY = "citizen|legal_person|agent"
COMMENT = "gfxwj_comment_ordinary|gfxwj_comment_business|gfxwj_comment_business_bj"
LEGAL = "district_legal_office|departmental_legal_unit"
OFFICE, GOVERNMENT = "legal_office", "government"
COMPETITION = "receiver"  # the organ that receives the text for the review of fair competition

LEVELS = (("department", "部门或者街道文件"), ("government", "区政府文件"))
YES_NO = (("yes", "是"), ("no", "否"))
OPINIONS = (("agree", "同意"), ("agree_if", "修改后同意"), ("disagree", "不同意"))
MEETINGS = (("discussion", "座谈会"), ("argument", "论证会"))
REASONS = Ask("reasons", "理由", "text")
AMENDS = Ask(
    "amends", "修改的现行文件", required=False,
    hint="一个文号，为制定机关自己的文件；文号不变，修改施行之日起有新的文本",
)  # fmt: skip
REPLACES = Ask(
    "replaces", "代替的现行文件", "text", required=False,
    hint="每行一个文号，几个机关用过同一文号的，前面写明机关；新的文件施行之日起，这些文件由它代替",
)  # fmt: skip
PLANNED = (
    Ask("level", "制发主体", "choice", choices=LEVELS),
    AMENDS,
    REPLACES,
    Ask("finish_on", "完成时间", "date"),
    Ask("approval", "政府批准的文号或者会议"),
)
COMMENTED = (
    Ask("until", "征求意见截止日期", "date"),
    Ask("channel", "提出意见的方式", hint="除本平台外，还可以写明电子邮箱、信函地址等"),
)
NAMED = (rule(making.amended_found), rule(making.replaced_found))
STANDARDS = Ask("standards", "逐项对照的结论", "text", hint="对照条例第八条至第十一条，每行一项")
TEXT = rule(making.has_text)
COMPETITION_REVIEW = (rule(making.competition_reviewer), TEXT)

STATES = (
    state(NEW, "（未立项）", "head_of_organ", reason="提出之前尚无案件"),
    state("proposed", "立项申请待论证", "district_legal_office", reason="已查阅的文本没有规定期限"),
    state("planned", "已列入年度计划", "head_of_organ", reason="完成时间由年度计划载明"),
    state("drafting", "起草中", "case_officer", reason="完成时间由年度计划载明"),
    state("disputed", "部门争议待评估协调", "district_legal_office", reason="已查阅的文本没有规定期限"),
    state("consulting", "公开征求意见中", "case_officer",
          "gfxwj_comment_ordinary|gfxwj_comment_business|gfxwj_comment_business_bj"),
    state("hearing_announced", "听证已公告", "case_officer", "gfxwj_hearing_notice_rule"),
    state("fair_competition_review", "公平竞争审查中", "market_regulator|case_officer", reason="条例未规定期限"),
    state("legality_review", "合法性审核中", LEGAL, "gfxwj_legality_review_max|gfxwj_legality_review_min"),
    state("reviewed", "审核通过待上会", "executive_meeting_secretary", reason="取决于会议安排"),
    state("adopted", "集体讨论通过待编号印发", "executive_meeting_secretary",
          reason="已查阅的文本没有规定期限，应当及时公布"),
    state("numbered", "已编号待公布", "executive_meeting_secretary", reason="公布前没有期限，未经公布不得作为依据"),
    state("published", "已公布待施行", "district_legal_office", "gfxwj_effective_delay|gfxwj_adaptation_bj",
          reason="准许立即施行的，以文件载明的日期为准"),
    final("in_force", "已施行", reason="转入文件有效期管理"),
    final("ended_before_effect", "施行前终止"),
    final("rejected", "未通过"),
    final("stopped", "终止制定"),
)  # fmt: skip

PLANNING = (
    step("propose_project", "申请立项", when=NEW, by="head_of_organ", to="proposed", under=gz("10", "11", "36"),
         asks=(Ask("name", "文件名称"), Ask("necessity", "必要性", "text"),
               Ask("problems", "所要解决的主要问题", "text"), Ask("systems", "拟确立的主要制度", "text"), AMENDS,
               REPLACES),
         needs=NAMED, gives="gfx_project_application", tells="district_legal_office"),
    step("suggest_project", "公众提出立规建议", when=NEW, by=PARTY, to="proposed", under=gz("10(3)", "12", "36"),
         asks=(Ask("name", "建议制定的文件"), Ask("reasons", "建议的理由和主要内容", "text")),
         gives="gfx_project_receipt", tells="district_legal_office|proposer",
         note="第十条第三款规定可以向社会公开征集立项建议"),
    step("include_in_plan", "列入年度计划", when="proposed", by="district_legal_office", to="planned", of=OFFICE,
         under=gz("12", "36"), asks=PLANNED,
         needs=(rule(making.finishes_later), rule(making.plan_not_out), *NAMED, "已评估论证", "年度计划已经政府批准",
                "现行规定已有明确要求的，不重复制定"), tells="public|drafter|proposer",
         note="本环节逐件列入，不编号；全年的计划由年度计划案件编一个文号公布"),
    step("add_out_of_plan", "计划外增列", when="proposed", by="district_legal_office", to="planned", of=OFFICE,
         under=gz("13(3)", "36"), asks=(*PLANNED, Ask("reasons", "补充论证", "text")),
         needs=(rule(making.finishes_later), *NAMED, "已经政府批准"),
         gives="gfx_plan_adjustment",
         tells="public|drafter|proposer"),
    step("reject_project", "不予立项", when="proposed", by="district_legal_office", to="rejected", of=OFFICE,
         under=gz("12", "36"), asks=REASONS, gives="gfx_project_refusal", tells="proposer|head_of_organ"),
    step("start_drafting", "启动起草", when="planned", by="head_of_organ", to="drafting", under=gz("14", "36"),
         asks=(Ask("drafters", "起草人员", "staff", source="officers", part="drafter", at_least=1),
               Ask("business", "与经营主体的生产经营活动密切相关", "choice", choices=YES_NO)),
         tells="case_officer|drafter"),
    step("commission_draft", "委托第三方起草", when="planned|drafting", by="head_of_organ", to="drafting",
         under=gz("15(3)") + plan("第二部分（二）2"),
         asks=(Ask("third_party", "受托第三方"), Ask("contract", "委托合同编号"),
               Ask("drafters", "本机关对接人员", "staff", source="officers", part="drafter", at_least=1),
               Ask("business", "与经营主体的生产经营活动密切相关", "choice", choices=YES_NO)),
         needs="受托第三方与该事项无利害关系", gives="gfx_commission", tells="drafter"),
)  # fmt: skip

DRAFTING = (
    step("form_text", "形成一稿", when="drafting", by="case_officer", to=SAME, under=gz("14", "36"),
         asks=Ask("changes", "本稿说明", "text", hint="第一稿写明起草过程；以后各稿写明修改了什么、为什么"),
         needs=(rule(making.draft_complete), rule(making.draft_differs), rule(making.amends_something)),
         tells="head_of_organ",
         note="稿次和文本哈希值由系统记载；此前通过的公平竞争审查、合法性审核不及于新的一稿"),
    step("ask_departments", "征求部门意见", when="drafting", by="case_officer", to=SAME, under=gz("17(2)", "36"),
         asks=(Ask("organs", "征求意见的机关", "many", source="organs", at_least=1),
               Ask("points", "需要研究的问题", "text"), Ask("reply_by", "请于此日前反馈", "date")),
         needs=(TEXT, rule(making.reply_day_ahead), "涉及其他机关的职责"), gives="gfx_opinion_letter",
         tells="organs_concerned"),
    step("answer_draft", "部门反馈意见", when="drafting", by="head_of_organ", to=SAME, under=gz("17(2)"),
         of="concerned",
         asks=(Ask("opinion", "意见", "choice", choices=OPINIONS), Ask("reasons", "具体意见和理由", "text")),
         needs=taken("已被征求意见", "ask_departments"), gives="sy_letter", tells="drafter|case_officer",
         second_person=True),
    step("hold_meeting", "召开座谈论证会", when="drafting", by="case_officer", to=SAME, under=gz("15(1)", "16(1)"),
         asks=(Ask("form", "会议形式", "choice", choices=MEETINGS), Ask("held_on", "会议日期", "date"),
               Ask("present", "参加人员", "text", hint="每行一人"),
               Ask("views", "主要意见和理由", "text")),
         needs=(TEXT, rule(making.held_by_now)), gives="gfx_meeting_record", tells="participants"),
    step("record_dispute", "登记部门争议", when="drafting|legality_review", by="district_legal_office", to="disputed",
         under=gz("17(2)", "24") + plan("第二部分（二）2"), of=OFFICE,
         stops="gfxwj_legality_review_max|gfxwj_legality_review_min",
         asks=Ask("positions", "争议事项和各方意见", "text"),
         needs=(rule(making.somebody_disagrees), "经协商未能达成一致"), gives="gfx_dispute_note",
         tells="organs_concerned|drafter"),
    step("commission_evaluation", "委托第三方评估", when="disputed", by="district_legal_office", to=SAME, of=OFFICE,
         under=plan("第二部分（二）2") + gz("24(1)"),
         asks=(Ask("evaluator", "评估机构"), Ask("method", "评估方法", "text"), Ask("conclusion", "评估结论", "text")),
         needs="评估机构独立于争议各方", gives="gfx_third_party_evaluation", tells="organs_concerned"),
    step("settle_dispute", "协调达成一致或决定", when="disputed", by="head_of_government", to="drafting",
         of=GOVERNMENT, under=gz("24(2)", "36"), asks=Ask("decision", "协调意见或者决定", "text"),
         needs=rule(making.evaluated_by_third_party), gives="gfx_dispute_settlement", tells="organs_concerned|drafter",
         second_person=True),
)  # fmt: skip

CONSULTING = (
    step("open_public_comment", "公开征求意见", when="drafting", by="case_officer", to="consulting",
         under=gz("15(2)", "36") + zz("75"), starts=Start("gfxwj_comment_ordinary", until="fact:until"),
         asks=COMMENTED, needs=(TEXT, rule(consulting.not_touching_business), rule(consulting.comment_days_enough)),
         gives="gfx_public_comment_notice", tells="public", note="草案及其说明自本环节起在征求意见页面上公布"),
    step("open_business_comment", "公开征求意见（涉经营主体）", when="drafting", by="case_officer", to="consulting",
         under=yh("62(2)") + bj("74"),
         starts=(Start("gfxwj_comment_business", until="fact:until"),
                 Start("gfxwj_comment_business_bj", until="fact:until")),
         asks=COMMENTED,
         needs=(TEXT, rule(consulting.touches_business), rule(consulting.business_comment_days_enough),
                "已听取经营主体和行业协会商会的意见"),
         gives="gfx_public_comment_notice", tells="public"),
    step("exempt_secret_from_comment", "依法保密免予公开征求", when="drafting", by="head_of_organ", to=SAME,
         under=gz("15(2)") + yh("62(2)"), asks=(Ask("basis", "保密依据", "text"), Ask("approver", "批准人")),
         gives="gfx_comment_exemption", tells="district_legal_office", not_by=("form_text",), second_person=True),
    step("submit_comment", "提交意见", when="consulting", by=PARTY, to=SAME, under=gz("15(1)"), of="anyone",
         asks=(Ask("article", "针对的条款", "choice", source="articles"), Ask("comment", "意见和理由", "text")),
         needs=rule(consulting.comments_open), gives="gfx_comment_receipt", tells="case_officer"),
    step("close_public_comment", "征求意见期满", when="consulting", by=THE_LAW, to="drafting",
         under=gz("15(2)") + yh("62(2)"), stops=COMMENT,
         needs=(rule(consulting.announced_days_over),
                any_of(elapsed("gfxwj_comment_ordinary"),
                       elapsed("gfxwj_comment_business", "gfxwj_comment_business_bj"))),
         tells="district_legal_office|case_officer"),
    step("shorten_public_comment", "缩短征求期限结束", when="consulting", by="case_officer", to="drafting",
         under=gz("15(2)") + yh("62(2)"), stops=COMMENT,
         asks=(Ask("reasons", "缩短的理由", "text", hint="随本环节在征求意见页面上公布"), Ask("approver", "批准人")),
         needs=("条文用“一般”：缩短的理由已公布并经批准", "条文未规定最短期限"), gives="gfx_shortening_note",
         tells="public", not_by=("form_text", "open_public_comment", "open_business_comment"), second_person=True),
    step("publish_feedback", "公布采纳情况", when="drafting", by="case_officer", to=SAME, under=yh("62(2)") + bj("74"),
         asks=Ask("summary", "意见汇总", "text"),
         needs=(rule(consulting.comments_are_over), rule(consulting.comments_answered)), gives="gfx_comment_feedback",
         tells="public"),
    step("announce_hearing", "公告听证", when="drafting", by="case_officer", to="hearing_announced",
         under=gz("16(2)(1)", "36"), starts=Start("gfxwj_hearing_notice_rule", since="fact:hearing_date"),
         asks=(Ask("hearing_date", "听证日期", "date"), Ask("place", "听证地点"),
               Ask("subject", "听证内容", "text"), Ask("register_by", "报名截止日期", "date"),
               Ask("registration", "报名和遴选办法", "text", hint="除本平台外的报名方式，参加人的遴选办法")),
         needs=(TEXT, "涉及重大利益调整或者存在重大意见分歧", ahead("gfxwj_hearing_notice_rule", "hearing_date"),
                rule(hearing.registration_days_in_order)),
         gives="gfx_hearing_announcement", tells="public"),
    step("register_for_hearing", "报名参加听证", when="hearing_announced", by=PARTY, to=SAME, of="anyone",
         under=gz("16(2)(2)"),
         asks=(Ask("capacity", "报名身份", "choice", choices=hearing.CAPACITIES),
               Ask("views", "拟发表的主要意见", "text")),
         needs=(rule(hearing.registration_open), rule(hearing.not_registered_yet)), gives="gfx_hearing_receipt",
         tells="case_officer", note="条文规定参加人有权提问和发表意见，没有规定怎样报名，依公告办理"),
    step("choose_participants", "确定听证参加人", when="hearing_announced", by="case_officer", to=SAME,
         under=gz("16(2)(2)"),
         asks=(Ask("chosen", "参加人", "many", source="registered", at_least=1), Ask("method", "遴选的情况", "text")),
         needs=(rule(hearing.registration_over), "按照公告的办法遴选"), gives="gfx_hearing_participants",
         tells="participants", note="遴选办法由公告载明，条文没有规定"),
    step("hold_hearing", "举行听证", when="hearing_announced", by="case_officer", to="drafting",
         under=gz("16(2)(2)-(4)"), stops="gfxwj_hearing_notice_rule",
         asks=(Ask("present", "参加人员", "text", hint="每行一人"),
               Ask("views", "发言人的主要观点和理由", "text")),
         needs=(taken("已在规定的天数之前通知听证", "announce_hearing"), rule(hearing.hearing_day_here),
                rule(hearing.participants_chosen)),
         gives="gfx_hearing_record", tells="participants"),
    step("cancel_hearing", "取消听证", when="hearing_announced", by="case_officer", to="drafting",
         under=gz("16(2)(1)"), stops="gfxwj_hearing_notice_rule", asks=REASONS, gives="gfx_hearing_cancellation",
         tells="public|participants|head_of_organ",
         note="因故不能如期举行的，公告取消；仍须听证的，重新公告，重新计算三十日"),
)  # fmt: skip

COMPETING = (
    step("send_to_fair_competition", "送公平竞争审查", when="drafting", by="case_officer",
         to="fair_competition_review", under=gp("13", "14"),
         asks=(Ask("first_opinion", "起草单位的初审意见", "text"),
               Ask("heard", "听取经营者、行业协会商会等意见的情况", "text")),
         needs=(TEXT, "涉及经营者经济活动"), gives="gfx_fair_competition_form", tells="market_regulator|receiver"),
    step("record_not_economic", "记录不涉经营者活动", when="drafting", by="case_officer", to=SAME, under=gp("2"),
         asks=REASONS,
         needs=(TEXT, rule(consulting.not_touching_business), rule(making.never_sent_for_competition)),
         gives="gfx_competition_note", tells="district_legal_office",
         note="送审以后由审查机关作出结论；每一稿另行记录"),
    step("pass_fair_competition", "公平竞争审查通过", when="fair_competition_review", of=COMPETITION,
         by="market_regulator|case_officer", to="drafting", under=gp("17(1)"), asks=STANDARDS,
         needs=COMPETITION_REVIEW, gives="gfx_fair_competition_form", tells="drafter|case_officer",
         not_by=("form_text", "send_to_fair_competition"), second_person=True,
         note="部门文件由起草单位自行审查（第十三条），由未参与起草的人员办理"),
    step("pass_fair_competition_exception", "公平竞争审查适用例外", when="fair_competition_review", of=COMPETITION,
         by="market_regulator|case_officer", to="drafting", under=gp("12", "17(2)"),
         asks=(STANDARDS, Ask("exception", "适用第十二条的情形和理由", "text"),
               Ask("ends", "实施期限或者终止条件", "text")),
         needs=(*COMPETITION_REVIEW, "没有对公平竞争影响更小的替代方案"),
         gives="gfx_fair_competition_form", tells="drafter|case_officer",
         not_by=("form_text", "send_to_fair_competition"), second_person=True),
    step("fail_fair_competition", "公平竞争审查不通过", when="fair_competition_review", of=COMPETITION,
         by="market_regulator|case_officer", to="drafting", under=gp("18"), asks=STANDARDS,
         needs=(*COMPETITION_REVIEW, "违反第八条至第十一条规定且不符合第十二条规定"),
         gives="gfx_fair_competition_form", tells="drafter|case_officer",
         not_by=("form_text", "send_to_fair_competition"), second_person=True, note="再次审查通过之前不得出台"),
    step("send_to_legality_review", "送合法性审核", when="drafting", by="case_officer", to="legality_review",
         under=gz("18") + yh("63(2)") + zz("75"), starts="gfxwj_legality_review_max|gfxwj_legality_review_min",
         asks=(Ask("signed_by", "签署送审稿的主要负责人"),
               Ask("coordination", "有关方面意见及协调处理情况", "text")),
         needs=(TEXT, rule(consulting.comments_were_sought), rule(consulting.feedback_published),
                rule(making.opinions_in),
                rule(making.nobody_disagrees_unsettled), rule(making.competition_cleared), "送审材料齐全"),
         gives="gfx_submission_letter|gfx_drafting_explanation|gfx_basis_table",
         tells="district_legal_office|departmental_legal_unit",
         note="五至十五个工作日出自国办发〔2018〕115号，原文未读到"),
)  # fmt: skip

DOCUMENT = Procedure(
    "regulations.document",
    "规范性文件制定",
    STATES,
    (*PLANNING, *DRAFTING, *CONSULTING, *COMPETING, *REVIEWING, *DECIDING, *ISSUING),
    since=date(2024, 8, 1),
    live=True,
)
