"""One search for the whole house: what a chapter hands in, which words are asked, how a hit is marked.

Text is found by its pairs of neighbouring characters, which suits Chinese: whatever stands in a text is found, without
a dictionary. What counts as the same sign (full and half width, capitals, kinds of brackets) the database says, once,
for what is stored and what is asked (`casework_plain`); `folded` follows it to mark hits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet

SNIPPET = 90  # characters of a long text that are shown around the first hit
_BROKEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_BRACKETS = str.maketrans("[]【】〔〕", "()()()")
_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a chapter lets everybody search: one row of `rows()` is one entry, and what is not in it is not found.

    `columns` maps the columns of an entry to expressions over a row: `title` (shown, at most 300 signs), `text` (shown
    below it), `more` (found, not shown), `organ` (its key), `day` (from which it is public), `until` (the day on which
    it no longer is), `ref` (argument of `route`; empty: no page), `lead` (greater comes before the newest: for what is
    few and stands for long; such entries have no year). Nothing that names a natural person may be in them.
    """

    code: str
    label: str
    route: str
    rows: Callable[[], QuerySet[Any]]
    columns: Mapping[str, Any]


def terms(words: str) -> list[str]:
    """The parts between blanks, each of which must stand in a text."""
    return _BROKEN.sub(" ", words).split()


@lru_cache(maxsize=1 << 14)
def _plain(sign: str) -> str:
    """One sign as it is compared; a page has some thousand, of a few hundred kinds."""
    return unicodedata.normalize("NFKC", sign).translate(_CAPITALS).translate(_BRACKETS)


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its signs the place in the original."""
    signs = [_plain(sign) for sign in text]
    return "".join(signs), [place for place, sign in enumerate(signs) for _ in sign]


def marked(text: str, parts: Sequence[str], most: int = SNIPPET) -> list[tuple[str, bool]]:
    """The text in pieces, with whether each is a hit; of a long one the part around the first hit."""
    plain, places = folded(text)
    hit = [False] * len(text)
    for part in parts:
        wanted = folded(part)[0]
        at = plain.find(wanted) if wanted else -1
        while at >= 0:
            for place in places[at : at + len(wanted)]:
                hit[place] = True
            at = plain.find(wanted, at + 1)
    begin, end = _window(hit, most)
    pieces = [("…", False)] if begin else []
    at = begin
    while at < end:
        other = not hit[at]
        following = hit.index(other, at, end) if other in hit[at:end] else end
        pieces.append((text[at:following], hit[at]))
        at = following
    return pieces + ([("…", False)] if end < len(text) else [])


def _window(hit: list[bool], most: int) -> tuple[int, int]:
    if len(hit) <= most:
        return 0, len(hit)
    first = hit.index(True) if True in hit else 0
    begin = min(max(0, first - most // 4), len(hit) - most)
    return begin, begin + most
