"""How a case about a licence fills its papers: change, renewal, and the certificate that is issued anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Party
from approvals.models import Licence
from approvals.papers.facts import File
from approvals.queries import licences
from casework.papers import lines
from law.wording import day_zh

Context = Mapping[str, Any]


def licence_of(file: File) -> Licence:
    found = licences.licence_of(file.case)
    if found is None:
        raise LookupError(f"case {file.case.number} is about no licence")
    return found


def original(licence: Licence) -> str:
    """编号为京东市监许证〔2026〕1号的《食品经营许可证》"""
    return f"编号为{licence.number}的《{licence.title}》"


def validity(valid_from: date, valid_to: date | None) -> str:
    """自2026年11月22日起至2031年11月21日止"""
    return f"自{day_zh(valid_from)}起" + (f"至{day_zh(valid_to)}止" if valid_to else "长期有效")


def basis(file: File) -> str:
    """The articles of the step, in words."""
    return file.act.basis.replace("；", "、")


def certificate(file: File) -> Context:
    """The certificate as the licence stands now; issued anew it keeps its number and takes the old one's place."""
    licence = licence_of(file)
    party = file.case.applicant
    fields: list[tuple[str, str]] = []
    if party is not None and party.kind == Party.Kind.LEGAL:
        fields = [("统一社会信用代码", party.id_number), ("法定代表人（负责人）", party.legal_representative)]
    fields += [pair for pair in licences.shown(licence) if pair[0] != licences.HOLDER.label]
    found: dict[str, Any] = {
        "title": licence.title,
        "fields": [(label, value) for label, value in fields if value],
        "elements": {
            "holder": licence.holder_name,
            "item": file.item.name,
            "validity": validity(licence.valid_from, licence.valid_to),
        },
    }
    if licence.number and (last := licences.certificates(licence).only("id").first()):
        found |= {"number": licence.number, "replaces": last.pk}
    return found


def modification_decision(file: File) -> Context:
    refused = file.act.step == "refuse_change"
    return file.base() | {
        "outcome": "refused" if refused else "granted",
        "title": "不予变更行政许可决定书" if refused else "准予变更行政许可决定书",
        "parties": file.parties(),
        "elements": {
            "holder": file.case.applicant_name,
            "original": original(licence_of(file)),
            "changes": [
                {"name": each["label"], "before": each["before"], "after": each["after"]}
                for each in file.application.answers["changes"]
            ],
            "reasons": file.fact("reasons"),
            "basis": basis(file),
        },
    }


def _expires_on(file: File) -> date:
    """The last day of the licence as it stood when its renewal was applied for."""
    applied = file.last(*licences.APPLIED)
    if applied is None:
        raise LookupError(f"case {file.case.number} was never applied for")
    return date.fromisoformat(applied.facts["expires_on"])


def renewal_decision(file: File) -> Context:
    refused = file.act.step == "refuse_renewal"
    licence = licence_of(file)
    elements = {
        "holder": file.case.applicant_name,
        "original": original(licence),
        "expires_on": _expires_on(file),
        "basis": basis(file),
    }
    if refused:
        elements["reasons"] = file.fact("reasons")
    else:
        elements["new_validity"] = validity(licence.valid_from, licence.valid_to)
    return file.base() | {
        "outcome": "refused" if refused else "granted",
        "title": "不予延续行政许可决定书" if refused else "准予延续行政许可决定书",
        "parties": file.parties(),
        "elements": elements,
    }


def deemed_renewal_note(file: File) -> Context:
    licence = licence_of(file)
    return file.base() | {
        "elements": {
            "original": original(licence),
            "expires_on": _expires_on(file),
            "new_validity": validity(licence.valid_from, licence.valid_to),
        }
    }


def expiry_notice(file: File) -> Context:
    licence = licence_of(file)
    reason = "提出延续申请时已经晚于有效期届满三十日前，本机关未能在届满前作出决定"
    if file.act.step == "lapse_while_uncorrected":
        reason = "有效期届满时，补正告知书要求补正的材料尚未提交"
    elif licence.state not in (Licence.State.VALID, Licence.State.EXPIRED):
        reason = f"该许可{licence.get_state_display()}"
    return file.base() | {
        "elements": {
            "original": original(licence),
            "expires_on": _expires_on(file),
            "reasons": reason,
            "onward": f"需要继续从事该项活动的，应当重新申请“{file.item.name}”，取得许可之前不得从事该项活动",
        }
    }


def overdue_note(file: File) -> Context:
    clock = file.clock("xk_decide")
    return file.base() | {
        "elements": {"item": file.case.title, "due_on": clock.due_on if clock else None},
        "accepted_on": file.accepted_on,
    }


def abandonment_notice(file: File) -> Context:
    told = file.last("notify_deficiency", "return_outstanding_items")
    return file.base() | {
        "elements": {
            "item": file.case.title,
            "told_on": timezone.localdate(told.at) if told else None,
            "correct_by": date.fromisoformat(told.facts["correct_by"]) if told else None,
            "onward": "仍然需要办理的，可以重新提出申请",
        },
        "basis": basis(file),
    }


def verification_task(file: File) -> Context:
    return {
        "addressee": "",
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.case.title,
            "officers": file.officers(file.facts["officers"]),
            "verify_on": file.day_of("verify_on"),
            "points": lines(file.fact("points")) or [condition["text"] for condition in file.item.conditions],
            "assigned_by": file.act.actor_name,
        },
    }


FILLED: dict[str, Callable[[File], Context]] = {
    "xk_licence": certificate,
    "xk_modification_decision": modification_decision,
    "xk_renewal_decision": renewal_decision,
    "xk_deemed_renewal_note": deemed_renewal_note,
    "xk_expiry_notice": expiry_notice,
    "xk_overdue_note": overdue_note,
    "xk_abandonment_notice": abandonment_notice,
    "xk_verification_task": verification_task,
}
