"""Questions about people, organs and permissions. Each takes a fixed number of database queries, whatever the data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from accounts import identity
from accounts.encryption import blind_index
from accounts.models import (
    Credential,
    Delegation,
    Organisation,
    OrganisationName,
    Party,
    Recusal,
    Representation,
    Seat,
    User,
)
from accounts.models.periods import in_force
from accounts.prepared import A_DAY, A_USER, Prepared

PHONE, ID_NUMBER = "phone", "id_number"


def phone_index(phone: str) -> str:
    """The blind index under which a telephone number is found."""
    return blind_index(phone, PHONE)


def id_index(id_kind: str, id_number: str) -> str:
    """The blind index under which an identity paper is found."""
    return blind_index(f"{id_kind}:{id_number}" if id_number else "", ID_NUMBER)


# --- seats -------------------------------------------------------------------------------------------------------


def _of_organ(organisation: Organisation) -> Q:
    """Seats in the organ itself or in one of its internal units."""
    return Q(organisation=organisation) | Q(
        organisation__parent=organisation, organisation__kind=Organisation.Kind.INTERNAL_UNIT
    )


def seats(user: User, on: date) -> list[Seat]:
    """The user's own seats in force on the day, with organisation, its organ, and post loaded. One query."""
    if not user.is_active:
        return []
    found = Seat.objects.at(on).filter(user=user)
    return list(found.select_related("organisation__parent", "post", "service_point").order_by("pk"))


def delegated(user: User, on: date) -> list[Delegation]:
    """The delegations to the user in force on the day, with the seats they stand for. One query."""
    if not user.is_active:
        return []
    found = Delegation.objects.at(on).filter(in_force(on, "seat__"), to=user, seat__user__is_active=True)
    return list(found.select_related("seat__organisation__parent", "seat__user"))


def holds(user: User, role: str, organisation: Organisation | None, on: date, subject: str = "") -> bool:
    """Whether the user holds the role in the organ (or, with None, in any) on the day, by a seat or a delegation.

    A delegation of one matter counts only for its `subject` (“case:123”). One query.
    """
    if not user.is_active:
        return False
    found = Seat.objects.at(on).filter(role=role)
    if organisation is not None:
        found = found.filter(_of_organ(organisation))
    stands_in = Delegation.objects.at(on).filter(to=user, seat__user__is_active=True, subject__in={"", subject})
    return found.filter(Q(user=user) | Q(pk__in=stands_in.values("seat"))).exists()


def holders(role: str, organisation: Organisation | None, on: date) -> list[User]:
    """Who holds the role in the organ (or anywhere) by an own seat on the day, in a stable order. One query."""
    found = Seat.objects.at(on).filter(role=role, user__is_active=True)
    if organisation is not None:
        found = found.filter(_of_organ(organisation))
    return list(User.objects.filter(pk__in=found.values("user")).order_by("pk"))


def credential(user: User, kind: str, on: date) -> Credential | None:
    """A certificate of this kind that counts on the day, or None. One query."""
    found = Credential.objects.filter(user=user, kind=kind).order_by("-valid_from")
    return next((one for one in found if one.valid_on(on)), None)


def recused(user: User, subject: str) -> bool:
    """Whether the user must keep out of the matter. One query."""
    return Recusal.objects.filter(user=user, subject=subject, lifted_at__isnull=True).exists()


def recused_from(user: User, subjects: Iterable[str]) -> set[str]:
    """Which of the matters the user must keep out of. One query."""
    found = Recusal.objects.filter(user=user, subject__in=list(subjects), lifted_at__isnull=True)
    return set(found.values_list("subject", flat=True))


def recused_users(subject: str) -> set[int]:
    """The keys of all users who must keep out of the matter. One query."""
    return set(Recusal.objects.filter(subject=subject, lifted_at__isnull=True).values_list("user", flat=True))


# --- parties -----------------------------------------------------------------------------------------------------


_REPRESENTATIONS = Prepared(Representation.objects.at(A_DAY).filter(user=A_USER).select_related("party").order_by("pk"))


