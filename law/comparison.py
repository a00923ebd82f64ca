"""Two versions of a text side by side: which articles differ, and which words in them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

SHORTEST, LONGEST = 40, 5_000  # signs: shorter and longer texts are marked as a whole


class Piece(Protocol):
    """What a comparison needs of a provision: its place, its number and its words."""

    kind: str
    label: str
    content: str
    annex: int
    article: int
    bis: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or what stands before, between and after the articles, as one run of lines."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An article that two versions do not share; the words of one side are empty where it has none."""

    label: str
    before: str
    after: str


def articles(pieces: Iterable[Piece]) -> list[Article]:
    """The pieces of a text gathered by article, in their order."""
    found: list[tuple[tuple[object, ...], str, list[str]]] = []
    for piece in pieces:
        place = _place(piece)
        if not found or found[-1][0] != place:
            found.append((place, _label(piece), []))
        line = piece.content if piece.kind == "article" else piece.label + piece.content
        if line:
            found[-1][2].append(line)
    return [Article(label, "\n".join(lines)) for _, label, lines in found if lines]


def differences(before: Iterable[Piece], after: Iterable[Piece]) -> list[Difference]:
    """The articles that differ, in the order of the new version. An article that only got another number is none."""
    old, new = articles(before), articles(after)
    matcher = SequenceMatcher(None, [one.words for one in old], [one.words for one in new], autojunk=False)
    found: list[Difference] = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            found += _beside(old[a:b], new[c:d])
    return found


def marks(before: str, after: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Both texts in pieces, each with whether it is only on this side. What is short differs as a whole."""
    if not before or not after or not SHORTEST < max(len(before), len(after)) <= LONGEST:
        return ([(before, True)] if before else []), ([(after, True)] if after else [])
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if a < b:
            left.append((before[a:b], what != "equal"))
        if c < d:
            right.append((after[c:d], what != "equal"))
    return left, right


def _beside(old: Sequence[Article], new: Sequence[Article]) -> list[Difference]:
    """Articles of one stretch: those of the same number side by side, the others alone."""
    held, coming = _numbered(old), _numbered(new)
    rows = [Difference(one.label, one.words, "") for key, one in held.items() if key not in coming]
    for key, one in coming.items():
        partner = held.get(key)
        rows.append(Difference(one.label, partner.words if partner else "", one.words))
    return [row for row in rows if row.before != row.after]


def _numbered(stretch: Sequence[Article]) -> dict[tuple[str, int], Article]:
    """By label, and where several bear one (headings do) by how many came before."""
    seen: Counter[str] = Counter()
    found = {}
    for one in stretch:
        found[one.label, seen[one.label]] = one
        seen[one.label] += 1
    return found


def _place(piece: Piece) -> tuple[object, ...]:
    if piece.kind in ("part", "subpart", "chapter", "section", "annex", "opening", "closing"):
        return (piece.kind, piece.annex)
    return (piece.annex, piece.article, piece.bis)


def _label(piece: Piece) -> str:
    named = {"opening": "文首", "closing": "落款", "annex": "附件", "chapter": "章名", "section": "节名"}
    annex = f"附件{piece.annex} " if piece.annex and piece.article else ""
    return annex + (piece.label if piece.kind == "article" else named.get(piece.kind, "正文之前"))
