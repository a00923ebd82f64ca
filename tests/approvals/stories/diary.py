"""The words in which a diary is written. A story is data: one page after another, each with its day and hour.

`@name` in a fact stands for the account or the party of that name; a day that a clock must say is worked out by hand,
with a comment beside it that says over which holidays it was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from tests.approvals.conftest import World

Words = Mapping[str, tuple[str, ...]]
STANDS = None  # the clock stands still: no last day
STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One entry.

    `due`: last days of clocks afterwards. `papers`: exactly the papers that come out, each with words that stand on it.
    `told`: exactly who gets a notice (None: not looked at). `says`: words on the page that answers. `gate`: the kind
    of the condition that refuses; `forestalls` that of a condition which an earlier door makes sure of, with its own
    words. `nth` is the case in the order of filing. Of a bundle: `part` is the item whose part the page is about,
    `sets_off` the acts that follow in other cases (ITEM:STEP), `prints` their papers (ITEM:PAPER) with words on each.
    """

    kind: Literal["does", "refused", "law", "quiet", "happens", "visits", "looks"]
    at: str
    who: str = ""
    step: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    due: Mapping[str, str | None] = field(default_factory=dict)
    papers: Words = field(default_factory=dict)
    told: tuple[str, ...] | None = None
    state: str = ""
    says: tuple[str, ...] = ()
    gate: str = ""
    forestalls: str = ""
    nth: int = -1
    event: Callable[[World], object] | None = None
    part: str = ""
    sets_off: tuple[str, ...] | None = None
    prints: Words = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Story:
    """A diary. `item` are flags of the item that the story needs; `ends` is the state in which the last case stands."""

    name: str
    procedure: str
    pages: tuple[Page, ...]
    ends: str
    item: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def does(at: str, who: str, step: str, facts: Mapping[str, Any] | None = None, **more: Any) -> Page:
    """Somebody takes a step, and it is taken."""
    return Page(kind="does", at=at, who=who, step=step, facts=facts or {}, **more)


def refused(at: str, who: str, step: str, facts: Mapping[str, Any] | None = None, **more: Any) -> Page:
    """Somebody tries a step. It is refused in Chinese words, and nothing has changed."""
    return Page(kind="refused", at=at, who=who, step=step, facts=facts or {}, **more)


def law(at: str, step: str, **more: Any) -> Page:
    """A clock has run out: on this day the law takes its own step."""
    return Page(kind="law", at=at, step=step, **more)


def quiet(at: str, step: str, **more: Any) -> Page:
    """The clocks ring, and the law does not take this step (yet); `gate` names the condition that holds it back."""
    return Page(kind="quiet", at=at, step=step, **more)


def happens(at: str, event: Callable[[World], object]) -> Page:
    """Something outside of the case changes the world."""
    return Page(kind="happens", at=at, event=event)


def visits(at: str, who: str, page: str, facts: Mapping[str, Any] | None = None) -> Page:
    """Somebody uses a page that is not a step of the table."""
    return Page(kind="visits", at=at, who=who, step=page, facts=facts or {})


def looks(at: str, who: str, *says: str, **more: Any) -> Page:
    """Somebody opens the page of the case and reads these words."""
    return Page(kind="looks", at=at, who=who, says=says, **more)
