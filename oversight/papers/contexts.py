"""How a complaint fills the papers that its steps give: one function for each, all of them plain data."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from casework.models import Deadline
from casework.papers import Context, File, filled, grouped
from law.wording import day_zh
from oversight.procedures.complaint import CHANNELS
from oversight.queries.complaints import concerned, evidence

SECRECY = (
    "请妥善保管查询码，凭案号和查询码可以查询进度和答复。"
    "受理机关为举报人保密：被反映的机关看不到举报人的姓名和联系方式。"
)
ORDERED = "《中华人民共和国行政处罚法》第七十五条第二款"


def receipt(file: File) -> Context:
    """For whoever complained; without a name it bears none."""
    case = file.case
    clock = Deadline.objects.filter(case=case, key="jd_complaint_reply").order_by("-pk").first()
    until = f"{day_zh(clock.due_on)}前答复（期限为本平台参数）" if clock and clock.due_on else "尽快答复"
    files = [f"随附证据材料{number}个文件"] if (number := evidence(case)) else []
    return {
        "addressee": case.applicant_name,
        "elements": {
            "summary": [case.title, *file.lines("facts")[:20], *files],
            "received_at": timezone.localtime(file.act.at),
            "query_code": grouped(case.code),
            "secrecy": SECRECY,
            "limit": until,
        },
    }


def sorting(file: File) -> Context:
    """Where the matter belongs; what goes to the supervision commission is sent there."""
    channel = dict(CHANNELS).get(file.fact("channel"), "纪检监察")
    sent = ["已经移送监察机关。"] if file.act.step == "send_to_supervision" else []
    elements = {"channel": channel, "way": file.lines("way") or sent, "reasons": file.lines("reasons")}
    return {"addressee": file.case.applicant_name or "举报人", "elements": elements}


def inquiry_letter(file: File) -> Context:
    until = f"请于{file.day('reply_by')}前书面说明，并附有关证据、依据。"
    return {"addressee": concerned(file.case).name, "elements": {**file.said("matters"), "reply_by": until}}


def inquiry_record(file: File) -> Context:
    return {"addressee": "", "elements": {"done_on": file.day("done_on"), **file.said("persons", "findings")}}


def organ_statement(file: File) -> Context:
    return {"issued_by": file.acting(), "addressee": file.case.organ.name, "elements": file.said("statement")}


def check_report(file: File) -> Context:
    return {"addressee": "", "elements": file.said("findings", "reasons")}


def correction_order(file: File) -> Context:
    until = f"请于{file.day('correct_by')}前纠正，并书面报告。"
    elements = {**file.said("findings", "measures"), "correct_by": until, "basis": ORDERED}
    return {"addressee": concerned(file.case).name, "elements": elements}


def rectification_report(file: File) -> Context:
    elements = file.said("problems", "measures", "result")
    return {"issued_by": file.acting(), "addressee": file.case.organ.name, "elements": elements}


def reply(file: File) -> Context:
    elements = {**file.said("verification", "result"), "basis": file.lines("reply_basis")}
    return {"addressee": file.case.applicant_name or "举报人", "elements": elements}


FILLED: dict[str, Callable[[File], Context]] = {
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
CONTEXTS = filled(FILLED, File)
