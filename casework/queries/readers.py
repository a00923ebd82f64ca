"""The accounts behind an audience: who is told of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from accounts.models import Representation, Seat, User
from accounts.prepared import A_CODE, A_DAY, AN_ID, Prepared
from casework.models import Case

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
MOST = 50  # of one audience

_IN_ROLE = Seat.objects.at(A_DAY).filter(role=A_CODE).only("user")
_IN_ORGAN = Q(organisation=AN_ID) | Q(organisation__parent=AN_ID, organisation__kind="internal_unit")
_SEATS, _SEATS_OF_ORGAN = Prepared(_IN_ROLE[:MOST]), Prepared(_IN_ROLE.filter(_IN_ORGAN)[:MOST])


class Readers:
    """The accounts behind the audiences of some cases on a day. What several of the cases share is asked once."""

    def __init__(self, cases: Iterable[Case], on: date) -> None:
        self.cases, self.on = list(cases), on
        self._seated: dict[tuple[str, int | None], set[int]] = {}

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
            return set().union(*(self._holders(role, case.organ_id) for role in REVIEWERS))
        if audience in DISTRICT:
            return self._holders(audience, None)
        if audience in OF_ORGANS:
            part, role = OF_ORGANS[audience]
            organs = case.participants.filter(role=part, until=None, organisation__isnull=False)
            return set().union(*(self._holders(role, pk) for pk in organs.values_list("organisation_id", flat=True)))
        parts = case.participants.filter(role=audience, until=None, user__isnull=False)
        return set(parts.values_list("user_id", flat=True))

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

    def _holders(self, role: str, organ: int | None) -> set[int]:
        if (role, organ) not in self._seated:
            seats = _SEATS if organ is None else _SEATS_OF_ORGAN
            found = seats.rows({A_CODE: role, A_DAY: self.on, AN_ID: organ})
            self._seated[role, organ] = {seat.user_id for seat in found}
        return self._seated[role, organ]
