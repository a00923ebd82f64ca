"""What the statute-book refuses is a refusal of the step that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from casework.models import Act, Case
from casework.refusal import Reason, Refused
from regulations.actions.entering import EnteringError


def told_by_the_book(effect: Callable[[Case, Act], None]) -> Callable[[Case, Act], None]:
    """An effect that writes to the book: where the book says no, the step is refused with its words."""

    @wraps(effect)
    def done(case: Case, act: Act) -> None:
        try:
            effect(case, act)
        except EnteringError as error:
            raise Refused([Reason("statute_book", str(error))], act.label) from None

    return done
