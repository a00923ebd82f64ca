"""How a case fills the papers that the steps of a licence give: one function for each, all of them plain data.

The elements that each must carry stand in the table beside this module; `casework.actions.issue` adds organ, dates,
number, remedy and the verification address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from approvals.models.items import HOTLINE
from approvals.papers import contexts_in_force as in_force
from approvals.papers import contexts_joint as joint
from approvals.papers import contexts_licences as licences
from approvals.papers.contexts_hearing import (
    excluded_time_notice,
    hearing_announcement,
    hearing_notice,
    hearing_record,
    hearing_right_notice,
)
from approvals.papers.contexts_joint import joint_deficiencies
from approvals.papers.contexts_outcome import (
    barred_until,
    commitment_letter,
    grant_decision,
    refusal_decision,
    service_receipt,
    termination_decision,
)
from approvals.papers.facts import File, you
from approvals.queries import presence
from approvals.queries.bundles import BUNDLE
from approvals.queries.known import application_parts
from approvals.queries.licences import RECEIVING
from casework.models import Act, Case, Document
from casework.papers import grouped, lines
from law import limits
from law.queries import limit_for, work_calendar
from law.wording import day_zh, quantity_zh

Context = Mapping[str, Any]


def intake_receipt(file: File) -> Context:
    return {
        # The number that ends the address is given last: the template adds it.
        "track_url": f"{settings.BASE_URL}{reverse('track')}?{urlencode({'code': file.case.code})}&number=",
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "materials": file.materials(),
            "received_at": timezone.localtime(file.act.at),
            "place": file.place(),
            "query_code": grouped(file.case.code),
        },
    }


def on_spot_correction(file: File) -> Context:
    names = dict(application_parts(file.case, file.on))
    return {
        "capacity": presence.CAPACITIES.get(str(file.brought.get("who", "")), "申请人"),
        "elements": {
            "corrections": [
                {
                    "error": names.get(file.fact("material"), file.fact("material")),
                    "before": file.fact("wrong"),
                    "after": file.fact("right"),
                }
            ],
            "confirmed_by": file.said_by,
            "corrected_at": timezone.localtime(file.act.at),
            "signatures": [{"role": "申请人", "name": file.said_by, "on": file.on}],
        },
    }


def deficiency_notice(file: File) -> Context:
    names = {material.code: material.name for material in file.item.materials.all()}
    asked = [names.get(code, code) for code in file.facts["items"]]
    correct_by = file.day_of("correct_by")
    until = f"请于{day_zh(correct_by)}以前，" if correct_by else ""
    return file.base() | {
        "elements": {
            "item": file.item.name,
            "received_on": _last_receipt(file),
            "deficiencies": joint_deficiencies(file)
            if file.case.procedure == BUNDLE and file.act.step == "notify_deficiency"
            else _deficiencies(asked, lines(file.fact("requirements")), file.act.step),
            "correction_way": f"{until}登录门户在“我的办件”中上传，或者到受理本事项的政务服务大厅提交",
            "handler": file.act.actor_name,
        }
    }


def _deficiencies(asked: list[str], wanted: list[str], step: str) -> list[dict[str, str]]:
    """One row for each material. Where the officer wrote one line for each, they stand side by side."""
    if step == "return_outstanding_items":
        again = "按照原补正告知书的要求补齐"
        return [{"material": name, "problem": "原告知的内容尚未补齐", "wanted": again} for name in asked]
    paired = wanted if len(wanted) == len(asked) else [*["见后附说明"] * len(asked)]
    rows = [
        {"material": name, "problem": "不齐全或者不符合法定形式", "wanted": line}
        for name, line in zip(asked, paired, strict=True)
    ]
    if paired is not wanted:
        rows.append({"material": "说明", "problem": "", "wanted": "；".join(wanted)})
    return rows


def _last_receipt(file: File) -> date:
    """The day on which materials last came in."""
    received = file.last(*RECEIVING)
    return timezone.localdate(received.at) if received else file.received_on


def acceptance_notice(file: File) -> Context:
    legal = file.legal_limit()
    return file.base() | {
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "accepted_on": file.on,
            "statutory_limit": legal,
            "promised_limit": _promised(file) or legal,
            "query_way": file.query_way(),
        }
    }


def _promised(file: File) -> str:
    days = file.item.promised_days
    if days is None or file.case.procedure != "approvals.licence":  # promised for the grant
        return ""
    last = work_calendar().add_working_days(file.on, days)
    return f"{days}个工作日，至{day_zh(last)}"


NOT_COMPETENT = "该申请事项依法不属于本机关职权范围"


def non_acceptance_decision(file: File) -> Context:
    outcome = "not_competent" if file.act.step in ("refuse_not_competent", "issue_not_competent") else "refused"
    elements = {
        "applicant": file.case.applicant_name,
        "item": file.item.name,
        "reasons": file.fact("reasons"),
        "basis": file.act.basis.replace("；", "、"),
    }
    if outcome == "not_competent":
        elements |= {"not_competent": NOT_COMPETENT, "competent_organ": file.fact("competent_organ")}
    elif file.fact("competent_organ"):
        elements["reasons"] += f"处理机关：{file.fact('competent_organ')}。"
    elements["reasons"] += barred_until(file)
    return file.base() | {"outcome": outcome, "parties": file.parties(), "elements": elements}


def not_required_notice(file: File) -> Context:
    return file.base() | {"elements": {"item": file.item.name, "reasons": file.fact("reasons")}}


def deemed_acceptance_note(file: File) -> Context:
    silence = file.clock("xk_deficiency_notice")
    return file.base() | {
        "item": file.item.name,
        "elements": {"received_on": _last_receipt(file), "expired_on": silence.due_on if silence else file.on},
    }


def third_party_notice(file: File) -> Context:
    told = file.case.participants.filter(act=file.act, role="third_party").select_related("party").first()
    party = told.party if told else None
    answer_by = file.day_of("answer_by")
    return file.base() | {
        "addressee": party.name if party else "利害关系人",
        "you": you(party),
        "elements": {
            "item": file.item.name,
            "interest": file.fact("interest"),
            "period": f"{day_zh(answer_by)}以前" if answer_by else "收到本告知书之日起",
        },
    }


def statement_record(file: File) -> Context:
    return {
        "elements": {
            "held_at": timezone.localtime(file.act.at),
            "place": "网上提交",
            "speaker": file.act.actor_name,
            "opinions": lines(file.fact("statement")),
            "signatures": [{"role": "陈述人", "name": file.act.actor_name, "on": file.on}],
        }
    }


def verification_record(file: File) -> Context:
    assigned = file.last("assign_verification")
    points = lines(str(assigned.facts.get("points") or "")) if assigned else []
    officers = file.officers(file.facts["signed_by"])
    verified_on = file.day_of("verified_on")
    conclusion = {"fits": "核查结论：符合", "fails": "核查结论：不符合"}[file.fact("conclusion")]
    return {
        "place": file.fact("place"),
        "elements": {
            "officers": officers,
            "subject": points or [condition["text"] for condition in file.item.conditions],
            "findings": [
                f"核查日期：{day_zh(verified_on)}" if verified_on else "",
                *lines(file.fact("findings")),
                conclusion,
            ],
            "photos": _photographs(file) or [{"caption": "本次核查没有附照片"}],
            "signatures": [
                {"role": "被核查人", "name": ""},
                *({"role": "核查人员", **officer, "on": verified_on} for officer in officers),
            ],
        },
    }


def _photographs(file: File) -> list[dict[str, str]]:
    """Photographs that were filed with the record."""
    taken = Document.objects.filter(case=file.case, act=file.act, kind=Document.Kind.RECORD)
    return [{"caption": document.title} for document in taken.filter(content_type__startswith="image/")]


def lower_review_opinion(file: File) -> Context:
    accepted = file.last("accept_for_first_examination")
    return {
        "addressee": "上级主管机关",
        "applicant": file.case.applicant_name,
        "item": file.item.name,
        "elements": {
            "opinion": lines(file.fact("opinion")),
            "materials": [material.name for material in file.item.materials.all()] or ["行政许可申请书"],
            "accepted_on": timezone.localdate(accepted.at) if accepted else file.received_on,
        },
    }


def extension_notice(file: File) -> Context:
    clock = file.clock("xk_decide")
    if clock is None or clock.due_on is None:
        raise LookupError(f"case {file.case.number} has no running clock to extend")
    trigger = timezone.localdate(clock.triggered_at)
    limit = limit_for(clock.rule, trigger)
    extension = limit.extension
    pauses = [
        limits.Suspension(pause.starts_on, pause.ends_on, pause.reason)
        for pause in clock.suspensions.all()
        if pause.ends_on is None or pause.ends_on > pause.starts_on
    ]
    return file.base() | {
        "elements": {
            "item": file.item.name,
            "original_due_on": limits.due(trigger, limit, work_calendar(), pauses).date,
            "extension": quantity_zh(extension.quantity, extension.unit) if extension else "",
            "extended_due_on": clock.due_on,
            "reasons": file.fact("reasons"),
            "approved_by": f"本机关负责人{file.act.actor_name}",
        }
    }


def rating_reply(file: File) -> Context:
    rated, verified = file.earlier[0].facts, file.last("verify")
    said = f"“{rated['words']}”（{rated['level']}）" if rated.get("words") else f"{rated['level']}"
    return {
        "contact": {"person": f"{file.case.organ.short_name}政务服务窗口", "phone": HOTLINE, "address": ""},
        "you": "您" if you(file.case.applicant) == "你" else "贵单位",
        "elements": {
            "rating": f"办件{rated['rated_case']}：{said}",
            "verification": verified.facts["findings"] if verified else "",
            "rectification": file.fact("rectification"),
        },
    }


def withdraw_note(file: File) -> Context:
    return file.base() | {
        "elements": {
            "item": file.item.name,
            "intent": file.fact("reasons") or "撤回本申请",
            "withdrawn_on": file.on,
            "returned": "网上提交的材料由本机关依法存档，纸质材料的原件退还申请人",
        }
    }


_FILLED: dict[str, Callable[[File], Context]] = {
    **licences.FILLED,
    **in_force.FILLED,
    **joint.FILLED,
    "sy_service_receipt": service_receipt,
    "xk_rating_reply": rating_reply,
    "xk_acceptance_notice": acceptance_notice,
    "xk_commitment_letter": commitment_letter,
    "xk_deemed_acceptance_note": deemed_acceptance_note,
    "xk_deficiency_notice": deficiency_notice,
    "xk_excluded_time_notice": excluded_time_notice,
    "xk_extension_notice": extension_notice,
    "xk_grant_decision": grant_decision,
    "xk_hearing_announcement": hearing_announcement,
    "xk_hearing_notice": hearing_notice,
    "xk_hearing_record": hearing_record,
    "xk_hearing_right_notice": hearing_right_notice,
    "xk_intake_receipt": intake_receipt,
    "xk_lower_review_opinion": lower_review_opinion,
    "xk_non_acceptance_decision": non_acceptance_decision,
    "xk_not_required_notice": not_required_notice,
    "xk_on_spot_correction": on_spot_correction,
    "xk_refusal_decision": refusal_decision,
    "xk_statement_record": statement_record,
    "xk_termination_decision": termination_decision,
    "xk_third_party_notice": third_party_notice,
    "xk_verification_record": verification_record,
    "xk_withdraw_application_note": withdraw_note,
}


def _from_case(fill: Callable[[File], Context]) -> Callable[[Case, Act], Context]:
    return lambda case, act: fill(File(case, act))


CONTEXTS: dict[str, Callable[[Case, Act], Context]] = {code: _from_case(fill) for code, fill in _FILLED.items()}
