"""What every act on an account leaves behind, and how an act is refused."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts import request_number
from accounts.models import AccessEvent, User


class Refused(Exception):
    """The act is not allowed or not possible; the text says why, in Chinese, to whoever tried."""


def record(
    kind: AccessEvent.Kind,
    at: datetime,
    *,
    actor: User | None = None,
    user: User | None = None,
    source: str | None = None,
    subject: str = "",
    **detail: object,
) -> AccessEvent:
    """Write one line of the register that the audit administrator reads. `detail` holds no personal data in clear.

    A change is written with the change, in its transaction. That somebody reads personal data is written for good
    before the data is shown: on a connection of its own, which no later error rolls back; whoever calls this shows
    nothing if it raises. `subject` is the key of the matter, such as "case:123".
    """
    number = request_number.current.get()
    event = AccessEvent(
        kind=kind, at=at, actor=actor, user=user, source=source, subject=subject, detail=detail,
        request="" if number == request_number.NONE else number,
    )  # fmt: skip
    reading = kind == AccessEvent.Kind.PERSONAL_DATA_READ
    event.save(using=settings.READ_LOG_DATABASE if reading else "default", force_insert=True)
    return event
