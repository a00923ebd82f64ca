"""How a case fills the decision, the licence, the letter of commitment and the receipt of service."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import Party
from approvals.models import Licence
from approvals.papers.facts import File, lines
from approvals.queries import questions
from casework.models import Document
from law.wording import day_zh

Context = Mapping[str, Any]

METHODS = {"direct": "直接送达", "electronic": "电子送达", "mail": "邮寄送达"}
# 北京市优化营商环境条例 33
CONSEQUENCES = (
    "未履行承诺的，责令限期整改，整改后仍未达到条件的，撤销决定，并将有关情况纳入本市公共信用信息服务平台",
    "作出虚假承诺的，直接撤销决定，按照未取得决定擅自从事相关活动追究相应法律责任，并将有关情况纳入本市公共信用信息服务平台",
)
# Answers that a certificate shows: what every kind of licence calls its place and its matter.
SHOWN_ON_LICENCE = (
    "shop_name", "shop_address", "place_name", "place_address", "school_name", "school_address", "clinic_name",
    "clinic_address", "office_address", "project", "project_address", "place", "projects", "kinds", "departments",
    "address", "model", "serial",
)  # fmt: skip


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


def refusal_decision(file: File) -> Context:
    return _decided(file) | {
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "reasons": lines(file.fact("reasons")),
            "basis": file.act.basis.replace("；", "、"),
        }
    }


def termination_decision(file: File) -> Context:
    return _decided(file) | {
        "elements": {
            "applicant": file.case.applicant_name,
            "item": file.item.name,
            "reasons": lines(file.fact("reasons")),
            "basis": file.act.basis.replace("；", "、"),
        }
    }


def licence(file: File) -> Context:
    granted = _licence(file)
    party = file.case.applicant
    fields: list[tuple[str, str]] = []
    if party is not None and party.kind == Party.Kind.LEGAL:
        fields = [("统一社会信用代码", party.id_number), ("法定代表人（负责人）", party.legal_representative)]
    asked = {ask.name: ask for ask in questions.asks(file.item)}
    wanted = tuple(asked[name] for name in SHOWN_ON_LICENCE if name in asked)
    fields += questions.shown(wanted, file.application.answers)[:4]
    if granted.scope:
        fields.append(("许可范围", granted.scope))
    return {
        "title": granted.title,
        "fields": [(label, value) for label, value in fields if value],
        "elements": {
            "holder": file.case.applicant_name,
            "item": file.item.name,
            "validity": validity(granted.valid_from, granted.valid_to),
        },
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
    served_on = file.day("served_on")
    method = METHODS[file.fact("method")]
    served = Document.objects.filter(case=file.case, paper__in=("xk_grant_decision", "xk_licence")).order_by("id")
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


def validity(valid_from: date, valid_to: date | None) -> str:
    """自2026年11月22日起至2031年11月21日止"""
    return f"自{day_zh(valid_from)}起" + (f"至{day_zh(valid_to)}止" if valid_to else "长期有效")


def _licence(file: File) -> Licence:
    return Licence.objects.get(case=file.case)


def _decided(file: File) -> dict[str, Any]:
    return file.base() | {
        "parties": file.parties(),
        "received_on": file.received_on,
        "accepted_on": file.accepted_on,
        "findings": file.findings(),
    }
