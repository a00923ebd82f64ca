"""What an account may do today, in one cached value.

The key carries `User.access_version`, which database triggers raise with every change to a seat, a delegation, a
representation or a party's name. Requests load the user's row anyway, so an outdated snapshot is never found again.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache

from accounts import queries
from accounts.models import Seat, User
from accounts.permissions import PartyRef, SeatRef, Snapshot

LIFETIME = 3600
# The same values once more in the process, where they cost no round trip: the key names the version, so that what is
# found is never old, only unused.
MOST_KEPT = 1000
_kept: dict[str, Any] = {}


def forget() -> None:
    """Begin anew with an empty memory."""
    _kept.clear()


def snapshot(user: User, on: date) -> Snapshot:
    """The snapshot of a user whose row has just been read. From the cache, or by three queries."""
    key = _key("snapshot", user, on)
    if found := _kept.get(key):
        return found
    found = cache.get(key)
    if found is None:
        found = _take(user, on)
        cache.set(key, found, LIFETIME)
    return _keep(key, found)


def seats(user: User, on: date) -> list[Seat]:
    """The rows of the user's own seats, as `queries.seats` finds them. Kept in the process alone."""
    key = _key("seats", user, on)
    found = _kept.get(key)
    return list(_keep(key, queries.seats(user, on)) if found is None else found)


def _key(what: str, user: User, on: date) -> str:
    return f"accounts:{what}:{user.pk}:{user.access_version}:{user.session_version}:{int(user.is_active)}:{on}"


def _keep(key: str, found: Any) -> Any:
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = found
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
