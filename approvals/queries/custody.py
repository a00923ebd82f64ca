"""What lies where, what has to go somewhere else, and what is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import Organisation, ServicePoint, User
from approvals.models import Application, Consignment, Material
from approvals.queries import items
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART, short, subject_of
from casework.models import Case
from casework.queries.rights import Standing

MOST = 50  # lines of one list
KEEPERS = ("window_clerk", "case_officer")
GRANTED = ("granted", "released", "changed", "renewed")  # states in which what was decided waits to be handed over
Content = Consignment.Content
CERTIFICATE = Content.CERTIFICATE


@dataclass(frozen=True, slots=True)
class Place:
    """A service point, or the office of an organ."""

    point: ServicePoint | None = None
    office: Organisation | None = None

    @property
    def name(self) -> str:
        return self.point.name if self.point else self.office.short_name if self.office else ""


@dataclass(frozen=True, slots=True)
class Places:
    """Where somebody stands: at these service points, and in the offices of these organs."""

    points: frozenset[int]
    organs: frozenset[int]

    def hold(self, place: Place) -> bool:
        """Whether what lies at a place lies with them."""
        return place.point.pk in self.points if place.point else bool(place.office and place.office.pk in self.organs)

    def __bool__(self) -> bool:
        return bool(self.points or self.organs)


def places_of(user: User, on: date) -> Places:
    """The places of an official. A clerk of a service point stands there, everybody else in the organ's own office."""
    seats = [seat for seat in Standing(user, on).seats if seat.role in KEEPERS]
    return Places(
        frozenset(seat.service_point_id for seat in seats if seat.service_point_id),
        frozenset(seat.organisation.organ_id for seat in seats if not seat.service_point_id),
    )


def sender_of(one: Consignment) -> Place:
    return Place(one.sender) if one.sender else Place(office=one.sender_office or one.case.organ)


def receiver_of(one: Consignment) -> Place:
    return Place(one.receiver) if one.receiver else Place(office=one.receiver_office or one.case.organ)


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers that came in with one act, the place at which they lie (None: under way), and since when."""

    act: int
    entries: tuple[Mapping[str, Any], ...]
    place: Place | None
    since: datetime


def papers_of(
    application: Application, moves: Iterable[Consignment], points: Mapping[int, ServicePoint]
) -> list[Batch]:
    """Where the papers of an application lie, act by act, if the moves of its case are gone through once more.

    What is sent from a place is everything of the case that lies there. The papers of a part of a bundle begin at the
    lead organ's office, when those of the bundle are there.
    """
    batches = _began(application, points)
    for move in sorted((one for one in moves if one.content == Content.MATERIALS), key=lambda one: one.pk):
        _move(batches, move)
    return list(batches.values())


def _began(application: Application, points: Mapping[int, ServicePoint]) -> dict[int, Batch]:
    """Where the papers of each act lay first."""
    case, main = application.case, application.case.parent
    given = _by_act(application)
    if case.procedure == PART and main is not None:
        office = Place(office=main.organ)
        above = papers_of(main.application, main.consignments.all(), points)
        there = {batch.act: batch.since for batch in above if batch.place == office}
        return {act: Batch(act, entries, office, there[act]) for act, entries in given.items() if act in there}
    batches = {}
    for act, entries in given.items():
        first = entries[0]
        point = points[first["point"]] if "point" in first else case.service_point
        since = datetime.fromisoformat(first["at"]) if "at" in first else case.opened_at
        batches[act] = Batch(act, entries, Place(point) if point else Place(office=case.organ), since)
    return batches


def _by_act(application: Application) -> dict[int, tuple[Mapping[str, Any], ...]]:
    found: dict[int, tuple[Mapping[str, Any], ...]] = {}
    for entry in application.paper_materials:
        act = entry.get("act", 1)
        found[act] = (*found.get(act, ()), entry)
    return found


def _move(batches: dict[int, Batch], move: Consignment) -> None:
    here, to = sender_of(move), receiver_of(move) if move.received_at else None
    for act, batch in batches.items():
        if batch.place == here and batch.since <= move.sent_at:
            batches[act] = Batch(act, batch.entries, to, move.received_at or move.sent_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that has to go on: where it lies, and where it belongs."""

    case: Case
    content: str
    pieces: str
    here: Place
    to: Place

    @property
    def key(self) -> str:
        return f"{self.case.code}:{self.content}"

    @property
    def label(self) -> str:
        return str(Content(self.content).label)


def waiting(places: Places) -> list[Waiting]:
    """What lies with them and belongs elsewhere: paper that was taken in, certificates that are collected elsewhere.

    A fixed number of queries.
    """
    return [*_papers(places), *_certificates(places)]


