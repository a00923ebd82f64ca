"""Who may do this to me? Powers found by everyday words, the closest answer that there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import prefetch_related_objects

from law.queries import segment
from law.reading import read_table
from powerlist.queries import listing
from powerlist.rules import plain

TABLE = Path(__file__).resolve().parent.parent / "data" / "everyday.csv"
PAGE = 15
SAID = ("authority", "time_limit", "promised", "supervision", "phone")  # of each power, beside its line in the list


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of powers. `near`: nothing is exactly what was asked, these are about the same."""

    meant: plain.Meant
    page: listing.Page
    near: bool = False


@cache
def table() -> list[plain.Row]:
    return plain.rows(read_table(TABLE, ("said", "official", "kinds")))


def answer(sentence: str, on: date, after: tuple[str, int] | None = None) -> Answer:
    """What is asked; else the things whatever is done about them; else one of the things. A few queries at most."""
    meant = plain.meant(sentence, table(), segment)
    page = listing.Page([], None)
    for number, wanted in enumerate(_wanted(meant)):
        page = listing.page(replace(wanted, after=after), on, PAGE, SAID)
        if page.rows:
            prefetch_related_objects(list(page.rows), "bases")
            return Answer(meant, page, near=number > 0)
    return Answer(meant, page)


def _wanted(meant: plain.Meant) -> Iterator[listing.Wanted]:
    if meant:
        yield listing.Wanted(kinds=meant.kinds, things=meant.things)
    if meant.kinds and meant.things:
        yield listing.Wanted(things=meant.things)
    if len(meant.things) > 1:
        every = tuple(word for thing in meant.things for word in thing)
        yield listing.Wanted(kinds=meant.kinds, things=(every,))
        if meant.kinds:
            yield listing.Wanted(things=(every,))
