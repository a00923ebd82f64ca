"""Which cases are on somebody's desk: the scope of an official, and the tabs as conditions on columns of a case.

What a person finds here is a part of what `Standing.visible` lets them open. Conditions come in parts that exclude one
another, each of which PostgreSQL finds by an index of its own, in its order.
"""

from __future__ import annotations

import functools
import operator
import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.snapshot import Snapshot
from casework import registry
from casework.fields import half_width
from casework.models import Participant
from casework.queries.rights import READS_ALL

TABS: dict[str, str] = {
    "mine": "我的待办",
    "unassigned": "待分派",
    "soon": "三日内到期",
    "overdue": "已超期",
    "open": "全部在办",
    "ended": "已办结",
}
# Who is asked after whom within the office: a proposal of the one waits for the other.
PROPOSED_BY = {"section_head": ("case_officer",), "head_of_organ": ("section_head", "departmental_legal_unit")}
BRACKETS = str.maketrans("[(（【])）】", "〔〔〔〔〕〕〕〕")


FREE = Q(handler=None)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases somebody looks after: by organ, by service point, by delegation of one case."""

    user: int
    organs: frozenset[int] = frozenset()
    points: frozenset[int] = frozenset()
    cases: frozenset[int] = frozenset()
    roles: frozenset[tuple[str, int]] = frozenset()
    everything: bool = False

    def may_assign(self) -> bool:
        return any(role in ("section_head", "head_of_organ") for role, _ in self.roles)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the queue for: a tab and filters. `q` finds numbers, applicants and matters."""

    tab: str = "mine"
    q: str = ""
    matter: str = ""
    organ: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Today, and the first day that `lamps.lamp` does not call near any more."""

    today: date
    beyond: date


def scope_of(snapshot: Snapshot) -> Scope:
    """The scope of an official, from what the request already knows about the account. No query."""
    whole = [seat for seat in snapshot.seats if not seat.subject]
    return Scope(
        user=snapshot.user_id,
        organs=snapshot.organs,
        points=frozenset(seat.service_point_id for seat in whole if seat.service_point_id),
        cases=frozenset(int(seat.subject[5:]) for seat in snapshot.seats if seat.subject.startswith("case:")),
        roles=frozenset((seat.role, seat.organ_id) for seat in whole),
        everything=any(seat.role in READS_ALL for seat in whole),
    )


def shares(scope: Scope) -> list[Q]:
    """The scope as conditions that exclude one another."""
    if scope.everything:
        return [Q()]
    own = [Q(organ=organ) for organ in sorted(scope.organs)]
    points = Q(service_point__in=sorted(scope.points))
    if scope.points:
        own.append(points & ~Q(organ__in=sorted(scope.organs)) if scope.organs else points)
    return [*own, *elsewhere(scope)]


def elsewhere(scope: Scope) -> list[Q]:
    """The cases outside of one's organs and points in which one has a part, or that were delegated one by one."""
    parts = Q(pk__in=Participant.objects.filter(user=scope.user, until=None).values("case"))
    abroad = ~at_home(scope) if scope.organs or scope.points else Q()
    found = [parts & abroad]
    if scope.cases:
        found.append(Q(pk__in=sorted(scope.cases)) & ~parts & abroad)
    return found


def at_home(scope: Scope) -> Q:
    """The cases of one's organs and points."""
    home = Q(organ__in=sorted(scope.organs))
    return home | Q(service_point__in=sorted(scope.points)) if scope.points else home


def tab_shares(scope: Scope, tab: str, days: Days) -> list[Q]:
    """The cases of a tab among those in scope, as conditions that exclude one another."""
    if tab == "mine":
        in_hand = [Q(handler=scope.user) & share for share in _few_shares(scope)]
        return in_hand + [work & ~Q(handler=scope.user) for work in works(scope)]
    condition = Q() if tab == "ended" else in_tab(tab, days)
    return [condition & share for share in shares(scope)]


def _few_shares(scope: Scope) -> list[Q]:
    """The scope in fewer parts, for what has an index of its own in each."""
    return [Q()] if scope.everything else [at_home(scope), *elsewhere(scope)]


def in_tab(tab: str, days: Days) -> Q:
    """The condition of a tab, other than one's own, among open cases."""
    if tab == "unassigned":
        return FREE
    if tab == "overdue":
        return Q(due_on__lt=days.today)
    if tab == "soon":
        return Q(due_on__gte=days.today, due_on__lt=days.beyond)
    return Q()


def mine(scope: Scope) -> Q:
    """What waits for this person: cases in hand, states that wait for a role held, and colleagues' proposals."""
    return functools.reduce(operator.or_, works(scope), Q(handler=scope.user))


def works(scope: Scope, free: Q = FREE) -> list[Q]:
    """What waits for the roles held, whoever has it in hand, as conditions that exclude one another.

    All of it is within the scope. `free` says that no officer has a case: the counters know it otherwise.
    """
    found: list[Q] = []
    for role in sorted({role for role, _ in scope.roles}):
        homes = [Q(organ=organ) for held, organ in sorted(scope.roles) if held == role]
        if role == "window_clerk":
            homes += [Q(service_point=point) for point in sorted(scope.points)]
        waiting, shared = _states_for(role)
        for home in homes:
            found += [home & _any_state(waiting)] if waiting else []
            found += [home & free & _any_state(shared)] if shared else []
            if below := PROPOSED_BY.get(role):
                found.append(home & Q(proposed_by__in=below))
    return [each & ~functools.reduce(operator.or_, found[:at]) if at else each for at, each in enumerate(found)]


@functools.cache
def _states_for(role: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(procedure, state) pairs that wait for the role alone, and those that a case officer may have in hand as well."""
    waiting: list[tuple[str, str]] = []
    free: list[tuple[str, str]] = []
    if role != "case_officer":
        for table in registry.procedures().values():
            for place in table.states:
                if table.live and role in place.responsible and not place.final:
                    (free if "case_officer" in place.responsible else waiting).append((table.code, place.name))
    return waiting, free


def _any_state(pairs: list[tuple[str, str]]) -> Q:
    states: dict[str, list[str]] = {}
    for procedure, name in pairs:
        states.setdefault(procedure, []).append(name)
    condition = Q()
    for procedure, names in states.items():
        condition |= Q(procedure=procedure, state__in=names)
    # Said twice: the index has the states of all procedures side by side.
    return Q(state__in=sorted({name for _, name in pairs})) & condition


def filters(wanted: Wanted) -> Q:
    condition = Q()
    if wanted.organ:
        condition &= Q(organ=wanted.organ)
    if wanted.matter:
        condition &= Q(matter=wanted.matter)
    if words := wanted.q.strip():
        plain = half_width(words)
        condition &= (
            Q(number__icontains=plain.translate(BRACKETS))
            | Q(applicant_name__icontains=words)
            | Q(title__icontains=words)
            | Q(code=re.sub(r"[\s-]", "", plain).upper())
        )
    return condition
