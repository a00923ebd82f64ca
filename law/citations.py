"""Citations of provisions: 《行政许可法》第三十二条第一款第四项. Pure.

A citation names a text with or without 中华人民共和国 and a note of its version, then article, paragraph 款,
item 项 and sub-item 目 as far as it goes, in Chinese or Arabic numerals. Several articles may follow one name:
《行政许可法》第四十二条第一款、第八十二条.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from law.numerals import CHARACTERS, to_int
from law.statute import family

_N = rf"(?:[{CHARACTERS}]+|\d+)"
_TITLE = r"《(?P<title>[^《》]+(?:《[^《》]*》[^《》]*)*)》(?:（[^（）]*）)?"
_PLACE = (
    rf"第(?P<article>{_N})条(?:之(?P<bis>{_N}))?(?:第(?P<paragraph>{_N})款)?"
    rf"(?:第[（(]?(?P<item>{_N})[）)]?项)?(?:第(?P<subitem>{_N})目)?"
)
_CITATION = re.compile(rf"{_TITLE}(?:\s*{_PLACE})?")
_NEXT = re.compile(rf"(?P<link>[、，和及]|以及)(?P<place>{_PLACE})")
_BARE = re.compile(rf"(?P<title>[^《》第\s]+(?:法|条例|规定|办法|细则|规则|决定|解释))\s*{_PLACE}")


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a citation points: the family name of a text and a place in it; 0 where it says nothing."""

    title: str
    article: int = 0
    bis: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0

    def finds(self, place: "Place") -> bool:
        """Whether the place is the one cited. An item may be cited without its paragraph."""
        if (place.article, place.bis, place.item, place.subitem) != (self.article, self.bis, self.item, self.subitem):
            return False
        return place.paragraph == self.paragraph or bool(self.item and not self.paragraph)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a provision stands in its text; key is the caller's own."""

    key: int
    article: int
    bis: int
    paragraph: int
    item: int
    subitem: int


@dataclass(frozen=True, slots=True)
class Found:
    """A citation in running text: text[start:end]."""

    start: int
    end: int
    citation: Citation


def parse_citation(text: str) -> Citation | None:
    """Read one citation that is the whole text, brackets optional; None if it is not one."""
    text = text.strip()
    match = _CITATION.fullmatch(text) or _BARE.fullmatch(text)
    return _citation(match, match["title"]) if match else None


def find_citations(text: str) -> Iterator[Found]:
    """All citations in a text, in order. Names must stand in 《》."""
    for match in _CITATION.finditer(text):
        citation = _citation(match, match["title"])
        yield Found(match.start(), match.end(), citation)
        end = match.end()
        while citation.article and (following := _NEXT.match(text, end)):
            yield Found(following.start("place"), following.end(), _citation(following, citation.title))
            end = following.end()


def pick(citation: Citation, places: Iterable[Place]) -> Place | None:
    """The one place that a citation means; None if there is none, or more than one."""
    found = [place for place in places if citation.finds(place)]
    return found[0] if len(found) == 1 else None


def _citation(match: re.Match[str], title: str) -> Citation:
    named = match.groupdict()
    places = ("article", "bis", "paragraph", "item", "subitem")
    return Citation(family(title), *(to_int(named[place]) if named.get(place) else 0 for place in places))
