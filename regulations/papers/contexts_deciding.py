"""How a case of making fills its papers from the legality review to the publication: plain data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from casework.models import Document
from casework.papers import Context, lines
from law.citations import find_citations
from law.wording import day_zh
from powerlist.queries.basis import cited
from regulations.papers.file import File
from regulations.queries.making import CHECK, answers, level_of, official_print
from regulations.queries.terms import ends_on, trial
from regulations.rules import checklist


def _submission(file: File) -> Context:
    opinions = [f"部门意见：{line}" for line in file.lines("coordination")]
    held = [("publish_feedback", "意见采纳情况说明"), ("hold_hearing", "听证笔录"), ("hold_meeting",
        "座谈（论证）会记录"),
            ("pass_fair_competition", "公平竞争审查表"), ("pass_fair_competition_exception", "公平竞争审查表"),
            ("record_not_economic", "不涉及经营者经济活动的说明")]  # fmt: skip
    attached = [name for step, name in held if file.last(step)]
    return {
        "addressee": _reviewer(file),
        "elements": {
            "draft": [file.stamp, f"已由{file.fact('signed_by')}签署"], "opinions": opinions,
            "attached": ["起草说明", "依据对照表", *dict.fromkeys(attached)],
        },
    }  # fmt: skip


def _reviewer(file: File) -> str:
    government = level_of(file.case) == "government"
    return file.parts("legal_office")[0] if government else f"{file.case.organ.name}法制机构"


def _drafting_explanation(file: File) -> Context:
    return {
        "elements": {
            "name": file.stamp, "necessity": lines(file.version.necessity), "measures": lines(file.version.measures),
            "coordination": file.lines("coordination"),
        },
    }  # fmt: skip


def _bases(file: File) -> Context:
    body = file.version.body
    words = dict.fromkeys(body[one.start : one.end] if "《" in body[one.start : one.end] else _whole(one.citation)
                          for one in find_citations(body))  # fmt: skip
    told = [f"{one.citation}：{one.told}" for one in cited(words, file.on)]
    return {"elements": {"name": file.stamp, "bases": told or ["文本没有引用法规条款"]}}


def _whole(citation: object) -> str:
    """A citation that follows another without naming its text again."""
    title, article = getattr(citation, "title", ""), getattr(citation, "article", 0)
    return f"《{title}》第{article}条" if article else f"《{title}》"


def _return(file: File) -> Context:
    return {
        "issued_by": file.acting(), "addressee": file.case.organ.name,
        "elements": {
            "name": file.stamp, "missing": file.lines("missing"), "supply_by": f"请于{file.day('supply_by')}前补充",
            "time": "补充材料的时间不计入审核时间",
        },
    }  # fmt: skip


def _opinion(file: File) -> Context:
    told = answers(file.version, CHECK)
    checked = [
        f"{check.words}（{check.basis}）：{'符合' if told[check.key].clear else '不符合'}"
        + (f"。{' '.join(lines(told[check.key].words))}" if told[check.key].words else "")
        for check in checklist.CHECKS
        if check.key in told
    ]
    outcome = {"pass_legality_review": "合法性审核通过。", "pass_with_changes": "修改后通过，修改后须再次审核确认。"}
    said = [outcome.get(file.act.step, "合法性审核不通过。"), *file.lines("opinion")]
    if urgent := file.lines("urgent"):
        said += ["紧急情况：", *urgent]
    return {
        "issued_by": file.acting(), "addressee": file.case.organ.name,
        "elements": {
            "text": file.stamp, "authority": checked or ["未逐项答复"], "opinion": said,
            "reviewer": file.act.actor_name,
        },
    }  # fmt: skip


def _agenda(file: File) -> Context:
    found = Document.objects.filter(case=file.case, paper="gfx_legality_opinion").order_by("-pk").first()
    return {
        "issued_by": file.acting(),
        "elements": {
            "name": file.name, "meeting": f"{file.fact('meeting')}（{file.day('meeting_on')}）", "text": file.stamp,
            "review": f"通过（{found.number}）" if found else "通过",
        },
    }  # fmt: skip


def _minutes(file: File) -> Context:
    agenda = file.last("put_on_agenda")
    organ = file.acting()
    decided = {
        "adopt": ["会议决定：通过。"], "adopt_with_changes": ["会议决定：原则通过，按照下列意见修改后重新审核。"],
        "reject_in_meeting": ["会议决定：不予通过。"],
    }[file.act.step]  # fmt: skip
    decided += file.lines("changes") + file.lines("reasons")
    return {
        "issued_by": organ, "head": f"{organ.name}会议纪要", "addressee": "",
        "title": str(agenda.facts["meeting"]) if agenda else "集体讨论",
        "elements": {
            "topic": f"会议于{file.day('held_on')}讨论了{file.stamp}。", "present": file.lines("present"),
            "discussion": file.lines("discussion"), "decided": decided,
        },
    }  # fmt: skip


def _emergency(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {
            "name": file.stamp, "reasons": file.lines("reasons"), "approver": file.fact("approver"),
            "opinion": file.lines("opinion"),
        },
    }  # fmt: skip


def _official(file: File) -> Context:
    organ = file.part("maker")
    begins, amended = date.fromisoformat(file.fact("effective_on")), file.amends
    ends = ends_on(file.fact("valid_until"), begins, trial(file.version.title), amended)
    effective = f"自{day_zh(begins)}起施行"
    validity = f"有效期至{day_zh(ends)}" if ends else "有效期从其规定"
    before = official_print(file.case)  # printed anew: under its number, in the place of the one before
    kept = {"number": before.number, "replaces": before.pk} if before else {}
    return {
        **kept, "issued_by": organ, "head": f"{organ.name}文件", "title": file.version.title, "addressee": "",
        "note": f"此件公开发布；{effective}，{validity}", "issuer": file.acting().name, "printed_on": file.on,
        "elements": {"text": file.words, "effective": effective, "validity": validity},
    }  # fmt: skip


def _publication(file: File) -> Context:
    official = official_print(file.case)
    return {
        "issued_by": file.part("maker"), "addressee": "",
        "elements": {
            "name": file.name, "document_number": official.number if official else "", "published_on": file.today,
            "carrier": [f"政府公报{file.fact('gazette')}", "本平台规范性文件库"],
            "effective_on": f"自{file.day('effective_on')}起施行",
        },
    }  # fmt: skip


def _interpretation(file: File) -> Context:
    elements = {"name": file.name, "interpretation": file.lines("interpretation"), "phone": file.fact("phone")}
    return {"addressee": "", "elements": elements}


def _stop(file: File) -> Context:
    return {"addressee": "", "elements": {"name": file.name, "reasons": file.lines("reasons")}}


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_submission_letter": _submission,
    "gfx_drafting_explanation": _drafting_explanation,
    "gfx_basis_table": _bases,
    "gfx_review_return": _return,
    "gfx_legality_opinion": _opinion,
    "gfx_agenda_item": _agenda,
    "gfx_collective_minutes": _minutes,
    "gfx_emergency_approval": _emergency,
    "gfx_document": _official,
    "gfx_publication_notice": _publication,
    "gfx_policy_interpretation": _interpretation,
    "gfx_stop_note": _stop,
}
