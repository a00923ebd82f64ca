"""What stands against a step now, apart from what the actor must still state or attest. Pure: a row and a situation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from casework.procedure import Gate, Step
from casework.refusal import Reason
from casework.situation import Situation

OF_THE_KERNEL = {
    "barred", "not_barred", "expired", "within", "elapsed", "ahead", "taken", "not_taken", "child", "children",
    "parent", "any_of", "attest",
}  # fmt: skip


class _NotStated(Exception):
    """A condition asked for a fact that nobody has stated yet."""


class Unstated(Mapping[str, Any]):
    """The facts of a step before anybody has stated them: a condition that needs one cannot be judged yet."""

    def __getitem__(self, name: str) -> NoReturn:
        raise _NotStated(name)

    def __contains__(self, name: object) -> NoReturn:
        raise _NotStated(name)

    def __iter__(self) -> NoReturn:
        raise _NotStated

    def __len__(self) -> NoReturn:
        raise _NotStated


def against(row: Step, view: Situation) -> list[Reason]:
    """A reason for every computed condition that fails, and for a second person who is the first.

    Where the situation's facts are `Unstated`, conditions that look at them are left out.
    """
    reasons = list(_personal(row, view))
    for gate in row.needs:
        if gate.check and not _holds(gate, view):
            reasons.append(Reason(gate.kind, f"条件不具备：{gate.words}", row.under))
    return reasons


def kinds(gates: Iterable[Gate]) -> set[str]:
    """The kinds of the computed gates and of their parts: which of the situation's contents they will look at."""
    found: set[str] = set()
    for gate in gates:
        if gate.check:
            found |= {gate.kind} | kinds(gate.parts)
    return found


def _holds(gate: Gate, view: Situation) -> bool:
    try:
        return gate.check is None or gate.check(view)
    except _NotStated:
        return True


def _personal(row: Step, view: Situation) -> Iterator[Reason]:
    own = [act for act in view.acts if view.actor is not None and act.actor == view.actor]
    if row.second_person and any(act.role != view.role for act in own):
        yield Reason("second_person", "您已经以其他身份办理过本案，这一环节应当由另一人办理。", row.under)
    if row.not_by and any(act.step in row.not_by for act in own):
        yield Reason("second_person", "办理过前一环节的人员不得办理这一环节。", row.under)
