"""What the house holds of an applicant already and need not be handed in again: certificates, and earlier material."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from accounts.models import AccessEvent, Party
from approvals.models import Licence, Material
from approvals.queries import licences
from casework.models import Case, Document, Draft

MOST = 6  # offers for one material
SEEN = 200  # matters of one person whose look-ups are shown
REUSED = AccessEvent.Kind.MATERIAL_REUSED


@dataclass(frozen=True, slots=True)
class Offer:
    """One document that may be used again; `source` says in which matter it came or was issued."""

    document: Document
    source: str
    on: date


def offers(draft: Draft, material: Material, on: date) -> list[Offer]:
    """What the applicant of a draft has for a material: valid certificates of that name, what was handed in earlier.

    Nothing before it is settled who applies. Two queries.
    """
    if draft.party_id is None or draft.party is None:
        return []
    found = [*_certificates(draft.party, material, on), *_earlier(draft.party, material)]
    seen: dict[str, Offer] = {}
    for offer in found:
        seen.setdefault(offer.document.sha256, offer)
    return list(seen.values())[:MOST]


def _certificates(party: Party, material: Material, on: date) -> list[Offer]:
    held = Licence.objects.filter(holder=party, title=material.name, state=Licence.State.VALID).select_related("organ")
    found = []
    for licence in held.filter(Q(valid_to=None) | Q(valid_to__gte=on))[:MOST]:
        paper = licences.certificates(licence).filter(made_at__isnull=False, voided_at=None).first()
        if paper:
            found.append(Offer(paper, f"{licence.organ.short_name}颁发，{licence.number}", licence.issued_on))
    return found


def _earlier(party: Party, material: Material) -> list[Offer]:
    """Clean files that were handed in under the same name of material, the latest first."""
    same = Document.objects.filter(
        case__applicant=party,
        case__application__item__materials__code=F("slot"),
        case__application__item__materials__name=material.name,
        kind=Document.Kind.MATERIAL,
        scan=Document.Scan.CLEAN,
    )
    rows = same.select_related("case").order_by("-added_at", "-id")[: 3 * MOST]
    return [
        Offer(document, f"办理“{document.case.title}”时提交，{document.case.number}", document.added_at.date())
        for document in rows
        if document.case
    ]


@dataclass(frozen=True, slots=True)
class Use:
    """One use of what the house holds of somebody, or one look at it."""

    event: AccessEvent
    own: bool
    purpose: str


def uses(parties: Collection[int], person: int) -> list[Use]:
    """What was used again and looked at of these parties, the latest first. Two queries."""
    cases = Case.objects.filter(applicant__in=parties).order_by("-pk").values_list("pk", flat=True)[:SEEN]
    subjects = [*(f"party:{pk}" for pk in parties), *(f"case:{pk}" for pk in cases)]
    kinds = (REUSED, AccessEvent.Kind.PERSONAL_DATA_READ)
    events = AccessEvent.objects.filter(subject__in=subjects, kind__in=kinds).order_by("-pk")[:SEEN]
    return [Use(event, event.actor_id == person, str(event.detail.get("reason") or "办理案件")) for event in events]
