"""Who may enter and publish what for which organ, and what waits for the second person."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from accounts.models import Organisation, User
from accounts.permissions import Snapshot
from powerlist.models.disclosure import Disclosed, public

FINANCE = "DC-CZJ"  # the organ that answers for the catalogue and for transfer payments
CIVIL_AFFAIRS = "DC-MZJ"  # the organ that registers the district's social organisations
ENTERS = frozenset({"case_officer", "section_head"})
PUBLISHES = frozenset({"section_head", "head_of_organ"})
SHOWN = 100

Row = TypeVar("Row", bound=Disclosed)


def organs(held: Snapshot, roles: frozenset[str]) -> set[int]:
    """The organs for which somebody holds one of the roles, by a seat for all matters."""
    return {seat.organ_id for seat in held.seats if seat.role in roles and not seat.subject}


def may_publish(held: Snapshot, organ_id: int) -> bool:
    """Whether the person publishes and withdraws rows of the organ."""
    return organ_id in organs(held, PUBLISHES)


def own_organs(held: Snapshot, roles: frozenset[str]) -> QuerySet[Organisation]:
    """The organs for which the person holds one of the roles."""
    return Organisation.objects.filter(pk__in=organs(held, roles)).order_by("code")


def waiting(model: type[Row], held: Snapshot) -> list[Row]:
    """The rows of the person's organs that nobody has published yet, oldest first. One query."""
    mine = organs(held, ENTERS | PUBLISHES)
    found = model._default_manager.filter(organ__in=mine, published_at=None).select_related("organ", "entered_by")
    return list(found.order_by("pk")[:SHOWN])


def published(model: type[Row], held: Snapshot) -> list[Row]:
    """The latest rows of the person's organs that stand published. One query."""
    mine = organs(held, ENTERS | PUBLISHES)
    found = model._default_manager.filter(public(), organ__in=mine).select_related("organ", "entered_by")
    return list(found.order_by("-pk")[:SHOWN])


def second_person(row: Disclosed, user: User) -> bool:
    """Whether the user is another person than the one who entered the row."""
    return row.entered_by_id != user.pk
