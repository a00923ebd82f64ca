"""Who may see a case and who may take a step in it: seats, representations and parts decide, nothing else.

Denied by default. django-guardian grants (`view_case`) open one case to one person: a delegated file, an invited
expert's access. They are asked here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.functions import Cast
from guardian.models import UserObjectPermission

from accounts import queries as people
from accounts import roles, snapshot
from accounts.models import Delegation, Organisation, Party, Representation, Seat, User
from casework.models import Case, Participant
from casework.procedure import OUTSIDE, STAFF_RECORDS_OUTSIDE, THE_LAW, Step

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.permissions import Snapshot

READS_ALL = frozenset({"auditor", "supervisor"})
PUBLIC_RELATIONS = {"self": "citizen", "legal_representative": "legal_person", "agent": "agent"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in one capacity: the seat or the party that the right comes from."""

    user: User | None
    role: str
    name: str
    organisation: Organisation | None = None
    party: Party | None = None

    @property
    def label(self) -> str:
        return roles.label(self.role)


LAW = Actor(None, THE_LAW, "依法自动发生")
UNNAMED = Actor(None, "unnamed", "未具名")  # somebody who does not say who they are, where a row allows it
AT_POINT = "service_point"  # part of the service point at which the result waits to be collected
VISITED = "visited_point"  # part of a service point to which somebody came with the receipt, until it is settled


def subject_of(case: Case) -> str:
    """The key under which recusals and delegations name a case."""
    return f"case:{case.pk}"


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose cases somebody may open, apart from those in which the account itself has a part or a grant."""

    person: bool
    everything: bool
    organs: frozenset[int]
    points: frozenset[int]
    cases: frozenset[int]
    parties: frozenset[int]

    def of(self, cases: QuerySet[Case], user: int) -> QuerySet[Case]:
        """Those of the cases that the account with this key may open."""
        if self.everything:
            return cases
        parts = Participant.objects.filter(until=None)
        if self.person:
            # One set of keys from two indexes: with OR the whole table would be read.
            parties = sorted(self.parties)
            own = Case.objects.filter(applicant__in=parties).values("pk")
            return cases.filter(pk__in=own.union(parts.filter(party__in=parties).values("case")))
        if not self.organs and not self.cases:
            return cases.none()
        organs = sorted(self.organs)
        shared = parts.filter(Q(user=user) | Q(organisation__in=organs) | Q(point__in=sorted(self.points)))
        theirs = Q(organ__in=organs) | Q(service_point__in=sorted(self.points)) | Q(pk__in=sorted(self.cases))
        return cases.filter(theirs | Q(pk__in=shared.values("case")) | Q(pk__in=_granted(user)))


def _granted(user: int) -> QuerySet[Any, Any]:
    """Keys of the cases that a grant opens; django-guardian's own shortcut would read the whole table of cases."""
    grants = UserObjectPermission.objects.filter(user=user, permission__codename="view_case")
    of_cases = grants.filter(content_type__app_label="casework", content_type__model="case")
    return of_cases.annotate(case=Cast("object_pk", BigIntegerField())).values("case")


