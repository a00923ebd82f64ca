"""How a complaint fills the papers that its steps give: one function for each, all of them plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case, Deadline
from law.wording import day_zh
from oversight.procedures.complaint import CHANNELS
from oversight.queries.complaints import concerned

Context = Mapping[str, Any]
SECRECY = (
    "请妥善保管查询码，凭案号和查询码可以查询进度和答复。"
    "受理机关为举报人保密：被反映的机关看不到举报人的姓名和联系方式。"
)
ORDERED = "《中华人民共和国行政处罚法》第七十五条第二款"


def _grouped(code: str) -> str:
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _acting(act: Act, case: Case) -> Organisation:
    organ = act.organisation
    if organ is None:
        return case.organ
    return organ.parent if organ.organ_id != organ.pk and organ.parent else organ


def _said(act: Act, *names: str) -> dict[str, Any]:
    return {name: _lines(str(act.facts.get(name, ""))) for name in names}


def _day(act: Act, name: str) -> str:
    return day_zh(date.fromisoformat(act.facts[name]))


def receipt(case: Case, act: Act) -> Context:
    """For whoever complained; without a name it bears none."""
    clock = Deadline.objects.filter(case=case, key="jd_complaint_reply").order_by("-pk").first()
    until = f"{day_zh(clock.due_on)}前答复（期限为本平台参数）" if clock and clock.due_on else "尽快答复"
    return {
        "addressee": case.applicant_name,
        "elements": {
            "summary": [case.title, *_lines(act.facts["facts"])[:20]],
            "received_at": timezone.localtime(act.at),
            "query_code": _grouped(case.code),
            "secrecy": SECRECY,
            "limit": until,
        },
    }


def sorting(case: Case, act: Act) -> Context:
    """Where the matter belongs; what goes to the supervision commission is sent there."""
    channel = dict(CHANNELS).get(act.facts.get("channel", ""), "纪检监察")
    sent = ["已经移送监察机关。"] if act.step == "send_to_supervision" else []
    said = _said(act, "way", "reasons")
    elements = {"channel": channel, "way": said["way"] or sent, "reasons": said["reasons"]}
    return {"addressee": case.applicant_name or "举报人", "elements": elements}


def inquiry_letter(case: Case, act: Act) -> Context:
    elements = {**_said(act, "matters"), "reply_by": f"请于{_day(act, 'reply_by')}前书面说明，并附有关证据、依据。"}
    return {"addressee": concerned(case).name, "elements": elements}


def inquiry_record(case: Case, act: Act) -> Context:
    return {"addressee": "", "elements": {"done_on": _day(act, "done_on"), **_said(act, "persons", "findings")}}


def organ_statement(case: Case, act: Act) -> Context:
    return {"issued_by": _acting(act, case), "addressee": case.organ.name, "elements": _said(act, "statement")}


def check_report(case: Case, act: Act) -> Context:
    return {"addressee": "", "elements": _said(act, "findings", "reasons")}


def correction_order(case: Case, act: Act) -> Context:
    elements = {
        **_said(act, "findings", "measures"),
        "correct_by": f"请于{_day(act, 'correct_by')}前纠正，并书面报告。",
        "basis": ORDERED,
    }
    return {"addressee": concerned(case).name, "elements": elements}


def rectification_report(case: Case, act: Act) -> Context:
    elements = _said(act, "problems", "measures", "result")
    return {"issued_by": _acting(act, case), "addressee": case.organ.name, "elements": elements}


def reply(case: Case, act: Act) -> Context:
    elements = {**_said(act, "verification", "result"), "basis": _lines(act.facts["reply_basis"])}
    return {"addressee": case.applicant_name or "举报人", "elements": elements}


CONTEXTS: dict[str, Callable[[Case, Act], Context]] = {
    "jd_complaint_receipt": receipt,
    "jd_complaint_sorting": sorting,
    "jd_inquiry_letter": inquiry_letter,
    "jd_inquiry_record": inquiry_record,
    "jd_organ_statement": organ_statement,
    "jd_check_report": check_report,
    "jd_correction_order": correction_order,
    "jd_rectification_report": rectification_report,
    "jd_complaint_reply": reply,
}
