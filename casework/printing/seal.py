"""The round red seal of an organ, drawn from its legal name.

A circle, a five-pointed star and the name along the upper edge (国发〔1999〕25号 for form and type); a special seal
carries its purpose in a line under the star. Never the national emblem, which belongs to the seals of governments
themselves. The characters are drawn as outlines, so the picture needs no type face and is not read as text.
"""

import base64
import math
from functools import lru_cache

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from casework.printing import fonts

RED = "#d7000f"
SIZE = 420  # of the drawing; printed 42 mm wide
RING, RIM = 205.0, 9.0
EDGE = 191.0  # to which the heads of the characters of the name reach
STAR = 62.0
LARGEST = 52.0  # type size
ARC, ARC_SPECIAL = 264.0, 222.0  # degrees that a name may take


@lru_cache(maxsize=1)
def _face() -> tuple[TTFont, dict[int, str]]:
    path = fonts.face("FandolSong-Bold")
    font = TTFont(path, lazy=True) if path else _noto()
    return font, font.getBestCmap()


@lru_cache(maxsize=1)
def _noto() -> TTFont:
    return TTFont(fonts.NOTO_SONG, fontNumber=fonts.NOTO_SONG_SC, lazy=True)


def _glyph(character: str, size: float, matrix: tuple[float, float, float, float, float, float]) -> str:
    """Outline of a character of `size`, its centre line at x = 0 and its base line at y = 0, then transformed."""
    font, characters = _face()
    if ord(character) not in characters:
        font, characters = _noto(), _noto().getBestCmap()
    name = characters.get(ord(character))
    if name is None:
        return ""
    scale = size / font["head"].unitsPerEm
    pen = SVGPathPen(font.getGlyphSet(), ntos=lambda value: f"{value:.1f}".rstrip("0").rstrip("."))
    a, b, c, d, x, y = matrix
    half, base = font["hmtx"][name][0] / 2, 0.12 * font["head"].unitsPerEm
    placed = TransformPen(pen, (a, b, c, d, x, y))
    font.getGlyphSet()[name].draw(TransformPen(placed, (scale, 0, 0, -scale, -half * scale, -base * scale)))
    return pen.getCommands()


def _round(name: str, arc: float) -> str:
    """The name along the upper edge, feet to the centre."""
    step = min(arc / max(len(name) - 1, 1), 25.0)
    width = math.radians(step) * 1.15  # of a character, for each unit of the radius on which it stands
    size = min(LARGEST, EDGE * width / (1 + width))
    radius = EDGE - size
    paths = []
    for place, character in enumerate(name):
        angle = math.radians((place - (len(name) - 1) / 2) * step)
        sin, cos = math.sin(angle), math.cos(angle)
        narrow = min(1.0, step / 25.0 + 0.25)
        matrix = (cos * narrow, sin * narrow, -sin, cos, radius * sin, -radius * cos)
        paths.append(_glyph(character, size, matrix))
    return "".join(paths)


def _line(words: str, y: float, size: float, most: float) -> str:
    """Words on a straight line centred on the seal."""
    size = min(size, most / max(len(words), 1))
    first = -(len(words) - 1) / 2 * size
    return "".join(
        _glyph(character, size, (1, 0, 0, 1, first + place * size, y)) for place, character in enumerate(words)
    )


def _star(radius: float) -> str:
    inner = radius * math.sin(math.radians(18)) / math.sin(math.radians(54))
    points = []
    for corner in range(10):
        angle, length = math.radians(36 * corner - 90), inner if corner % 2 else radius
        points.append(f"{length * math.cos(angle):.1f},{length * math.sin(angle):.1f}")
    return " ".join(points)


@lru_cache(maxsize=256)
def svg(organ: str, line: str = "", demo: bool = False) -> str:
    """The seal as SVG. `line`: purpose of a special seal; `demo` adds 示例."""
    inscription = (_line(line, 126.0, 36.0, 212.0) if line else "") + (_line("示例", 166.0, 26.0, 80.0) if demo else "")
    name, half = _round(organ, ARC_SPECIAL if line else ARC), SIZE / 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-half} {-half} {SIZE} {SIZE}">'
        f'<circle r="{RING - RIM / 2}" fill="none" stroke="{RED}" stroke-width="{RIM}"/>'
        f'<polygon points="{_star(STAR)}" fill="{RED}"/><path d="{name}{inscription}" fill="{RED}"/></svg>'
    )


def svg_data_uri(organ: str, line: str = "", demo: bool = False) -> str:
    """The seal as an image for `src`."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg(organ, line, demo).encode()).decode()
