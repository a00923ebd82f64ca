"""Officials: their accounts, seats, certificates, who stands in for them, and what they keep out of."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from accounts import identity, queries, roles
from accounts.models import (
    AccessEvent,
    Credential,
    Delegation,
    Organisation,
    Post,
    Recusal,
    Seat,
    ServicePoint,
    User,
)

from .credentials import end_sessions, set_password
from .record import Refused, record


def create_staff(
    username: str,
    name: str,
    *,
    at: datetime,
    password: str | None,
    kind: str = User.Kind.STAFF,
    staff_number: str | None = None,
    phone: str = "",
    email: str = "",
    must_change_password: bool = True,
    demo: bool = False,
    by: User | None = None,
    source: str | None = None,
) -> User:
    """An account for an official (or one of the three administrators), without any seat yet.

    `by` is the system administrator, or None for a command on the server. Without a password nobody can sign in.
    Refused: the name, staff number or telephone is taken or impossible.
    """
    if by is not None and not queries.holds(by, "system_administrator", None, localdate(at)):
        raise Refused("只有系统管理员可以创建账号")
    if kind not in (User.Kind.STAFF, User.Kind.ADMINISTRATOR):
        raise Refused("账号类别不正确")
    username = username.strip().lower()
    if not username.isascii() or not username.replace("-", "").replace("_", "").isalnum() or username.isdigit():
        raise Refused("账号由字母、数字、连字符或者下划线组成，不能全是数字")
    if not name.strip():
        raise Refused("请填写姓名")
    try:
        phone = identity.mobile(phone) if phone else ""
    except identity.IdentityError as error:
        raise Refused(str(error)) from error
    user = User(
        username=username,
        kind=kind,
        display_name=name.strip(),
        staff_number=staff_number or None,
        phone=phone,
        phone_index=queries.phone_index(phone),
        email=email,
        is_demo=demo,
        created_at=at,
    )
    set_password(user, password, at)
    user.must_change_password = must_change_password
    try:
        user.clean_fields()
    except ValidationError as error:
        raise Refused("".join(error.messages)) from error
    try:
        with transaction.atomic():
            user.save()
            record(AccessEvent.Kind.ACCOUNT_CREATED, at, actor=by, user=user, source=source, kind_of_account=kind)
    except IntegrityError as error:
        raise Refused("账号、工号或者手机号码已被使用") from error
    return user


def check_seat(user: User, role: str, organisation: Organisation, since: date, until: date | None) -> None:
    """Refused if the user may not hold this role there: wrong kind of organ or account, or roles kept apart."""
    if role not in roles.SEAT_ROLES:
        raise Refused("没有这一角色")
    if until is not None and until <= since:
        raise Refused("终止日期应晚于起始日期")
    unit = organisation.kind == Organisation.Kind.INTERNAL_UNIT
    organ = organisation.parent if unit and organisation.parent else organisation
    if not roles.may_be_held_in(role, organ.kind):
        raise Refused(f"{roles.label(role)}不能设在{organ.name}")
    if not organisation.covers(since):
        raise Refused(f"{organisation.name}在起始日期不存在")
    if not user.is_official:
        raise Refused("社会公众账号不能任职")
    if (role in roles.ADMINISTRATOR_ROLES) != (user.kind == User.Kind.ADMINISTRATOR):
        raise Refused("管理员账号只能担任系统、安全、审计管理员，其他账号不能担任")
    overlapping = user.seats.exclude(until__lte=since)
    if until is not None:
        overlapping = overlapping.filter(since__lt=until)
    held = roles.conflict(role, overlapping.values_list("role", flat=True))
    if held:
        raise Refused(f"{roles.label(role)}与{roles.label(held)}不得由同一人担任")


def grant_seat(
    user: User,
    role: str,
    organisation: Organisation,
    *,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    post: Post | None = None,
    service_point: ServicePoint | None = None,
    by: User | None = None,
    source: str | None = None,
) -> Seat:
    """Seat the user. On the screens two administrators come first (`administration.decide`); this is the act itself.

    `until` is the first day on which the seat is no longer held.
    """
    since = since or localdate(at)
    check_seat(user, role, organisation, since, until)
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                user=user,
                role=role,
                organisation=organisation,
                post=post,
                service_point=service_point,
                since=since,
                until=until,
            )
            record(
                AccessEvent.Kind.SEAT_GRANTED,
                at,
                actor=by,
                user=user,
                source=source,
                seat=seat.pk,
                role=role,
                organisation=organisation.code,
                since=since.isoformat(),
                until=until and until.isoformat(),
            )
    except IntegrityError as error:
        raise Refused("该人员在此期间已任该职，或者与其所任职务不得兼任") from error
    return seat


def end_seat(
    seat: Seat, *, at: datetime, on: date | None = None, by: User | None = None, source: str | None = None
) -> None:
    """The seat is not held any more from the day `on` (default: from now). Delegations of it end with it.

    What ends today ends every session of its holder as well: with the next request, on every web server.
    """
    on = max(on or localdate(at), seat.since)
    if seat.until is not None and seat.until <= on:
        raise Refused("该任职已经终止")
    try:
        with transaction.atomic():
            seat.until = on
            seat.save(update_fields=["until"])
            if on <= localdate(at):
                end_sessions(seat.user)
            record(
                AccessEvent.Kind.SEAT_ENDED,
                at,
                actor=by,
                user=seat.user,
                source=source,
                seat=seat.pk,
                role=seat.role,
                until=on.isoformat(),
            )
    except IntegrityError as error:
        raise Refused(f"不能终止最后一名{seat.role_label}的任职") from error


def issue_credential(
    user: User,
    kind: str,
    number: str,
    *,
    issuer: str,
    valid_from: date,
    at: datetime,
    valid_until: date | None = None,
    scope: str = "",
    by: User | None = None,
) -> Credential:
    """Register a certificate; `valid_until` is the last valid day printed on it."""
    try:
        with transaction.atomic():
            one = Credential.objects.create(
                user=user,
                kind=kind,
                number=number,
                issuer=issuer,
                scope=scope,
                valid_from=valid_from,
                valid_until=valid_until,
            )
            record(AccessEvent.Kind.CREDENTIAL_ISSUED, at, actor=by, user=user, kind_of_credential=kind, number=number)
    except IntegrityError as error:
        raise Refused("证号已登记，或者有效期不正确") from error
    return one


def suspend_credential(
    one: Credential, *, since: date, at: datetime, until: date | None = None, by: User | None = None
) -> None:
    """The certificate does not count from `since` to before `until` (open: until further notice)."""
    with transaction.atomic():
        one.suspended_since, one.suspended_until = since, until
        one.save(update_fields=["suspended_since", "suspended_until"])
        record(AccessEvent.Kind.CREDENTIAL_CHANGED, at, actor=by, user=one.user, number=one.number, change="suspended")


def revoke_credential(one: Credential, *, on: date, at: datetime, by: User | None = None) -> None:
    """The certificate does not count from the day `on`, for good."""
    with transaction.atomic():
        one.revoked_on = on
        one.save(update_fields=["revoked_on"])
        record(AccessEvent.Kind.CREDENTIAL_CHANGED, at, actor=by, user=one.user, number=one.number, change="revoked")


def delegate(
    seat: Seat,
    to: User,
    *,
    since: date,
    until: date,
    reason: str,
    by: User,
    at: datetime,
    subject: str = "",
    source: str | None = None,
) -> Delegation:
    """The holder of a seat (or the organ's head) lets a colleague of the same organ act in it, until before `until`.

    With `subject` (“case:123”) in one matter only. Administrators' seats cannot be lent.
    """
    on = localdate(at)
    organ_id = seat.organisation.organ_id
    organ = Organisation.objects.get(pk=organ_id)
    if seat.role in roles.ADMINISTRATOR_ROLES:
        raise Refused("管理员的职权不能授权他人代行")
    if by.pk != seat.user_id and not queries.holds(by, "head_of_organ", organ, on):
        raise Refused("只有任职者本人或者机关负责人可以授权代行")
    if not seat.covers(since) or until <= since:
        raise Refused("授权期限不正确")
    colleagues = {one.organisation.organ_id for one in queries.seats(to, on)}
    if to.pk == seat.user_id or organ_id not in colleagues:
        raise Refused("只能授权给本机关的其他工作人员")
    try:
        with transaction.atomic():
            one = Delegation.objects.create(
                seat=seat,
                to=to,
                subject=subject,
                since=since,
                until=until,
                reason=reason,
                granted_by=by,
                granted_at=at,
            )
            record(
                AccessEvent.Kind.DELEGATED,
                at,
                actor=by,
                user=to,
                source=source,
                seat=seat.pk,
                role=seat.role,
                subject=subject,
                until=until.isoformat(),
            )
    except IntegrityError as error:
        raise Refused("在此期间已授权该人员代行") from error
    return one


def revoke_delegation(one: Delegation, *, by: User, at: datetime, source: str | None = None) -> None:
    """End a delegation at once: by the seat's holder, the head who gave it, or the colleague."""
    if by.pk not in (one.seat.user_id, one.granted_by_id, one.to_id):
        raise Refused("您不能撤销这项授权")
    with transaction.atomic():
        one.until = max(one.since, min(one.until or localdate(at), localdate(at)))
        one.revoked_at = at
        one.save(update_fields=["until", "revoked_at"])
        record(AccessEvent.Kind.DELEGATION_REVOKED, at, actor=by, user=one.to, source=source, seat=one.seat_id)


def recuse(
    user: User, subject: str, *, ground: str, reason: str, decided_by: User, at: datetime, source: str | None = None
) -> Recusal:
    """The user keeps out of the matter from now on. Who may decide so is the business of the procedure."""
    with transaction.atomic():
        one, new = Recusal.objects.get_or_create(
            user=user,
            subject=subject,
            lifted_at=None,
            defaults={"ground": ground, "reason": reason, "decided_by": decided_by, "decided_at": at},
        )
        if new:
            record(AccessEvent.Kind.RECUSED, at, actor=decided_by, user=user, source=source, subject=subject)
    return one


def lift_recusal(one: Recusal, *, by: User, at: datetime, source: str | None = None) -> None:
    """The ground is gone; the record stays."""
    with transaction.atomic():
        one.lifted_at = at
        one.save(update_fields=["lifted_at"])
        record(AccessEvent.Kind.RECUSAL_LIFTED, at, actor=by, user=one.user, source=source, subject=one.subject)
