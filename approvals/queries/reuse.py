"""What the house holds of an applicant already and need not be handed in again: certificates, and earlier material."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from accounts.models import AccessEvent, Party, Seat
from approvals.models import Licence, Material
from approvals.queries import licences, presence
from approvals.queries.bundles import short
from approvals.queries.drafts import INTAKE
from casework.models import Case, Document, Draft

MOST = 6  # offers for one material
SEEN = 200  # matters of one person whose look-ups are shown
REUSED = AccessEvent.Kind.MATERIAL_REUSED
UNSTATED = "未说明"


@dataclass(frozen=True, slots=True)
class Offer:
    """One document that may be used again; `source` says in which matter it came or was issued."""

    document: Document
    source: str
    on: date


def may_look(draft: Draft) -> bool:
    """Whether it is settled who applies; at a window, who stands there (个人信息保护法 6)."""
    return draft.party_id is not None and (draft.step != INTAKE or presence.settled(draft.content))


def looked(draft: Draft) -> bool:
    """Whether somebody has said what for: applicants see their own, a window states a purpose for this applicant."""
    return draft.step != INTAKE or draft.content.get("look_up", {}).get("party") == draft.party_id


def offers(draft: Draft, material: Material, on: date) -> list[Offer]:
    """What the applicant of a draft has for a material: valid certificates that are it, what was handed in earlier.

    Nothing before it is settled who applies and, at a window, what for. Three queries, and one for each certificate.
    """
    if draft.party is None or not may_look(draft) or not looked(draft):
        return []
    found = [*_certificates(draft.party, material, on), *_earlier(draft.party, material)]
    seen: dict[str, Offer] = {}
    for offer in found:
        seen.setdefault(offer.document.sha256, offer)
    return list(seen.values())[:MOST]


def _certificates(party: Party, material: Material, on: date) -> list[Offer]:
    if not material.satisfied_by:
        return []
    held = Licence.objects.filter(holder=party, title__in=material.satisfied_by, state=Licence.State.VALID)
    valid = held.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on).select_related("organ")
    found = []
    for licence in valid[:MOST]:
        paper = licences.certificates(licence).filter(made_at__isnull=False, voided_at=None).first()
        if paper:
            found.append(Offer(paper, f"{licence.organ.short_name}颁发，{licence.number}", licence.issued_on))
    return found


def _earlier(party: Party, material: Material) -> list[Offer]:
    """Clean files that were handed in under the same name of material, for an item or for a bundle, the latest first.

    What is shared between departments is handed in by nobody. Two queries.
    """
    if material.shared_from:
        return []
    same = Material.objects.filter(name=material.name, shared_from="").select_related("item")
    asked = Q(pk=None)
    for one in same:
        asked |= Q(slot=one.code, case__application__item=one.item_id) | _in_bundles(one)
    handed_in = Document.objects.filter(
        asked, case__applicant=party, kind=Document.Kind.MATERIAL, scan=Document.Scan.CLEAN
    )
    return [
        Offer(one, f"办理“{one.case.title}”时提交，{one.case.number}", timezone.localdate(one.added_at))
        for one in handed_in.select_related("case").order_by("-added_at", "-id")[: 3 * MOST]
        if one.case
    ]


def _in_bundles(material: Material) -> Q:
    """Handed in for a bundle with the version of the item that asks for it, under the name that the whole gives it."""
    item = material.item
    filed = Q(case__application__declared_at__gte=_midnight(item.since))
    if item.until:
        filed &= Q(case__application__declared_at__lt=_midnight(item.until))
    name = f"{short(item.code)}-{material.code}"
    return filed & Q(slot=name, case__application__item=None, case__application__chosen__contains=[item.code])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True, slots=True)
class Use:
    """One use of what the house holds of somebody, or one look at it: by whom (organ, where an official) and why."""

    event: AccessEvent
    by: str
    purpose: str


def uses(parties: Collection[int], person: int) -> list[Use]:
    """What was used again and looked at of these parties, the latest first. Three queries."""
    cases = Case.objects.filter(applicant__in=parties).order_by("-pk").values_list("pk", flat=True)[:SEEN]
    subjects = [*(f"party:{pk}" for pk in parties), *(f"case:{pk}" for pk in cases)]
    kinds = (REUSED, AccessEvent.Kind.PERSONAL_DATA_READ)
    events = list(AccessEvent.objects.filter(subject__in=subjects, kind__in=kinds).order_by("-pk")[:SEEN])
    organs = _organs({event.actor_id for event in events if event.actor_id} - {person})
    return [Use(event, "本人" if event.actor_id == person else _by(event, organs), _purpose(event)) for event in events]


def _organs(officials: Collection[int]) -> dict[int, Sequence[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(user__in=officials).select_related("organisation").order_by("pk"):
        found[seat.user_id].append(seat)
    return dict(found)


def _by(event: AccessEvent, organs: dict[int, Sequence[Seat]]) -> str:
    """The organs in which somebody held a seat on that day; who holds none acts for the person."""
    on = timezone.localdate(event.at)
    names = dict.fromkeys(seat.organisation.name for seat in organs.get(event.actor_id or 0, ()) if seat.covers(on))
    return f"{'、'.join(names)}工作人员" if names else "代办人"


def _purpose(event: AccessEvent) -> str:
    return str(event.detail.get("reason") or UNSTATED)
