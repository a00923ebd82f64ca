"""Handing over and receiving: one after the other, by two people, and whoever collects is told when it is there.

Whoever collects may change their mind about where; what lies at the point chosen before is then handed over once more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, ServicePoint, User
from approvals.actions.counter import brought
from approvals.models import Application, Consignment
from approvals.queries import custody
from approvals.queries.applied import application_of
from approvals.queries.bundles import PART
from approvals.queries.custody import Place
from approvals.queries.drafts import REDIRECTED
from approvals.queries.licences import CORRECTED
from casework.actions.notices import tell_applicant
from casework.models import Act, Case, Participant
from casework.queries.rights import AT_POINT
from casework.refusal import NotAllowed, Reason, Refused
from casework.telling import Words

HAND_OVER = "移交"


@transaction.atomic
def hand_over(case: Case, content: str, pieces: str, to: Place, by: User, at: datetime) -> Consignment:
    """Send something of a case on its way. Only from where it lies, by somebody who stands there."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ", "service_point").get(pk=case.pk)
    under_way = Consignment.objects.filter(case=case, content=content, received_at=None).exists()
    lying = custody.lies_at(case, content)
    if under_way or not lying:
        raise Refused([Reason("under_way", "已经移交，正在途中。")], HAND_OVER)
    places = custody.places_of(by, timezone.localdate(at))
    here = next((place for place in lying if places.hold(place)), None)
    if here is None:
        raise NotAllowed([Reason("not_here", "不在您的网点或者单位，不能移交。")], HAND_OVER)
    if here == to:
        raise Refused([Reason("same_place", "接收地点与所在地点相同。")], HAND_OVER)
    sent = Consignment.objects.create(
        case=case, content=content, pieces=pieces, sent_by=by, sent_at=at, sender=here.point, receiver=to.point,
        sender_office=_other(here, case), receiver_office=_other(to, case),
    )  # fmt: skip
    if content == Consignment.Content.CERTIFICATE and here.point:
        _is_collected_elsewhere(case, here.point, at)
    return sent


def _is_collected_elsewhere(case: Case, point: ServicePoint, at: datetime) -> None:
    """The window that sent it on has no part in the case any more, but in its bundle while other results lie there."""
    main = case.parent if case.procedure == PART else None
    left = [case] if main is None or custody.gathered(main, point) else [case, main]
    Participant.objects.filter(case__in=left, role=AT_POINT, point=point, until=None).update(until=at)


def _other(place: Place, case: Case) -> Organisation | None:
    """The office, if it is not the case's own."""
    return place.office if place.office and place.office.pk != case.organ_id else None


@transaction.atomic
def receive(consignment: Consignment, by: User, at: datetime, remark: str = "") -> Consignment:
    """Confirm that it is there. A second confirmation is refused, and one's own as well."""
    found = Consignment.objects.select_for_update(of=("self",)).select_related(
        "case__organ", "case__parent", "receiver", "receiver_office"
    )
    kept = found.get(pk=consignment.pk)
    if kept.received_at:
        raise Refused([Reason("received", "已经有人接收。")], "接收")
    if not custody.places_of(by, timezone.localdate(at)).hold(custody.receiver_of(kept)):
        raise NotAllowed([Reason("not_here", "不是移交给您的网点或者单位的。")], "接收")
    if by.pk == kept.sent_by_id:
        raise Refused([Reason("second_person", "接收人应当是移交人以外的人。")], "接收")
    kept.received_by, kept.received_at, kept.remark = by, at, remark
    kept.save(update_fields=["received_by", "received_at", "remark"])
    if kept.content == Consignment.Content.CERTIFICATE and kept.receiver:
        _may_be_collected(kept, kept.receiver, at)
    return kept


def _may_be_collected(kept: Consignment, point: ServicePoint, at: datetime) -> None:
    """The window there may deliver it, and the applicant is told that it waits; of a bundle, once all is there.

    Not where it only comes by: the applicant chose another point meanwhile.
    """
    case = kept.case
    application = application_of(case)
    if application and application.delivery_point_id not in (None, point.pk):
        return
    main = case.parent if case.procedure == PART and case.ended_at and case.parent else None
    for each in (case, main):
        if each:
            Participant.objects.get_or_create(
                case=each, role=AT_POINT, point=point, until=None, defaults={"since": at}
            )  # fmt: skip
    there = [kept]
    if main:
        there = list(custody.gathered(main, point))
        if len(there) < custody.expected(main):
            return
    about = main or case
    pieces = "、".join(one.pieces for one in there)
    words = Words(
        f"可以领取：{about.title}",
        f"{about.number}的{pieces}已经送到{point.name}（{point.address}，{point.opening_hours}），可以领取。"
        f"请携带身份证件和收件凭证。",
        f"{about.title}的证件已送到{point.name}，可以领取",
    )
    tell_applicant(f"consignment:{kept.pk}", about, words, at)


def redirected(case: Case, act: Act) -> None:
    """What is not handed over yet is collected at another point; of a bundle whatever of it still is."""
    about = Q(case=case) | Q(case__parent=case, case__procedure=PART)
    here = Application.objects.filter(about, delivery=Application.Delivery.COLLECT).exclude(case__state="delivered")
    here.update(delivery_point=int(act.facts["point"]))


def redirected_at_window(case: Case, act: Act) -> None:
    brought(case, act)
    redirected(case, act)


EFFECTS = {(code, "redirect"): redirected for code in CORRECTED} | {
    (code, REDIRECTED): redirected_at_window for code in CORRECTED
}
