"""The process chart of a power (权力运行流程图), drawn from its stages. SVG, for screen and print. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from unicodedata import east_asian_width

WIDTH, BOX, GAP, LINE, MARGIN = 320, 288, 26, 19, 16
CHARS = 34  # half-width characters in a line of a box
INK, PAPER, FAINT, ARROW = "#0b0c0c", "#ffffff", "#f3f2f1", "#505a5f"
FONT = "Noto Sans CJK SC, Source Han Sans SC, sans-serif"


def chart(name: str, stages: Sequence[Mapping[str, str]]) -> str:
    """Boxes from top to bottom, each with its stage and who answers for it; "" without stages."""
    if not stages:
        return ""
    body: list[str] = []
    y = MARGIN
    for number, row in enumerate(stages, 1):
        head = [f"{number} {row['stage']}"]
        lines = _wrapped(f"责任主体：{row['subject']}")
        height = 20 + LINE * (1 + len(lines))
        last = number == len(stages)
        body += _box(y, height, head + lines, rounded=number == 1 or last)
        y += height
        if not last:
            body += _arrow(y)
            y += GAP
    told = "；".join(f"{row['stage']}，{row['subject']}" for row in stages)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + MARGIN}" width="{WIDTH}"'
            f' height="{y + MARGIN}" role="img" aria-labelledby="chart-title chart-desc" font-family="{FONT}"'
            f' fill="{INK}">',
            f'<title id="chart-title">{escape(name)}运行流程图</title>',
            f'<desc id="chart-desc">依次为：{escape(told)}。</desc>',
            f'<rect width="{WIDTH}" height="{y + MARGIN}" fill="{PAPER}"/>',
            *body,
            "</svg>",
        ]
    )


def _box(y: int, height: int, lines: list[str], rounded: bool) -> Iterator[str]:
    radius = 18 if rounded else 3
    fill = FAINT if rounded else PAPER
    yield (
        f'<rect x="{MARGIN}" y="{y}" width="{BOX}" height="{height}" rx="{radius}" fill="{fill}" stroke="{INK}"'
        ' stroke-width="1.4"/>'
    )
    for number, words in enumerate(lines):
        size, weight = (15, ' font-weight="bold"') if number == 0 else (13, "")
        yield (
            f'<text x="{WIDTH // 2}" y="{y + 24 + LINE * number}" font-size="{size}" text-anchor="middle"{weight}>'
            f"{escape(words)}</text>"
        )


def _arrow(y: int) -> Iterator[str]:
    middle = WIDTH // 2
    yield f'<path d="M{middle} {y} V{y + GAP - 7}" stroke="{ARROW}" stroke-width="1.6"/>'
    yield f'<path d="M{middle - 5} {y + GAP - 8} h10 l-5 8 z" fill="{ARROW}"/>'


def _wrapped(words: str) -> list[str]:
    lines, line, width = [], "", 0
    for letter in words:
        wide = 2 if east_asian_width(letter) in "WF" else 1
        if width + wide > CHARS:
            lines.append(line)
            line, width = "", 0
        line, width = line + letter, width + wide
    return [*lines, line]
