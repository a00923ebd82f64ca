"""Whether the diaries of a procedure walk the whole of its table. Read off the data, so nothing has to run for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casework.procedure import Procedure
from tests.approvals.stories.diary import Page, Story


def unwalked(table: Procedure, stories: Iterable[Story]) -> set[str]:
    """Rows that nobody takes in any diary."""
    taken = {page.step for page in _pages(stories) if page.kind in ("does", "law")}
    return {row.name for row in table.steps} - taken


def untried(table: Procedure, stories: Iterable[Story]) -> set[tuple[str, str]]:
    """Computed conditions, by row, that refuse nobody. Attested ones are tried by every page that takes the step."""
    tried = {
        (page.step, kind)
        for page in _pages(stories)
        if page.kind in ("refused", "quiet")
        for kind in (page.gate, page.forestalls)
    }
    return {(row.name, gate.kind) for row in table.steps for gate in row.needs if gate.check} - tried


def untold(table: Procedure, stories: Iterable[Story]) -> set[str]:
    """Rows that tell somebody, of which no diary says whom."""
    said = {page.step for page in _pages(stories) if page.told is not None}
    return {row.name for row in table.steps if row.tells} - said


def _pages(stories: Iterable[Story]) -> Iterator[Page]:
    for story in stories:
        yield from story.pages
