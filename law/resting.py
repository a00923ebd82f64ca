"""What rests on a text elsewhere in the house. Who keeps such things says so here when Django starts; the statute-book
knows nobody who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from law.models import LegalText

MOST = 20  # of one kind on the page of a text


@dataclass(frozen=True, slots=True)
class Resting:
    """One kind of things: what they are called, the first of them with their addresses, and whether there are more."""

    title: str
    rows: Sequence[tuple[str, str]]
    more: bool = False


Asked = Callable[[LegalText, date], Resting]
_known: dict[str, Asked] = {}


def register(code: str, asked: Asked) -> None:
    """Take in who knows of a kind of things."""
    _known[code] = asked


def resting_on(text: LegalText, on: date) -> list[Resting]:
    """What rests on a text on a day, kind by kind; kinds of which nothing does are left out. One query a kind."""
    found = (asked(text, on) for _, asked in sorted(_known.items()))
    return [one for one in found if one.rows]
