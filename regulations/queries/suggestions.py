"""Proposals to review a document: by whom they are studied, and what their gates look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation, Seat
from casework.models import Case
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.filing import CONGRESS, OBJECTED
from regulations.queries.filing import PROCEDURE as FILING

PROCEDURE = "regulations.review_suggestion"
FIRST, AGAIN = "suggest_review", "suggest_again"
ANSWERS = ("answer", "tell_not_started", "refuse_not_normative", "direct_elsewhere")
FILINGS = (FILING, CONGRESS)
UNREAD = ("due", "overdue", "submitted", "received", "supplement_asked")  # nobody reviews it yet
GOVERNMENT = frozenset({"district_government", "gov_office"})  # their documents are the congress's to review
# What each state means to somebody who waits; states of the same name mean the same in the other procedures.
PROGRESS = {
    "received": "已经收到，正在核对是否完整、是否属于审查范围。",
    "awaiting_completion": "请按照告知书补充。",
    "studying": "已经登记，正在研究是否启动审查。",
    "under_review": "正在审查。",
    "explanation_asked": "正在等待制定机关说明。",
    "problem_found": "认定有问题，正在督促制定机关纠正。",
    "result": "已有结论，正在制作反馈。",
    "answered": "已经反馈。",
}


def open_to(pk: str) -> NormativeDocument | None:
    """A document of an organ of the district whose review anybody may propose."""
    if not pk.isdecimal():
        return None
    return (
        NormativeDocument.objects.select_related("organ").filter(pk=pk, organ__isnull=False, text__isnull=False).first()
    )


def reviewer(document: NormativeDocument, on: date) -> Organisation | None:
    """The organ that studies proposals about a document: where its review office sits on the day."""
    government = document.organ is not None and document.organ.kind in GOVERNMENT
    role = "congress_review_office" if government else "district_legal_office"
    seat = Seat.objects.at(on).filter(role=role).select_related("organisation__parent").order_by("pk").first()
    return Organisation.objects.get(pk=seat.organisation.organ_id) if seat else None


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules.suggestions`; what costs a query is asked only when a rule looks at it."""
    if case is None:
        return {}
    on = timezone.localdate(at)

    return {
        "standing": lambda: found.standing(on) if (found := document_of(case)) else "",
        "contact": lambda: case.applicant is not None and bool(case.applicant.phone or case.applicant.address),
        "earlier": lambda: _earlier(case).exists(),
        "filings_without_objection": lambda: _filings(case).exclude(acts__step__in=OBJECTED).exists(),
        "filings_uncorrected": lambda: _filings(case).filter(acts__step__in=OBJECTED).exists(),
        "changed": lambda: _changed(document_of(case), case, on),
    }


def reviewed_document(case: Case, on: date) -> list[tuple[str, str]]:
    """The document that a proposal is about, by its name: there is no other to choose."""
    document = document_of(case)
    return [(str(document.pk), str(document))] if document else []


def summary(case: Case) -> list[tuple[str, str]]:
    """What a proposal is about, in a few lines of its page."""
    document = document_of(case)
    if document is None:
        return []
    return [("建议审查的文件", str(document)), ("制定机关", document.issuer)]


def _filings(case: Case) -> QuerySet[Case]:
    """The filings of the document that whoever studies the proposal reviews now."""
    found = Case.objects.filter(procedure__in=FILINGS, matter=case.matter, ended_at=None).exclude(state__in=UNREAD)
    return found.filter(participants__role="receiver", participants__until=None, participants__organisation=case.organ)


def _earlier(case: Case) -> Any:
    mine = Case.objects.filter(procedure=PROCEDURE, matter=case.matter, applicant=case.applicant)
    return mine.filter(state__in=("answered", "told_not_started")).exclude(pk=case.pk)


def _changed(document: NormativeDocument | None, case: Case, on: date) -> bool:
    if document is None:
        return True
    since = timezone.localdate(case.opened_at)
    ended = document.standing(on) not in ("current", "suspended", "not_yet")
    return ended or document.versions.filter(text__version_on__gt=since).exists()


def answer(case: Case) -> list[tuple[str, str]]:
    """What whoever holds the receipt is told on the page of progress."""
    act = case.acts.filter(step__in=ANSWERS).order_by("-seq").first() if case.procedure == PROCEDURE else None
    labels = {"result": "审查结果", "reasons": "理由", "handling": "制定机关处理情况", "way": "提出的途径"}
    return [(label, str(act.facts[name])) for name, label in labels.items() if act and act.facts.get(name)]
