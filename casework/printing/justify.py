"""Both edges of Chinese text flush, inside WeasyPrint.

WeasyPrint justifies a line by widening its spaces; Chinese has none, so a line from which a comma was carried over
would end one character short. Here the missing width is spread evenly over the characters of the line instead, at
most three characters' worth (more would look torn) unless text-align-last asks for it. Works on WeasyPrint's line
boxes; the tests measure the result, so a new version that changes them is noticed.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout, line_size

MOST = 3  # characters of width to spread over one line


def install() -> None:
    """From now on every justified line of this process is spread over its characters."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Widen the characters of a line by `extra_width` (CSS pixels) altogether."""
    characters = _characters(line)
    wished = line.style["text_align_last"] == "justify"
    if characters > 1 and (wished or extra_width <= MOST * line.style["font_size"]):
        _spread(context, line, extra_width / characters, 0.0)


def _characters(box: Any) -> int:
    if isinstance(box, boxes.TextBox):
        return len(box.text)
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        return sum(_characters(child) for child in box.children)
    return 0


def _spread(context: Any, box: Any, spacing: float, shift: float) -> float:
    """Widen a box and move it by the width gained before it; returns the width gained up to its end."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        if not box.text:
            return shift
        style = box.style.copy()
        own = style["letter_spacing"]
        style["letter_spacing"] = spacing + (0 if own == "normal" else own)
        box.style = style
        layout = create_layout(box.text, style, context, None, 0)
        width, _ = line_size(layout.get_first_line()[0], style)
        layout.deactivate()
        box.pango_layout = layout
        gained, box.width = width - box.width, width
        return shift + gained
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _spread(context, child, spacing, shift)
        box.width += shift - before
        return shift
    box.translate(shift, 0)
    return shift
