"""The words in which a procedure is written down.

A procedure is a table: one `Step` for each thing that the law lets somebody do. A chapter's `procedures` room holds
nothing but these tables; they import no Django and are read aloud in a legal review. Everything else - permission,
buttons, forms, API, clocks, papers, notices, chart, sheet, system check - is generated from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from casework.clockwork import Extend, Pause, Start
from law.wording import articles_zh, law_zh

if TYPE_CHECKING:
    from casework.situation import Situation

NEW = "new"  # `when`: the step opens a case
SAME = "same"  # `to`: an act without a move
BACK = "previous"  # `to`: return to the state where the detour began
THE_LAW = "the_law"  # `by`: a clock or an event takes the step
OUTSIDE = "outside_"  # prefix of `by`: recorded from an incoming paper of an organ without an account
STAFF_RECORDS_OUTSIDE = "case_officer"  # who records what an outside organ did


@dataclass(frozen=True, slots=True)
class Cite:
    """A place in a statute: `Cite("行政许可法", "32(1)(5)")` is article 32, paragraph 1, item 5.

    `by_analogy`: the text does not bind here and is followed by analogy (参照).
    """

    law: str
    article: str
    by_analogy: bool = False

    def __str__(self) -> str:
        return ("参照" if self.by_analogy else "") + law_zh(self.law) + self.words

    @property
    def words(self) -> str:
        """The article in the statute's own words, e.g. 第三十二条第一款第五项; other marks stay as they are."""
        return articles_zh(self.article)


