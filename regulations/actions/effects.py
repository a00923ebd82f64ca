"""What the acts of the chapter's procedures set off in its tables, by procedure and step."""

from __future__ import annotations

from collections.abc import Callable

from casework.models import Act, Case
from regulations.actions import annual, cleanup, filing, hearing, making, plan, suggestions, validity

EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **plan.EFFECTS,
    **making.EFFECTS,
    **hearing.EFFECTS,
    **filing.EFFECTS,
    **validity.EFFECTS,
    **suggestions.EFFECTS,
    **cleanup.EFFECTS,
    **annual.EFFECTS,
}
