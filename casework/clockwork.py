"""The words in which a table says what a step does to clocks. Pure, as the tables are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Start:
    """A clock that a step starts.

    `key` names a time limit. `since` is where it counts from: "act" (this step), "opened" (the case's receipt),
    "step:NAME" (an earlier act; of several, "step:NAME|NAME", the latest), "served" (service on the addressee) or
    "fact:NAME" (a date given with the step; for limits that count back it is the event itself). `until="fact:NAME"`
    takes the date that a paper fixes as the last day, `until="before:NAME"` one from which something new applies; a
    paper that fixes none starts no clock. `owner` says whom the clock outlives with: the case, the decision (remedies),
    the party (bars), the organ (yearly duties), an item (each seizure) or an addressee. `unless_otherwise`:
    a special statute may put its own limit in its place (法律、法规另有规定的，依照其规定); the chapter says which.
    """

    key: str
    since: str = "act"
    until: str = ""
    owner: Literal["case", "decision", "party", "organ", "item", "addressee"] = "case"
    unless_otherwise: bool = False


@dataclass(frozen=True, slots=True)
class Extend:
    """Lengthens a running clock once: by what its time-limit row says, or to a date given as fact `to`."""

    key: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Excludes time from a clock for a reason, until `resumes`. `until` names the fact with the day told in writing
    (行政许可法 45), which ends nothing; a second pause for the same reason only tells a new day."""

    key: str
    reason: str = ""
    until: str = ""

    @classmethod
    def written(cls, text: str) -> Pause:
        """As a table writes it: key:reason, or key:reason:fact."""
        return cls(*text.split(":"))
