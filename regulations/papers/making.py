"""The papers of the making of a document, from the proposal to its publication."""

from __future__ import annotations

from casework.paper import Paper
from casework.procedure import statute
from regulations.papers.words import DATE, FILED, PUBLISHED, element, paper

gz = statute("规章制定程序条例", by_analogy=True)
bj = statute("北京市优化营商环境条例")
gp = statute("公平竞争审查条例")
state17 = statute("国务院关于加强市县政府依法行政的决定")
official = statute("党政机关公文处理工作条例")
RULES = {"law": "规章制定程序条例（参照）", "verified": "yes"}
COMPETITION = {"law": "公平竞争审查条例", "article": "13,14,16-18", "verified": "yes"}

DRAFTER, OFFICE, GOVERNMENT, PUBLIC, MAKER = "起草单位", "法制机构", "区政府", "社会", "制定机关"
NAME = element("name", "文件名称")
REASONS = element("reasons", "理由")

PLANNING: tuple[Paper, ...] = (
    paper(
        "gfx_project_application", "规范性文件立项申请书", "gbt9704_letter", DRAFTER, "区司法局", NAME,
        element("necessity", "必要性", *gz("11")), element("problems", "所要解决的主要问题", *gz("11")),
        element("systems", "拟确立的主要制度", *gz("11")), word="规立", article="11", **RULES,
    ),
    paper(
        "gfx_project_receipt", "立规建议接收凭证", "receipt", DRAFTER, "建议人", NAME, REASONS,
        element("received", "收到时间"), seal="special", seal_words="收件专用章", service=("notification",),
    ),
    paper(
        "gfx_annual_plan", "年度规范性文件制定计划", "gbt9704_document", GOVERNMENT, PUBLIC,
        element("projects", "文件名称、起草单位和完成时间", *gz("12(2)")), element("approval", "批准", *gz("12(1)")),
        word="发", article="12", titles=None, service=PUBLISHED, retention="永久", **RULES,
    ),
    paper(
        "gfx_plan_adjustment", "年度计划调整说明", "report", "区司法局", PUBLIC, NAME, element("drafter", "起草单位"),
        element("finish_on", "完成时间"), element("approval", "批准"), REASONS, seal="none", service=PUBLISHED,
        copies=1,
    ),
    paper("gfx_project_refusal", "不予立项告知书", "notice", "区司法局", "提出人", NAME, REASONS),
    paper(
        "gfx_commission", "委托起草协议登记表", "form", DRAFTER, "受托第三方", NAME, element("third_party",
            "受托第三方"),
        element("contract", "委托合同编号"), element("interest", "利害关系"),
    ),
)  # fmt: skip
DRAFTING: tuple[Paper, ...] = (
    paper(
        "gfx_opinion_letter", "征求意见函", "gbt9704_letter", DRAFTER, "有关部门", element("draft", "文件草案",
            *gz("17(2)")),
        element("explanation", "起草说明"), element("points", "需要研究的问题"), element("reply_by", "反馈期限"),
        word="规征", article="17", **RULES,
    ),
    paper(
        "gfx_meeting_record", "座谈（论证）会记录", "record", DRAFTER, "参加人", NAME, element("form", "会议形式"),
        element("held_on", "会议日期"), element("present", "参加人员"), element("views", "主要意见和理由"),
        seal="signatures", service=FILED, copies=1,
    ),
    paper(
        "gfx_dispute_note", "部门争议情况说明", "report", "区司法局", "有关部门", NAME, element("organs",
            "有不同意见的机关"),
        element("positions", "争议事项和各方意见"), seal="none", copies=2,
    ),
    paper(
        "gfx_third_party_evaluation", "争议事项第三方评估报告", "report", "第三方机构", OFFICE,
        element("dispute", "争议事项"), element("method", "评估方法"), element("conclusion", "结论"),
        element("evaluator", "评估机构"), seal="none", service=FILED, article="24", **RULES,
        note="报告原件由评估机构署名盖章，存入案卷；区规划要求必须评估",
    ),
    paper(
        "gfx_dispute_settlement", "部门争议协调意见", "gbt9704_letter", GOVERNMENT, "有关部门", NAME,
        element("evaluation", "第三方评估结论"), element("decision", "协调意见"), word="规协",
    ),
)  # fmt: skip
CONSULTING: tuple[Paper, ...] = (
    paper(
        "gfx_public_comment_notice", "公开征求意见公告", "announcement", DRAFTER, PUBLIC,
        element("draft", "草案", *gz("15(2)")), element("explanation", "草案的说明", *gz("15(2)")),
        element("until", "征求意见期限", *gz("15(2)"), *bj("74")), element("channel", "提出意见的方式"), word="规征公",
        service=PUBLISHED, copies=1, law="规章制定程序条例（参照）；北京市优化营商环境条例", article="15;74",
        verified="yes",
    ),
    paper(
        "gfx_comment_exemption", "免予公开征求意见审批表", "form", DRAFTER, OFFICE, NAME, element("basis", "保密依据"),
        element("approver", "批准人"), service=FILED,
    ),
    paper(
        "gfx_comment_receipt", "意见接收凭证", "receipt", DRAFTER, "提出意见的人", NAME, element("article",
            "针对的条款"),
        element("comment", "意见和理由"), element("received", "收到时间"), seal="special", seal_words="收件专用章",
        service=("notification",), copies=1,
    ),
    paper(
        "gfx_shortening_note", "缩短征求意见期限的说明", "announcement", DRAFTER, PUBLIC, NAME, REASONS,
        element("approver", "批准人"), service=PUBLISHED, copies=1,
    ),
    paper(
        "gfx_comment_feedback", "意见采纳情况说明", "report", DRAFTER, PUBLIC, NAME, element("summary", "意见汇总"),
        element("answers", "采纳、部分采纳、不采纳及其理由", *bj("74")), element("published_on", "公布日期"),
        seal="none", service=PUBLISHED, copies=1, law="北京市优化营商环境条例", article="74", verified="yes",
    ),
    paper(
        "gfx_hearing_announcement", "规范性文件听证会公告", "announcement", DRAFTER, PUBLIC, NAME,
        element("hearing_date", "时间", *gz("16(2)(1)")), element("place", "地点", *gz("16(2)(1)")),
        element("subject", "内容", *gz("16(2)(1)")), element("register_by", "报名截止日期"),
        element("registration", "报名和遴选办法"), word="规听公", service=PUBLISHED, copies=1, article="16", **RULES,
    ),
    paper(
        "gfx_hearing_receipt", "听证报名凭证", "receipt", DRAFTER, "报名人", NAME, element("hearing_date", "听证时间"),
        element("place", "听证地点"), element("capacity", "报名身份"), element("views", "拟发表的主要意见"),
        element("received", "收到时间"), seal="special", seal_words="收件专用章", service=("notification",), copies=1,
    ),
    paper(
        "gfx_hearing_participants", "听证参加人名单", "form", DRAFTER, "参加人", NAME,
        element("hearing_date", "听证时间"), element("chosen", "参加人"), element("method", "遴选的情况"),
        service=FILED, copies=1,
    ),
    paper(
        "gfx_hearing_cancellation", "取消规范性文件听证会公告", "announcement", DRAFTER, PUBLIC, NAME,
        element("hearing_date", "原定时间"), REASONS, service=PUBLISHED, copies=1,
    ),
    paper(
        "gfx_hearing_record", "规范性文件听证笔录", "record", DRAFTER, "参加人", NAME, element("present", "参加人员"),
        element("views", "发言人的主要观点和理由", *gz("16(2)(3)")), seal="signatures", service=FILED, copies=1,
        article="16", **RULES,
    ),
    paper(
        "gfx_fair_competition_form", "公平竞争审查表", "form", DRAFTER, "决定机关", NAME,
        element("first_opinion", "初审意见", *gp("14")), element("heard", "听取意见情况", *gp("16")),
        element("standards", "审查标准对照", *gp("8-11")), element("conclusion", "审查结论", *gp("17(1)")),
        element("exception", "适用第十二条的理由", *gp("17(2)"), when="exception"), service=FILED,
        note="未审查不得出台",
        **COMPETITION,
    ),
    paper(
        "gfx_competition_note", "不涉及经营者经济活动的说明", "form", DRAFTER, OFFICE, NAME, REASONS, service=FILED,
        law="公平竞争审查条例", article="2", verified="yes",
    ),
)  # fmt: skip
DECIDING: tuple[Paper, ...] = (
    paper(
        "gfx_submission_letter", "规范性文件送审函", "gbt9704_letter", DRAFTER, OFFICE,
        element("draft", "送审稿（主要负责人签署）", *gz("18(2)")), element("opinions", "不同意见和汇总意见",
            *gz("18(4)")),
        element("attached", "随附材料", *gz("18(4)")), word="规送", article="18", **RULES,
    ),
    paper(
        "gfx_drafting_explanation", "起草说明", "report", DRAFTER, OFFICE, NAME,
        element("necessity", "必要性", *gz("18(3)")), element("measures", "主要措施", *gz("18(3)")),
        element("coordination", "有关方面意见及协调处理情况", *gz("18(3)")), seal="none", service=FILED, article="18",
        **RULES,
    ),
    paper("gfx_basis_table", "依据对照表", "form", DRAFTER, OFFICE, NAME, element("bases", "依据"), service=FILED),
    paper(
        "gfx_review_return", "送审材料退回（补充）通知", "gbt9704_letter", OFFICE, DRAFTER, NAME,
        element("missing", "缺少的材料"), element("supply_by", "补充期限"), element("time", "审核时间"), word="规退",
        retention="10年",
    ),
    paper(
        "gfx_legality_opinion", "合法性审核意见书", "gbt9704_letter", OFFICE, "起草单位；决定机关",
        element("text", "审核的文本"), element("authority", "权限、程序和内容", *state17("（十三）")),
        element("opinion", "意见结论"), element("reviewer", "审核人"), DATE, word="规审", retention="永久",
        law="国务院关于加强市县政府依法行政的决定", article="(十三)", verified="partial",
    ),
    paper(
        "gfx_agenda_item", "会议议题单", "form", "区政府办公室", "会议组成人员", NAME, element("meeting", "会议"),
        element("text", "提交讨论的文本"), element("review", "合法性审核意见"), copies=1,
    ),
    paper(
        "gfx_collective_minutes", "集体讨论会议纪要", "gbt9704_minutes", MAKER, "出席人员所在单位",
        element("topic", "议题"), element("present", "出席、列席"), element("discussion", "讨论意见",
            *state17("（十三）")),
        element("decided", "决定", *state17("（十三）")), word="会纪", titles=None, seal="none", retention="永久",
        law="国务院关于加强市县政府依法行政的决定；党政机关公文处理工作条例", article="(十三);8", verified="yes",
        own_template="papers/regulations/gfx_collective_minutes.html",
    ),
    paper(
        "gfx_emergency_approval", "简化程序审批表", "form", GOVERNMENT, OFFICE, NAME, REASONS,
        element("approver", "批准人"), element("opinion", "合法性审核人员的意见"), service=FILED,
    ),
    paper(
        "gfx_document", "行政规范性文件（正式文本）", "gbt9704_document", MAKER, "下级机关、社会",
        element("text", "正文", *official("9")), element("effective", "施行日期"), element("validity", "有效期"),
        word="发", titles=None, service=("publication", "return_slip"), copies=3, retention="永久",
        law="党政机关公文处理工作条例；GB/T 9704-2012", article="9;7", verified="partial",
        own_template="papers/regulations/gfx_document.html", note="统一登记、编号、印发",
    ),
    paper(
        "gfx_publication_notice", "规范性文件公布公告", "announcement", MAKER, PUBLIC, NAME,
        element("document_number", "文号"), element("published_on", "公布日期"),
        element("carrier", "载体（公报、网站）", *state17("（十三）")), element("effective_on", "施行日期"),
        seal="none",
        service=PUBLISHED, copies=1, retention="永久", law="国务院关于加强市县政府依法行政的决定", article="(十三)",
        verified="yes", note="未公布不得作为依据",
    ),
    paper(
        "gfx_policy_interpretation", "政策解读", "report", DRAFTER, PUBLIC, NAME,
        element("interpretation", "背景、主要内容、适用对象"), element("phone", "咨询电话"), seal="none",
        service=PUBLISHED, copies=1, retention="10年",
    ),
    paper(
        "gfx_stop_note", "终止制定说明", "report", DRAFTER, OFFICE, NAME, REASONS, seal="none", service=PUBLISHED,
        copies=1,
    ),
)  # fmt: skip
PAPERS = (*PLANNING, *DRAFTING, *CONSULTING, *DECIDING)
