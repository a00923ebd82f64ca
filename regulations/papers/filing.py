"""The papers of the filing of a document with the government above."""

from __future__ import annotations

from casework.paper import Paper
from casework.procedure import statute
from regulations.papers.words import DOCUMENT, FILED, PUBLISHED, element, paper

ba = statute("北京市行政规范性文件备案规定")
rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
state17 = statute("国务院关于加强市县政府依法行政的决定")

MAKER, RECEIVER, GOVERNMENT, PUBLIC, CONGRESS = "制定机关", "备案机关", "区政府", "社会", "区人大常委会"
TEXT = element("document", "文件")
REASONS = element("reasons", "理由")

PAPERS: tuple[Paper, ...] = (
    paper(
        "gfx_filing_report_gov", "行政规范性文件备案报告", "gbt9704_letter", MAKER, "上一级或本级政府",
        element("document", "正式文本", *ba("5")), element("report", "备案报告", *ba("5")),
        element("review", "合法性审核意见", *ba("5")), element("discussion", "集体讨论情况", *ba("5")),
        element("published_on", "公布日期"), word="规备", retention="永久", law="北京市行政规范性文件备案规定",
        article="5,6", verified="partial", note="第六条以下仅见标题；期限与国发〔2008〕17号不一致",
    ),
    paper(
        "gfx_filing_materials", "备案材料清单", "form", MAKER, RECEIVER, TEXT, element("materials", "材料", *ba("5")),
        service=FILED,
    ),
    paper(
        "gfx_filing_reminder", "规范性文件逾期备案催报通知", "gbt9704_letter", RECEIVER, MAKER,
        element("document", "未备案文件"), element("published_on", "公布日"), element("due_on", "应备日"),
        element("file_by", "报送期限"), word="规催",
    ),
    paper(
        "gfx_filing_receipt", "备案登记回执", "receipt", RECEIVER, MAKER, TEXT, element("received_on", "收到日"),
        element("checked", "形式审查结果"), word="规备登", seal="special", seal_words="备案专用章", retention="永久",
        law="北京市各级人民代表大会常务委员会规范性文件备案审查条例（参照）", article="12", verified="partial",
        note="登记号即回执文号；政府侧参照",
    ),
    paper("gfx_filing_return", "退回通知书", "gbt9704_letter", RECEIVER, MAKER, TEXT, REASONS, word="规备退"),
    paper(
        "gfx_filing_supplement_notice", "补充（重新）报送通知", "gbt9704_letter", RECEIVER, MAKER, TEXT,
        element("missing", "缺少的材料", *rd("12(2)")), element("until", "补报期限"), word="规备补", seal="special",
        seal_words="备案专用章", law="北京市各级人民代表大会常务委员会规范性文件备案审查条例（参照）", article="12(2)",
        verified="yes",
    ),
    paper(
        "gfx_filing_catalogue", "备案目录公布记录", "announcement", RECEIVER, PUBLIC, TEXT, element("month",
            "目录月份"),
        element("number", "登记号"), seal="none", service=PUBLISHED, copies=1,
    ),
    paper(
        "gfx_filing_questions", "说明情况通知书", "gbt9704_letter", RECEIVER, MAKER, TEXT,
        element("questions", "需要说明的问题"), element("until", "说明期限"), word="规备问",
    ),
    paper("gfx_filing_explanation", "情况说明", "report", MAKER, RECEIVER, TEXT, element("answer", "说明")),
    paper(
        "gfx_filing_expert_opinion", "专家意见记录", "form", RECEIVER, RECEIVER, TEXT, element("expert", "专家"),
        element("opinion", "意见"), service=FILED, copies=1,
    ),
    paper(
        "gfx_filing_review_opinion", "备案审查意见书", "gbt9704_letter", RECEIVER, MAKER, TEXT,
        element("findings", "审查发现", *state17("（十四）")), element("opinion", "处理意见", *state17("（十四）")),
        element("until", "整改期限", when="correct"), word="规备审", retention="永久",
        law="国务院关于加强市县政府依法行政的决定", article="(十四)", verified="partial",
    ),
    paper(
        "gfx_correction_reply", "制定机关处理意见（情况）报告", "report", MAKER, "审查机关", TEXT,
        element("report", "处理意见或者纠正情况", *rd("29(2)", "30")), word="规改", retention="永久",
        law="北京市各级人民代表大会常务委员会规范性文件备案审查条例", article="29,30", verified="yes",
    ),
    paper(
        "gfx_annulment_decision", "撤销（改变）规范性文件的决定", "gbt9704_document", GOVERNMENT, "制定机关；社会",
        element("document", "被撤销（改变）的文件"), element("articles", "违法内容"), REASONS,
        element("basis", "依据", *rd("32")), element("effective", "生效日"), word="发", titles=None, retention="永久",
        service=("return_slip", "publication"), law="北京市各级人民代表大会常务委员会规范性文件备案审查条例",
        article="31,32", verified="partial", own_template=DOCUMENT,
    ),
    paper(
        "gfx_filing_report_npc", "报区人大常委会备案报告", "gbt9704_letter", "区政府（办公室）", "区人大常委会",
        element("document", "正式文本", *rd("11(2)")), element("report", "备案报告", *rd("11(2)")),
        element("materials", "起草说明、主要依据和公告", *rd("11(2)")), element("copies", "文本", *rd("11(3)")),
        word="规人备", retention="永久", law="北京市各级人民代表大会常务委员会规范性文件备案审查条例", article="11",
        verified="yes",
    ),
    paper("gfx_congress_order", "限期改正通知", "gbt9704_letter", CONGRESS, MAKER, TEXT, REASONS, element("file_by",
        "期限"), word="规备改"),
    paper("gfx_committee_opinion", "专门委员会审查意见", "form", CONGRESS, CONGRESS, TEXT, element("opinion",
        "审查意见"), service=FILED),
    paper(
        "gfx_congress_result", "审查终止通知", "gbt9704_letter", CONGRESS, MAKER, TEXT, element("findings", "审查情况"),
        word="规备终",
    ),
    paper("gfx_correction_plan", "处理计划", "report", MAKER, CONGRESS, TEXT, element("plan", "计划"),
        element("done_by", "完成日期")),
    paper("gfx_congress_motion", "关于提请审议规范性文件的议案", "gbt9704_letter", CONGRESS, "常务委员会", TEXT,
        REASONS, word="规议案"),
    paper(
        "gfx_congress_demand", "常务委员会审议意见", "gbt9704_letter", CONGRESS, MAKER, TEXT, element("resolution",
            "决议"),
        element("done_by", "处理期限"), word="规审议",
    ),
)  # fmt: skip
