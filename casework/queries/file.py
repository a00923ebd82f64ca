"""The file of one case, as its page shows it: read once, in a number of queries that does not depend on its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case as Either
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Value, When, prefetch_related_objects
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from accounts import identity
from accounts.models import Organisation, Party, Recusal
from accounts.prepared import A_CODE, A_DAY, A_USER, AN_ID, Prepared
from casework import obstacles, registry
from casework.models import Act, Case, Deadline, Decision, Document, Participant, Suspension
from casework.office import OFFICE_STEPS
from casework.procedure import Procedure, State, Step
from casework.queries.rights import READS_ALL, Actor, Sight, Standing
from casework.queries.situations import assemble, children_of
from casework.refusal import Reason
from casework.situation import Child, Situation

REMEMBERED = 1000  # statements that find a case: one for all who hold the same seats
OFFICE, APPLICANT, THIRD_PARTY, CONCERNED = "office", "applicant", "third_party", "concerned"
# Who of those that a row tells is the viewer.
AUDIENCES = {
    APPLICANT: {"applicant", "complainant", "proposer", "party", "parties", "public", "person_concerned"},
    THIRD_PARTY: {"third_party", "parties", "public"},
    CONCERNED: {"organs_concerned", "maker", "public"},
}
ABOUT = ("concerned", "maker")  # parts of the organ that a case is about
OWN_ROLES = {
    APPLICANT: {"citizen", "legal_person", "agent"},
    THIRD_PARTY: {"third_party"},
    CONCERNED: {"departmental_legal_unit", "head_of_organ"},
}
# The acts as a page reads them: with the name of the organ that acted, without what only the chain needs.
_ACTS = Prepared(
    Act.objects.filter(case=AN_ID)
    .annotate(
        office=Either(
            When(organisation__kind=Organisation.Kind.INTERNAL_UNIT, then=F("organisation__parent__short_name")),
            default=F("organisation__short_name"),
        )
    )
    .select_related("decision")
    .defer("recorded_at", "address", "transaction", "lane", "link", "previous", "hash")
    .order_by("seq")
)
_CLOCKS = Prepared(
    Deadline.objects.filter(case=AN_ID)
    .select_related("limit")
    .annotate(paused=Exists(Suspension.objects.filter(deadline=OuterRef("pk"))))
    .order_by("pk")
)
_DOCUMENTS = Prepared(Document.objects.filter(case=AN_ID).defer("context").order_by("added_at", "pk"))


@dataclass(frozen=True, slots=True)
class Door:
    """A step that the viewer may take here: open, or shut for reasons that quote the article."""

    row: Step
    actors: tuple[Actor, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def open(self) -> bool:
        return not self.reasons


@dataclass
class CaseFile:
    """Everything that one viewer may know of one case at one moment."""

    case: Case
    table: Procedure
    at: datetime
    standing: Standing
    side: str
    acts: list[Act]
    clocks: list[Deadline]
    documents: list[Document]
    parts: list[Participant]
    children: list[Case] = field(default_factory=list)  # but for those by portions, which a page of the chapter lists

    @property
    def state(self) -> State:
        """Where the case stands, as the viewer sees it."""
        return self.table.state(self.case.state) if self.internal else self.table.seen(self.case.state)

    @cached_property
    def url(self) -> str:
        """The address of the case, below which its steps and documents have theirs."""
        return reverse("casework:case", args=[self.case.code])

    @property
    def internal(self) -> bool:
        """Whether the viewer is of the office and sees names, internal acts and every paper."""
        return self.side == OFFICE

    @property
    def outside(self) -> bool:
        """Whether the viewer has a part in a case that is somebody else's: what was handed in is not shown."""
        return self.side in (THIRD_PARTY, CONCERNED)

    @cached_property
    def rows(self) -> dict[str, Step]:
        return {**OFFICE_STEPS, **{row.name: row for row in self.table.steps}}

    @cached_property
    def told(self) -> frozenset[int]:
        """The acts whose content the viewer may read: the office all, others their own and those they were told of."""
        return frozenset(act.pk for act in self.acts if self._is_told(act))

    def _is_told(self, act: Act) -> bool:
        if self.internal:
            return True
        row = self.rows.get(act.step)
        everybodys = row is not None and row.of == "anyone"  # what others say there is not the applicant's own
        own = act.role in OWN_ROLES[self.side] and (
            act.actor_id == self._viewer or (self.side == APPLICANT and not everybodys)
        )
        return own or (row is not None and bool(AUDIENCES[self.side] & set(row.tells)))

    @property
    def shown_acts(self) -> list[Act]:
        """Newest first. Outsiders see what they did, what they were told and what moved the case; never office acts."""
        return [act for act in reversed(self.acts) if act.pk in self.told or (self._moves(act) and not self.internal)]

    def _moves(self, act: Act) -> bool:
        return act.step not in OFFICE_STEPS and shows(self.table, act.from_state, act.to_state)

    @cached_property
    def followed(self) -> frozenset[int]:
        """The cases opened out of this one that the viewer may open too. One query, where there are any."""
        listed = [child.pk for child in self.children]
        found = self.standing.visible(Case.objects.filter(pk__in=listed)) if listed else Case.objects.none()
        return frozenset(found.values_list("pk", flat=True))

    @property
    def shown_documents(self) -> list[Document]:
        """The documents that the viewer may open, oldest first."""
        return [document for document in self.documents if self.may_open(document)]

    def may_open(self, document: Document) -> bool:
        """Papers of acts that the viewer was told of; materials the side that handed them in; records the office."""
        if self.internal:
            return True
        if document.kind == Document.Kind.PAPER:
            return document.act_id in self.told
        if document.kind == Document.Kind.MATERIAL:
            return self.side == APPLICANT or document.added_by_id == self._viewer
        return False

    @property
    def _viewer(self) -> int | None:
        return self.standing.user.pk if self.standing.user else None

    @cached_property
    def decisions(self) -> list[Decision]:
        """The decisions of the case, the latest first."""
        return [act.decision for act in reversed(self.acts) if getattr(act, "decision", None)]

    @property
    def rights(self) -> str:
        """What the latest decision in force tells its addressee about remedies; nothing before there is one."""
        standing = (decision for decision in self.decisions if decision.ended_on is None)
        latest = next(standing, None)
        return str(latest.remedy.get("text", "")) if latest and not self.outside else ""

    @cached_property
    def doors(self) -> list[Door]:
        """The steps open in this state that the viewer may take, in the order of the table, office acts last."""
        on = timezone.localdate(self.at)
        rows = [row for row in self.table.steps_from(self.case.state, on) if not row.by_the_law]
        if not self.case.ended_at:
            rows += OFFICE_STEPS.values()
        mine = [(row, tuple(self.standing.actors(self.case, row, self.parts))) for row in rows]
        mine = [(row, actors) for row, actors in mine if actors]
        if not mine:
            return []
        view = self._view(row for row, _ in mine)
        return [self._door(row, actors, view) for row, actors in mine]

    def door(self, step: str) -> Door | None:
        return next((door for door in self.doors if door.row.name == step), None)

    def _door(self, row: Step, actors: tuple[Actor, ...], view: Situation) -> Door:
        """The first capacity in which nothing stands against the step comes first; without one the step is shut."""
        judged = [
            (actor, obstacles.against(row, replace(view, actor=self._viewer, role=actor.role))) for actor in actors
        ]
        free = tuple(actor for actor, reasons in judged if not reasons)
        return Door(row, free) if free else Door(row, actors, tuple(judged[0][1]))

    def _view(self, rows: Iterable[Step]) -> Situation:
        """The situation with only those parts that a condition of the rows will look at."""
        kinds = set().union(*(obstacles.kinds(row.needs) for row in rows))
        bars: frozenset[str] = frozenset(self.case.bars)  # type: ignore[attr-defined]
        known: Mapping[str, Any] = {}
        if kinds - obstacles.OF_THE_KERNEL:
            known = registry.chapter_of(self.case.procedure).known(self.case, {}, self.at)
        own = [clock for clock in self.clocks if clock.owner == Deadline.Owner.CASE]
        return assemble(
            self.case, self.table, self.at, acts=self.acts, clocks=own, children=self._family(), bars=bars, known=known,
            facts=obstacles.Unstated(),
        )  # fmt: skip

    def _family(self) -> Sequence[Child]:
        """The children as conditions look at them: those that are listed, or all when there may be thousands."""
        if any(code in registry.by_portions() for row in self.table.steps for code in row.opens):
            return children_of(self.case)
        return [Child(child.procedure, child.state, child.ended_at is not None) for child in self.children]


