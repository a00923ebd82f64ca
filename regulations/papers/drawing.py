"""What a document rests on and what rests on it, as a drawing. SVG, for screen and print. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

WIDTH, BOX, GAP, LINE, MARGIN, PAD = 860, 250, 14, 19, 16, 12
CHARS, MOST_LINES = 30, 3  # half-width characters in a line of a box
SHOWN = 7  # boxes on a side
INK, PAPER, FAINT, LINK, EDGE = "#0b0c0c", "#ffffff", "#f3f2f1", "#a61c1c", "#505a5f"
FONT = "Noto Sans CJK SC, Source Han Sans SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Node:
    """Another text: the relation to it, its name, and the address of its page if it has one."""

    relation: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class _Drawn:
    node: Node
    lines: list[str]

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * (len(self.lines) + bool(self.node.relation))


def graph(title: str, rests_on: Sequence[Node], rested_on: Sequence[Node]) -> str:
    """The document in the middle, what it rests on to its left, what rests on it to its right; "" without either."""
    if not rests_on and not rested_on:
        return ""
    left, right = _boxes(rests_on), _boxes(rested_on)
    middle = _Drawn(Node("", title), _wrapped(title, 4))
    height = 2 * MARGIN + max(_tall(left), _tall(right), middle.height)
    centre = height // 2
    body = [*_edges(left, centre, height, left_side=True), *_edges(right, centre, height, left_side=False)]
    body += _box(middle, (WIDTH - BOX) // 2, centre - middle.height // 2, filled=True)
    for drawn, x in ((left, MARGIN), (right, WIDTH - MARGIN - BOX)):
        y = centre - _tall(drawn) // 2
        for one in drawn:
            body += _box(one, x, y)
            y += one.height + GAP
    told = "；".join(f"{node.relation}{node.title}" for node in (*rests_on[:SHOWN], *rested_on[:SHOWN]))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
            f' role="group" aria-labelledby="graph-title graph-desc" font-family="{FONT}" fill="{INK}">',
            f'<title id="graph-title">{escape(title)}的关系图</title>',
            f'<desc id="graph-desc">{escape(told)}。</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
            *body,
            "</svg>",
        ]
    )


def _boxes(nodes: Sequence[Node]) -> list[_Drawn]:
    shown = [_Drawn(node, _wrapped(node.title, MOST_LINES)) for node in nodes[:SHOWN]]
    if (more := len(nodes) - SHOWN) > 0:
        shown.append(_Drawn(Node("", f"另有 {more} 项，见下表"), [f"另有 {more} 项，见下表"]))
    return shown


def _tall(boxes: Sequence[_Drawn]) -> int:
    return sum(one.height for one in boxes) + GAP * max(0, len(boxes) - 1)


def _edges(boxes: Sequence[_Drawn], centre: int, height: int, left_side: bool) -> Iterator[str]:
    """A line from the middle of the drawing to each box."""
    y = height // 2 - _tall(boxes) // 2
    begin = (WIDTH - BOX) // 2 if left_side else (WIDTH + BOX) // 2
    end = MARGIN + BOX if left_side else WIDTH - MARGIN - BOX
    turn = (begin + end) // 2
    for one in boxes:
        to = y + one.height // 2
        line = f"M{begin} {centre} C{turn} {centre} {turn} {to} {end} {to}"
        yield f'<path d="{line}" fill="none" stroke="{EDGE}" stroke-width="1.4"/>'
        y += one.height + GAP


def _box(drawn: _Drawn, x: int, y: int, filled: bool = False) -> Iterator[str]:
    fill, weight = (FAINT, ' font-weight="bold"') if filled else (PAPER, "")
    yield (
        f'<rect x="{x}" y="{y}" width="{BOX}" height="{drawn.height}" rx="4" fill="{fill}" stroke="{INK}"'
        ' stroke-width="1.2"/>'
    )
    baseline = y + PAD + 13
    if drawn.node.relation:
        yield f'<text x="{x + PAD}" y="{baseline}" font-size="12" fill="{EDGE}">{escape(drawn.node.relation)}</text>'
        baseline += LINE
    colour = f' fill="{LINK}" text-decoration="underline"' if drawn.node.url else ""
    lines = [
        f'<text x="{x + PAD}" y="{baseline + LINE * number}" font-size="14"{weight}{colour}>{escape(words)}</text>'
        for number, words in enumerate(drawn.lines)
    ]
    if drawn.node.url:
        yield f'<a href="{escape(drawn.node.url)}" aria-label="{escape(drawn.node.title)}">' + "".join(lines) + "</a>"
    else:
        yield from lines


def _wrapped(words: str, most: int) -> list[str]:
    lines, line, width = [], "", 0
    for letter in words:
        wide = 2 if east_asian_width(letter) in "WF" else 1
        if width + wide > CHARS:
            lines.append(line)
            line, width = "", 0
        line, width = line + letter, width + wide
    lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]
