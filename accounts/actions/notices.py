"""Through which channels somebody wants to be told, besides the inbox."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import reach
from accounts.models import AccessEvent, User

from .record import Refused, record


@transaction.atomic
def choose_channels(user: User, *, by_email: bool, by_sms: bool, at: datetime, source: str | None = None) -> None:
    """Agree to be told by e-mail and SMS, or withdraw it, which works at once (个人信息保护法 第十五条).

    Refused: the account has no confirmed e-mail address, or no telephone number.
    """
    if by_email and not reach.confirmed_email(user):
        raise Refused("请先填写并验证电子邮箱")
    if by_sms and not user.phone:
        raise Refused("请先填写手机号码")
    user.by_email, user.by_sms = by_email, by_sms
    user.save(update_fields=["by_email", "by_sms"])
    record(AccessEvent.Kind.PROFILE_CHANGED, at, actor=user, user=user, source=source, email=by_email, sms=by_sms)
