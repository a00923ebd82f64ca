"""Why a step cannot be taken: in words, with the article that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casework.procedure import Cite


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing. `code` is stable for programs, `words` are for people."""

    code: str
    words: str
    basis: tuple[Cite, ...] = ()
    field: str = ""

    def __str__(self) -> str:
        return self.words + (f"（{'；'.join(map(str, self.basis))}）" if self.basis else "")


class Refused(Exception):
    """The law, the state of the case or the person stands against the step; nothing was changed."""

    def __init__(self, reasons: Sequence[Reason], label: str = "") -> None:
        self.reasons = tuple(reasons)
        self.label = label
        super().__init__("；".join(map(str, self.reasons)))


class NotAllowed(Refused):
    """The person has no right to take the step (or to see the case)."""


@dataclass
class Conflict(Exception):
    """Somebody else acted in the meantime: the case has `now` acts, the person had seen `seen`."""

    seen: int
    now: int
    acts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "本案刚刚已由他人办理，请核对最新情况后再操作。"
