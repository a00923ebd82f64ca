"""What an account may do today, in one cached value.

The key carries `User.access_version`, which database triggers raise with every change to a seat, a delegation, a
representation or a party's name. Requests load the user's row anyway, so an outdated snapshot is never found again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from accounts import queries
from accounts.models import User

LIFETIME = 3600


@dataclass(frozen=True)
class SeatRef:
    """A seat that the account may act in; `subject` limits a delegated seat to one matter, `for_user` is its holder."""

    id: int
    role: str
    organisation_id: int
    organ_id: int
    service_point_id: int | None
    subject: str = ""
    for_user_id: int | None = None


@dataclass(frozen=True)
class PartyRef:
    """A party for whom the account may act."""

    id: int
    kind: str
    name: str
    relation: str
    scope: str


@dataclass(frozen=True)
class Snapshot:
    user_id: int
    kind: str
    on: date
    version: int
    session_version: int
    seats: tuple[SeatRef, ...]
    parties: tuple[PartyRef, ...]

    @property
    def roles(self) -> frozenset[str]:
        """Roles held by own or delegated seats, whatever the organ and matter."""
        return frozenset(seat.role for seat in self.seats)

    @property
    def organs(self) -> frozenset[int]:
        """The organs in which the account holds a seat for all matters."""
        return frozenset(seat.organ_id for seat in self.seats if not seat.subject)

    def holds(self, role: str, organ_id: int | None = None, subject: str = "") -> bool:
        """As `queries.holds`, without asking the database."""
        return any(
            seat.role == role
            and (organ_id is None or organ_id in (seat.organ_id, seat.organisation_id))
            and seat.subject in ("", subject)
            for seat in self.seats
        )

    def party(self, party_id: int) -> PartyRef | None:
        """The party with this key, if the account may act for it."""
        return next((party for party in self.parties if party.id == party_id), None)


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
