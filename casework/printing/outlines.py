"""Long outlines in pictures are drawn once, inside WeasyPrint.

A seal is thousands of points, and reading them takes longer than the rest of the paper. What a path came to is kept for
each of them as it goes into the file: the same bytes as without. Works on WeasyPrint's drawing of SVG; a test compares.
"""

from typing import Any

from weasyprint import svg
from weasyprint.svg.path import path as draw

LONG = 10_000  # characters: seals and borders, not the codes that differ on each paper
MOST = 32  # outlines kept

_drawn: dict[str, tuple[list[Any], list[Any]]] = {}


def install() -> None:
    """From now on this process remembers the outlines that it has drawn."""
    svg.TAGS["path"] = path


def path(picture: Any, node: Any, font_size: Any) -> None:
    """Draw a path, or put down again what it came to the last time."""
    outline = node.get("d", "")
    if len(outline) < LONG:
        draw(picture, node, font_size)
        return
    marks = picture.stream.stream
    if outline not in _drawn:
        before = len(marks)
        draw(picture, node, font_size)
        if len(_drawn) >= MOST:
            _drawn.pop(next(iter(_drawn)))
        _drawn[outline] = marks[before:], list(node.vertices)
        return
    drawn, vertices = _drawn[outline]
    marks.extend(drawn)
    node.vertices.extend(vertices)
