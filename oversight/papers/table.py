"""The official papers of complaints about organs (投诉举报文书). Elements without an article are office practice."""

from __future__ import annotations

from typing import Any

from casework.paper import Element, Paper
from casework.procedure import statute

cf = statute("行政处罚法")

OFFICE, ORGAN, COMPLAINANT = "区司法局", "被反映的机关", "举报人"
LETTER = "papers/letter_of_elements.html"
SEAL = Element("seal", "机关印章和日期", filled_by="seal")
NOTIFIED, ON_FILE, SLIP = "notice", "stays_in_file", "return_slip"


def element(key: str, name: str, *source: Any) -> Element:
    return Element(key, name, tuple(source))


def _paper(code: str, title: str, layout: str, by: str, to: str, *elements: Element, **facts: Any) -> Paper:
    facts.setdefault("seal", "organ")
    facts.setdefault("copies", 2)
    facts.setdefault("retention", "30年")
    if layout == "gbt9704_letter":
        facts["own_template"] = LETTER
    return Paper(code, title, layout, by, to, (*elements, SEAL) if facts["seal"] == "organ" else elements, **facts)


PAPERS: tuple[Paper, ...] = (
    _paper(
        "jd_complaint_receipt", "举报投诉受理回执", "receipt", OFFICE, COMPLAINANT,
        element("summary", "内容摘要"), element("received_at", "收到时间"), element("query_code", "查询码"),
        element("secrecy", "保密提示"), element("limit", "办理期限"),
        word="举受", seal="special", service=(NOTIFIED,), copies=1, retention="10年",
        own_template="papers/receipt_of_case.html",
    ),
    _paper(
        "jd_complaint_sorting", "举报投诉分类处理告知书", "gbt9704_letter", OFFICE, COMPLAINANT,
        element("channel", "适当的渠道"), element("way", "提出的途径"), element("reasons", "理由"),
        word="举分", service=(NOTIFIED,),
    ),
    _paper(
        "jd_inquiry_letter", "关于核查投诉举报事项的函", "gbt9704_letter", OFFICE, ORGAN,
        element("matters", "请予说明的事项"), element("reply_by", "说明的期限"), word="举函", service=(SLIP,),
    ),
    _paper(
        "jd_inquiry_record", "投诉举报调查笔录", "record", OFFICE, OFFICE,
        element("done_on", "日期"), element("persons", "调查人员"), element("findings", "查明的情况"),
        seal="signatures", service=(ON_FILE,), copies=1,
    ),
    _paper(
        "jd_organ_statement", "关于投诉举报事项的情况说明", "gbt9704_letter", ORGAN, OFFICE,
        element("statement", "情况说明"), word="举说", service=(SLIP,),
    ),
    _paper(
        "jd_check_report", "投诉举报核查报告", "report", OFFICE, OFFICE,
        element("findings", "核查情况"), element("reasons", "理由"), service=(ON_FILE,), copies=1,
    ),
    _paper(
        "jd_correction_order", "责令纠正通知书", "gbt9704_letter", OFFICE, ORGAN,
        element("findings", "违法或者不当的行为"), element("measures", "纠正的要求"),
        element("correct_by", "纠正的期限"), element("basis", "依据", cf("75(2)")[0]),
        word="举纠", service=(SLIP,), law="中华人民共和国行政处罚法", article="75",
    ),
    _paper(
        "jd_rectification_report", "整改情况报告", "gbt9704_letter", ORGAN, OFFICE,
        element("problems", "存在的问题"), element("measures", "采取的措施"), element("result", "完成情况"),
        word="监报", service=(SLIP,), note="内容参照法治政府建设与责任落实督察工作规定第十八条",
    ),
    _paper(
        "jd_complaint_reply", "举报投诉办理结果告知书", "gbt9704_letter", OFFICE, COMPLAINANT,
        element("verification", "核实情况"), element("result", "处理结果"), element("basis", "依据"),
        word="举复", service=(NOTIFIED,),
    ),
)  # fmt: skip
