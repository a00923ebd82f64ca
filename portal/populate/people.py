"""Who appears in the sample cases: the officials of each organ, and parties with the accounts that act for them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.utils.timezone import localdate

from accounts import actions
from accounts.encryption import encrypt, of_row
from accounts.models import Organisation, Party, Representation, Seat, ServicePoint, User
from accounts.models.periods import in_force
from accounts.queries import id_index
from portal.populate import words
from portal.populate.sheet import Sheet

# How many of each an organ needs so that no step waits for somebody.
NEEDED = {
    "case_officer": 5, "section_head": 1, "departmental_legal_unit": 1, "head_of_organ": 1, "window_clerk": 1,
}  # fmt: skip
TITLES = {
    "case_officer": "承办人", "section_head": "科长", "departmental_legal_unit": "法制审核员",
    "head_of_organ": "局领导", "window_clerk": "窗口人员",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts: the account and the name that goes with the act."""

    user: int
    name: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """A party, and the account that files for it in a role."""

    party: int
    name: str
    natural: bool
    filer: Person
    role: str


@dataclass(frozen=True, slots=True)
class Office:
    """An organ with its people by role."""

    organ: Organisation
    people: dict[str, list[Person]]
    remedies: dict[tuple[str, bool, int], str]  # by paper, natural person and year, as COPY takes them

    def officer(self, chance: random.Random) -> Person:
        """One of the officers: the first has the most cases by far."""
        officers = self.people["case_officer"]
        return officers[int(len(officers) * chance.random() ** 2.5)]

    def holder(self, role: str) -> Person:
        return self.people[role][0]


def staff(organ: Organisation, point: ServicePoint, since: date, at: datetime) -> dict[str, list[Person]]:
    """The people of an organ, by the usual door; who is missing is seated. Nobody can sign in as one of the new."""
    seats = Seat.objects.filter(in_force(localdate(at)), organisation=organ, user__is_active=True, role__in=NEEDED)
    people: dict[str, list[Person]] = {role: [] for role in NEEDED}
    for seat in seats.select_related("user").order_by("pk"):
        people[seat.role].append(Person(seat.user_id, seat.user.display_name))
    for role, number in NEEDED.items():
        for place in range(len(people[role]), number):
            user = actions.create_staff(
                f"{organ.code.lower()}-{role.replace('_', '-')}-{place + 1}", f"{TITLES[role]}{place + 1}（示例）",
                at=at, password=None, must_change_password=False,
            )  # fmt: skip
            actions.grant_seat(
                user, role, organ, at=at, since=since, service_point=point if role == "window_clerk" else None
            )
            people[role].append(Person(user.pk, user.display_name))
    return people


@dataclass
class Crowd:
    """The parties, natural and legal persons apart; those in front apply more often than those behind."""

    natural: list[Applicant] = field(default_factory=list)
    legal: list[Applicant] = field(default_factory=list)

    def one(self, audience: str, chance: random.Random) -> Applicant:
        natural = audience == "natural" or (audience == "both" and chance.random() < 0.4)
        crowd: Sequence[Applicant] = self.natural if natural else self.legal
        return crowd[int(len(crowd) * chance.random() ** 2)]


class Registry:
    """Writes the parties and their accounts down."""

    def __init__(self, since: date, at: datetime) -> None:
        stamp, day = at.isoformat(), since.isoformat()
        self.users = Sheet(
            User, "username", "display_name", password=make_password(None), kind="person", created_at=stamp,
                    )  # fmt: skip
        self.parties = Sheet(
            Party, "kind", "name", "id_kind", "id_number", "id_index", "phone", "address", "legal_representative",
            verified_at=stamp, verified_by="demo", created_at=stamp,
        )  # fmt: skip
        self.representations = Sheet(
            Representation, "user_id", "party_id", "relation", "scope", since=day, granted_at=stamp,
            evidence="示例数据",
        )  # fmt: skip
        self.sheets = (self.users, self.parties, self.representations)

    def crowd(self, number: int, chance: random.Random) -> Crowd:
        """So many parties: natural persons, each with two legal ones to represent; a few agents act for many."""
        crowd = Crowd()
        agents: list[Person] = []
        for place in range(max(number // 3, 8)):
            name = f"{chance.choice(words.SURNAMES)}{chance.choice(words.GIVEN)}{chance.choice(words.GIVEN)}（示例）"
            person = Person(self.users.reserve(), name)
            self.users.keyed(person.user, f"sample-{person.user}", name)
            party = self._party("natural", name, "resident_id", f"000000{self.parties.last + 1:011d}X", "", chance)
            self._represents(person, party, "self", "full")
            crowd.natural.append(Applicant(party, name, True, person, "citizen"))
            if place % 50 == 7:
                agents.append(person)
            for _ in range(2):
                company = f"北京示例{chance.choice(words.BRANDS)}{chance.choice(words.TRADES)}有限公司"
                code = f"000000{self.parties.last + 1:012d}"
                party = self._party("legal", company, "credit_code", code, name, chance)
                self._represents(person, party, "legal_representative", "full")
                filer, role = person, "legal_person"
                if agents and chance.random() < 0.2:
                    filer, role = chance.choice(agents), "agent"
                    if filer is person:
                        role = "legal_person"
                    else:
                        self._represents(filer, party, "agent", "special")
                crowd.legal.append(Applicant(party, company, False, filer, role))
        return crowd

    def _party(
        self, kind: str, name: str, id_kind: str, number: str, representative: str, chance: random.Random
    ) -> int:
        """Numbers of an area that does not exist: they can belong to nobody."""
        key = self.parties.reserve()
        address = f"北京市东城区{chance.choice(words.STREETS)}{chance.randrange(1, 300)}号（示例）"
        self.parties.keyed(
            key, kind, name, id_kind, self._sealed("id_number", key, number), id_index(id_kind, number),
            self._sealed("phone", key, f"1380000{key % 10000:04d}"), self._sealed("address", key, address),
            representative,
        )  # fmt: skip
        return key

    def _sealed(self, column: str, key: int, clear: str) -> str:
        purpose = Party._meta.get_field(column).purpose  # type: ignore[union-attr]
        return encrypt(clear, of_row(purpose, key))

    def _represents(self, person: Person, party: int, relation: str, scope: str) -> None:
        self.representations.add(person.user, party, relation, scope)
