"""Seeing personal data in clear: only with a reason, always on record, not by the hundred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import AccessEvent, Party, User

from .record import Refused, record


@dataclass(frozen=True)
class Revealed:
    """A party's data in clear."""

    id_number: str
    phone: str
    address: str


def reveal(party: Party, *, by: User, reason: str, at: datetime, source: str | None = None) -> Revealed:
    """The party's number, telephone and address in clear, for an official who says why (个人信息保护法 第六条).

    Whether `by` may see this party at all, the page that asks has checked. Refused: no reason, or more people looked
    up within the hour than `settings.REVEALS_AN_HOUR`.
    """
    if not reason.strip():
        raise Refused("请写明查看完整个人信息的理由")
    lately = AccessEvent.objects.filter(
        user=by, kind=AccessEvent.Kind.PERSONAL_DATA_READ, at__gt=at - timedelta(hours=1), at__lte=at
    )
    if lately.count() >= settings.REVEALS_AN_HOUR:
        raise Refused("一小时内查看完整个人信息的次数已达上限")
    kind = AccessEvent.Kind.PERSONAL_DATA_READ
    record(kind, at, actor=by, user=by, source=source, party=party.pk, reason=reason.strip())
    return Revealed(party.id_number, party.phone, party.address)
