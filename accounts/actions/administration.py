"""Two people for every change of permissions: the system administrator proposes, the security administrator decides.

GB/T 22239 三权分立: none of the three administrators has the others' power.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import queries
from accounts.models import AccessEvent, Organisation, Post, Seat, SeatRequest, ServicePoint, User

from . import staff
from .record import Refused, record


def propose_seat(
    user: User,
    role: str,
    organisation: Organisation,
    *,
    reason: str,
    by: User,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    post: Post | None = None,
    service_point: ServicePoint | None = None,
    source: str | None = None,
) -> SeatRequest:
    """Ask for a seat. It has no effect until another person approves it."""
    _must_be_system_administrator(by, at)
    since = since or localdate(at)
    staff.check_seat(user, role, organisation, since, until)
    if SeatRequest.objects.filter(
        user=user, role=role, organisation=organisation, ends=None, outcome=SeatRequest.Outcome.PENDING
    ).exists():
        raise Refused("同样的任职申请正在等待审批")
    return _propose(
        SeatRequest(
            user=user,
            role=role,
            organisation=organisation,
            post=post,
            service_point=service_point,
            since=since,
            until=until,
            reason=reason,
        ),
        by,
        at,
        source,
    )


def propose_end(seat: Seat, *, on: date, reason: str, by: User, at: datetime, source: str | None = None) -> SeatRequest:
    """Ask that a seat ends on a day. (An account that must stop at once is disabled instead.)"""
    _must_be_system_administrator(by, at)
    if not seat.covers(localdate(at)):
        raise Refused("该任职已经终止")
    if seat.end_requests.filter(outcome=SeatRequest.Outcome.PENDING).exists():
        raise Refused("终止该任职的申请正在等待审批")
    return _propose(
        SeatRequest(
            user=seat.user,
            role=seat.role,
            organisation=seat.organisation,
            post=seat.post,
            since=seat.since,
            until=max(on, seat.since),
            ends=seat,
            reason=reason,
        ),
        by,
        at,
        source,
    )


def decide(
    request: SeatRequest, approve: bool, *, by: User, at: datetime, opinion: str = "", source: str | None = None
) -> Seat | None:
    """Approve (the seat begins or ends) or refuse. Returns the seat concerned, or None after a refusal.

    Refused: `by` is not the security administrator, proposed it, or is the person concerned; or it was decided.
    """
    if not queries.holds(by, "security_administrator", None, localdate(at)):
        raise Refused("只有安全管理员可以审批任职变更")
    with transaction.atomic():
        request = SeatRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if request.outcome != SeatRequest.Outcome.PENDING:
            raise Refused("该申请已经审批")
        if by.pk in (request.proposed_by_id, request.user_id):
            raise Refused("不能审批自己提出或者涉及自己的任职变更")
        if approve and request.ends:
            staff.end_seat(request.ends, on=request.until, at=at, by=by, source=source)
            seat: Seat | None = request.ends
        elif approve:
            seat = request.seat = staff.grant_seat(
                request.user,
                request.role,
                request.organisation,
                since=request.since,
                until=request.until,
                post=request.post,
                service_point=request.service_point,
                at=at,
                by=by,
                source=source,
            )
        else:
            if not opinion.strip():
                raise Refused("不予批准的，请写明理由")
            seat = None
            record(
                AccessEvent.Kind.SEAT_REFUSED,
                at,
                actor=by,
                user=request.user,
                source=source,
                request=request.pk,
                role=request.role,
            )
        request.outcome = SeatRequest.Outcome.APPROVED if approve else SeatRequest.Outcome.REFUSED
        request.decided_by, request.decided_at, request.opinion = by, at, opinion.strip()
        request.save(update_fields=["outcome", "decided_by", "decided_at", "opinion", "seat"])
    return seat


def _must_be_system_administrator(by: User, at: datetime) -> None:
    if not queries.holds(by, "system_administrator", None, localdate(at)):
        raise Refused("只有系统管理员可以提出任职变更")


def _propose(request: SeatRequest, by: User, at: datetime, source: str | None) -> SeatRequest:
    if request.user_id == by.pk:
        raise Refused("不能为自己提出任职变更")
    request.proposed_by, request.proposed_at = by, at
    try:
        with transaction.atomic():
            request.save()
            record(
                AccessEvent.Kind.SEAT_PROPOSED,
                at,
                actor=by,
                user=request.user,
                source=source,
                request=request.pk,
                role=request.role,
                organisation=request.organisation.code,
                ends=request.ends_id,
            )
    except IntegrityError as error:
        raise Refused("任职申请不符合规定") from error
    return request
