"""The official papers of a proposal to review a document (审查建议文书), and how a case fills them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Case
from casework.paper import Element, Paper
from casework.papers import Context, File, grouped
from casework.procedure import statute
from law.queries import limit_for
from law.wording import quantity_zh
from regulations.procedures.review_suggestion import GROUNDS, INCOMPLETE
from regulations.queries.about import document_of

rd = statute("北京市各级人民代表大会常务委员会规范性文件备案审查条例")
ORDINANCE = "北京市各级人民代表大会常务委员会规范性文件备案审查条例"
OFFICE, PROPOSER, MAKER = "备案审查工作机构", "建议人", "制定机关"
DOCUMENT = Element("document", "文件名称")
SEAL = Element("seal", "机关印章和日期", filled_by="seal")


def _element(key: str, name: str, *source: Any) -> Element:
    return Element(key, name, tuple(source))


def _paper(code: str, title: str, layout: str, by: str, to: str, *elements: Element, **facts: Any) -> Paper:
    facts.setdefault("seal", "organ")
    facts.setdefault("service", ("notice",))
    facts.setdefault("copies", 2)
    facts.setdefault("retention", "30年")
    if layout == "gbt9704_letter":
        facts["own_template"] = "papers/letter_of_elements.html"
    return Paper(code, title, layout, by, to, (*elements, SEAL), law=ORDINANCE, **facts)


PAPERS: tuple[Paper, ...] = (
    _paper(
        "gfx_suggestion_receipt", "审查建议接收回执", "receipt", OFFICE, PROPOSER, DOCUMENT,
        _element("matters", "审查事项和理由", *rd("24(1)")), _element("proposer", "建议人", *rd("24(1)")),
        _element("received_at", "接收时间"), _element("query_code", "查询码"),
        word="规建", seal="special", article="24", own_template="papers/receipt_of_case.html",
    ),
    _paper(
        "gfx_suggestion_incomplete", "审查建议补充告知书", "notice", OFFICE, PROPOSER, DOCUMENT,
        _element("missing", "需要补充的内容", *rd("24(3)")), _element("within", "告知的期限", *rd("24(3)")),
        word="规建补", seal="special", article="24(3)",
    ),
    _paper(
        "gfx_suggestion_refused", "审查建议不予登记告知书", "notice", OFFICE, PROPOSER, DOCUMENT,
        _element("reasons", "理由", *rd("24(3)")), word="规建拒", article="24(3)", remedy="RN24",
    ),
    _paper(
        "gfx_suggestion_transfer", "审查建议移送函", "gbt9704_letter", OFFICE, "有权机关", DOCUMENT,
        _element("matters", "审查事项和理由"), _element("reasons", "移送的理由", *rd("17")),
        word="规建移", service=("return_slip",), article="17",
    ),
    _paper(
        "gfx_suggestion_directed", "审查建议提出途径告知书", "notice", OFFICE, PROPOSER, DOCUMENT,
        _element("competent", "有权审查的机关", *rd("24(2)")), _element("way", "提出的途径"),
        word="规建告", article="24(2)",
    ),
    _paper(
        "gfx_suggestion_not_started", "不启动审查告知书", "notice", OFFICE, PROPOSER, DOCUMENT,
        _element("ground", "不启动的情形", *rd("25(1)")), _element("reasons", "理由", *rd("25(2)")),
        word="规建不", seal="special", remedy="RN24", article="25", note="情形的表述取自二〇二一年文本",
    ),
    _paper(
        "gfx_suggestion_started", "启动审查通知", "gbt9704_letter", OFFICE, "建议人；制定机关", DOCUMENT,
        _element("scope", "审查的条款和事项", *rd("27")), word="规建启", article="27",
    ),
    _paper(
        "gfx_explanation_request", "说明情况通知书", "gbt9704_letter", OFFICE, MAKER, DOCUMENT,
        _element("questions", "请说明的问题", *rd("27")), _element("reply_by", "说明的期限"),
        word="规建询", service=("return_slip",), article="27",
    ),
    _paper(
        "gfx_maker_explanation", "关于规范性文件有关问题的情况说明", "gbt9704_letter", MAKER, OFFICE, DOCUMENT,
        _element("explanation", "情况说明", *rd("27")), word="规说", service=("return_slip",), article="27",
    ),
    _paper(
        "gfx_suggestion_result", "审查结果反馈函", "gbt9704_letter", OFFICE, PROPOSER, DOCUMENT,
        _element("result", "审查结果", *rd("34")), _element("reasons", "理由"),
        _element("handling", "制定机关处理情况"), word="规建复", remedy="RN24", article="34",
    ),
    _paper(
        "gfx_suggestion_withdrawn", "撤回审查建议确认书", "notice", OFFICE, PROPOSER, DOCUMENT,
        _element("words", "撤回"), word="规建撤", seal="special", article="24",
    ),
)  # fmt: skip


def _name(case: Case) -> str:
    document = document_of(case)
    if document is None:
        raise LookupError(f"case {case.number} is about no document")
    return f"《{document.title}》（{document.number}）"


def _maker(case: Case) -> Organisation:
    document = document_of(case)
    if document is None or document.organ is None:
        raise LookupError(f"case {case.number} is about no document of the district")
    return document.organ


def _matters(file: File) -> list[str]:
    opening = File(file.case, file.case.acts.get(seq=1))
    articles = [f"条款：{opening.fact('articles')}"] if opening.fact("articles") else []
    news = [f"新的理由：{line}" for line in opening.lines("news")]
    return [*articles, *opening.lines("matters"), *opening.lines("reasons"), *news]


def _of(file: File, *names: str, to: str = "", **more: Any) -> Context:
    elements = {"document": _name(file.case), **file.said(*names), **more}
    return {"addressee": to or file.case.applicant_name, "elements": elements}


def receipt(file: File) -> Context:
    return _of(
        file, matters=_matters(file), proposer=file.case.applicant_name, received_at=timezone.localtime(file.act.at),
        query_code=grouped(file.case.code),
    )  # fmt: skip


def incomplete(file: File) -> Context:
    limit = limit_for(INCOMPLETE, file.on)
    within = f"本机构自收到之日起{quantity_zh(limit.quantity, limit.unit)}内告知；补充以后重新接收。"
    return _of(file, "missing", within=within)


def _found(file: File, step: str) -> File:
    """What was found before, when the paper rests on it."""
    return File(file.case, file.case.acts.filter(step=step).latest("seq"))


def transfer(file: File) -> Context:
    found = _found(file, "find_out_of_scope")
    return _of(file, to=found.fact("competent"), matters=_matters(file), reasons=found.lines("reasons"))


def directed(file: File) -> Context:
    return _of(file, "way", competent=_found(file, "find_out_of_scope").fact("competent"))


def not_started(file: File) -> Context:
    found = _found(file, "decide_not_to_start")
    return _of(file, ground=dict(GROUNDS)[found.fact("ground")], reasons=found.lines("reasons"))


def started(file: File) -> Context:
    return _of(file, "scope", to=f"审查建议人、{_maker(file.case).name}")


def request(file: File) -> Context:
    return _of(file, "questions", to=_maker(file.case).name, reply_by=f"请于{file.day('reply_by')}前书面说明。")


def explanation(file: File) -> Context:
    return {**_of(file, "explanation", to=file.case.organ.name), "issued_by": file.acting()}


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_suggestion_receipt": receipt,
    "gfx_suggestion_incomplete": incomplete,
    "gfx_suggestion_refused": lambda file: _of(file, "reasons"),
    "gfx_suggestion_transfer": transfer,
    "gfx_suggestion_directed": directed,
    "gfx_suggestion_not_started": not_started,
    "gfx_suggestion_started": started,
    "gfx_explanation_request": request,
    "gfx_maker_explanation": explanation,
    "gfx_suggestion_result": lambda file: _of(file, "result", "reasons", "handling"),
    "gfx_suggestion_withdrawn": lambda file: _of(file, words="建议人撤回本件审查建议。"),
}
