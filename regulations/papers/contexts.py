"""Which function fills which paper of the chapter."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import Act, Case
from regulations.papers import (
    cleanup,
    contexts_deciding,
    contexts_filing,
    contexts_making,
    contexts_validity,
    suggestions,
)
from regulations.papers.file import Context, File, from_case

_FILLED: dict[str, Callable[[File], Context]] = {
    **contexts_making.FILLED,
    **contexts_deciding.FILLED,
    **contexts_filing.FILLED,
    **contexts_validity.FILLED,
    "sy_letter": contexts_making.answer_letter,
}
CONTEXTS: dict[str, Callable[[Case, Act], Context]] = {
    **{code: from_case(fill) for code, fill in _FILLED.items()},
    **suggestions.CONTEXTS,
    **cleanup.CONTEXTS,
}
