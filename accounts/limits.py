"""How long a session lives. GB/T 22239-2019 8.1.4.1 b): end sessions that stand idle."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings

# Keys of the session; times in seconds since the epoch.
SIGNED_IN, SEEN, SECOND_FACTOR, ACTING_PARTY, EXPIRED = "signed_in", "seen", "second_factor", "acting_party", "expired"

# The session is written at most this often for being seen, so that a page does not cost a write.
GRAIN = 30


def limits(official: bool) -> tuple[timedelta, timedelta]:
    """How long a session may stand idle, and how long it may live at all."""
    return settings.SESSION_LIMITS["official" if official else "person"]


def expired(session: Any, official: bool, now: float) -> bool:
    """Whether the session is over at `now` (seconds since the epoch)."""
    idle, absolute = limits(official)
    signed_in, seen = session.get(SIGNED_IN, now), session.get(SEEN, now)
    return now - seen >= idle.total_seconds() or now - signed_in >= absolute.total_seconds()