_MOVES = Consignment.objects.select_related("sender", "receiver", "sender_office", "receiver_office", "case__organ")


def _applications() -> QuerySet[Application]:
    found = Application.objects.select_related(
        "case__organ", "case__service_point", "case__parent__organ", "case__parent__service_point",
        "case__parent__application", "item", "bundle", "delivery_point",
    )  # fmt: skip
    return found.prefetch_related(
        "item__materials",
        Prefetch("case__consignments", _MOVES),
        Prefetch("case__parent__consignments", _MOVES),
    )


# Whether a batch of an application's papers lies where it came in: nothing was sent from there since. And whether one
# of a part's lies at the lead organ's office: it began there or was received there, and did not go on since. These are
# the rules of `papers_of` once more, so that what has gone long ago takes no place in a list.
_CAME_IN = """EXISTS (
    SELECT FROM casework_case c, jsonb_array_elements(approvals_application.paper_materials) e, LATERAL (
        SELECT COALESCE((e->>'point')::bigint, c.service_point_id) AS point,
            COALESCE((e->>'at')::timestamptz, c.opened_at) AS since
    ) batch WHERE c.id = approvals_application.case_id AND batch.point = ANY(%s) AND NOT EXISTS (
        SELECT FROM approvals_consignment k WHERE k.case_id = c.id AND k.content = 'materials'
            AND k.sender_id = batch.point AND k.sent_at >= batch.since
    )
)"""
_CAME_TO_LEAD = """EXISTS (
    SELECT FROM casework_case c JOIN casework_case main ON main.id = c.parent_id,
        jsonb_array_elements(approvals_application.paper_materials) e, LATERAL (
        SELECT COALESCE((e->>'point')::bigint, main.service_point_id) AS point,
            COALESCE((e->>'at')::timestamptz, main.opened_at) AS since
    ) batch LEFT JOIN LATERAL (
        SELECT k.received_at FROM approvals_consignment k WHERE k.case_id = main.id AND k.content = 'materials'
            AND k.sender_id = batch.point AND k.sent_at >= batch.since ORDER BY k.id LIMIT 1
    ) came ON true
    WHERE c.id = approvals_application.case_id AND (batch.point IS NULL OR came.received_at IS NOT NULL)
        AND NOT EXISTS (
            SELECT FROM approvals_consignment k WHERE k.case_id = c.id AND k.content = 'materials'
                AND k.sent_at >= COALESCE(came.received_at, batch.since)
        )
)"""


def _papers(places: Places) -> Iterable[Waiting]:
    """Papers at a window belong to the organ; those of a bundle go on from the lead organ to each that has a part."""
    points, offices = sorted(places.points), sorted(places.organs)
    brought = Q(pk__in=[])
    for point in points:
        brought |= Q(paper_materials__contains=[{"point": point}])
    at_window = (Q(case__service_point__in=points) | brought & Q(case__ended_at=None)) & ~Q(case__procedure=PART)
    at_window &= Q(RawSQL(_CAME_IN, [points], BooleanField()))  # noqa: S611 - constants of this module
    onward = Q(case__procedure=PART, case__parent__organ__in=offices, case__parent__ended_at=None)
    onward &= ~Q(case__organ=F("case__parent__organ"))
    onward &= Q(RawSQL(_CAME_TO_LEAD, [], BooleanField()))  # noqa: S611 - constants of this module
    found = _applications().exclude(paper_materials=[]).filter(at_window | onward).order_by("case")[:MOST]
    known, names = ServicePoint.objects.in_bulk(), _names(found)
    for one in found:
        belongs = Place(office=one.case.organ)
        lying: dict[Place, list[Mapping[str, Any]]] = {}
        for batch in papers_of(one, one.case.consignments.all(), known):
            if batch.place and batch.place != belongs and places.hold(batch.place):
                lying.setdefault(batch.place, []).extend(batch.entries)
        for here, entries in lying.items():
            yield Waiting(one.case, Content.MATERIALS, _pieces(entries, names[one.pk]), here, belongs)


