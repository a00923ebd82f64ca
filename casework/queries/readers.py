"""The accounts behind an audience: who is told of a case, and who has to act where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from accounts.models import Representation, Seat, User
from accounts.prepared import A_CODE, A_DAY, AN_ID, Prepared
from accounts.roles import PUBLIC_ROLES
from casework import registry
from casework.models import Case, Participant
from casework.procedure import State
from casework.queries.rights import AT_POINT

STAFF = frozenset({"section_head", "head_of_organ", "window_clerk", "departmental_legal_unit"})
DISTRICT = frozenset({"supervisor", "district_legal_office", "executive_meeting_secretary"})
# Organs with a part in the case: the part, and the role through which they are told.
OF_ORGANS = {
    "organs_concerned": ("concerned", "head_of_organ"),
    "receiver": ("receiver", "head_of_organ"),
    "maker": ("maker", "head_of_organ"),
    "filer": ("maker", "head_of_organ"),
    "lead_organ": ("lead", "case_officer"),
    "member_organs": ("member", "case_officer"),
}
REVIEWERS = ("district_legal_office", "congress_review_office")
# Whoever reviews what another organ made sits in the organ that receives it; where a case has none, in any.
RECEIVING = {
    "superior_government": "superior_government",
    "congress_review_office": "congress_review_office",
    "congress_standing_committee": "congress_standing_committee",
    "congress_committees": "congress_standing_committee",
    "market_regulator": "market_regulator",
}
MOST = 50  # of one audience

_IN_ROLE = Seat.objects.at(A_DAY).filter(role=A_CODE).only("user")
_IN_ORGAN = Q(organisation=AN_ID) | Q(organisation__parent=AN_ID, organisation__kind="internal_unit")
_SEATS, _SEATS_OF_ORGAN = Prepared(_IN_ROLE[:MOST]), Prepared(_IN_ROLE.filter(_IN_ORGAN)[:MOST])
_SEATS_AT_POINT = Prepared(_IN_ROLE.filter(service_point=AN_ID)[:MOST])


@dataclass(frozen=True, slots=True)
class Acting:
    """Who has to act where a case stands: accounts, and the organs in which they sit; whether only outsiders do."""

    accounts: frozenset[int]
    organs: frozenset[int]
    outside: bool


class Readers:
    """The accounts behind the audiences of some cases on a day. What several of the cases share is asked once."""

    def __init__(self, cases: Iterable[Case], on: date) -> None:
        self.cases, self.on = list(cases), on
        self._seated: dict[tuple[str, str, int | None], set[int]] = {}
        self._rows: dict[tuple[str, date, str], dict[str, frozenset[str]]] = {}

    def of(self, audience: str, case: Case) -> set[int]:
        """Keys of accounts; none for the public, for systems and for people without an account."""
        if audience in ("applicant", "complainant", "proposer"):
            return self._represented.get(case.applicant_id or 0, set()) | self._filer(case)
        if audience == "third_party":
            parties = case.participants.filter(role="third_party", until=None).values_list("party_id", flat=True)
            return set().union(*self._representatives(parties).values())
        if audience == "case_officer":
            return {case.handler_id} if case.handler_id else self._holders(audience, case.organ_id)
        if audience in STAFF:
            return self._holders(audience, case.organ_id)
        if audience == "review_office":
            organs = self._in_part(case, "receiver") or [case.organ_id]
            return set().union(*(self._holders(role, organ) for role in REVIEWERS for organ in organs))
        if audience in DISTRICT:
            return self._holders(audience, None)
        if audience in RECEIVING:
            anywhere: Sequence[int | None] = self._in_part(case, "receiver") or [None]
            return set().union(*(self._holders(RECEIVING[audience], organ) for organ in anywhere))
        if audience in OF_ORGANS:
            part, role = OF_ORGANS[audience]
            return self.holders(role, self._in_part(case, part))
        parts = case.participants.filter(role=audience, until=None, user__isnull=False)
        return set(parts.values_list("user_id", flat=True))

    def acting(self, case: Case) -> Acting:
        """Who has to act where a case stands: those of the state's roles who may take one of its rows."""
        place = registry.procedure(case.procedure, case.version).state(case.state)
        accounts, organs = set[int](), set[int]()
        for role in place.responsible:
            if role in PUBLIC_ROLES:
                accounts |= self.of("third_party" if role == "third_party" else "applicant", case)
                continue
            for of in self._relations(case, place)[role]:
                for organ in [case.organ_id] if of == "responsible" else self._in_part(case, of):
                    organs.add(organ)
                    accounts |= self._acting_in(role, case, organ)
        outside = bool(place.responsible) and set(place.responsible) <= PUBLIC_ROLES
        return Acting(frozenset(accounts), frozenset(organs or {case.organ_id}), outside)

    def _relations(self, case: Case, place: State) -> dict[str, frozenset[str]]:
        """For each role of a state, of which organs (`Step.of`) its rows want whoever takes them."""
        key = (case.procedure, case.version, place.name)
        if key not in self._rows:
            rows = registry.procedure(case.procedure, case.version).steps_from(place.name, self.on)
            own = frozenset({"responsible"})
            self._rows[key] = {
                role: frozenset(row.of for row in rows if role in row.by and row.of != "anyone") or own
                for role in place.responsible
            }
        return self._rows[key]

    def _acting_in(self, role: str, case: Case, organ: int) -> set[int]:
        if organ != case.organ_id:
            return self._holders(role, organ)
        if role != "window_clerk":
            return self.of("case_officer", case) if role == "case_officer" else self._holders(role, organ)
        points = {case.service_point_id, *(part.point_id for part in self._parts[case.pk] if part.role == AT_POINT)}
        at_points = (self._seats("point", role, point) for point in points if point)
        return self._holders(role, organ).union(*at_points)

    def _in_part(self, case: Case, role: str) -> Sequence[int]:
        return [part.organisation_id for part in self._parts[case.pk] if part.role == role and part.organisation_id]

    @cached_property
    def _parts(self) -> dict[int, list[Participant]]:
        """Organs and service points that have a part in one of the cases. One query."""
        found: dict[int, list[Participant]] = defaultdict(list)
        wanted = Participant.objects.filter(case__in=[case.pk for case in self.cases], until=None)
        for part in wanted.filter(Q(organisation__isnull=False) | Q(point__isnull=False)).order_by("pk"):
            found[part.case_id].append(part)
        return found

    def _filer(self, case: Case) -> set[int]:
        if case.filed_by_id is None:
            return set()
        prefetch_related_objects(self.cases, "filed_by")
        return {case.filed_by.pk} if case.filed_by and case.filed_by.kind == User.Kind.PERSON else set()

    @cached_property
    def _represented(self) -> dict[int, set[int]]:
        return self._representatives({case.applicant_id for case in self.cases if case.applicant_id})

    def _representatives(self, parties: Iterable[int]) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        acting = Representation.objects.at(self.on).filter(party__in=list(parties), revoked_at=None)
        for party, user in acting.values_list("party_id", "user_id"):
            if len(found[party]) < MOST:
                found[party].add(user)
        return found

    def holders(self, role: str, organs: Iterable[int]) -> set[int]:
        """Who holds a role in one of the organs."""
        return set().union(*(self._holders(role, organ) for organ in organs))

    def _holders(self, role: str, organ: int | None) -> set[int]:
        return self._seats("organ", role, organ)

    def _seats(self, where: str, role: str, place: int | None) -> set[int]:
        if (where, role, place) not in self._seated:
            seats = _SEATS if place is None else _SEATS_AT_POINT if where == "point" else _SEATS_OF_ORGAN
            found = seats.rows({A_CODE: role, A_DAY: self.on, AN_ID: place})
            self._seated[where, role, place] = {seat.user_id for seat in found}
        return self._seated[where, role, place]
