"""The work queue: tabs with exact counts, one page of rows, the neighbours of a case. One query each, at any size.

What a person finds here is a part of what `Standing.visible` lets them open. The conditions are written on columns of
Case and on arrays of keys, so that PostgreSQL can use an index for each of them.
"""

from __future__ import annotations

import functools
import operator
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value

from accounts.snapshot import Snapshot
from casework import lamps, registry
from casework.fields import half_width
from casework.models import Act, Case, Participant
from casework.office import ADVISE
from casework.procedure import State
from casework.queries.keyset import Among, Place, window
from casework.queries.rights import READS_ALL
from law.calendar import WorkCalendar

PAGE = 25
REMEMBERED = 1000  # statements: to write one takes Django longer than PostgreSQL to answer it
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
Statement = tuple[str, tuple[Any, ...]]
COLUMNS = (
    "id", "code", "number", "title", "applicant_name", "organ__short_name", "handler__display_name", "procedure",
    "version", "state", "due_on", "ended_at", "act_count",
)  # fmt: skip


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
class Row:
    """One line of the queue."""

    id: int
    code: str
    number: str
    title: str
    applicant: str
    organ: str
    handler: str
    state: str
    tone: str
    lamp: lamps.Lamp
    due_on: date | None
    ended_at: datetime | None
    seen: int
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    previous: Place | None
    following: Place | None


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


def counts(scope: Scope, wanted: Wanted, today: date, calendar: WorkCalendar) -> dict[str, int]:
    """How many cases each tab holds under the filters. One query."""
    rows = _answers(_counting(scope, wanted, today, _horizon(today, calendar)))
    return {tab: sum(row[place] for row in rows) for place, tab in enumerate(TABS, 1)}


@functools.lru_cache(REMEMBERED)
def _counting(scope: Scope, wanted: Wanted, today: date, beyond: date) -> Statement:
    """One row for the open and one for the ended cases of each share: its name, then a number for each tab."""
    open_tabs = [tab for tab in TABS if tab != "ended"]
    in_tabs = {tab: Count("pk", filter=_in_tab(scope, tab, today, beyond)) for tab in open_tabs}
    nothing = {tab: Value(0, IntegerField()) for tab in open_tabs}
    sums: list[QuerySet[Case, Any]] = []
    for share in _shares(scope):
        found = Case.objects.filter(share, _filters(wanted)).order_by()
        running, over = found.filter(ended_at=None), found.filter(ended_at__isnull=False)
        sums.append(running.values(kind=Value("open")).annotate(**in_tabs, ended=Value(0, IntegerField())))
        sums.append(over.values(kind=Value("ended")).annotate(**nothing, ended=Count("pk")))
    return sums[0].union(*sums[1:], all=True).query.sql_with_params()


