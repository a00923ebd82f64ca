"""Which function fills which paper of the chapter."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import Act, Case
from regulations.papers import cleanup, contexts_making, suggestions
from regulations.papers.file import Context, File, from_case

_FILLED: dict[str, Callable[[File], Context]] = {**contexts_making.FILLED, "sy_letter": contexts_making.answer_letter}
CONTEXTS: dict[str, Callable[[Case, Act], Context]] = {
    **{code: from_case(fill) for code, fill in _FILLED.items()},
    **suggestions.CONTEXTS,
    **cleanup.CONTEXTS,
}
