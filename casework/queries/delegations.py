"""Who stands in for whom: seats that one may lend, colleagues who may take them, and what is lent at present."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from accounts import queries as people
from accounts import roles
from accounts.models import Delegation, Seat, User
from casework.models import Case
from casework.queries.rights import subject_of


def seats_to_lend(user: User, on: date, organ_id: int | None = None) -> list[Seat]:
    """The user's own seats (in one organ) that a colleague could act in. One query."""
    own = [seat for seat in people.seats(user, on) if seat.role not in roles.ADMINISTRATOR_ROLES]
    return [seat for seat in own if organ_id in (None, seat.organisation.organ_id)]


def colleagues(user: User, seats: list[Seat], on: date) -> list[User]:
    """Everybody else with a seat in the organs of these seats. One query."""
    organs = {seat.organisation.organ_id for seat in seats}
    found = Seat.objects.at(on).filter(Q(organisation__in=organs) | Q(organisation__parent__in=organs))
    there = User.objects.filter(pk__in=found.values("user"), is_active=True).exclude(pk=user.pk)
    return list(there.order_by("display_name", "pk"))


def of_case(case: Case, on: date) -> list[Delegation]:
    """The delegations for one case that are in force or still to come. One query."""
    return _open(Q(subject=subject_of(case)), on)


def of_user(user: User, on: date) -> list[Delegation]:
    """What the user has lent and been lent, in force or still to come. One query."""
    return _open(Q(seat__user=user) | Q(to=user), on)


def _open(which: Q, on: date) -> list[Delegation]:
    found = Delegation.objects.filter(which, until__gt=on, revoked_at=None)
    return list(found.select_related("seat__user", "seat__organisation__parent", "to").order_by("since", "pk"))
