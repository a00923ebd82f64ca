"""What the gates of a document's term look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from casework.models import Case
from law.models import Provision
from law.wording import day_zh
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.document import clause_names, suspensions
from regulations.rules.cleanup import RESULT

PROCEDURE, CLEANUP_ITEM = "regulations.validity", "regulations.cleanup_item"
MOST = 200
MOST_CLAUSES = 1000
SIGNS = 30  # of a clause in a list


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules`."""
    document = document_of(case) if case else None
    if case is None or document is None:
        return {}
    on = timezone.localdate(at)
    return {
        "effective_from": document.effective_from,
        "valid_until": document.valid_until,
        "trial": document.trial,
        "ended": document.ended,
        "suspended_clauses": lambda: bool(suspended_clauses(case, on)),
        "left_out": lambda: left_out(case),
        "successors_in_force": lambda: [
            str(one.pk) for one in successors(case) if one.effective_from and one.effective_from <= on
        ],
    }


def left_out(case: Case) -> bool:
    """Whether the latest published clean-up has not kept the document."""
    item = Case.objects.filter(procedure=CLEANUP_ITEM, matter=case.matter, parent__state__in=RESULT)
    latest = item.order_by("-pk").first()
    return latest is not None and latest.state in ("lapsed", "repealed", "unlisted")


def clauses(case: Case, on: date) -> list[tuple[str, str]]:
    """The clauses of the document's text that may be suspended, with how they begin.

    An article of one paragraph is one clause; of several each is offered beside it, and every item.
    """
    document = document_of(case)
    if document is None or document.text is None:
        return []
    pieces = [one for one in document.text.provisions.order_by("order").defer("tokens", "search") if one.anchor]
    held = {one.clause for one in document.suspensions.filter(until=None)}
    names = clause_names(pieces)
    paragraphs = Counter(_article(one) for one in pieces if one.kind == Provision.Kind.PARAGRAPH)
    begin = {_article(one): one.content for one in reversed(pieces) if one.kind == Provision.Kind.PARAGRAPH}
    return [
        (one.anchor, f"{names[one.anchor]}：{Truncator(one.content or begin.get(_article(one), '')).chars(SIGNS)}")
        for one in pieces
        if one.anchor not in held and (one.kind != Provision.Kind.PARAGRAPH or paragraphs[_article(one)] > 1)
    ][:MOST_CLAUSES]


def _article(piece: Provision) -> tuple[int, int, int]:
    return piece.annex, piece.article, piece.bis


def suspended_clauses(case: Case, on: date) -> list[tuple[str, str]]:
    """The clauses that are suspended now."""
    document = document_of(case)
    if document is None or document.text is None:
        return []
    stopped = suspensions(document, document.text.provisions.filter(kind=Provision.Kind.ARTICLE))
    return [(one.clause, one.name) for one in stopped if one.clause and one.until is None]


def successors(case: Case) -> list[NormativeDocument]:
    """Later documents of the same issuer that may have taken the place of this one."""
    document = document_of(case)
    if document is None or document.published_on is None:
        return []
    later = NormativeDocument.objects.filter(issuer=document.issuer, published_on__gt=document.published_on)
    return list(later.exclude(pk=document.pk).order_by("-published_on", "-pk")[:MOST])


def choices(case: Case, on: date) -> list[tuple[str, str]]:
    """The same as options of a question."""
    return [(str(one.pk), str(one)) for one in successors(case)]


def summary(case: Case) -> list[tuple[str, str]]:
    document = document_of(case)
    if document is None:
        return []
    rows = [
        ("规范性文件", str(document)),
        ("施行日期", day_zh(document.effective_from) if document.effective_from else ""),
        ("有效期截止", f"{day_zh(document.valid_until)}（含当日）" if document.valid_until else ""),
        ("有效期", "暂行、试行的有效期" if document.trial else "一般有效期"),
    ]
    return [(label, value) for label, value in rows if value]
