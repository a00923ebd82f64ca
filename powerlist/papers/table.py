"""The official papers of a change of the list (权责清单文书). Elements without an article are office practice."""

from __future__ import annotations

from typing import Any

from casework.paper import Element, Paper
from casework.procedure import statute

three_systems = statute("国办发〔2018〕118号")
official = statute("党政机关公文处理工作条例")

ORGAN, OFFICE, GOVERNMENT, PUBLIC = "实施机关", "区司法局", "区政府", "社会"
LETTER = "papers/letter_of_elements.html"
SEAL = Element("seal", "机关印章和日期", filled_by="seal")
ITEM = Element("item", "权责事项")


def element(key: str, name: str, *source: Any, when: str = "") -> Element:
    return Element(key, name, tuple(source), when=when)


def _paper(code: str, title: str, layout: str, by: str, to: str, *elements: Element, **facts: Any) -> Paper:
    facts.setdefault("seal", "organ")
    facts.setdefault("service", ("return_slip",))
    facts.setdefault("copies", 2)
    facts.setdefault("retention", "永久")
    if layout == "gbt9704_letter":
        facts["own_template"] = LETTER
    return Paper(code, title, layout, by, to, (*elements, SEAL) if facts["seal"] == "organ" else elements, **facts)


PAPERS: tuple[Paper, ...] = (
    _paper(
        "power_change_application", "权力事项调整申请表", "form", ORGAN, OFFICE,
        element("kind", "调整类型"), ITEM, element("changes", "法律依据变化"), element("reasons", "理由"),
        element("content", "拟调整内容"), note="依规划第二部分（一）第二项",
    ),
    _paper(
        "power_change_suggestion", "权力事项调整建议书", "form", OFFICE, ORGAN,
        element("kind", "调整类型"), ITEM, element("changes", "法律依据变化"), element("reasons", "理由"),
        element("content", "建议调整内容"),
    ),
    _paper(
        "power_completion_notice", "补充材料通知书", "notice", OFFICE, ORGAN, ITEM,
        element("missing", "需要补充的要素"),
    ),
    _paper(
        "power_consultation_notice", "关于公开征求权责清单调整意见的公告", "announcement", OFFICE, PUBLIC,
        ITEM, element("kind", "调整类型"), element("content", "拟调整内容及其依据"), element("until", "征求意见期限"),
        element("channel", "反馈意见的方式"), service=("publication",), copies=1,
    ),
    _paper(
        "power_consultation_result", "公开征求意见采纳情况", "announcement", OFFICE, PUBLIC,
        ITEM, element("adoption", "意见采纳情况"), service=("publication",), copies=1,
    ),
    _paper(
        "power_receiver_letter", "承接确认函", "gbt9704_letter", OFFICE, "承接机关",
        ITEM, element("content", "拟调整内容"), element("until", "请予确认的期限"), word="权承",
    ),
    _paper(
        "power_receiver_confirmation", "承接确认书", "form", "承接机关", OFFICE,
        ITEM, element("means", "人员、执法证件和工作条件"), element("pending", "正在办理案件的移交"),
    ),
    _paper(
        "power_receiver_objection", "对承接提出异议书", "form", "承接机关", OFFICE, ITEM, element("reasons", "理由"),
    ),
    _paper("power_dispute", "职权争议书", "form", "有关机关", GOVERNMENT, ITEM, element("reasons", "争议的内容和理由")),
    _paper(
        "power_dispute_ruling", "职权争议处理决定", "gbt9704_letter", GOVERNMENT, "有关机关",
        ITEM, element("ruling", "处理决定"), element("reasons", "理由"), element("basis", "依据"), word="权裁",
    ),
    _paper(
        "power_review_request", "权力事项调整合法性审核送审单", "form", OFFICE, OFFICE,
        ITEM, element("content", "送审内容"), element("points", "送审要点"),
        element("consulted", "征求意见情况"), copies=1,
    ),
    _paper(
        "power_change_review_opinion", "权力事项调整合法性审核意见书", "gbt9704_letter", OFFICE, "实施机关；区政府",
        ITEM, element("checked", "依据核对"), element("opinion", "意见"), element("reviewer", "审核人"),
        element("reviewed_on", "日期"), word="权审",
    ),
    _paper(
        "power_agenda_item", "会议议题单", "form", "区政府办公室", "会议组成人员",
        ITEM, element("meeting", "会议"), element("review", "合法性审核意见"), element("content", "拟审定内容"),
        copies=1,
    ),
    _paper(
        "power_change_approval", "关于调整权力事项的批复", "gbt9704_letter", GOVERNMENT, ORGAN,
        element("asked", "请示事项"), element("answer", "批复意见"), element("publication", "公布要求"),
        Element("issued_on", "日期", filled_by="date"), word="批", law="党政机关公文处理工作条例", article="8",
        verified="partial", note="文种“批复”答复下级请示",
    ),
    _paper(
        "power_list_announcement", "权责清单公布（调整）公告", "announcement", GOVERNMENT, PUBLIC,
        element("version", "清单版本", *three_systems("（四）")), element("effective_on", "生效日"),
        element("comparison", "调整对照", *three_systems("（四）")), element("channels", "救济与监督渠道"),
        word="权公", law="国办发〔2018〕118号", article="（四）", service=("publication",), copies=1, verified="yes",
        note="动态调整并公开",
    ),
)  # fmt: skip
