"""The public directory of organs as it stood on a day: by kind, one by one, and as a tree down to service points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Organisation, OrganisationDuty, OrganisationName, Seat, ServicePoint
from powerlist.queries import listing
from powerlist.rules.item import ORGANS

DISTRICT = "110101"
# Found with their superiors, not in the directory itself.
BELOW = (Organisation.Kind.INTERNAL_UNIT, Organisation.Kind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class Entry:
    """An organ under the name that it bore on the day; `present` is its name of today where that is another one."""

    code: str
    name: str
    short_name: str
    kind: str
    present: str = ""
    verified: bool = True


@dataclass(slots=True)
class Node:
    """A box of the tree with what hangs below it. `url_code` is empty for places that have no page of their own."""

    name: str
    kind: str
    url_code: str = ""
    about: str = ""
    below: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything about one organ on one day."""

    organ: Organisation
    name: str
    word: str
    duties: list[OrganisationDuty]
    units: list[Entry]
    subordinate: list[Entry]
    points: list[ServicePoint]
    names: list[OrganisationName]
    taken_over: list[Organisation]
    powers: list[tuple[str, str, int]]  # kinds of power with their labels, and how many of each


def directory(on: date) -> list[tuple[str, list[Entry]]]:
    """The organs that existed on the day, by the label of their kind in the order of kinds. Two queries."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for organ in _named(on).exclude(kind__in=BELOW):
        found[organ.kind].append(_entry(organ))
    return [(str(label), found[kind]) for kind, label in Organisation.Kind.choices if kind in found]


def _named(on: date) -> QuerySet[Organisation]:
    """The organisations of a day, each with the former name that it then bore as `named`, if any."""
    then = Prefetch("former_names", OrganisationName.objects.at(on), to_attr="named")
    return Organisation.objects.at(on).prefetch_related(then).order_by("code")


def _entry(organ: Organisation) -> Entry:
    former: list[OrganisationName] = organ.named  # type: ignore[attr-defined]
    name, short = (former[0].name, former[0].short_name or former[0].name) if former else (organ.name, organ.short_name)
    present = organ.name if former else ""
    return Entry(organ.code, name, short, str(organ.get_kind_display()), present, organ.verified)


def organ(code: str, on: date) -> Page | None:
    """One organ as it stood on the day, also one that has ended since. A fixed number of queries."""
    own = Organisation.objects.exclude(kind=Organisation.Kind.INTERNAL_UNIT).select_related("parent", "successor")
    found = own.filter(code=code).first()
    if found is None:
        return None
    names = list(found.former_names.order_by("until"))
    then = next((one for one in names if (one.since is None or one.since <= on) and on < one.until), None)
    below = [_below(one) for one in _named(on).filter(parent=found)]
    return Page(
        organ=found,
        name=then.name if then else found.name,
        word=then.word if then else found.word,
        duties=list(found.duties.at(on).order_by("order")),
        units=[entry for unit, entry in below if unit],
        subordinate=[entry for unit, entry in below if not unit],
        points=list(found.service_points.at(on)),
        names=names,
        taken_over=list(found.predecessors.order_by("code")),
        powers=listing.kinds_of(found, on),
    )


def _below(organ: Organisation) -> tuple[bool, Entry]:
    return organ.kind == Organisation.Kind.INTERNAL_UNIT, _entry(organ)


def chart(on: date) -> Node | None:
    """District → subdistricts → communities → places where one is served; None where there was no district yet.

    The places of the district's own centres hang below the district. Three queries.
    """
    kinds = (Organisation.Kind.SUBDISTRICT_OFFICE, Organisation.Kind.COMMUNITY)
    wanted = Q(code=DISTRICT) | Q(kind__in=kinds)
    organs = list(_named(on).filter(wanted))
    nodes = {organ.pk: Node(_entry(organ).short_name, str(organ.get_kind_display()), organ.code) for organ in organs}
    root = next((nodes[organ.pk] for organ in organs if organ.code == DISTRICT), None)
    for organ in organs:
        if organ.parent_id in nodes:
            nodes[organ.parent_id].below.append(nodes[organ.pk])
    shown = Q(kind=ServicePoint.Kind.DISTRICT_CENTRE) | Q(organisation__in=list(nodes))
    for point in ServicePoint.objects.at(on).filter(shown):
        place = Node(point.name, str(point.get_kind_display()), about=f"{point.address}，{point.opening_hours}")
        # The centre is run by a department, but it serves the district.
        above = nodes.get(point.organisation_id) or root
        if above:
            above.below.insert(0, place)
    return root


def seated(roles: tuple[str, ...], on: date) -> list[Organisation]:
    """The organs in which one of the roles is held on a day. Two queries."""
    seats = Seat.objects.at(on).filter(role__in=roles).select_related("organisation__parent")
    return list(Organisation.objects.filter(pk__in={seat.organisation.organ_id for seat in seats}).order_by("code"))


def names_in(found: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the organs that items name, by their codes. One query."""
    codes = {item[name] for item in found for name in ORGANS if item.get(name)}
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
