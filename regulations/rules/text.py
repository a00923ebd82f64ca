"""The text of a draft: its pieces, its hash, what differs between two versions, what is missing. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_SIGNS = 200_000
MOST_PIECES = 2_000
WHOLE = "全文"
LABELS = {"title": "文件标题", "body": "正文", "necessity": "必要性", "measures": "主要措施"}
CONSOLIDATED = {"consolidated": "修改后的全文"}  # of a draft that amends another document
_ARTICLE = re.compile(r"(第[〇零一二三四五六七八九十百千\d]+条)[\s　]*(.*)", re.DOTALL)
_POINT = re.compile(r"([一二三四五六七八九十]+、)[\s　]*(.*)", re.DOTALL)
_HEADING = re.compile(r"第[一二三四五六七八九十百\d]+[编章节][\s　]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that can be named: an article, a numbered point, or what stands before the first of them."""

    label: str
    words: str


def cleaned(text: str) -> str:
    """The words as they are kept: one line for each paragraph, no blanks around it, no empty lines."""
    lines = (re.sub(r"[\s　]+", " ", line).strip() for line in text.replace("\r\n", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def digest(title: str, body: str, consolidated: str = "") -> str:
    """SHA-256 of title, body and consolidated text in UTF-8, as 64 hexadecimal signs.

    A body that is kept has no empty line, so that one parts it from what follows.
    """
    amended = f"\n\n{consolidated}" if consolidated else ""
    return hashlib.sha256(f"{title}\n{body}{amended}".encode()).hexdigest()


def pieces(body: str) -> list[Piece]:
    """The text by its articles; by its points 一、 where it has none; else paragraph by paragraph."""
    lines = [line for line in body.split("\n") if line]
    for pattern in (_ARTICLE, _POINT):
        if any(pattern.match(line) for line in lines):
            return list(_gathered(lines, pattern))
    return [Piece(f"第{number}段", line) for number, line in enumerate(lines, 1)]


def _gathered(lines: list[str], pattern: re.Pattern[str]) -> Iterator[Piece]:
    label = "开头"
    words: list[str] = []
    for line in lines:
        if found := pattern.match(line):
            if words:
                yield Piece(label, "\n".join(words))
            label, words = found[1].rstrip("、"), [found[2]] if found[2] else []
        elif not _HEADING.match(line):
            words.append(line)
    if words:
        yield Piece(label, "\n".join(words))


def labels(body: str) -> list[str]:
    """What a comment can be about: the whole, or one piece. A label that stands twice is offered once."""
    return [WHOLE, *dict.fromkeys(piece.label for piece in pieces(body))][:MOST_PIECES]


def differences(old: str, new: str) -> list[tuple[str, str, str]]:
    """(label, before, after) of every piece that is not the same in both, in the order of the texts.

    Pieces are matched by their words first, so that an article that only moved its number is not shown as two.
    """
    before, after = pieces(old), pieces(new)
    matcher = SequenceMatcher(a=[one.words for one in before], b=[one.words for one in after], autojunk=False)
    rows: list[tuple[str, str, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        left, right = before[a:b], after[c:d]
        for number in range(max(len(left), len(right))):
            one = left[number] if number < len(left) else None
            two = right[number] if number < len(right) else None
            label = _label(one, two)
            rows.append((label, one.words if one else "", two.words if two else ""))
    return rows


def _label(one: Piece | None, two: Piece | None) -> str:
    if one and two:
        return one.label if one.label == two.label else f"{one.label}（现{two.label}）"
    return (one or two or Piece("", "")).label


def asked_for(amends: bool) -> dict[str, str]:
    """What is written of a draft, by its label."""
    return {**LABELS, **CONSOLIDATED} if amends else LABELS


def gaps(content: dict[str, str], *, amends: bool = False) -> list[str]:
    """What a draft lacks before it can become a version, by its label."""
    return [label for name, label in asked_for(amends).items() if not content.get(name, "").strip()]
