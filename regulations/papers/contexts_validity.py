"""How a case of validity fills its papers."""

from __future__ import annotations

from collections.abc import Callable

from casework.papers import Context
from law.wording import day_zh
from regulations.papers.contexts_filing import clauses, document, named
from regulations.papers.file import File

UNAPPLIED = "文件尚未施行，没有按照本文件办理的事项。"
CONCLUSIONS = {"keep": "继续有效", "amend": "需要修改", "lapse": "到期失效"}


def _evaluation(file: File) -> Context:
    said = [("实施效果", "effects"), ("问题", "problems"), ("依据", "bases"), ("听取公众意见", "public")]
    content = [f"{label}：{' '.join(file.lines(name))}" for label, name in said]
    return {
        "issued_by": file.case.organ, "addressee": "",
        "elements": {"document": named(file), "content": content, "conclusion": CONCLUSIONS[file.fact("conclusion")]},
    }  # fmt: skip


def _decision(file: File) -> Context:
    amended = file.act.step == "decide_to_amend"
    said = ["决定修改。", *file.lines("plan")] if amended else ["决定到期失效。", *file.lines("pending")]
    ends = document(file).valid_until
    said.append(f"原有效期截止日{day_zh(ends)}不变。" if ends else "原有效期不变。")
    return {"issued_by": file.case.organ, "elements": {"document": named(file), "decision": said}}


def _application(file: File) -> Context:
    evaluated = file.last("evaluate")
    return {
        "issued_by": file.case.organ,
        "elements": {
            "document": named(file), "until": file.day("validity_ends_on"), "reasons": file.lines("reasons"),
            "evaluation": CONCLUSIONS[str(evaluated.facts["conclusion"])] if evaluated else "未评估",
        },
    }  # fmt: skip


def _review(file: File) -> Context:
    return {"issued_by": file.acting(), "elements": {"document": named(file), "opinion": file.lines("opinion")}}


def _reasoned(file: File) -> Context:
    return {
        "issued_by": file.acting(), "addressee": "",
        "elements": {"document": named(file), "reasons": file.lines("reasons")},
    }  # fmt: skip


def _discussed(file: File) -> list[str]:
    return [f"出席：{'、'.join(file.lines('present'))}", *file.lines("discussion")]


def _announcement(file: File) -> Context:
    return {
        "issued_by": file.part("maker"), "addressee": "",
        "elements": {
            "document": named(file), "until": f"延续至{file.day('validity_ends_on')}", "discussion": _discussed(file),
        },
    }  # fmt: skip


def _lapse(file: File) -> Context:
    ended = document(file).ended_on
    words = f"有效至{day_zh(ended)}，自次日起失效" if ended else "已失效"
    return {"issued_by": file.acting(), "addressee": "", "elements": {"document": named(file), "ended_on": words}}


def _suspension(file: File) -> Context:
    return {
        "issued_by": file.acting(), "addressee": "",
        "elements": {
            "document": named(file), "articles": clauses(file, "clauses") or ["全文"], "reasons": file.lines("reasons"),
        },
    }  # fmt: skip


def _repeal(file: File) -> Context:
    organ = file.part("maker")
    return {
        "issued_by": organ, "head": f"{organ.name}文件", "addressee": "",
        "title": f"关于废止《{document(file).title}》的决定",
        "elements": {
            "document": named(file), "ends": f"自{file.today}起废止", "reasons": file.lines("reasons"),
            "pending": file.lines("pending") or [UNAPPLIED], "discussion": _discussed(file),
        },
    }  # fmt: skip


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_evaluation_report": _evaluation,
    "gfx_evaluation_decision": _decision,
    "gfx_extension_application": _application,
    "gfx_extension_review": _review,
    "gfx_extension_refusal": _reasoned,
    "gfx_extension_announcement": _announcement,
    "gfx_lapse_announcement": _lapse,
    "gfx_suspension": _suspension,
    "gfx_resumption": _suspension,
    "gfx_repeal_decision": _repeal,
}
