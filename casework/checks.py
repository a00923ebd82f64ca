"""What can be wrong with a procedure, found without opening a case. Pure: reads the tables and nothing else.

`faults` answers with one English line for each fault: "disputes.mediation: step 'agree': unknown clock 'tj_conf'".
A live procedure must be able to run by itself; one that only waits for its screens may still have gaps in computing.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from accounts.roles import ROLES
from casework.people import AUDIENCES, RELATIONS
from casework.procedure import BACK, NEW, SAME, THE_LAW, Cite, Gate, Procedure, Step

_LATER = ("expired", "elapsed")  # gates that can only come true when the clock was started


@dataclass(frozen=True)
class _World:
    """What a table may refer to outside itself."""

    tables: dict[str, Procedure]
    limits: Collection[str]
    papers: Collection[str] | None
    resolves: Callable[[Cite], bool] | None
    parents: dict[str, set[str]]  # procedure -> procedures that open it
    outliving: set[str]  # clocks that outlive the case in which they were started

    def around(self, table: Procedure) -> list[Procedure]:
        """The table itself, and those out of which its cases are opened."""
        return [table, *(self.tables[code] for code in sorted(self.parents.get(table.code, ())) if code in self.tables)]


def faults(
    procedures: Iterable[Procedure],
    *,
    limits: Collection[str],
    papers: Collection[str] | None = None,
    resolves: Callable[[Cite], bool] | None = None,
) -> list[str]:
    """Every fault of the tables, in their order. `limits`: keys of the time limits; `papers`: codes of known papers;
    `resolves`: whether a citation leads to a provision. What is not given is not checked."""
    tables = list(procedures)
    codes = [table.code for table in tables]
    found = [f"{code}: two tables with this code" for code in sorted(_doubles(codes))]
    parents: dict[str, set[str]] = {}
    for table in tables:
        for row in table.steps:
            for code in row.opens:
                parents.setdefault(code, set()).add(table.code)
    outliving = {
        start.key
        for table in tables
        for row in table.steps
        for start in row.starts
        if start.owner not in ("case", "item")
    }
    world = _World({table.code: table for table in tables}, limits, papers, resolves, parents, outliving)
    for table in tables:
        for check in (_names, _facts, _references, _papers_and_law, _states, _ways, _clocks, _live):
            found += [f"{table.code}: {fault}" for fault in check(table, world)]
    return found


def gates(row: Step) -> Iterator[Gate]:
    """The conditions of a step, those inside of others included."""
    waiting = list(row.needs)
    while waiting:
        gate = waiting.pop(0)
        yield gate
        waiting += gate.parts


def ways(table: Procedure) -> dict[str, set[str]]:
    """From each state (and NEW) to the states that a step leads to; a return leads to wherever its detour began."""
    reached: dict[str, set[str]] = {name: set() for name in (NEW, *(place.name for place in table.states))}
    for row in table.steps:
        for here in row.when:
            if row.to == BACK:
                reached.setdefault(here, set()).update(detours(table, here))
            elif row.to not in (SAME, here):
                reached.setdefault(here, set()).add(row.to)
    return reached


def detours(table: Procedure, place: str) -> set[str]:
    """The states from which a step leads into this one: where a return can end."""
    return {here for row in table.steps if row.to == place for here in row.when if here not in (NEW, place)}


def reachable(edges: dict[str, set[str]], start: str) -> set[str]:
    """Everything that can be reached from a state, without the state itself unless it lies on a circle."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for place in edges.get(waiting.pop(), set()) - seen:
            seen.add(place)
            waiting.append(place)
    return seen


