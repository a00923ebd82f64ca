"""Acceptances that everybody may look up: which applications were accepted, when, and by when they are decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Either
from django.db.models import F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.utils import timezone

from accounts import identity
from accounts.models import Party
from approvals.queries.figures import FILINGS
from casework.models import Act, Case, Deadline
from casework.queries import search
from casework.search import Source

PAGE = 20
STEPS = (
    "accept", "deem_accepted", "accept_with_inspection", "accept_for_first_examination",
    "accept_company_registration", "accept_low_risk_project",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """One acceptance as the public sees it; the name of a natural person is masked."""

    number: str
    item: str
    organ: str
    applicant: str
    on: date
    due_on: date | None
    ended: bool
    silent: bool  # the organ said nothing in time: accepted from the day on which the materials were received


def published() -> QuerySet[Act]:
    """The acts by which applications were accepted, silence included, each with the moment `since` which it counts.

    What silence accepts is accepted from when the materials came (行政许可法 32(1)(4)), as the deciding clock has it.
    """
    clock = Deadline.objects.filter(case=OuterRef("case"), started_by=OuterRef("pk"), key__startswith="xk_decide")
    found = Act.objects.filter(step__in=STEPS, case__procedure__in=FILINGS)
    return found.annotate(since=Coalesce(Subquery(clock.values("triggered_at")[:1]), "at"))


SEARCH = Source(
    code="approvals.accepted",
    label="受理公示",
    route="accepted",
    rows=published,
    columns={
        "title": F("case__title"),
        # As with results: a legal person may be looked up by name, a natural person is not in the index at all.
        "text": Concat(
            F("case__number"), Value(" "), F("case__organ__name"), Value(" "),
            Either(When(case__applicant__kind=Party.Kind.LEGAL, then=F("case__applicant_name")), default=Value("")),
        ),
        "more": F("case__organ__short_name"),
        "organ": F("case__organ"),
        "day": TruncDate("since"),
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One page, and the place where the next one begins."""

    accepted: list[Accepted]
    next: search.Place | None


def page(words: str, organ: int | None, on: date, after: search.Place | None) -> Page:
    """One page of the list, newest first. Words find numbers, items, organs (`organ` is a key) and legal persons."""
    found = search.page(search.Wanted(words=words, source=SEARCH.code, organ=organ, after=after), on, PAGE)
    acts = published().select_related("case__organ", "case__applicant").in_bulk([one.key for one in found.entries])
    return Page([_accepted(acts[one.key]) for one in found.entries if one.key in acts], found.next)


def _accepted(act: Act) -> Accepted:
    case: Case = act.case
    natural = case.applicant is not None and case.applicant.kind == Party.Kind.NATURAL
    return Accepted(
        number=case.number,
        item=case.title,
        organ=case.organ.name,
        applicant=identity.mask_name(case.applicant_name) if natural else case.applicant_name,
        on=timezone.localdate(act.since),  # type: ignore[attr-defined]
        due_on=None if case.ended_at else case.due_on,
        ended=case.ended_at is not None,
        silent=act.step == "deem_accepted",
    )