def shows(table: Procedure, origin: str, target: str) -> bool:
    """Whether outsiders learn of a move: not of what the office thinks before it decides, nor that it thinks again."""
    places = {place.name: place for place in table.states if place.seen_as}
    back = origin in places and places[origin].seen_as == target
    return origin != target and target not in places and not back


def find(standing: Standing, code: str) -> Case | None:
    """The case under a query code, if the person may open it, with what tells `read` what it need not ask."""
    values = {A_CODE: code.upper(), A_DAY: standing.on, A_USER: standing.user.pk if standing.user else None}
    case: Any = next(iter(_finding(standing.sight).rows(values)), None) if standing.user else None
    if case:
        standing.remember(case, keeps_out=case.recused)
    return case


@lru_cache(REMEMBERED)
def _finding(sight: Sight) -> Prepared[Case]:
    parts = Participant.objects.filter(case=OuterRef("pk"), until=None)
    children = Case.objects.filter(parent=OuterRef("pk"))
    bars = Deadline.objects.filter(party=OuterRef("applicant"), owner="party", stopped_at=None, due_on__gte=A_DAY)
    subject = Concat(Value("case:"), OuterRef("pk"), output_field=CharField())
    found = sight.of(Case.objects.filter(code=A_CODE), A_USER).annotate(
        has_parts=Exists(parts),
        has_children=Exists(children),
        recused=Exists(Recusal.objects.filter(user=A_USER, subject=subject, lifted_at=None)),
        bars=ArraySubquery(bars.filter(case__matter=OuterRef("matter")).values("key")),
    )
    return Prepared(found.select_related("organ", "handler", "applicant", "parent", "service_point"))