def _doubles(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


def _at(row: Step, fault: str) -> str:
    return f"step '{row.name}': {fault}"


def _names(table: Procedure, world: _World) -> Iterator[str]:
    """Words that must come from a closed set, and names given twice."""
    for name in sorted(_doubles(place.name for place in table.states)):
        yield f"two states '{name}'"
    for name in sorted(_doubles(row.name for row in table.steps)):
        yield f"two steps '{name}'"
    states = {place.name for place in table.states}
    steps = {row.name for row in table.steps}
    for place in table.states:
        yield from (f"state '{place.name}': unknown role '{who}'" for who in place.responsible if who not in ROLES)
        yield from (f"state '{place.name}': unknown clock '{key}'" for key in place.clocks if key not in world.limits)
        yield from (f"state '{place.name}': unknown state '{name}'" for name in {place.seen_as} - {"", *states})
    for row in table.steps:
        unknown = [f"unknown state '{name}'" for name in row.when if name not in states | {NEW}]
        unknown += [f"unknown state '{row.to}'" for _ in [0] if row.to not in states | {SAME, BACK}]
        unknown += [f"unknown role '{who}'" for who in row.by if who not in ROLES]
        unknown += [f"unknown relation '{row.of}'" for _ in [0] if row.of not in RELATIONS]
        unknown += [f"unknown audience '{who}'" for who in row.tells if who not in AUDIENCES and who not in ROLES]
        unknown += [f"unknown clock '{key}'" for key in sorted(row.clocks) if key not in world.limits]
        named = {*row.not_by, *(name for gate in gates(row) for name in gate.steps)}
        since = [start.since.removeprefix("step:") for start in row.starts if start.since.startswith("step:")]
        named |= {name for names in since for name in names.split("|")}
        unknown += [f"unknown step '{name}'" for name in sorted(named) if name not in steps]
        yield from (_at(row, fault) for fault in unknown)


def _facts(table: Procedure, world: _World) -> Iterator[str]:
    """A day that a clock counts from is asked for, unless the event brings it."""
    for row in table.steps:
        named = [fact for start in row.starts for fact in (start.since, start.until) if fact.startswith("fact:")]
        named += [f"fact:{start.until[7:]}" for start in row.starts if start.until.startswith("before:")]
        named += [f"fact:{item.to}" for item in row.extends if item.to]
        named += [f"fact:{pause.until}" for pause in row.pauses if pause.until]
        asked = {f"fact:{ask.name}" for ask in row.asks}
        if not row.by_the_law:
            yield from (_at(row, f"{fact} is not asked for") for fact in dict.fromkeys(named) if fact not in asked)


def _references(table: Procedure, world: _World) -> Iterator[str]:
    """Other procedures and their states."""
    for row in table.steps:
        for code in (*row.opens, *([row.links] if row.links else [])):
            if code not in world.tables:
                yield _at(row, f"unknown procedure '{code}'")
        for gate in gates(row):
            for code in gate.children:
                if code not in world.tables:
                    yield _at(row, f"unknown procedure '{code}'")
                elif table.code not in world.parents.get(code, ()):
                    yield _at(row, f"waits for a child '{code}' that no step opens")
                else:
                    there = {place.name for place in world.tables[code].states}
                    yield from (
                        _at(row, f"unknown state '{name}' of {code}") for name in gate.states if name not in there
                    )
            if gate.kind == "parent":
                above = {place.name for other in world.around(table)[1:] for place in other.states}
                yield from (_at(row, f"no parent has a state '{name}'") for name in gate.states if name not in above)
    for duty in table.duties:
        if duty.opens not in world.tables:
            yield f"duty: unknown procedure '{duty.opens}'"


def _papers_and_law(table: Procedure, world: _World) -> Iterator[str]:
    for row in table.steps:
        if not row.under:
            yield _at(row, "no citation")
        if world.resolves:
            yield from (_at(row, f"citation leads nowhere: {cite}") for cite in row.under if not world.resolves(cite))
        if world.papers is not None:
            for paper in row.gives:
                if table.live and paper not in world.papers:
                    yield _at(row, f"unknown paper '{paper}'")
        if row.valid_from and row.valid_to and row.valid_from > row.valid_to:
            yield _at(row, "ends before it begins")


def _states(table: Procedure, world: _World) -> Iterator[str]:
    for place in table.states:
        if place.final:
            continue
        if not place.responsible:
            yield f"state '{place.name}': nobody is responsible"
        if not place.clocks and not place.reason:
            yield f"state '{place.name}': neither a clock nor a reason for none"


def _ways(table: Procedure, world: _World) -> Iterator[str]:
    """Whether every state can be entered and left."""
    edges = ways(table)
    if not any(row.opening for row in table.steps):
        yield "no step opens a case"
    inside = reachable(edges, NEW)
    ends = {place.name for place in table.states if place.final}
    if not ends:
        yield "no final state"
    for place in table.states:
        if place.name not in inside | {NEW}:
            yield f"state '{place.name}': cannot be reached"
        if place.final and edges[place.name]:
            yield f"state '{place.name}': final, but a step leaves it"
        if not place.final and not edges[place.name]:
            yield f"state '{place.name}': dead end"
        elif not place.final and not reachable(edges, place.name) & ends:
            yield f"state '{place.name}': no way to an end"
    for row in table.steps:
        if row.to == BACK:
            yield from (
                _at(row, f"returns from '{here}', into which no detour leads")
                for here in row.when
                if not detours(table, here)
            )


def _clocks(table: Procedure, world: _World) -> Iterator[str]:
    """A clock is started by a row here, by the parent, or outlives another case; and somebody looks at it again."""
    started = {start.key for other in world.around(table) for row in other.steps for start in row.starts}
    known = started | world.outliving
    paused = {(pause.key, pause.reason) for row in table.steps for pause in row.pauses}
    resumed = {(pause.key, pause.reason) for row in table.steps for pause in row.resumes}
    ended = {key for row in table.steps for key in row.stops} | {
        key for row in table.steps for gate in gates(row) for key in gate.keys
    }
    for row in table.steps:
        used = {"stops": row.stops, "extends": [item.key for item in row.extends]}
        used |= {"pauses": [item.key for item in row.pauses], "resumes": [item.key for item in row.resumes]}
        used["waits for"] = [key for gate in gates(row) if gate.kind in _LATER for key in gate.keys]
        for verb, keys in used.items():
            yield from (_at(row, f"{verb} a clock that nobody starts: {key}") for key in keys if key not in known)
        for start in row.starts:
            if start.owner in ("case", "item", "addressee") and start.key not in ended:
                yield _at(row, f"starts a clock that nothing stops or looks at: {start.key}")
    for place in table.states:
        yield from (
            f"state '{place.name}': clock that nobody starts: {key}" for key in place.clocks if key not in known
        )
    for key, reason in sorted(paused):
        if (key, reason) not in resumed and (key, "") not in resumed:
            yield f"clock {key} is paused for '{reason}' and never resumed"
    for key, reason in sorted(resumed):
        if reason and (key, reason) not in paused:
            yield f"clock {key} is resumed from '{reason}' and never paused for it"


def _live(table: Procedure, world: _World) -> Iterator[str]:
    """What a procedure needs before it takes cases."""
    if not table.live:
        return
    for row in table.steps:
        if THE_LAW in row.by and (not row.needs or any(gate.attested for gate in row.needs)):
            yield _at(row, "taken by the law, but its condition cannot be computed")
        if row.decides and not row.gives:
            yield _at(row, "decides without a paper")
