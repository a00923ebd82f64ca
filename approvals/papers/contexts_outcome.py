"""How a case fills the decision, the licence, the letter of commitment and the receipt of service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from approvals.models import Licence
from approvals.papers.contexts_licences import validity
from approvals.papers.facts import File
from approvals.queries.bundles import BUNDLE, PART
from casework.models import Case, Deadline, Document
from casework.papers import lines
from law.wording import day_zh

Context = Mapping[str, Any]

# What is handed over at the end of a grant, a change or a renewal.
SERVED = (
    "xk_grant_decision", "xk_modification_decision", "xk_renewal_decision", "xk_deemed_renewal_note", "xk_licence",
    "xk_refusal_decision",  # of what was split off a bundle
)  # fmt: skip
METHODS = {"direct": "直接送达", "electronic": "电子送达", "mail": "邮寄送达"}
# 北京市优化营商环境条例 33
CONSEQUENCES = (
    "未履行承诺的，责令限期整改，整改后仍未达到条件的，撤销决定，并将有关情况纳入本市公共信用信息服务平台",
    "作出虚假承诺的，直接撤销决定，按照未取得决定擅自从事相关活动追究相应法律责任，并将有关情况纳入本市公共信用信息服务平台",
)


def grant_decision(file: File) -> Context:
    licence = _licence(file)
    return _decided(file) | {
        "elements": {
            "holder": file.case.applicant_name,
            "item": file.item.name,
            "scope": licence.scope or "与申请书载明的内容一致",
            "validity": validity(licence.valid_from, licence.valid_to),
            "basis": file.cites(),
        }
    }


TECHNICAL = "第五十五条第三款"  # a refusal that rests on an inspection, a test or a quarantine


def refusal_decision(file: File) -> Context:
    bar = barred_until(file)
    basis = file.cites().split("、")
    return _decided(file) | {
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "reasons": [*lines(file.fact("reasons")), *([bar] if bar else [])],
            "basis": "、".join(cite for cite in basis if cite != TECHNICAL or file.last("order_inspection")),
        }
    }


def barred_until(file: File) -> str:
    """Up to which day the applicant may not apply for this kind of licence again (行政许可法 78, 79); empty: no bar."""
    bars = Deadline.objects.filter(party=file.case.applicant, owner="party", case__matter=file.case.matter)
    last = bars.filter(stopped_at=None, due_on__gte=file.on).order_by("due_on").last()
    if last is None or last.due_on is None:
        return ""
    article, years = ("七十八", "一年") if last.key == "xk_bar_false_material" else ("七十九", "三年")
    since = day_zh(timezone.localdate(last.triggered_at))
    return (
        f"依照《行政许可法》第{article}条的规定，申请人自{since}起{years}内不得再次申请该行政许可，"
        f"限制期至{day_zh(last.due_on)}止。"
    )


def termination_decision(file: File) -> Context:
    return _decided(file) | {
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "reasons": lines(file.fact("reasons")),
            "basis": file.act.basis.replace("；", "、"),
        }
    }


def commitment_letter(file: File) -> Context:
    return {
        "item": file.item.name,
        "elements": {
            "conditions": [condition["text"] for condition in file.item.conditions],
            "consequences": list(CONSEQUENCES),
            "promised_by": f"{file.case.applicant_name}　{file.application.declared_by}",
        },
    }


def service_receipt(file: File) -> Context:
    """送达回证: which papers reached whom, how and when (民事诉讼法 87)."""
    served_on = file.day_of("served_on")
    method = METHODS[file.fact("method")]
    cases = [file.case.pk]
    if file.case.procedure == BUNDLE:
        # Those that the opening of a licence's file has moved on already are here as well.
        here = Case.objects.filter(parent=file.case, procedure=PART).exclude(acts__step="deliver_part")
        cases += here.values_list("pk", flat=True)
    served = Document.objects.filter(case__in=cases, paper__in=SERVED).order_by("id")
    papers = [
        {"title": paper.title, "number": paper.number, "copies": 1, "received_on": served_on} for paper in served
    ] or [{"title": "行政许可证件", "number": "", "copies": 1, "received_on": served_on}]
    point = file.application.delivery_point or file.case.service_point
    place = (
        "网上送达"
        if file.fact("method") == "electronic"
        else point.name
        if point
        else f"{file.case.organ.name}政务服务窗口"
    )
    elements = {
        "recipient": file.case.applicant_name,
        "papers": papers,
        "method": method,
        "place": place,
        "received_by": file.fact("recipient"),
        "servers": [{"name": file.act.actor_name, "certificate": ""}],
    }
    return {
        "cause": file.item.name,
        "recipient_capacity": "申请人",
        "received_at": served_on,
        **elements,
        "elements": elements,
    }


def _licence(file: File) -> Licence:
    return Licence.objects.get(case=file.case)


def _decided(file: File) -> dict[str, Any]:
    return file.base() | {
        "parties": file.parties(),
        "received_on": file.received_on,
        "accepted_on": file.accepted_on,
        "findings": file.findings(),
    }