def representations(user: User, on: date) -> list[Representation]:
    """For whom the user may act on the day, oneself first, with the parties loaded. One query."""
    if not user.is_active:
        return []
    found = _REPRESENTATIONS.rows({A_USER: user.pk, A_DAY: on})
    return sorted(found, key=lambda one: one.relation != Representation.Relation.SELF)


def parties_of(user: User, on: date) -> list[Party]:
    """The parties for whom the user may act on the day, oneself first. One query."""
    return [one.party for one in representations(user, on)]


def person_may_act_for(user: User, party: Party, on: date, special: bool = False) -> bool:
    """Whether the user may act for the party on the day. One query.

    `special` asks for what only the party, its legal representative or an agent with special authority
    (特别授权) may do: withdraw, settle, change the claim.
    """
    if not user.is_active:
        return False
    found = Representation.objects.at(on).filter(user=user, party=party)
    if special:
        found = found.exclude(scope=Representation.Scope.GENERAL)
    return found.exists()


def representatives(party: Party, on: date) -> list[Representation]:
    """Who may act for the party on the day, with the accounts loaded. One query."""
    return list(Representation.objects.at(on).filter(party=party).select_related("user").order_by("pk"))


def party_by_paper(id_kind: str, id_number: str) -> Party | None:
    """The party with this identity paper (in normal form), or None. One query."""
    return Party.objects.filter(id_kind=id_kind, id_index=id_index(id_kind, id_number)).first()


def self_party(user: User, on: date) -> Party | None:
    """The natural person whom the account belongs to, or None. One query."""
    found = Representation.objects.at(on).filter(user=user, relation=Representation.Relation.SELF)
    one = found.select_related("party").first()
    return one.party if one else None


def user_by_login(login: str) -> User | None:
    """The account that somebody means who types a user name, a mobile number or a confirmed e-mail address.

    Always three queries, each over an index, so that the time does not tell which of them exists. An account that was
    disabled is found by its user name only.
    """
    typed = login.strip().lower()
    try:
        index = phone_index(identity.mobile(typed))
    except identity.IdentityError:
        index = phone_index("none")
    by_name = User.objects.filter(username=typed).first()
    by_phone = User.objects.filter(phone_index=index, disabled_at__isnull=True).first()
    by_email = User.objects.filter(emailaddress__email=typed, emailaddress__verified=True, is_active=True).first()
    return by_name or by_phone or by_email


# --- organs ------------------------------------------------------------------------------------------------------


@dataclass
class Node:
    """An organisation with what is below it."""

    organisation: Organisation
    children: list[Node] = field(default_factory=list)


def tree(on: date) -> list[Node]:
    """All organisations that exist on the day, as a forest; what hangs below nothing is a root. One query."""
    nodes = {one.pk: Node(one) for one in Organisation.objects.at(on).order_by("code")}
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.organisation.parent_id or 0)
        (parent.children if parent else roots).append(node)
    return roots


def below(organisation: Organisation, on: date) -> list[Organisation]:
    """The organisation and everything below it on the day. One query."""

    def flatten(node: Node) -> list[Organisation]:
        return [node.organisation, *(one for child in node.children for one in flatten(child))]

    def find(nodes: list[Node]) -> Node | None:
        for node in nodes:
            if node.organisation.pk == organisation.pk:
                return node
            if inner := find(node.children):
                return inner
        return None

    node = find(tree(on))
    return flatten(node) if node else []


def name_on(organisation: Organisation, on: date) -> str:
    """The name that the organisation bore on the day. One query."""
    former = _former(organisation, on)
    return former.name if former else organisation.name


def word_on(organisation: Organisation, on: date) -> str:
    """The code word 机关代字 of the organisation's papers on the day. One query."""
    former = _former(organisation, on)
    return former.word if former else organisation.word


def _former(organisation: Organisation, on: date) -> OrganisationName | None:
    return OrganisationName.objects.at(on).filter(organisation=organisation).first()


def successor(organisation: Organisation, on: date) -> Organisation:
    """The organisation that has taken over on the day; itself while it exists. One query for each step."""
    seen = {organisation.pk}
    while not organisation.covers(on) and organisation.successor and organisation.successor_id not in seen:
        organisation = organisation.successor
        seen.add(organisation.pk)
    return organisation
