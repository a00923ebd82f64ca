"""Handing over and receiving: one after the other, by two people, and whoever collects is told when it is there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import ServicePoint, User
from approvals.models import Consignment
from approvals.queries import custody
from casework.actions.notices import tell_people
from casework.models import Case, Participant
from casework.queries.readers import Readers
from casework.queries.rights import AT_POINT
from casework.refusal import NotAllowed, Reason, Refused
from casework.telling import Words

HAND_OVER = "移交"


@transaction.atomic
def hand_over(case: Case, content: str, pieces: str, to: ServicePoint | None, by: User, at: datetime) -> Consignment:
    """Send something of a case on its way. Only from where it lies, by somebody who stands there."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ", "service_point").get(pk=case.pk)
    here = custody.lies_at(case, content)
    if isinstance(here, bool):
        raise Refused([Reason("under_way", "已经移交，正在途中。")], HAND_OVER)
    if not custody.places_of(by, timezone.localdate(at)).holds(case, here):
        raise NotAllowed([Reason("not_here", "不在您的网点或者单位，不能移交。")], HAND_OVER)
    if here == to:
        raise Refused([Reason("same_place", "接收地点与所在地点相同。")], HAND_OVER)
    return Consignment.objects.create(
        case=case, content=content, pieces=pieces, sender=here, receiver=to, sent_by=by, sent_at=at
    )


@transaction.atomic
def receive(consignment: Consignment, by: User, at: datetime, remark: str = "") -> Consignment:
    """Confirm that it is there. A second confirmation is refused, and one's own as well."""
    found = Consignment.objects.select_for_update(of=("self",)).select_related("case__organ", "receiver")
    kept = found.get(pk=consignment.pk)
    if kept.received_at:
        raise Refused([Reason("received", "已经有人接收。")], "接收")
    if not custody.places_of(by, timezone.localdate(at)).holds(kept.case, kept.receiver):
        raise NotAllowed([Reason("not_here", "不是移交给您的网点或者单位的。")], "接收")
    if by.pk == kept.sent_by_id:
        raise Refused([Reason("second_person", "接收人应当是移交人以外的人。")], "接收")
    kept.received_by, kept.received_at, kept.remark = by, at, remark
    kept.save(update_fields=["received_by", "received_at", "remark"])
    if kept.content == Consignment.Content.CERTIFICATE and kept.receiver:
        _may_be_collected(kept, kept.receiver, at)
    return kept


def _may_be_collected(kept: Consignment, point: ServicePoint, at: datetime) -> None:
    """The window there may deliver it, and the applicant is told that it waits."""
    case = kept.case
    Participant.objects.get_or_create(case=case, role=AT_POINT, point=point, until=None, defaults={"since": at})
    words = Words(
        f"可以领取：{case.title}",
        f"{case.number}的{kept.pieces}已经送到{point.name}（{point.address}，{point.opening_hours}），可以领取。"
        f"请携带身份证件和收件凭证。",
        f"{case.title}的证件已送到{point.name}，可以领取",
    )
    readers = Readers([case], timezone.localdate(at)).of("applicant", case)
    tell_people(f"consignment:{kept.pk}", dict.fromkeys(readers, words), at)
