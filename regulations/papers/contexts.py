"""Which function fills which paper of the chapter."""

from __future__ import annotations

from collections.abc import Callable

from casework.papers import Context, filled
from regulations.papers import (
    annual,
    cleanup,
    contexts_deciding,
    contexts_filing,
    contexts_making,
    contexts_validity,
    suggestions,
)
from regulations.papers.file import File, from_case

_FILLED: dict[str, Callable[[File], Context]] = {
    **contexts_making.FILLED,
    **contexts_deciding.FILLED,
    **contexts_filing.FILLED,
    **contexts_validity.FILLED,
    **annual.FILLED,
    "sy_letter": contexts_making.answer_letter,
}
CONTEXTS = filled({code: from_case(fill) for code, fill in _FILLED.items()} | suggestions.FILLED | cleanup.FILLED, File)
