"""How a case of filing fills its papers."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from casework.models import Deadline, Document
from casework.papers import Context
from law.wording import day_zh
from regulations.models import NormativeDocument
from regulations.papers.file import File
from regulations.queries.about import document_of
from regulations.queries.document import clause_names
from regulations.queries.filing import DISCUSSION, EMERGENCY, REVIEW, materials
from regulations.queries.filing_review import told

UNPRINTED = "以简化程序审批表代替"


def document(file: File) -> NormativeDocument:
    """The document of the case, or that was made in it; a filing without one cannot be."""
    found = document_of(file.case) or NormativeDocument.objects.filter(case=file.case).first()
    if found is None:
        raise LookupError(f"case {file.case.number} is about no document")
    return found


def named(file: File) -> str:
    """What every paper calls it: issuer, title and number."""
    one = document(file)
    return f"{one.issuer}《{one.title}》（{one.number}）"


def clauses(file: File, name: str) -> list[str]:
    """The clauses that a fact names by their anchors, as the text calls them."""
    said = file.act.facts.get(name) or []
    text = document(file).text
    names = clause_names(text.provisions.order_by("order")) if text and said else {}
    return [names.get(anchor, anchor) for anchor in said]


def _published(file: File) -> str:
    day = document(file).published_on
    return day_zh(day) if day else ""


def _report(file: File) -> Context:
    found = {code: paper for paper in _papers(file) for code in [paper.paper]}
    named_as = {
        code: found[code].number or found[code].title if code in found else UNPRINTED for code in (REVIEW, DISCUSSION)
    }
    return {
        "addressee": file.part("government").name, "issued_by": file.case.organ,
        "elements": {
            "document": named(file), "report": [*file.lines("report"), f"联系人：{file.fact('contact')}"],
            "review": named_as[REVIEW], "discussion": named_as[DISCUSSION], "published_on": _published(file),
        },
    }  # fmt: skip


def _papers(file: File) -> list[Document]:
    listed = Document.objects.filter(
        case=file.case.parent_id, paper__in=(REVIEW, DISCUSSION, EMERGENCY), voided_at=None
    )
    return list(listed.order_by("pk"))


def _materials(file: File) -> Context:
    listed = [f"{name}：{paper.number or paper.title}" for name, paper in materials(file.case).items() if paper]
    return {"issued_by": file.case.organ, "elements": {"document": named(file), "materials": listed}}


def _due(file: File, key: str) -> str:
    clock = Deadline.objects.filter(case=file.case, key=key).order_by("-pk").first()
    return day_zh(clock.due_on) if clock and clock.due_on else ""


def _reminder(file: File) -> Context:
    return {
        "issued_by": file.acting(), "addressee": file.case.organ.name,
        "elements": {
            "document": named(file), "published_on": _published(file), "due_on": _due(file, "gfxwj_file_up_bj"),
            "file_by": f"请于{file.day('file_by')}前报送",
        },
    }  # fmt: skip


def _criticism(file: File) -> Context:
    organ = file.acting()
    return {
        "issued_by": organ, "head": f"{organ.name}文件", "addressee": "",
        "title": f"关于{file.case.organ.name}逾期未报送规范性文件备案的通报",
        "elements": {"facts": [f"{named(file)}逾期未报送备案。", *file.lines("facts")]},
    }  # fmt: skip


def _receipt(file: File) -> Context:
    sent = file.last("submit_filing", "supplement")
    received = day_zh(timezone.localdate(sent.at)) if sent else file.today
    return {
        "issued_by": file.acting(), "addressee": file.case.organ.name,
        "elements": {"document": named(file), "received_on": received, "checked": "材料齐全，予以登记"},
    }  # fmt: skip


def _return(file: File) -> Context:
    elements = {"document": named(file), "reasons": file.lines("reasons")}
    return {"issued_by": file.acting(), "addressee": file.case.organ.name, "elements": elements}


def _supplement(file: File) -> Context:
    elements = {
        "document": named(file), "missing": file.lines("missing"),
        "until": f"请于{_due(file, 'gz_supplement') or _due(file, 'gfxwj_rdsc_supplement')}前补充或者重新报送",
    }  # fmt: skip
    return {"issued_by": file.acting(), "addressee": file.case.organ.name, "elements": elements}


def _catalogue(file: File) -> Context:
    receipt = Document.objects.filter(case=file.case, paper="gfx_filing_receipt").order_by("-pk").first()
    registered = file.last("register")
    on = timezone.localdate(registered.at) if registered else file.on
    return {
        "issued_by": file.acting(), "addressee": "",
        "elements": {
            "document": named(file), "month": f"{on.year}年{on.month}月",
            "number": receipt.number if receipt else file.case.number,
        },
    }  # fmt: skip


def _questions(file: File) -> Context:
    elements = {
        "document": named(file), "questions": file.lines("questions"),
        "until": f"请于{file.day('explain_by')}前书面说明",
    }  # fmt: skip
    return {"issued_by": file.acting(), "addressee": file.case.organ.name, "elements": elements}


def _explanation(file: File) -> Context:
    elements = {"document": named(file), "answer": file.lines("answer")}
    return {"issued_by": file.case.organ, "addressee": file.part("receiver").name, "elements": elements}


def _expert(file: File) -> Context:
    elements = {"document": named(file), "expert": file.fact("expert"), "opinion": file.lines("opinion")}
    return {"issued_by": file.acting(), "elements": elements}


def _extension(file: File) -> Context:
    clock = Deadline.objects.filter(case=file.case, key="gz_review").order_by("-pk").first()
    before = clock.triggered_at if clock else file.act.at
    return {
        "issued_by": file.acting(),
        "elements": {
            "matter": named(file), "before": f"自{day_zh(timezone.localdate(before))}起计算的审查期限",
            "after": file.day("extend_to"), "reasons": file.lines("reasons"), "approver": file.fact("approver"),
        },
    }  # fmt: skip


def _opinion(file: File) -> Context:
    to = {"issued_by": file.acting(), "addressee": file.case.organ.name}
    if file.act.step == "record_no_problem":
        said = {"findings": told(file.case, file.on)[0], "opinion": "经审查没有问题，备案审查完毕。"}
        return {**to, "outcome": "filed", "elements": {"document": named(file), **said}}
    if file.act.step == "withdraw_opinion":
        said = {"findings": "制定机关已书面说明", "opinion": "采纳说明，不再要求纠正。"}
        opinion = [said["opinion"], *file.lines("reasons")]
        return {
            **to, "outcome": "filed",
            "elements": {"document": named(file), "findings": said["findings"], "opinion": opinion},
        }  # fmt: skip
    findings = [*file.lines("articles"), "上位法依据：", *file.lines("superior"), *file.lines("reasons")]
    if touched := told(file.case, file.on)[1]:
        findings += ["逐项审查中有问题的：", *touched]
    opinion = ["请自行修改或者废止，并报告处理情况。"]
    if stopped := clauses(file, "not_applied"):
        opinion += ["下列条款明显违法，不得适用：", *stopped]
    until = f"{_due(file, 'gz_handle') or _due(file, 'gfxwj_rdsc_opinion_reply')}前"
    return {
        **to, "outcome": "correct",
        "elements": {"document": named(file), "findings": findings, "opinion": opinion, "until": until},
    }  # fmt: skip


def _reply(file: File) -> Context:
    how = {"amended": "已修改", "repealed": "已废止"}.get(file.fact("how"), "")
    done = [f"{how}，{file.day('corrected_on')}以{file.fact('decision')}公布。"] if how else ["对纠正意见有不同意见："]
    elements = {"document": named(file), "report": [*done, *file.lines("report")]}
    return {"issued_by": file.case.organ, "addressee": file.part("receiver").name, "elements": elements}


def _congress_report(file: File) -> Context:
    listed = [f"{name}：{paper.number or paper.title}" for name, paper in materials(file.case).items() if paper]
    return {
        "issued_by": file.case.organ, "addressee": file.part("receiver").name,
        "elements": {
            "document": named(file), "report": file.lines("report"), "materials": [*listed,
                f"公布日期：{_published(file)}"],
            "copies": "纸质文本一式二份和电子文本",
        },
    }  # fmt: skip


def _to_maker(file: File, **elements: object) -> Context:
    return {
        "issued_by": file.acting(), "addressee": file.case.organ.name, "elements": {"document": named(file),
            **elements},
    }  # fmt: skip


def _order(file: File) -> Context:
    return _to_maker(file, reasons=file.lines("reasons"), file_by=f"请于{file.day('file_by')}前改正")


def _committee(file: File) -> Context:
    return {"issued_by": file.acting(), "elements": {"document": named(file), "opinion": file.lines("opinion")}}


def _result(file: File) -> Context:
    return _to_maker(file, findings=told(file.case, file.on)[0])


def _correction_plan(file: File) -> Context:
    elements = {"document": named(file), "plan": file.lines("plan"), "done_by": f"{file.day('done_by')}前完成"}
    return {"issued_by": file.case.organ, "addressee": file.part("receiver").name, "elements": elements}


def _motion(file: File) -> Context:
    elements = {"document": named(file), "reasons": file.lines("reasons")}
    return {"issued_by": file.acting(), "addressee": file.acting().name, "elements": elements}


def _demand(file: File) -> Context:
    return _to_maker(file, resolution=file.lines("resolution"), done_by=f"{file.day('done_by')}前处理完毕")


def _annulment(file: File) -> Context:
    organ = file.part("government")
    return {
        "issued_by": organ, "head": f"{organ.name}文件", "addressee": document(file).issuer,
        "title": f"关于撤销（改变）《{document(file).title}》的决定",
        "elements": {
            "document": named(file), "articles": file.lines("articles"), "reasons": file.lines("reasons"),
            "basis": file.act.basis, "effective": f"自{file.today}起生效",
        },
    }  # fmt: skip


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_filing_report_gov": _report,
    "gfx_filing_materials": _materials,
    "gfx_filing_reminder": _reminder,
    "gfx_filing_receipt": _receipt,
    "gfx_filing_return": _return,
    "gfx_filing_supplement_notice": _supplement,
    "gfx_filing_catalogue": _catalogue,
    "gfx_filing_questions": _questions,
    "gfx_filing_explanation": _explanation,
    "gfx_filing_expert_opinion": _expert,
    "gfx_filing_review_opinion": _opinion,
    "gfx_correction_reply": _reply,
    "gfx_annulment_decision": _annulment,
    "gfx_filing_report_npc": _congress_report,
    "gfx_congress_order": _order,
    "gfx_committee_opinion": _committee,
    "gfx_congress_result": _result,
    "gfx_correction_plan": _correction_plan,
    "gfx_congress_motion": _motion,
    "gfx_congress_demand": _demand,
    "sy_circulated_criticism": _criticism,
    "sy_extension_approval": _extension,
}