class Standing:
    """A person's seats, delegations and representations on one day, read once and asked for many cases."""

    def __init__(self, user: User | AnonymousUser, on: date, known: Snapshot | None = None) -> None:
        """`known` is what the request remembers of the account: it spares most people the questions for their seats."""
        self.on = on
        self.user: User | None = user if isinstance(user, User) and user.is_active else None
        self.seats: list[Seat] = []
        self.delegations: list[Delegation] = []
        self.representations: list[Representation] = []
        self._recused: dict[int, bool] = {}
        if self.user is None:
            return
        if self.user.kind == User.Kind.STAFF:
            self.seats = snapshot.seats(self.user, on) if known else people.seats(self.user, on)
            lent = known is None or any(seat.for_user_id for seat in known.seats)
            self.delegations = people.delegated(self.user, on) if lent else []
            self.seats += [each.seat for each in self.delegations if not each.subject]
        elif self.user.kind == User.Kind.PERSON:
            self.representations = people.representations(self.user, on)

    def seats_in(self, case: Case) -> list[Seat]:
        """The seats that count in one case: own ones, delegated ones, and those delegated for this case alone."""
        return self.seats + [each.seat for each in self.delegations if each.subject == subject_of(case)]

    def keeps_out(self, case: Case) -> bool:
        """Whether the person is recused from the case (回避)."""
        if case.pk not in self._recused:
            self._recused[case.pk] = self.user is not None and people.recused(self.user, subject_of(case))
        return self._recused[case.pk]

    def remember(self, case: Case, *, keeps_out: bool) -> None:
        """What another query has told already: whether the person is recused from the case."""
        self._recused[case.pk] = keeps_out

    def remember_all(self, cases: Iterable[Case]) -> None:
        """The same for the cases of a page, asked once for all of them. One query."""
        listed = list(cases)
        kept = people.recused_from(self.user, map(subject_of, listed)) if self.user and listed else set()
        self._recused |= {case.pk: subject_of(case) in kept for case in listed}

    @property
    def organ_ids(self) -> set[int]:
        return {seat.organisation.organ_id for seat in self.seats}

    @property
    def party_ids(self) -> set[int]:
        return {representation.party_id for representation in self.representations}

    def has_role(self, *codes: str) -> bool:
        return any(seat.role in codes for seat in self.seats)

    @property
    def sight(self) -> Sight:
        """What the seats, delegations and representations let the person see."""
        return Sight(
            person=self.user is not None and self.user.kind == User.Kind.PERSON,
            everything=self.has_role(*READS_ALL),
            organs=frozenset(self.organ_ids),
            points=frozenset(seat.service_point_id for seat in self.seats if seat.service_point_id),
            cases=frozenset(int(each.subject[5:]) for each in self.delegations if each.subject.startswith("case:")),
            parties=frozenset(self.party_ids),
        )

    def visible(self, cases: QuerySet[Case] | None = None) -> QuerySet[Case]:
        """The cases that the person may open."""
        cases = Case.objects.all() if cases is None else cases
        return cases.none() if self.user is None else self.sight.of(cases, self.user.pk)

    def may_open(self, case: Case) -> bool:
        return self.visible(Case.objects.filter(pk=case.pk)).exists()

    def actors(self, case: Case, row: Step, parts: Iterable[Participant] | None = None) -> list[Actor]:
        """The capacities in which the person may take this step in this case (empty: none)."""
        if self.user is None:
            return []
        parts = list(case.participants.filter(until=None) if parts is None else parts)
        wanted = {STAFF_RECORDS_OUTSIDE if code.startswith(OUTSIDE) else code for code in row.by}
        found: list[Actor] = []
        if self.user.kind == User.Kind.PERSON:
            found = list(self._public(case, row, wanted, parts))
        for seat in self.seats_in(case):
            if seat.role in wanted and self._seat_fits(seat, case, row, parts):
                found.append(Actor(self.user, seat.role, self.user.display_name, seat.organisation))
        return [] if found and self.keeps_out(case) else found

    def _public(self, case: Case, row: Step, wanted: set[str], parts: list[Participant]) -> Iterable[Actor]:
        """What the law lets anybody do, whoever's case it is (`of="anyone"`), needs no part in it."""
        third = {part.party_id for part in parts if part.role == "third_party"}
        for representation in self.representations:
            role = PUBLIC_RELATIONS[representation.relation]
            if (row.of == "anyone" or representation.party_id == case.applicant_id) and role in wanted:
                yield Actor(self.user, role, self.user.display_name, party=representation.party)  # type: ignore[union-attr]
            if representation.party_id in third and "third_party" in wanted:
                yield Actor(self.user, "third_party", self.user.display_name, party=representation.party)  # type: ignore[union-attr]

    def _seat_fits(self, seat: Seat, case: Case, row: Step, parts: list[Participant]) -> bool:
        """A point of receipt takes in and hands over for the organ; what is decided the organ's own people decide."""
        organ = seat.organisation.organ_id
        if row.of in ("responsible", "point"):
            if seat.role == "window_clerk" and seat.service_point_id and not row.decides:
                roles = {AT_POINT} if row.of == "responsible" else {AT_POINT, VISITED}
                theirs = {case.service_point_id, *(part.point_id for part in parts if part.role in roles)}
                if seat.service_point_id in theirs:
                    return True
            if row.of == "point":
                return False
            if organ != case.organ_id:
                return False
            if seat.role == "case_officer" and case.handler_id and case.handler_id != seat.user_id:
                return any(part.user_id == seat.user_id for part in parts)
            return True
        return any(part.role == row.of and part.organisation_id == organ for part in parts)


def actors_opening(standing: Standing, row: Step, organ: Organisation, party: Party | None) -> list[Actor]:
    """The capacities in which the person may open a case at an organ for a party."""
    if standing.user is None:
        return []
    found = [
        Actor(standing.user, PUBLIC_RELATIONS[each.relation], standing.user.display_name, party=each.party)
        for each in standing.representations
        if party is not None and each.party_id == party.pk and PUBLIC_RELATIONS[each.relation] in row.by
    ]
    for seat in standing.seats:
        at_organ = seat.organisation.organ_id == organ.pk or (seat.role == "window_clerk" and seat.service_point_id)
        if seat.role in row.by and at_organ:
            found.append(Actor(standing.user, seat.role, standing.user.display_name, seat.organisation))
    return found
