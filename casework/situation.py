"""What a gate may look at: the case as it stands at one moment, in plain values.

Rules of every chapter receive a `Situation` and nothing else, so they can be read aloud and tried without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was taken."""

    step: str
    actor: int | None
    role: str
    at: datetime
    facts: Mapping[str, Any]
    to_state: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of the case. `due` is the last day in time, None while it stands still without a known end."""

    key: str
    due: date | None
    due_at: datetime | None = None
    running: bool = True
    paused: bool = False
    extended: bool = False
    since_act: int = 0


@dataclass(frozen=True, slots=True)
class Child:
    """A case that was opened out of this one."""

    procedure: str
    state: str
    ended: bool


class Children(Sequence[Child]):
    """The cases opened out of one, asked for when a gate looks at them: there may be thousands."""

    def __init__(self, ask: Callable[[], Iterable[Child]]) -> None:
        self._ask = ask
        self._found: list[Child] | None = None

    @property
    def _all(self) -> list[Child]:
        if self._found is None:
            self._found = list(self._ask())
        return self._found

    def __getitem__(self, place: Any) -> Any:
        return self._all[place]

    def __len__(self) -> int:
        return len(self._all)


class Known(Mapping[str, Any]):
    """What a chapter adds. A value that costs a query may be given as a function: it is asked when a rule reads it."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Any:
        value = self._values[name]
        if callable(value):
            value = self._values[name] = value()
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Situation:
    """One step about to be taken: by whom, when, on which facts, in which case.

    `known` is what the chapter adds (the item, the application, the licence); `due` computes the last day of a limit
    from a trigger day, and `ahead_of` the last day on which something must have been done before an event.
    """

    state: str
    at: datetime
    opened_at: datetime
    actor: int | None = None
    role: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    acts: Sequence[Done] = ()
    clocks: Sequence[Clock] = ()
    children: Sequence[Child] = ()
    parent_state: str = ""
    bars: frozenset[str] = frozenset()
    known: Mapping[str, Any] = field(default_factory=dict)
    due: Callable[[str, datetime], date | None] = lambda key, since: None
    today: date = date.min

    def taken(self, *steps: str) -> bool:
        """Whether one of these steps was taken in the case."""
        return any(act.step in steps for act in self.acts)

    def last(self, *steps: str) -> Done | None:
        """The latest act among these steps."""
        return next((act for act in reversed(self.acts) if act.step in steps), None)

    def after(self, step: str, *since: str) -> bool:
        """Whether `step` was taken after the latest of the steps `since` (or at all, if none of those was taken)."""
        for act in reversed(self.acts):
            if act.step == step:
                return True
            if act.step in since:
                return False
        return False

    def actors_of(self, *steps: str) -> set[int]:
        """Who took these steps."""
        return {act.actor for act in self.acts if act.step in steps and act.actor is not None}

    def clock(self, key: str) -> Clock | None:
        """The clock of that kind: the running one, else the latest."""
        matching = [clock for clock in self.clocks if clock.key == key]
        return next((clock for clock in reversed(matching) if clock.running), matching[-1] if matching else None)

    def flagged(self, step: str, keys: Sequence[str]) -> bool:
        """Whether a lamp step was already taken since the clocks it looks at were started."""
        since = max((clock.since_act for clock in self.clocks if clock.key in keys), default=0)
        return any(act.step == step for act in self.acts[since:])

    def clock_runs(self, key: str) -> bool:
        clock = self.clock(key)
        return clock is not None and clock.running

    def clock_expired(self, key: str) -> bool:
        """The clock runs and its last day (or hour) is over."""
        clock = self.clock(key)
        if clock is None or not clock.running or clock.paused:
            return False
        return clock.due_at < self.at if clock.due_at else clock.due is not None and clock.due < self.today

    def clock_within(self, key: str) -> bool:
        """The clock has not run out; a limit that no clock carries is counted from the receipt of the case."""
        clock = self.clock(key)
        if clock is None:
            last_day = self.due(key, self.opened_at)
            return last_day is not None and self.today <= last_day
        if clock.due_at:
            return self.at <= clock.due_at
        return clock.due is None or self.today <= clock.due

    def clock_elapsed(self, key: str) -> bool:
        """A minimum period is over: today lies after its last day."""
        clock = self.clock(key)
        return clock is not None and clock.due is not None and clock.due < self.today

    def is_ahead(self, key: str, fact: str) -> bool:
        """Today is early enough before the event whose day is the fact of that name."""
        event = self.facts.get(fact)
        if not isinstance(event, date):
            return False
        moment = (
            event
            if isinstance(event, datetime)
            else datetime(event.year, event.month, event.day, tzinfo=self.at.tzinfo)
        )
        last_day = self.due(key, moment)
        return last_day is not None and self.today <= last_day

    def barred(self, key: str) -> bool:
        return key in self.bars

    def child_reached(self, procedure: str, states: Sequence[str]) -> bool:
        """A child of that procedure stands in one of the states, or has ended if no state is named."""
        return any(
            child.procedure == procedure and (child.state in states if states else child.ended)
            for child in self.children
        )

    def children_reached(self, procedure: str, states: Sequence[str]) -> bool:
        """There are children of that procedure, and every one of them stands in one of the states."""
        here = {child.state for child in self.children if child.procedure == procedure}
        return bool(here) and here <= set(states)
