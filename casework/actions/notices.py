"""Who is told of what. A notice is a row written with the act; `key` makes it one, whatever is retried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from accounts.models import Representation, Seat, User
from casework import registry
from casework.lamps import Ring
from casework.models import Act, Case, Deadline, Notice
from casework.procedure import Step

STAFF_AUDIENCES = frozenset({"section_head", "head_of_organ", "window_clerk", "departmental_legal_unit"})
DISTRICT_AUDIENCES = frozenset({"supervisor", "district_legal_office", "executive_meeting_secretary"})
MOST_READERS = 50


def tell(act: Act, case: Case, row: Step) -> None:
    """Write a notice of the act to everybody whom the row says must be told; the actor already knows."""
    if not row.tells:
        return
    place = registry.procedure(case.procedure, case.version).state(case.state).label
    on = timezone.localdate(act.at)
    readers = {user_id for audience in row.tells for user_id in readers_of(audience, case, on)} - {act.actor_id}
    Notice.objects.bulk_create(
        Notice(
            key=f"act:{act.pk}:{user_id}",
            case=case,
            act=act,
            to_id=user_id,
            created_at=act.at,
            sent_at=act.at,
            subject=f"{case.title}：{act.label}",
            body=f"案号{case.number}，现处于“{place}”环节。",
        )
        for user_id in sorted(readers)
    )


def remind(deadline: Deadline, ring: Ring, at: datetime) -> list[Notice]:
    """Write the reminder of one clock; a second call with the same ring writes nothing."""
    case = deadline.case
    on = timezone.localdate(at)
    readers = {user_id for audience in ring.audiences for user_id in readers_of(audience, case, on)}
    urgency = {"before": "soon", "last_day": "today"}.get(ring.code, "overdue")
    return Notice.objects.bulk_create(
        [
            Notice(
                key=f"ring:{deadline.pk}:{ring.code}:{user_id}",
                case=case,
                deadline=deadline,
                to_id=user_id,
                urgency=urgency,
                created_at=at,
                sent_at=at,
                subject=f"{case.number}{ring.words}",
                body=f"{case.title}，期限截至{deadline.due_on:%Y-%m-%d}。" if deadline.due_on else case.title,
            )
            for user_id in sorted(readers)
        ],
        ignore_conflicts=True,
    )


def readers_of(audience: str, case: Case, on: date) -> Iterable[int]:
    """The accounts behind an audience; none for the public, for systems and for people without an account."""
    if audience == "applicant":
        filer = {case.filed_by.pk} if case.filed_by and case.filed_by.kind == User.Kind.PERSON else set()
        return _representatives([case.applicant_id] if case.applicant_id else [], on) | filer
    if audience == "third_party":
        parties = case.participants.filter(role="third_party", until=None).values_list("party_id", flat=True)
        return _representatives(list(parties), on)
    if audience == "case_officer":
        if case.handler_id:
            return {case.handler_id}
        return _holders("case_officer", case.organ_id, on)
    if audience in STAFF_AUDIENCES:
        return _holders(audience, case.organ_id, on)
    if audience in DISTRICT_AUDIENCES:
        return _holders(audience, None, on)
    return set(
        case.participants.filter(role=audience, until=None, user__isnull=False).values_list("user_id", flat=True)
    )


def _representatives(parties: list[int], on: date) -> set[int]:
    return set(
        Representation.objects.at(on)
        .filter(party__in=parties, revoked_at=None)
        .values_list("user_id", flat=True)[:MOST_READERS]
    )


def _holders(role: str, organ_id: int | None, on: date) -> set[int]:
    seats = Seat.objects.at(on).filter(role=role)
    if organ_id is not None:
        seats = seats.filter(organisation_id=organ_id) | seats.filter(
            organisation__parent_id=organ_id, organisation__kind="internal_unit"
        )
    return set(seats.values_list("user_id", flat=True)[:MOST_READERS])
