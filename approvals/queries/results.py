"""Published results (行政许可法 40): decisions that the public may look up, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Either
from django.db.models import F, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat

from accounts import identity
from accounts.models import Party
from approvals.models import Licence
from casework.models import Case, Decision
from casework.queries import search
from casework.search import Source

PAGE = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One decision as the public sees it; the name of a natural person is masked."""

    id: int
    number: str
    organ: str
    item: str
    outcome: str
    decided_on: date
    holder: str
    licence: str
    valid_to: date | None
    standing: str
    token: str


def published() -> QuerySet[Decision]:
    """Decisions of licensing that are open to everybody."""
    return Decision.objects.filter(public=True, kind__startswith="approvals.")


# What came by silence of the organ has no paper: it is known by the number of its case, and has no page to verify.
NUMBER = Coalesce(F("document__number"), F("case__number"))
SEARCH = Source(
    code="approvals.result",
    label="审批结果",
    route="casework:verify",
    rows=published,
    columns={
        "title": F("summary"),
        # A legal person may be looked up by name. A natural person may not: the name is not in the index at all.
        "text": Concat(
            F("outcome"), Value(" "), NUMBER, Value(" "), F("organ__name"), Value(" "),
            Either(When(party__kind=Party.Kind.LEGAL, then=F("case__applicant_name")), default=Value("")),
        ),
        "more": Concat(F("organ__short_name"), Value(" "), F("case__licence__number")),
        "organ": F("organ"),
        "day": F("decided_on"),
        "ref": Coalesce(F("document__token"), Value("")),
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page, and the place where the next one begins."""

    results: list[Result]
    next: search.Place | None


def page(words: str, organ: int | None, on: date, after: search.Place | None) -> Page:
    """One page of the list. Words find numbers, items, organs (`organ` is a key) and legal persons."""
    found = search.page(search.Wanted(words=words, source=SEARCH.code, organ=organ, after=after), on, PAGE)
    related = ("case__licence", "case__parent__licence", "case__parent__parent__licence", "document", "organ", "party")
    keys = [entry.key for entry in found.entries]
    decisions = published().select_related(*related).defer("document__context").in_bulk(keys)
    return Page([_result(decisions[key]) for key in keys if key in decisions], found.next)


def _licence(case: Case | None) -> Licence | None:
    """The licence that a decision is about: granted in its case, or in the one that it goes back to."""
    while case is not None:
        if licence := getattr(case, "licence", None):
            return licence
        case = case.parent
    return None


def _standing(decision: Decision, licence: Licence | None) -> str:
    """How the licence stands: a decision that ends one is told by what it made of it."""
    if licence is None:
        return "已失效" if decision.ended_on else "有效"
    return "有效" if licence.state == Licence.State.VALID and not decision.ended_on else licence.get_state_display()


def _result(decision: Decision) -> Result:
    party, document = decision.party, decision.document
    licence = _licence(decision.case)
    natural = party is not None and party.kind == Party.Kind.NATURAL
    name = decision.case.applicant_name
    return Result(
        id=decision.pk,
        number=document.number if document else decision.case.number,
        organ=decision.organ.name,
        item=decision.summary,
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        holder=identity.mask_name(name) if natural else name,
        licence=f"{licence.title} {licence.number}".strip() if licence else "",
        valid_to=licence.valid_to if licence else None,
        standing=_standing(decision, licence),
        token=document.token if document and document.made_at else "",
    )
