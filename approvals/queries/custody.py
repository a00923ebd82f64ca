"""What lies where, what has to go somewhere else, and what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import ServicePoint, User
from approvals.models import Application, Consignment
from casework.models import Case
from casework.queries.rights import Standing

MOST = 50  # lines of one list
KEEPERS = ("window_clerk", "case_officer")
GRANTED = ("granted", "released", "changed", "renewed")  # states in which what was decided waits to be handed over
Content = Consignment.Content


@dataclass(frozen=True, slots=True)
class Places:
    """Where somebody stands: at these service points, and in the offices of these organs."""

    points: frozenset[int]
    organs: frozenset[int]

    def holds(self, case: Case, point: ServicePoint | None) -> bool:
        """Whether a thing of a case at a place lies with them."""
        return point.pk in self.points if point else case.organ_id in self.organs

    def __bool__(self) -> bool:
        return bool(self.points or self.organs)


def places_of(user: User, on: date) -> Places:
    """The places of an official. A clerk of a service point stands there, everybody else in the organ's own office."""
    seats = [seat for seat in Standing(user, on).seats if seat.role in KEEPERS]
    return Places(
        frozenset(seat.service_point_id for seat in seats if seat.service_point_id),
        frozenset(seat.organisation.organ_id for seat in seats if not seat.service_point_id),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that has to go on: `to` is where, None the organ's office."""

    case: Case
    content: str
    pieces: str
    to: ServicePoint | None

    @property
    def key(self) -> str:
        return f"{self.case.code}:{self.content}"

    @property
    def label(self) -> str:
        return str(Content(self.content).label)


def waiting(places: Places) -> list[Waiting]:
    """What lies with them and belongs elsewhere: paper taken in at a window, certificates that are collected elsewhere.

    Two queries.
    """
    sent = Consignment.objects.filter(case=OuterRef("case"))
    cases = Application.objects.select_related("case__organ", "case__service_point", "item", "delivery_point")
    cases = cases.prefetch_related("item__materials")
    papers = (
        cases.filter(case__service_point__in=sorted(places.points))
        .exclude(paper_materials=[])
        .exclude(Exists(sent.filter(content=Content.MATERIALS)))
    )
    certificates = cases.filter(
        case__organ__in=sorted(places.organs), case__state__in=GRANTED, delivery="collect", case__ended_at=None
    ).exclude(Exists(sent.filter(content=Content.CERTIFICATE)))
    found = [Waiting(one.case, Content.MATERIALS, _papers(one), None) for one in papers.order_by("case")[:MOST]]
    found += [
        Waiting(one.case, Content.CERTIFICATE, (one.item and one.item.result_name) or "证件", one.delivery_point)
        for one in certificates.order_by("case")[:MOST]
    ]
    return found


def _papers(application: Application) -> str:
    listed = application.item.materials.all() if application.item else []  # a bundle is many items
    names = {material.code: material.name for material in listed}
    given = [f"{names.get(each['code'], each['code'])}{each['copies']}份" for each in application.paper_materials]
    return "、".join(given)[:200]


def _shown() -> QuerySet[Consignment]:
    return Consignment.objects.select_related("case__organ", "sender", "receiver", "sent_by", "received_by")


def _at(name: str, places: Places) -> Q:
    office = Q(**{name: None, "case__organ__in": sorted(places.organs)})
    return Q(**{f"{name}__in": sorted(places.points)}) | office


def coming(places: Places) -> Sequence[Consignment]:
    """What is under way to them. One query."""
    return list(_shown().filter(_at("receiver", places), received_at=None).order_by("sent_at")[:MOST])


def gone(places: Places) -> Sequence[Consignment]:
    """What they handed over or received last. One query."""
    return list(_shown().filter(_at("sender", places) | _at("receiver", places)).order_by("-id")[:MOST])


def lies_at(case: Case, content: str) -> ServicePoint | bool | None:
    """Where a thing of a case lies: a service point, None for the organ's office; False while it is under way."""
    last: Any = (
        Consignment.objects.select_related("receiver").filter(case=case, content=content).order_by("-id").first()
    )
    if last is None:
        return case.service_point if content == Content.MATERIALS else None
    return last.receiver if last.received_at else False
