"""Published results (行政许可法 40): decisions that the public may look up, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts import identity
from accounts.models import Organisation, Party
from casework.models import Decision

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


def page(words: str, organ: str, before: tuple[date, int] | None) -> tuple[list[Result], tuple[date, int] | None]:
    """One page, and where the next one begins. One query.

    Words find numbers, items and legal persons; natural persons cannot be searched for by name.
    """
    found = published().select_related("case__licence", "document", "organ", "party").order_by("-decided_on", "-id")
    if organ:
        found = found.filter(organ__code=organ)
    for word in words.split()[:4]:
        of_body = Q(party__kind=Party.Kind.LEGAL, party__name__icontains=word)
        number = Q(document__number__icontains=word) | Q(case__licence__number__icontains=word)
        found = found.filter(of_body | number | Q(case__title__icontains=word))
    if before:
        day, pk = before
        found = found.filter(Q(decided_on__lt=day) | Q(decided_on=day, id__lt=pk))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return [_result(row) for row in rows[:PAGE]], (last.decided_on, last.pk) if last else None


def organs() -> list[tuple[str, str]]:
    """Code and name of every organ that has published a result. One query."""
    deciding = published().order_by().values("organ")
    return list(Organisation.objects.filter(pk__in=deciding).order_by("code").values_list("code", "short_name"))


def _result(decision: Decision) -> Result:
    party, document = decision.party, decision.document
    licence = getattr(decision.case, "licence", None)
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
        standing="已失效" if decision.ended_on else licence.get_state_display() if licence else "有效",
        token=document.token if document and document.made_at else "",
    )