def _certificates(places: Places) -> Iterable[Waiting]:
    """Certificates go to where they are collected; those of a bundle that is posted at once go to the lead organ.

    One that lies at a point goes on where the applicant chose another one meanwhile.
    """
    own = Q(case__state__in=GRANTED, case__ended_at=None, delivery="collect") & ~Q(case__procedure=BUNDLE)
    decided = ("granted", "refusal_issued")
    of_bundle = Q(case__procedure=PART, case__state__in=decided, case__parent__state="granted")
    posted = Q(delivery="mail") & ~Q(case__organ=F("case__parent__organ"))
    sent = Consignment.objects.filter(case=OuterRef("case"), content=Content.CERTIFICATE)
    in_office = Q(case__organ__in=sorted(places.organs)) & ~Exists(sent)
    lying = _lying().filter(case=OuterRef("case"), receiver__in=sorted(places.points))
    at_point = Q(Exists(lying.exclude(receiver=OuterRef("delivery_point"))), delivery="collect")
    due = _applications().filter(own | of_bundle & (Q(delivery="collect") | posted)).filter(in_office | at_point)
    for one in due.order_by("case")[:MOST]:
        pieces = (one.item and one.item.result_name) or "证件"
        if one.case.state == "refusal_issued":
            pieces = "不予行政许可决定书"
        main, moves = one.case.parent, [each for each in one.case.consignments.all() if each.content == CERTIFICATE]
        to = Place(office=main.organ) if one.delivery == "mail" and main else Place(one.delivery_point)
        here = receiver_of(max(moves, key=lambda each: each.pk)) if moves else Place(office=one.case.organ)
        yield Waiting(one.case, Content.CERTIFICATE, pieces, here, to)


def _lying() -> QuerySet[Consignment]:
    """The last moves of certificates that have arrived: each lies where it was received."""
    later = Consignment.objects.filter(case=OuterRef("case"), content=CERTIFICATE, pk__gt=OuterRef("pk"))
    return Consignment.objects.filter(~Exists(later), content=CERTIFICATE, received_at__isnull=False)


def _names(applications: Iterable[Application]) -> dict[int, dict[str, str]]:
    """What the materials of each application are called, by code. One query, whatever is a bundle."""
    whole: dict[str, dict[str, str]] = {code: {} for one in applications for code in one.chosen}
    listed = Material.objects.filter(item__code__in=whole).order_by("item__since")
    for item, code, name in listed.values_list("item__code", "code", "name"):
        whole[item][f"{short(item)}-{code}"] = name
    return {
        one.pk: {material.code: material.name for material in one.item.materials.all()}
        if one.item
        else {code: name for item in one.chosen for code, name in whole[item].items()}
        for one in applications
    }


def _pieces(entries: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    return "、".join(f"{names.get(each['code'], each['code'])}{each['copies']}份" for each in entries)[:200]


def _shown() -> QuerySet[Consignment]:
    return _MOVES.select_related("sent_by", "received_by")


def _at(name: str, places: Places) -> Q:
    organs, other = sorted(places.organs), f"{name}_office"
    own = Q(**{name: None, other: None, "case__organ__in": organs})
    return Q(**{f"{name}__in": sorted(places.points)}) | own | Q(**{f"{other}__in": organs})


def coming(places: Places) -> Sequence[Consignment]:
    """What is under way to them. One query."""
    return list(_shown().filter(_at("receiver", places), received_at=None).order_by("sent_at")[:MOST])


def gone(places: Places, year: int | None = None, before: int | None = None, most: int = MOST) -> list[Consignment]:
    """The register: what they handed over or received, of a year if one is named, the latest first. One query."""
    found = _shown().filter(_at("sender", places) | _at("receiver", places))
    if year:
        zone = timezone.get_current_timezone()
        first, last = (datetime(each, 1, 1, tzinfo=zone) for each in (year, year + 1))
        found = found.filter(sent_at__gte=first, sent_at__lt=last)
    if before:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[:most])


def _to_collect(main: Case) -> QuerySet[Case]:
    """The parts of a bundle whose certificate, or decision, is handed over with it."""
    return Case.objects.filter(parent=main, procedure=PART, state__in=("granted", "refusal_issued"))


def expected(main: Case) -> int:
    """How many organs send something to the point at which a bundle is collected. One query."""
    return _to_collect(main).count()


def gathered(main: Case, point: ServicePoint) -> Sequence[Consignment]:
    """What of a bundle is at the point already. One query."""
    return list(_lying().filter(case__in=_to_collect(main), receiver=point).order_by("pk"))


def lies_at(case: Case, content: str) -> list[Place]:
    """Where things of a case lie; no place while all of them are under way."""
    moves = list(_MOVES.filter(case=case, content=content).order_by("pk"))
    if content == Content.CERTIFICATE or not (application := _applications().filter(case=case).first()):
        if not moves:
            return [Place(office=case.organ)]
        return [receiver_of(moves[-1])] if moves[-1].received_at else []
    batches = papers_of(application, moves, ServicePoint.objects.in_bulk())
    return list(dict.fromkeys(batch.place for batch in batches if batch.place))


def collecting_points(case: Case, on: date) -> list[tuple[str, str]]:
    """The points at which the result of a case may be collected: those that take in all of what was applied for."""
    application = application_of(case)
    points = items.points_of(subject_of(application), on) if application else []
    return [(str(point.pk), f"{point.name}，{point.address}") for point in points]