def read(case: Case, standing: Standing, at: datetime) -> CaseFile:
    """Read the file of a case that `find` found: three queries, and one for each thing that the case really has."""
    of_case = {AN_ID: case.pk}
    acts: list[Act] = [*_ACTS.rows(of_case)]
    by_id = {act.pk: act for act in acts}
    clocks: list[Any] = _CLOCKS.rows(of_case)
    if stand_still := [clock for clock in clocks if clock.paused]:
        prefetch_related_objects(stand_still, Prefetch("suspensions", Suspension.objects.order_by("starts_on", "pk")))
    for clock in clocks:
        if not clock.paused:
            clock._prefetched_objects_cache = {"suspensions": []}
        clock.case = case
        clock.started_by = by_id[clock.started_by_id]
        clock.stopped_by = by_id.get(clock.stopped_by_id or 0)
        clock.extended_by = by_id.get(clock.extended_by_id or 0)
    documents = _DOCUMENTS.rows(of_case)
    parts: list[Participant] = []
    if case.has_parts:  # type: ignore[attr-defined]
        held = case.participants.filter(until=None)
        parts = list(held.select_related("user", "party", "organisation").order_by("pk"))
    children: list[Case] = []
    if case.has_children:  # type: ignore[attr-defined]
        listed = Case.objects.filter(parent=case).exclude(procedure__in=registry.by_portions())
        children = list(listed.select_related("organ").order_by("pk"))
    table = registry.procedure(case.procedure, case.version)
    file = CaseFile(case, table, at, standing, OFFICE, acts, clocks, documents, parts, children)
    if standing.user and standing.user.kind == "person":
        file.side = APPLICANT if case.applicant_id in standing.party_ids else THIRD_PARTY
    elif table.hides and _is_concerned(case, standing, parts):
        file.side = CONCERNED
    return file


def _is_concerned(case: Case, standing: Standing, parts: Iterable[Participant]) -> bool:
    """Whether the viewer sees the case only because their organ is the one that it is about."""
    organs = standing.organ_ids
    if case.organ_id in organs or standing.has_role(*READS_ALL):
        return False
    return any(part.role in ABOUT and part.organisation_id in organs for part in parts)


def masked(party: Party) -> list[tuple[str, str]]:
    """What is shown of a party beside its name: numbers and addresses with their middle hidden (个人信息保护法 51)."""
    number = party.id_number if party.kind == Party.Kind.LEGAL else identity.mask_number(party.id_number)
    rows = [
        (party.get_id_kind_display() or "证件号码", number),
        ("负责人", party.legal_representative),
        ("联系电话", identity.mask_phone(party.phone)),
        ("联系地址", identity.mask_address(party.address)),
    ]
    return [(label, value) for label, value in rows if value]
