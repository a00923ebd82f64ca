"""Entering activities, signing up, giving a place up, and who moves up from the waiting list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime

from accounts.models import Organisation, User
from casework.actions.notices import tell_people
from casework.refusal import NotAllowed, Reason
from casework.telling import Words
from powerlist.actions.disclosure import enter, refuse, withdraw
from powerlist.models import Activity, SignUp, SocialOrganisation
from powerlist.queries.disclosing import CIVIL_AFFAIRS


def enter_activity(
    organ: Organisation, given: Mapping[str, Any], by: User, at: datetime, sample: bool = False
) -> Activity:
    """An activity, to be published by a second person of the organ."""
    if given["starts_at"] <= at:
        raise refuse("活动开始时间须在现在以后", field="starts_at")
    if given["closes_at"] > given["starts_at"]:
        raise refuse("报名截止时间不得晚于活动开始时间", field="closes_at")
    if given["ends_at"] <= given["starts_at"]:
        raise refuse("结束时间须晚于开始时间", field="ends_at")
    return enter(Activity(organ=organ, sample=sample, **given), by, at)


def enter_organisation(given: Mapping[str, Any], by: User, at: datetime, sample: bool = False) -> SocialOrganisation:
    """A social organisation that was registered, to be published by a second person of the organ that registers."""
    if given["since"] > localdate(at):
        raise refuse("登记日期不得晚于今天", field="since")
    organ = Organisation.objects.get(code=CIVIL_AFFAIRS)
    return enter(SocialOrganisation(organ=organ, sample=sample, **given), by, at)


@transaction.atomic
def sign_up(activity: Activity, by: User, at: datetime) -> SignUp:
    """A place, or a turn on the waiting list where no place is left. Who has one already keeps it.

    Refused: not published, called off, after the closing time, all places taken.
    """
    if by.kind != User.Kind.PERSON:
        raise NotAllowed([Reason("not_allowed", "请使用个人账号报名")])
    locked = _lock(activity)
    if known := locked.sign_ups.filter(person=by).exclude(state=SignUp.State.LEFT).first():
        return known
    if not locked.open_at(at):
        raise refuse("报名已经截止" if locked.withdrawn_at is None else "活动已经取消", "closed")
    if locked.free < 1 and locked.free_waiting < 1:
        raise refuse("名额和候补名额均已报满", "full")
    # Nobody passes those who wait, should a place have fallen free without anybody moving up.
    has_place = locked.free > 0 and not locked.waiting
    state = SignUp.State.IN if has_place else SignUp.State.WAITING
    if state == SignUp.State.WAITING and locked.free_waiting < 1:
        raise refuse("名额和候补名额均已报满", "full")
    return SignUp.objects.create(activity=locked, person=by, state=state, signed_at=at)


@transaction.atomic
def leave(activity: Activity, by: User, at: datetime) -> SignUp | None:
    """Give one's part up; whoever has waited longest moves up and is told. Nothing for who has none.

    Refused once the activity has begun.
    """
    locked = _lock(activity)
    own = locked.sign_ups.filter(person=by).exclude(state=SignUp.State.LEFT).first()
    if own is None:
        return None
    if at >= locked.starts_at:
        raise refuse("活动已经开始，不能取消报名", "begun")
    had_place = own.state == SignUp.State.IN
    own.state, own.left_at = SignUp.State.LEFT, at
    own.save(update_fields=["state", "left_at"])
    if had_place:
        _promote(locked, at)
    return own


def _promote(activity: Activity, at: datetime) -> None:
    """The first of the waiting list takes the place that has fallen free. The activity is locked."""
    first = activity.sign_ups.filter(state=SignUp.State.WAITING, person__is_active=True).order_by("pk").first()
    if first is None or activity.withdrawn_at is not None:
        return
    first.state, first.promoted_at = SignUp.State.IN, at
    first.save(update_fields=["state", "promoted_at"])
    begins = localtime(activity.starts_at)
    words = Words(
        f"{activity.title}：候补成功",
        f"有人取消报名，您已递补为参加人。活动于{begins:%Y年%-m月%-d日 %H:%M}在{activity.place}举行；"
        "不能参加的，请在活动开始前取消报名。",
        f"活动“{activity.title}”候补成功",
    )
    tell_people(f"activity:promoted:{first.pk}", {first.person_id: words}, at)


@transaction.atomic
def call_off(activity: Activity, by: User, reason: str, at: datetime) -> Activity:
    """The organ calls a published activity off, and all who take part or wait are told."""
    gone = withdraw(activity, by, reason, at)
    told = gone.sign_ups.exclude(state=SignUp.State.LEFT).values_list("person_id", flat=True)
    words = Words(f"{gone.title}：活动取消", f"原因：{gone.withdrawal_reason}。", f"活动“{gone.title}”取消")
    tell_people(f"activity:off:{gone.pk}", dict.fromkeys(list(told), words), at)
    return gone


def _lock(activity: Activity) -> Activity:
    """The activity with its counters as they are now, until the transaction ends."""
    return Activity.objects.select_for_update().get(pk=activity.pk)
