"""How the file of a licence in force fills the papers of supervision, revocation, taking back and cancellation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from accounts import identity
from accounts.models import Party
from approvals.papers.contexts_licences import basis, licence_of, original
from approvals.papers.facts import File
from casework.models import Deadline
from casework.papers import lines
from casework.procedure import Cite
from law.wording import day_zh

Context = Mapping[str, Any]

COMMITMENT = "未按照告知承诺达到许可条件"
FRAUD = "以欺骗、贿赂等不正当手段取得行政许可的情形（《中华人民共和国行政许可法》第六十九条第二款）"
UNPROTECTED = "被许可人基于该行政许可取得的利益不受保护"
CIRCUMSTANCES = {
    "expired": "第七十条第一项：有效期届满未延续的",
    "revoked": "第七十条第四项：行政许可依法被撤销的",
    "taken_back": "第七十条第四项：行政许可依法被撤回的",
    "stripped": "第七十条第四项：行政许可证件依法被吊销的",
    "holder_ended": "第七十条第二项、第三项：公民死亡、丧失行为能力，法人或者其他组织依法终止的",
    "impossible": "第七十条第五项：因不可抗力导致行政许可事项无法实施的",
    "cancellation_requested": "第七十条第六项：依法应当注销的其他情形（被许可人申请注销）",
}
CERTIFICATES = {
    "recovered": "证件已经收回",
    "announced": "证件未能收回，自本决定作出之日起作废，并予以公告",
    "electronic": "电子证照已经停用，证件自本决定作出之日起作废",
}


def _held(file: File) -> dict[str, Any]:
    return {"holder": file.case.applicant_name, "original": original(licence_of(file))}


def _received(file: File) -> dict[str, Any]:
    return {"received_at": timezone.localtime(file.act.at)}


def supervision_record(file: File) -> Context:
    return {
        "addressee": "",
        "place": file.fact("place"),
        "elements": _checked(file) | {"holder": file.case.applicant_name, "result": lines(file.fact("result"))},
    }


def recheck_record(file: File) -> Context:
    order = file.last("order_correction", "order_commitment_correction")
    return {
        "addressee": "",
        "elements": _checked(file)
        | _held(file)
        | {"duty": str(order.facts["duty"]) if order else "", "result": "已经改正"},
    }


def _checked(file: File) -> dict[str, Any]:
    """What both records of an inspection say: by whom, when, what was found, and whose hands sign."""
    officers = file.officers(file.facts["inspectors"])
    on = file.day_of("inspected_on")
    return {
        "officers": officers,
        "findings": [f"检查日期：{day_zh(on)}" if on else "", *lines(file.fact("findings"))],
        "signatures": [
            {"role": "被检查人", "name": ""},
            *({"role": "检查人员", **officer, "on": on} for officer in officers),
        ],
    }


def rectification_order(file: File) -> Context:
    correct_by = file.day_of("correct_by")
    return file.base() | {
        "basis": basis(file),
        "elements": {
            "duty": file.fact("duty"),
            "period": f"{day_zh(correct_by)}以前" if correct_by else "",
            "consequences": file.fact("consequences"),
        },
    }


def rectification_receipt(file: File) -> Context:
    order = file.last("order_correction", "order_commitment_correction")
    return {
        "elements": _held(file)
        | _received(file)
        | {"order_on": timezone.localdate(order.at) if order else None, "report": lines(file.fact("report"))}
    }


def annulment_request_receipt(file: File) -> Context:
    return {
        "addressee": file.act.actor_name,
        "elements": _received(file)
        | {
            "requester": file.act.actor_name,
            "original": original(licence_of(file)),
            "interest": file.fact("interest"),
            "request": lines(file.fact("request")),
        },
    }


def annulment_intent(file: File) -> Context:
    taking_back = file.act.step == "notify_taking_back_intent"
    elements = _held(file) | {"reasons": lines(file.fact("reasons")), "basis": basis(file)}
    if taking_back:
        elements |= {"public_interest": file.fact("public_interest"), "compensation": file.fact("compensation")}
    return file.base() | {
        "outcome": "taking_back" if taking_back else "revocation",
        "title": "拟撤回（变更）行政许可告知书" if taking_back else "拟撤销行政许可告知书",
        "elements": elements,
    }


def hearing_request_receipt(file: File) -> Context:
    clock = file.clock("xk_hearing_organise")
    return {
        "addressee": file.act.actor_name,
        "elements": _received(file)
        | {
            "requester": file.act.actor_name,
            "original": original(licence_of(file)),
            "hold_by": clock.due_on if clock else None,
        },
    }


def annulment_decision(file: File) -> Context:
    circumstance, consequences, outcome = f"{COMMITMENT}的情形（{basis(file)}）", UNPROTECTED, ""
    if file.act.step == "revoke_for_organ_fault":
        cite = Cite("行政许可法", file.fact("ground"))
        circumstance, consequences = f"{cite}规定的情形", file.fact("compensation")
    elif file.act.step.startswith("revoke_for_fraud"):
        circumstance = FRAUD
    elements = _held(file) | {
        "circumstance": circumstance,
        "reasons": lines(file.fact("reasons")),
        "basis": basis(file),
        "consequences": consequences,
    }
    bar = Deadline.objects.filter(case=file.case, started_by=file.act, key="xk_bar_fraud").first()
    if bar and bar.due_on:
        outcome = "fraud"
        elements["bar"] = f"三年内不得再次申请该行政许可，至{day_zh(bar.due_on)}为止"
    return file.base() | {"outcome": outcome, "parties": file.parties(), "elements": elements}


def no_annulment_decision(file: File) -> Context:
    elements = _held(file) | {"reasons": lines(file.fact("reasons")), "basis": basis(file)}
    return file.base() | {"parties": file.parties(), "elements": elements}


def withdrawal_decision(file: File) -> Context:
    changed = file.act.step == "change_ex_officio"
    return file.base() | {
        "outcome": "changed" if changed else "withdrawn",
        "title": "变更已生效行政许可决定书" if changed else "撤回行政许可决定书",
        "parties": file.parties(),
        "new_scope": file.fact("scope"),
        "elements": _held(file)
        | {
            "ground": file.fact("reasons"),
            "public_interest": file.fact("public_interest"),
            "compensation": file.fact("compensation"),
        },
    }


def procedure_end_notice(file: File) -> Context:
    told = file.last("notify_revocation_intent", "notify_taking_back_intent")
    return file.base() | {
        "elements": {
            "original": original(licence_of(file)),
            "told_on": timezone.localdate(told.at) if told else None,
            "reasons": lines(file.fact("reasons")),
        }
    }


def transfer_letter(file: File) -> Context:
    return {
        "addressee": file.fact("receiver"),
        "elements": _held(file)
        | {"facts": lines(file.fact("reasons")), "basis": basis(file), "receiver": file.fact("receiver")},
    }


def cancellation_receipt(file: File) -> Context:
    return {"elements": _held(file) | _received(file) | {"reasons": lines(file.fact("reasons"))}}


def no_cancellation_notice(file: File) -> Context:
    return file.base() | {
        "elements": {
            "original": original(licence_of(file)),
            "reasons": lines(file.fact("reasons")),
            "basis": basis(file),
        }
    }


def cancellation_decision(file: File) -> Context:
    return file.base() | {
        "title": "注销行政许可决定书",
        "parties": file.parties(),
        "elements": _held(file) | _cancelled(file),
    }


def void_announcement(file: File) -> Context:
    party = file.case.applicant
    natural = party is not None and party.kind == Party.Kind.NATURAL
    holder = identity.mask_name(file.case.applicant_name) if natural else file.case.applicant_name
    return {"elements": _held(file) | {"holder": holder} | _cancelled(file)}


def _cancelled(file: File) -> dict[str, str]:
    return {
        "circumstance": f"《中华人民共和国行政许可法》{CIRCUMSTANCES[file.act.from_state]}情形",
        "certificate": CERTIFICATES[file.fact("certificate")],
    }


FILLED: dict[str, Callable[[File], Context]] = {
    "xk_supervision_record": supervision_record,
    "xk_recheck_record": recheck_record,
    "xk_rectification_order": rectification_order,
    "xk_rectification_receipt": rectification_receipt,
    "xk_annulment_request_receipt": annulment_request_receipt,
    "xk_annulment_intent": annulment_intent,
    "xk_hearing_request_receipt": hearing_request_receipt,
    "xk_annulment_decision": annulment_decision,
    "xk_no_annulment_decision": no_annulment_decision,
    "xk_withdrawal_decision": withdrawal_decision,
    "xk_procedure_end_notice": procedure_end_notice,
    "xk_transfer_letter": transfer_letter,
    "xk_cancellation_receipt": cancellation_receipt,
    "xk_no_cancellation_notice": no_cancellation_notice,
    "xk_cancellation_decision": cancellation_decision,
    "xk_void_announcement": void_announcement,
}