def statute(law: str, by_analogy: bool = False) -> Callable[..., tuple[Cite, ...]]:
    """A short name for a statute in a table: `xk = statute("行政许可法")`, then `under=xk("32(1)(5)", "32(2)")`."""
    return lambda *articles: (Cite(law, ",".join(articles), by_analogy),)


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition of a step.

    `words` are what a person reads (and what the legal review signs). `check` computes it; without one the person who
    takes the step attests it, and the attestation is kept in the Act. `keys` are the clocks that it looks at.
    """

    words: str
    check: Callable[[Situation], bool] | None = None
    keys: tuple[str, ...] = ()
    kind: str = "attest"
    children: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    parts: tuple[Gate, ...] = ()
    around: bool = False  # it looks at the cases above, beside or below: asked again when one of them moves

    @property
    def attested(self) -> bool:
        return self.check is None


def attest(words: str) -> Gate:
    """A condition that no machine can judge: the actor states that it holds, and the statement is recorded."""
    return Gate(words)


def rule(predicate: Callable[[Situation], bool], *, around: bool = False) -> Gate:
    """A condition computed by a predicate of the chapter's `rules` room; its docstring is what people read.

    `around`: it looks at the cases above, beside or below, so that an act there may make it true.
    """
    words = " ".join((predicate.__doc__ or "").split())
    if not words:
        raise ValueError(f"rule {predicate.__name__} needs its words as docstring")
    return Gate(words, predicate, kind=predicate.__name__, around=around)


def expired(*keys: str) -> Gate:
    """The clock has run out (one of them, if several are named)."""
    return Gate("期限已经届满", lambda s: any(s.clock_expired(key) for key in keys), keys, "expired")


def within(*keys: str) -> Gate:
    """The clock has not run out yet (for a limit that no clock carries: counted from the case's receipt)."""
    return Gate("在法定期限内", lambda s: all(s.clock_within(key) for key in keys), keys, "within")


def elapsed(*keys: str) -> Gate:
    """A minimum period has passed in full."""
    return Gate("最短期间已经届满", lambda s: all(s.clock_elapsed(key) for key in keys), keys, "elapsed")


def ahead(key: str, fact: str) -> Gate:
    """The act lies at least the period before the event whose date is given as `fact`."""
    return Gate("所定日期距今天不少于法定的提前天数", lambda s: s.is_ahead(key, fact), (key,), "ahead")


def not_barred(*keys: str) -> Gate:
    """No bar stands against the applicant for this kind of matter."""
    return Gate("申请人不在限制申请期内", lambda s: not any(s.barred(key) for key in keys), keys, "not_barred")


def barred(*keys: str) -> Gate:
    """A bar stands against the applicant for this kind of matter."""
    return Gate("申请人在限制申请期内", lambda s: any(s.barred(key) for key in keys), keys, "barred")


def taken(words: str, *steps: str) -> Gate:
    """One of these steps was taken in the case."""
    return Gate(words, lambda s: s.taken(*steps), kind="taken", steps=steps)


def not_taken(words: str, *steps: str) -> Gate:
    """None of these steps was taken in the case."""
    return Gate(words, lambda s: not s.taken(*steps), kind="not_taken", steps=steps)


def child(procedure: str, *states: str) -> Gate:
    """A child case of that procedure has reached one of the states (any final state if none is named)."""
    return Gate(
        "关联案件已经办结", lambda s: s.child_reached(procedure, states), kind="child", children=(procedure,),
        states=states, around=True,
    )  # fmt: skip


def children(procedure: str, *states: str) -> Gate:
    """There are child cases of that procedure, and every one of them stands in one of the states."""
    words = "全部关联案件均已到达规定环节"
    return Gate(
        words, lambda s: s.children_reached(procedure, states), kind="children", children=(procedure,), states=states,
        around=True,
    )  # fmt: skip


def parent(*states: str) -> Gate:
    """The case out of which this one was opened stands in one of the states."""
    return Gate("主案已到达规定环节", lambda s: s.parent_state in states, kind="parent", states=states, around=True)


def any_of(*gates: Gate) -> Gate:
    """One of the conditions is enough. If one of them can only be attested, the actor attests the whole."""
    keys = tuple(key for gate in gates for key in gate.keys)
    steps = tuple(name for gate in gates for name in gate.steps)
    checks = [gate.check for gate in gates if gate.check]
    check = (lambda s: any(one(s) for one in checks)) if len(checks) == len(gates) else None
    around = any(gate.around for gate in gates)
    words = "，或者".join(gate.words for gate in gates)
    return Gate(words, check, keys, "any_of", steps=steps, parts=gates, around=around)


@dataclass(frozen=True, slots=True)
class Ask:
    """A thing that the actor must state with the step: one field of the form, of the API and of the paper."""

    name: str
    label: str
    kind: Literal[
        "line", "text", "date", "moment", "money", "number", "choice", "many", "each", "yes", "staff", "party"
    ] = "line"  # "each": a text of its own for every option that it concerns
    required: bool = True
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    at_least: int = 0
    source: str = ""  # name of the chapter's choices; "officers" are the organ's case officers
    part: str = ""  # the part in the case that the chosen people get


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a procedure; see the module's words for each column.

    `of` says of which organ the actor is (responsible, lead, member, superior, receiver, respondent, ...).
    `second_person`: nobody who acted in this case in another role. `not_by`: nor whoever took these steps.
    `valid_from`/`valid_to` bound the row itself where a rule came or went. `note` and `contested` are for lawyers.
    """

    name: str
    label: str
    when: tuple[str, ...]
    by: tuple[str, ...]
    to: str
    under: tuple[Cite, ...] = ()
    of: str = "responsible"
    starts: tuple[Start, ...] = ()
    stops: tuple[str, ...] = ()
    extends: tuple[Extend, ...] = ()
    pauses: tuple[Pause, ...] = ()
    resumes: tuple[Pause, ...] = ()
    needs: tuple[Gate, ...] = ()
    asks: tuple[Ask, ...] = ()
    gives: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    decides: bool = False
    second_person: bool = False
    not_by: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    links: str = ""
    hides: tuple[str, ...] = ()
    verified: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    contested: str = ""

    @property
    def opening(self) -> bool:
        return NEW in self.when

    @property
    def anywhere(self) -> bool:
        """An act of the office that may be taken in every open state."""
        return not self.when

    @property
    def by_the_law(self) -> bool:
        return THE_LAW in self.by

    @property
    def by_outside(self) -> tuple[str, ...]:
        return tuple(who for who in self.by if who.startswith(OUTSIDE))

    @property
    def moves(self) -> bool:
        return self.to != SAME

    @property
    def looks_around(self) -> bool:
        """Whether an act in a case above, beside or below may open the row."""
        return any(gate.around for gate in self.needs)

    @property
    def clocks(self) -> frozenset[str]:
        """Every time-limit key that the row names."""
        keys = {start.key for start in self.starts} | set(self.stops) | {extend.key for extend in self.extends}
        keys |= {pause.key for pause in (*self.pauses, *self.resumes)}
        return frozenset(keys | {key for gate in self.needs for key in gate.keys})

    def in_force(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


def step(name: str, label: str, *, when: str, by: str, to: str, under: Iterable[Cite], **columns: object) -> Step:
    """Write a row tersely: alternatives are separated by `|`, a single key or gate needs no tuple."""
    for column, value in list(columns.items()):
        columns[column] = _COLUMNS[column](value) if column in _COLUMNS else value
    return Step(
        name=name,
        label=label,
        when=_names(when),
        by=_names(by),
        to=to,
        under=tuple(under),
        **columns,  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. An open state names who is responsible, and its clocks or the reason why it has none.

    `waits`: whoever is responsible has done what the case above wants, whose time (`within_parent`) is not theirs here.
    `seen_as`: the state that outsiders see instead, where this one is what the office thinks before it decides.
    """

    name: str
    label: str
    responsible: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    reason: str = ""
    final: bool = False
    waits: bool = False
    seen_as: str = ""


def state(name: str, label: str, responsible: str = "", clocks: str = "", reason: str = "", **more: Any) -> State:
    return State(name, label, _names(responsible), _names(clocks), reason, **more)


def final(name: str, label: str, reason: str = "") -> State:
    return State(name, label, reason=reason, final=True)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that returns every year: on `month_day` a case of the procedure is opened for each organ concerned."""

    opens: str
    month_day: str
    owner: str = "organ"


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole table. `since` is the first day of this version; a case keeps the version it was opened under.

    `live` procedures take cases; the others are written down and checked, and wait for their screens. `under_power` are
    the articles that demand a power: a case is opened only where its organ holds one for its matter (法无授权不可为).
    `within_parent`: its cases have the time of the case out of which they were opened, beside clocks of their own.
    `by_portions`: its cases are opened by the thousand out of one case, and do not look at one another. What an act
    above sets off in them is not part of that act: a worker of the chapter takes it portion by portion.
    """

    code: str
    title: str
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    since: date = date(2004, 7, 1)
    live: bool = False
    duties: tuple[Duty, ...] = ()
    under_power: tuple[Cite, ...] = ()
    within_parent: bool = False
    by_portions: bool = False
    _by_name: Mapping[str, Step] = field(init=False, repr=False, compare=False)
    _state_by_name: Mapping[str, State] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {row.name: row for row in self.steps})
        object.__setattr__(self, "_state_by_name", {place.name: place for place in self.states})

    @property
    def chapter(self) -> str:
        return self.code.split(".")[0]

    @property
    def detours(self) -> frozenset[str]:
        """States that a step can leave towards where it came from: entering one remembers the way back."""
        return frozenset(name for row in self.steps if row.to == BACK for name in row.when)

    @property
    def hides(self) -> bool:
        """Whether the organ that its cases are about does not learn who brought them."""
        return any(row.hides for row in self.steps)

    def step(self, name: str) -> Step:
        return self._by_name[name]

    def state(self, name: str) -> State:
        return self._state_by_name[name]

    def seen(self, name: str) -> State:
        """The state as outsiders see it."""
        place = self.state(name)
        return self.state(place.seen_as) if place.seen_as else place

    def steps_from(self, state_name: str, on: date) -> list[Step]:
        """The rows that are open in a state on a day, in the order of the table."""
        return [row for row in self.steps if state_name in row.when and row.in_force(on)]


def _names(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _many(kind: type | None = None, convert: Callable[[str], object] | None = None) -> Callable[[object], tuple]:
    def listed(value: object) -> tuple:
        values = value if isinstance(value, tuple | list) else (value,)
        flat = [name for item in values for name in (_names(item) if isinstance(item, str) else (item,))]
        return tuple(convert(item) if convert and isinstance(item, str) else item for item in flat)

    return listed


def _many_gates(value: object) -> tuple:
    """Conditions; one that is written as a bare sentence can only be attested."""
    values = value if isinstance(value, tuple | list) else (value,)
    return tuple(attest(item) if isinstance(item, str) else item for item in values)


_COLUMNS: dict[str, Callable[[object], tuple]] = {
    "starts": _many(convert=Start),
    "stops": _many(),
    "extends": _many(convert=Extend),
    "pauses": _many(convert=Pause.written),
    "resumes": _many(convert=Pause.written),
    "needs": _many_gates,
    "asks": lambda value: tuple(value) if isinstance(value, tuple | list) else (value,),
    "gives": _many(),
    "tells": _many(),
    "not_by": _many(),
    "opens": _many(),
    "hides": _many(),
}
