"""How a case of making fills its papers: one function for each, all of them plain data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from casework.papers import Context, lines
from law.wording import day_zh
from regulations.models import Comment, Consultation, HearingRegistration
from regulations.papers.file import File
from regulations.queries import plan
from regulations.queries.making import LEVELS, disagreeing
from regulations.rules.hearing import CAPACITIES

OPINIONS = {"agree": "同意", "agree_if": "修改后同意", "disagree": "不同意"}
MEETINGS = {"discussion": "座谈会", "argument": "论证会"}
CONCLUSIONS = {
    "send_to_fair_competition": "待审查", "pass_fair_competition": "审查通过",
    "pass_fair_competition_exception": "适用第十二条规定，可以出台", "fail_fair_competition": "审查不通过，不得出台",
}  # fmt: skip
NOT_YET = "待审查机关对照"


def _application(file: File) -> Context:
    said = {name: file.lines(name) for name in ("necessity", "problems", "systems")}
    return {"addressee": file.part("legal_office").name, "elements": {"name": file.fact("name"), **said}}


def _project_receipt(file: File) -> Context:
    return {
        "elements": {"name": file.fact("name"), "reasons": file.lines("reasons"), "received": file.moment},
    }


def _plan(file: File) -> Context:
    government, year = file.seat_of("head_of_government"), plan.year_of(file.case)
    projects = [
        f"{number}．{one.name}（{one.level}），{one.organ}，{day_zh(one.finish_on)}"
        for number, one in enumerate(plan.projects(year), 1)
    ]
    return {
        "issued_by": government, "head": f"{government.name}文件", "addressee": "",
        "title": f"{year}年规范性文件制定计划", "elements": {"projects": projects, "approval": file.fact("approval")},
    }  # fmt: skip


def _plan_adjustment(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "addressee": "",
        "elements": {**_project(file), "reasons": file.lines("reasons")},
    }


def _project(file: File) -> dict[str, object]:
    return {
        "name": f"{file.name}（{LEVELS[file.fact('level')]}）", "drafter": file.case.organ.name,
        "finish_on": file.day("finish_on"), "approval": file.fact("approval"),
    }  # fmt: skip


def _refusal(file: File) -> Context:
    to = file.case.applicant_name or file.case.organ.name
    return {
        "issued_by": file.acting(),
        "addressee": to,
        "elements": {"name": file.name, "reasons": file.lines("reasons")},
    }


def _commission(file: File) -> Context:
    elements = {
        "name": file.name, "third_party": file.fact("third_party"), "contract": file.fact("contract"),
        "interest": "受托第三方与该事项无利害关系",
    }  # fmt: skip
    return {"elements": elements}


def _explanation(file: File) -> list[str]:
    return [f"必要性：{line}" for line in lines(file.version.necessity)] + [
        f"主要措施：{line}" for line in lines(file.version.measures)
    ]


def _text(file: File) -> list[str]:
    return [file.stamp, *file.words]


def _opinion_letter(file: File) -> Context:
    return {
        "addressee": "、".join(file.parts("concerned")),
        "elements": {
            "draft": _text(file), "explanation": _explanation(file), "points": file.lines("points"),
            "reply_by": f"请于{file.day('reply_by')}前反馈书面意见",
        },
    }  # fmt: skip


def answer_letter(file: File) -> Context:
    opinion = OPINIONS[file.fact("opinion")]
    return {
        "issued_by": file.acting(),
        "title": "关于规范性文件征求意见稿的复函",
        "addressee": file.case.organ.name,
        "elements": {
            "text": [
                f"关于《{file.name}》（第{file.version.number}稿），我单位意见：{opinion}。", *file.lines("reasons"),
            ],
        },
    }  # fmt: skip


def _meeting(file: File) -> Context:
    return {
        "elements": {
            "name": file.stamp, "form": MEETINGS[file.fact("form")], "held_on": file.day("held_on"),
            "present": file.lines("present"), "views": file.lines("views"),
        },
    }  # fmt: skip


def _dispute(file: File) -> Context:
    return {
        "issued_by": file.acting(),
        "elements": {"name": file.stamp, "organs": disagreeing(file.case), "positions": file.lines("positions")},
    }


def _evaluation(file: File) -> Context:
    dispute = file.last("record_dispute")
    return {
        "issued_by": file.acting(),
        "elements": {
            "dispute": lines(str(dispute.facts["positions"])) if dispute else [], "method": file.lines("method"),
            "conclusion": file.lines("conclusion"), "evaluator": f"{file.fact('evaluator')}（报告原件存入案卷）",
        },
    }  # fmt: skip


def _settlement(file: File) -> Context:
    evaluated = file.last("commission_evaluation")
    return {
        "issued_by": file.acting(),
        "addressee": "、".join([file.case.organ.name, *file.parts("concerned")]),
        "elements": {
            "name": file.name,
            "evaluation": lines(str(evaluated.facts["conclusion"])) if evaluated else [],
            "decision": file.lines("decision"),
        },
    }


def _comment_notice(file: File) -> Context:
    until = f"{file.today}至{file.day('until')}，不少于规定的最短期限"
    channel = ["在本平台“征求意见”页面逐条提出", *file.lines("channel")]
    return {"elements": {"draft": _text(file), "explanation": _explanation(file), "until": until, "channel": channel}}


def _exemption(file: File) -> Context:
    return {"elements": {"name": file.name, "basis": file.lines("basis"), "approver": file.fact("approver")}}


def _comment_receipt(file: File) -> Context:
    return {
        "addressee": file.act.actor_name,
        "elements": {
            "name": file.version.title, "article": file.fact("article"), "comment": file.lines("comment"),
            "received": file.moment,
        },
    }  # fmt: skip


def _shortening(file: File) -> Context:
    return {
        "elements": {"name": file.name, "reasons": file.lines("reasons"), "approver": f"经{file.fact('approver')}批准"},
    }


def _feedback(file: File) -> Context:
    asked = Consultation.objects.filter(case=file.case)
    given = Comment.objects.filter(consultation__in=asked).order_by("id")
    told = [
        f"{number}．{one.article}：{' '.join(lines(one.words))}。处理：{one.get_outcome_display()}。"
        f"理由：{' '.join(lines(one.reason))}"
        for number, one in enumerate(given, 1)
    ]
    return {
        "elements": {
            "name": file.name, "summary": file.lines("summary"), "answers": told or ["征求意见期间没有收到意见"],
            "published_on": file.today,
        },
    }  # fmt: skip


def _hearing(file: File) -> Context:
    return {
        "elements": {
            "name": file.name, "hearing_date": file.day("hearing_date"), "place": file.fact("place"),
            "subject": file.lines("subject"), "register_by": file.day("register_by"),
            "registration": file.lines("registration"),
        },
    }  # fmt: skip


def _announced(file: File) -> dict[str, object]:
    """What the announcement of the hearing says of it."""
    act = file.last("announce_hearing") or file.act
    day = date.fromisoformat(str(act.facts["hearing_date"]))
    return {"name": file.name, "hearing_date": day_zh(day), "place": str(act.facts["place"])}


def _hearing_receipt(file: File) -> Context:
    capacity = dict(CAPACITIES)[file.fact("capacity")]
    more = {"capacity": capacity, "views": file.lines("views"), "received": file.moment}
    return {"addressee": file.act.actor_name, "elements": {**_announced(file), **more}}


def _hearing_participants(file: File) -> Context:
    chosen = HearingRegistration.objects.filter(pk__in=file.facts["chosen"]).select_related("by").order_by("pk")
    named = [f"{one.by.display_name}（{one.get_capacity_display()}）" for one in chosen]
    said = _announced(file)
    elements = {"name": said["name"], "hearing_date": said["hearing_date"], "chosen": named}
    return {"elements": {**elements, "method": file.lines("method")}}


def _hearing_cancellation(file: File) -> Context:
    said = _announced(file)
    when = f"{said['hearing_date']}，{said['place']}"
    return {"elements": {"name": said["name"], "hearing_date": when, "reasons": file.lines("reasons")}}


def _hearing_record(file: File) -> Context:
    return {"elements": {"name": file.name, "present": file.lines("present"), "views": file.lines("views")}}


def _competition(file: File) -> Context:
    sent = file.last("send_to_fair_competition") or file.act
    said = {name: lines(str(sent.facts.get(name, ""))) for name in ("first_opinion", "heard")}
    exception = file.act.step == "pass_fair_competition_exception"
    elements: dict[str, object] = {
        "name": file.stamp, **said, "standards": file.lines("standards") or [NOT_YET],
        "conclusion": CONCLUSIONS[file.act.step],
    }  # fmt: skip
    if exception:
        elements["exception"] = [*file.lines("exception"), f"实施期限或者终止条件：{' '.join(file.lines('ends'))}"]
    return {"issued_by": file.acting(), "outcome": "exception" if exception else "ordinary", "elements": elements}


def _not_economic(file: File) -> Context:
    return {"elements": {"name": file.stamp, "reasons": file.lines("reasons")}}


FILLED: dict[str, Callable[[File], Context]] = {
    "gfx_project_application": _application,
    "gfx_project_receipt": _project_receipt,
    "gfx_annual_plan": _plan,
    "gfx_plan_adjustment": _plan_adjustment,
    "gfx_project_refusal": _refusal,
    "gfx_commission": _commission,
    "gfx_opinion_letter": _opinion_letter,
    "gfx_meeting_record": _meeting,
    "gfx_dispute_note": _dispute,
    "gfx_third_party_evaluation": _evaluation,
    "gfx_dispute_settlement": _settlement,
    "gfx_public_comment_notice": _comment_notice,
    "gfx_comment_exemption": _exemption,
    "gfx_comment_receipt": _comment_receipt,
    "gfx_shortening_note": _shortening,
    "gfx_comment_feedback": _feedback,
    "gfx_hearing_announcement": _hearing,
    "gfx_hearing_receipt": _hearing_receipt,
    "gfx_hearing_participants": _hearing_participants,
    "gfx_hearing_cancellation": _hearing_cancellation,
    "gfx_hearing_record": _hearing_record,
    "gfx_fair_competition_form": _competition,
    "gfx_competition_note": _not_economic,
}
