"""The official papers of a clean-up of documents (规范性文件清理文书), and how a case fills them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casework.models import Case
from casework.paper import Element, Paper
from casework.papers import Context, File
from casework.procedure import statute
from regulations.queries.about import document_of
from regulations.queries.cleanup import OUTCOMES, asked_for, lines, sorted_out

state17 = statute("国务院关于加强市县政府依法行政的决定")
OFFICE, MAKERS, GOVERNMENT, PUBLIC = "区司法局", "制定机关", "区政府", "社会"
LETTER = "papers/letter_of_elements.html"
SEAL = Element("seal", "机关印章和日期", filled_by="seal")
NONE = "无"


def _element(key: str, name: str, *source: Any) -> Element:
    return Element(key, name, tuple(source))


def _paper(code: str, title: str, layout: str, by: str, to: str, *elements: Element, **facts: Any) -> Paper:
    facts.setdefault("seal", "organ")
    facts.setdefault("service", ("return_slip",))
    facts.setdefault("copies", 2)
    facts.setdefault("retention", "永久")
    if layout in ("gbt9704_letter",):
        facts["own_template"] = LETTER
    sealed = (SEAL,) if facts["seal"] == "organ" else ()
    return Paper(
        code, title, layout, by, to, (*elements, *sealed), law="国务院关于加强市县政府依法行政的决定",
        article="（十五）", **facts,
    )  # fmt: skip


LISTS = (
    _element("kept", "继续有效的文件目录", *state17("（十五）")), _element("amended", "需要修改的文件目录"),
    _element("repealed", "废止的文件目录", *state17("（十五）")),
    _element("lapsed", "失效的文件目录", *state17("（十五）")), _element("unlisted", "没有提出意见、不列入目录的文件"),
)  # fmt: skip
PAPERS: tuple[Paper, ...] = (
    _paper(
        "gfx_cleanup_notice", "规范性文件清理工作通知", "gbt9704_letter", OFFICE, MAKERS,
        _element("why", "清理的原因"), _element("scope", "清理的文件"), _element("until", "提出意见的期限"),
        titles=("规范性文件清理工作通知", "规范性文件专项清理通知"), word="规清通",
    ),
    _paper(
        "gfx_cleanup_opinion", "规范性文件清理意见表", "form", MAKERS, OFFICE,
        _element("document", "文件名称"), _element("opinion", "清理意见"), _element("reasons", "理由"),
        _element("more", "需要修改的条款、完成日期或者对正在办理事项的影响"),
    ),
    _paper(
        "gfx_cleanup_urging", "规范性文件清理督办通知书", "gbt9704_letter", OFFICE, MAKERS,
        _element("missing", "没有提出清理意见的文件和机关"), _element("consequence", "后果", *state17("（十五）")),
        word="规清督",
    ),
    _paper(
        "gfx_cleanup_consultation", "关于征求规范性文件清理目录意见的公告", "announcement", OFFICE, PUBLIC,
        *LISTS, _element("until", "征求意见期限"), _element("channel", "反馈意见的方式"),
        service=("publication",), copies=1,
    ),
    _paper(
        "gfx_cleanup_proposal", "规范性文件清理建议", "gbt9704_letter", OFFICE, GOVERNMENT, *LISTS, word="规清请",
    ),
    _paper("gfx_cleanup_decision", "规范性文件清理决定", "gbt9704_letter", GOVERNMENT, MAKERS, *LISTS, word="清决"),
    _paper(
        "gfx_cleanup_minutes", "规范性文件清理集体讨论纪要", "record", GOVERNMENT, GOVERNMENT,
        _element("meeting", "会议"), _element("present", "出席人员"),
        _element("opinions", "讨论意见", *state17("（十三）")),
        _element("decision", "决定"), seal="signatures", service=("stays_in_file",), copies=1,
    ),
    _paper(
        "gfx_cleanup_announcement", "规范性文件清理结果公告", "announcement", OFFICE, PUBLIC, *LISTS,
        word="清公", service=("publication",), copies=1, verified="yes",
        note="未列入继续有效目录的不得作为行政管理的依据",
    ),
    _paper(
        "gfx_cleanup_cancel", "规范性文件清理取消说明", "gbt9704_letter", OFFICE, MAKERS,
        _element("approval", "批准人和日期"), _element("reasons", "理由"), word="规清消",
    ),
)  # fmt: skip


def _lists(case: Case) -> dict[str, list[str]]:
    found = sorted_out(lines(case))
    names = {"kept": "propose_keep", "amended": "propose_amend", "repealed": "propose_repeal",
             "lapsed": "propose_lapse", "unlisted": ""}  # fmt: skip
    return {name: found[step] or [NONE] for name, step in names.items()}


def _makers(case: Case) -> str:
    return "、".join(dict.fromkeys(line.document.issuer for line in lines(case)))


def notice(file: File) -> Context:
    law = asked_for(file.case, file.act.facts).get("law", "")
    changed = f"《{law}》有变化"
    why = {"launch_for_changed_law": changed, "launch_found": changed, "launch_on_order": file.fact("order")}
    special = file.act.step != "launch_periodic"
    return {
        "title": "规范性文件专项清理通知" if special else "规范性文件清理工作通知",
        "addressee": _makers(file.case),
        "elements": {
            "why": why.get(file.act.step, "规范性文件每隔两年清理一次"),
            "scope": [f"《{line.document.title}》（{line.document.number}）" for line in lines(file.case)],
            "until": f"请于{file.day('reply_by')}前逐件提出清理意见",
        },
    }


def opinion(file: File) -> Context:
    document = document_of(file.case)
    if document is None:
        raise LookupError(f"case {file.case.number} is about no document")
    more = file.lines("articles") + file.lines("pending")
    if file.fact("finish_on"):
        more.append(f"完成日期：{file.day('finish_on')}")
    elements = {
        "document": f"《{document.title}》（{document.number}）", "opinion": OUTCOMES[file.act.step],
        "reasons": file.lines("reasons"), "more": more or [NONE],
    }  # fmt: skip
    return {"issued_by": file.acting(), "addressee": "", "elements": elements}


def urging(file: File) -> Context:
    late = [line for line in lines(file.case) if line.case and line.case.state == "to_assess"]
    return {
        "addressee": "、".join(dict.fromkeys(line.document.issuer for line in late)) or _makers(file.case),
        "elements": {
            "missing": [f"{line.document.issuer}：《{line.document.title}》（{line.document.number}）" for line in late]
            or [NONE],
            "consequence": "没有提出清理意见的文件不列入继续有效的文件目录；未列入目录的，不得作为行政管理的依据。",
        },
    }  # fmt: skip


def consultation(file: File) -> Context:
    more = {"until": f"即日起至{file.day('until')}", "channel": file.fact("channel")}
    return {"elements": {**_lists(file.case), **more}}


def minutes(file: File) -> Context:
    decision = ["同意清理目录"] if file.act.step == "decide" else ["退回修改", *file.lines("reasons")]
    said = file.said("meeting", "present", "opinions")
    return {"issued_by": file.acting(), "addressee": "", "elements": {**said, "decision": decision}}


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_cleanup_notice": notice,
    "gfx_cleanup_opinion": opinion,
    "gfx_cleanup_urging": urging,
    "gfx_cleanup_consultation": consultation,
    "gfx_cleanup_proposal": lambda file: {"addressee": "北京市东城区人民政府", "elements": _lists(file.case)},
    "gfx_cleanup_decision": lambda file: {
        "issued_by": file.acting(), "addressee": _makers(file.case), "elements": _lists(file.case),
    },
    "gfx_cleanup_minutes": minutes,
    "gfx_cleanup_announcement": lambda file: {"elements": _lists(file.case)},
    "gfx_cleanup_cancel": lambda file: {
        "addressee": _makers(file.case),
        "elements": {"approval": file.fact("approval"), "reasons": file.lines("reasons")},
    },
}  # fmt: skip
