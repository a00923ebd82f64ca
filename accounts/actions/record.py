"""What every act on an account leaves behind, and how an act is refused."""

from __future__ import annotations

from datetime import datetime

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
    **detail: object,
) -> AccessEvent:
    """Write one line of the register that the audit administrator reads. `detail` holds no personal data in clear."""
    return AccessEvent.objects.create(kind=kind, at=at, actor=actor, user=user, source=source, detail=detail)
