"""Seeing personal data in clear: only with a reason, always on record, not by the hundred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connections, transaction

from accounts.models import AccessEvent, Party, User

from .record import Refused, record

LOCK = 7391  # first half of the key of the lock under which one official's looks are counted


@dataclass(frozen=True)
class Revealed:
    """A party's data in clear."""

    id_number: str
    phone: str
    address: str


def look(
    *, by: User, reason: str, at: datetime, source: str | None = None, subject: str = "", **detail: object
) -> None:
    """Record that an official who says why looks at personal data in clear (个人信息保护法 第六条).

    Whether `by` may look at all, the page that asks has checked. It is on record for good before this returns (see
    `record`). `subject` is the matter in which it is looked at. Refused: no reason, or more looks within the hour than
    `settings.REVEALS_AN_HOUR`.
    """
    if not reason.strip():
        raise Refused("请写明查看完整个人信息的理由")
    kind, register = AccessEvent.Kind.PERSONAL_DATA_READ, settings.READ_LOG_DATABASE
    with transaction.atomic(using=register):
        with connections[register].cursor() as cursor:
            # One after the other, so that many requests at once do not go beyond the ration.
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, by.pk])
        lately = AccessEvent.objects.using(register).filter(
            user=by.pk, kind=kind, detail__has_key="reason", at__gt=at - timedelta(hours=1)
        )
        if lately.count() >= settings.REVEALS_AN_HOUR:
            raise Refused("一小时内查看完整个人信息的次数已达上限")
        record(kind, at, actor=by, user=by, source=source, subject=subject, **detail, reason=reason.strip())


def reveal(
    party: Party, *, by: User, reason: str, at: datetime, source: str | None = None, subject: str = ""
) -> Revealed:
    """The party's number, telephone and address in clear, for an official who says why: see `look`."""
    look(by=by, reason=reason, at=at, source=source, subject=subject, party=party.pk)
    return Revealed(party.id_number, party.phone, party.address)
