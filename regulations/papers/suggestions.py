"""The official papers of a proposal to review a document (审查建议文书), and how a case fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case
from casework.paper import Element, Paper
from casework.procedure import statute
from law.queries import limit_for
from law.wording import day_zh, quantity_zh
from regulations.procedures.review_suggestion import GROUNDS, INCOMPLETE
from regulations.queries.about import document_of

Context = Mapping[str, Any]
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


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


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


def _matters(case: Case) -> list[str]:
    said = case.acts.get(seq=1).facts
    articles = [f"条款：{said['articles']}"] if said.get("articles") else []
    news = [f"新的理由：{line}" for line in _lines(said.get("news"))]
    return [*articles, *_lines(said["matters"]), *_lines(said["reasons"]), *news]


def _acting(act: Act, case: Case) -> Organisation:
    organ = act.organisation
    if organ is None:
        return case.organ
    return organ.parent if organ.organ_id != organ.pk and organ.parent else organ


def _of(case: Case, act: Act, *names: str, to: str = "", **more: Any) -> Context:
    elements = {"document": _name(case), **{name: _lines(act.facts.get(name)) for name in names}, **more}
    return {"addressee": to or case.applicant_name, "elements": elements}


def receipt(case: Case, act: Act) -> Context:
    code = "-".join(case.code[place : place + 4] for place in range(0, len(case.code), 4))
    return _of(
        case, act, matters=_matters(case), proposer=case.applicant_name, received_at=timezone.localtime(act.at),
        query_code=code,
    )  # fmt: skip


def incomplete(case: Case, act: Act) -> Context:
    limit = limit_for(INCOMPLETE, timezone.localdate(act.at))
    within = f"本机构自收到之日起{quantity_zh(limit.quantity, limit.unit)}内告知；补充以后重新接收。"
    return _of(case, act, "missing", within=within)


def transfer(case: Case, act: Act) -> Context:
    found = case.acts.filter(step="find_out_of_scope").latest("seq").facts
    return _of(case, act, to=found["competent"], matters=_matters(case), reasons=_lines(found["reasons"]))


def directed(case: Case, act: Act) -> Context:
    found = case.acts.filter(step="find_out_of_scope").latest("seq").facts
    return _of(case, act, "way", competent=found["competent"])


def not_started(case: Case, act: Act) -> Context:
    found = case.acts.filter(step="decide_not_to_start").latest("seq").facts
    return _of(case, act, ground=dict(GROUNDS)[found["ground"]], reasons=_lines(found["reasons"]))


def started(case: Case, act: Act) -> Context:
    return _of(case, act, "scope", to=f"审查建议人、{_maker(case).name}")


def request(case: Case, act: Act) -> Context:
    until = day_zh(date.fromisoformat(act.facts["reply_by"]))
    return _of(case, act, "questions", to=_maker(case).name, reply_by=f"请于{until}前书面说明。")


def explanation(case: Case, act: Act) -> Context:
    return {**_of(case, act, "explanation", to=case.organ.name), "issued_by": _acting(act, case)}


CONTEXTS: dict[str, Callable[[Case, Act], Context]] = {
    "gfx_suggestion_receipt": receipt,
    "gfx_suggestion_incomplete": incomplete,
    "gfx_suggestion_refused": lambda case, act: _of(case, act, "reasons"),
    "gfx_suggestion_transfer": transfer,
    "gfx_suggestion_directed": directed,
    "gfx_suggestion_not_started": not_started,
    "gfx_suggestion_started": started,
    "gfx_explanation_request": request,
    "gfx_maker_explanation": explanation,
    "gfx_suggestion_result": lambda case, act: _of(case, act, "result", "reasons", "handling"),
    "gfx_suggestion_withdrawn": lambda case, act: _of(case, act, words="建议人撤回本件审查建议。"),
}