def page(
    scope: Scope,
    wanted: Wanted,
    today: date,
    calendar: WorkCalendar,
    *,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """One page of a tab in its order, behind or in front of a place; keyset paging, one query."""
    beyond = _horizon(today, calendar)
    found = _answers(_paging(scope, wanted, today, beyond, before or after, bool(before), size + 1))
    rows = [_row(line, wanted.tab, today, calendar) for line in found]
    more = len(rows) > size
    rows = rows[:size]
    if before:
        rows.reverse()
    if not rows:
        return Page([], None, None)
    has_previous, has_following = (more, True) if before else (after is not None, more)
    return Page(rows, rows[0].place if has_previous else None, rows[-1].place if has_following else None)


@functools.lru_cache(REMEMBERED)
def _paging(
    scope: Scope, wanted: Wanted, today: date, beyond: date, place: Place | None, backwards: bool, size: int
) -> Statement:
    shares = _tab(scope, wanted, today, beyond)
    return window(COLUMNS, shares, wanted.tab, place, backwards, size).query.sql_with_params()


def _answers(statement: Statement) -> list[tuple[Any, ...]]:
    """The rows of a remembered statement: the same officer asks the same question all day."""
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        return cursor.fetchall()


def _horizon(today: date, calendar: WorkCalendar) -> date:
    """The first day that `lamps.lamp` does not call near any more."""
    return calendar.add_working_days(today, lamps.SOON + 1)


def lines(scope: Scope, wanted: Wanted, today: date, calendar: WorkCalendar, most: int) -> list[Row]:
    """The first `most` rows of a tab in its order, for exports and bulk actions. One query."""
    found = _answers(_paging(scope, wanted, today, _horizon(today, calendar), None, False, most))
    return [_row(line, wanted.tab, today, calendar) for line in found]


def matters(scope: Scope) -> list[tuple[str, str]]:
    """The matters of the open cases in scope, for the filter. One query."""
    found = Case.objects.filter(_within(scope), ended_at=None).exclude(matter="").order_by("matter")
    named = dict(found.values_list("matter", "title").distinct()[:500])
    return sorted(named.items(), key=lambda item: item[1])


def organs(scope: Scope) -> list[tuple[int, str]]:
    """The organs of the open cases in scope, for the filter. One query."""
    found = Case.objects.filter(_within(scope), ended_at=None).order_by("organ__short_name")
    return list(found.values_list("organ_id", "organ__short_name").distinct())


def tone(place: State) -> str:
    """The colour of a state: grey once over, yellow while outsiders must act, purple while no time counts."""
    if place.final:
        return "grey"
    outside = {"citizen", "legal_person", "agent", "third_party"}
    if place.responsible and set(place.responsible) <= outside:
        return "yellow"
    return "purple" if place.reason and not place.clocks else "blue"


def _shares(scope: Scope) -> list[Q]:
    """The scope as conditions that exclude one another: PostgreSQL finds each by an index of its own, in its order."""
    if scope.everything:
        return [Q()]
    parts = Participant.objects.filter(user=scope.user, until=None).values("case")
    own = [
        Q(organ__in=sorted(scope.organs)) if scope.organs else None,
        Q(service_point__in=sorted(scope.points)) if scope.points else None,
        Q(Among(F("pk"), ArraySubquery(parts))) | Q(pk__in=sorted(scope.cases)),
    ]
    shares: list[Q] = []
    earlier = Q()
    for condition in own:
        if condition is not None:
            shares.append(condition & ~earlier if shares else condition)
            earlier |= condition
    return shares


def _within(scope: Scope) -> Q:
    """The scope as one condition."""
    return Q() if scope.everything else functools.reduce(operator.or_, _shares(scope))


def _tab(scope: Scope, wanted: Wanted, today: date, beyond: date) -> list[QuerySet[Case]]:
    """The cases of a tab under the filters, unordered, one share after the other."""
    ended = wanted.tab == "ended"
    condition = Q() if ended else _in_tab(scope, wanted.tab, today, beyond)
    found = Case.objects.filter(condition, _filters(wanted), ended_at__isnull=not ended).order_by()
    return [found.filter(share) for share in _shares(scope)]


def _filters(wanted: Wanted) -> Q:
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


def _in_tab(scope: Scope, tab: str, today: date, beyond: date) -> Q:
    """The condition of a tab among open cases."""
    if tab == "mine":
        return _mine(scope)
    if tab == "unassigned":
        return Q(handler=None)
    if tab == "overdue":
        return Q(due_on__lt=today)
    if tab == "soon":
        return Q(due_on__gte=today, due_on__lt=beyond)
    return Q()


def _mine(scope: Scope) -> Q:
    """What waits for this person: cases in hand, states that wait for a role held, and colleagues' proposals."""
    mine = Q(handler=scope.user)
    for role in sorted({role for role, _ in scope.roles}):
        at_home = Q(organ__in=sorted(organ for held, organ in scope.roles if held == role))
        if role == "window_clerk" and scope.points:
            at_home |= Q(service_point__in=sorted(scope.points))
        waiting, free = _states_for(role)
        if waiting:
            mine |= at_home & _any_state(waiting)
        if free:
            mine |= at_home & Q(handler=None) & _any_state(free)
        if below := PROPOSED_BY.get(role):
            last = Act.objects.filter(case=OuterRef("pk"), seq=OuterRef("act_count"), step=ADVISE.name, role__in=below)
            mine |= at_home & Q(Exists(last.exclude(facts__proposal="return")))
    return mine


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


def _any_state(pairs: Iterable[tuple[str, str]]) -> Q:
    states: dict[str, list[str]] = {}
    for procedure, name in pairs:
        states.setdefault(procedure, []).append(name)
    condition = Q()
    for procedure, names in states.items():
        condition |= Q(procedure=procedure, state__in=names)
    return condition


def _row(line: tuple[Any, ...], tab: str, today: date, calendar: WorkCalendar) -> Row:
    row = dict(zip(COLUMNS, line, strict=True))
    table = registry.procedure(row["procedure"], row["version"])
    place = table.state(row["state"])
    key = row["ended_at"] if tab == "ended" else row["due_on"]
    return Row(
        id=row["id"],
        code=row["code"],
        number=row["number"],
        title=row["title"],
        applicant=row["applicant_name"],
        organ=row["organ__short_name"],
        handler=row["handler__display_name"] or "",
        state=place.label,
        tone=tone(place),
        lamp=lamps.Lamp("none", "已办结") if row["ended_at"] else lamps.lamp(row["due_on"], today, calendar),
        due_on=row["due_on"],
        ended_at=row["ended_at"],
        seen=row["act_count"],
        place=Place(key.isoformat() if key else "", row["id"]),
    )
