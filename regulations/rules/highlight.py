"""A text with the places marked that somebody should look at: each where its words stand in its sentence. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regulations.rules.scan import Finding
from regulations.rules.text import Piece


@dataclass(frozen=True, slots=True)
class Part:
    """Words with the numbers of the findings that they raise; none for what is unsuspicious."""

    words: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a text in parts."""

    label: str
    parts: Sequence[Part]


def highlighted(pieces: Iterable[Piece], findings: Sequence[Finding]) -> list[Shown]:
    """The text in its pieces; the findings are numbered from 1 in their order."""
    return [Shown(piece.label, list(_parts(piece, findings))) for piece in pieces]


def _parts(piece: Piece, findings: Sequence[Finding]) -> Iterable[Part]:
    spans = [
        (*span, number)
        for number, finding in enumerate(findings, 1)
        if (not finding.label or finding.label.rstrip("、") == piece.label) and (span := _place(piece.words, finding))
    ]
    cuts = sorted({0, len(piece.words), *(cut for begin, end, _ in spans for cut in (begin, end))})
    for begin, end in pairwise(cuts):
        numbers = tuple(number for since, until, number in spans if since <= begin and end <= until)
        yield Part(piece.words[begin:end], numbers)


def _place(words: str, finding: Finding) -> tuple[int, int] | None:
    """Where the words of a finding stand; the whole sentence where they are not literally in it."""
    at = words.find(finding.sentence)
    if at < 0:
        return None
    inside = finding.sentence.find(finding.words)
    if inside < 0:
        return at, at + len(finding.sentence)
    return at + inside, at + inside + len(finding.words)
