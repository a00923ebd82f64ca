"""What an account may do on a day, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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

    def holds(self, role: str) -> bool:
        """Whether the account has a seat of this role for all matters, without asking the database."""
        return any(seat.role == role and not seat.subject for seat in self.seats)

    def party(self, party_id: int) -> PartyRef | None:
        """The party with this key, if the account may act for it."""
        return next((party for party in self.parties if party.id == party_id), None)
