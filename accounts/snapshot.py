"""What an account may do today, in one cached value.

The key carries `User.access_version`, which database triggers raise with every change to a seat, a delegation, a
representation or a party's name. Requests load the user's row anyway, so an outdated snapshot is never found again.
"""

from __future__ import annotations

from datetime import date

from django.core.cache import cache

from accounts import queries
from accounts.models import User
from accounts.permissions import PartyRef, SeatRef, Snapshot

LIFETIME = 3600


def snapshot(user: User, on: date) -> Snapshot:
    """The snapshot of a user whose row has just been read. From the cache, or by three queries."""
    key = f"accounts:snapshot:{user.pk}:{user.access_version}:{user.session_version}:{int(user.is_active)}:{on}"
    found = cache.get(key)
    if found is None:
        found = _take(user, on)
        cache.set(key, found, LIFETIME)
    return found


def _take(user: User, on: date) -> Snapshot:
    own = tuple(
        SeatRef(seat.pk, seat.role, seat.organisation_id, seat.organisation.organ_id, seat.service_point_id)
        for seat in queries.seats(user, on)
    )
    lent = tuple(
        SeatRef(
            one.seat.pk,
            one.seat.role,
            one.seat.organisation_id,
            one.seat.organisation.organ_id,
            one.seat.service_point_id,
            one.subject,
            one.seat.user_id,
        )
        for one in queries.delegated(user, on)
    )
    parties = tuple(
        PartyRef(one.party_id, one.party.kind, one.party.name, one.relation, one.scope)
        for one in queries.representations(user, on)
    )
    return Snapshot(user.pk, user.kind, on, user.access_version, user.session_version, own + lent, parties)
