"""The ornamental border of a certificate: rules, a woven band of waves between them, rosettes in the corners."""

import base64
import math
from functools import lru_cache

WIDTH, HEIGHT = 277.0, 190.0  # millimetres
BAND = 7.0  # between the outer and the inner rule
GOLD, RED = "#b8924a", "#8c1515"
STRANDS = 3


def _wave(x: float, y: float, length: float, upright: bool, phase: float) -> str:
    """One strand along the band, a sine of whole periods from corner to corner."""
    periods = round(length / 9.0)
    steps = periods * 12
    points = []
    for step in range(steps + 1):
        along, off = length * step / steps, 2.1 * math.sin(2 * math.pi * periods * step / steps + phase)
        points.append(f"{x + off:.2f},{y + along:.2f}" if upright else f"{x + along:.2f},{y + off:.2f}")
    return f"M{' '.join(points)}"


def _rosette(x: float, y: float) -> str:
    petals = []
    for turn in range(6):
        petals.append(f'<ellipse cx="{x}" cy="{y}" rx="3.2" ry="1.25" transform="rotate({turn * 30} {x} {y})"/>')
    return "".join(petals) + f'<circle cx="{x}" cy="{y}" r="0.9" fill="{RED}" stroke="none"/>'


@lru_cache(maxsize=1)
def svg_data_uri() -> str:
    """The border as an image for `src`, in landscape A4 less ten millimetres all round."""
    near, inner = BAND / 2, BAND
    # One path: the printing process remembers what it came to (`outlines`).
    strands = " ".join(
        _wave(inner, near, WIDTH - 2 * inner, False, phase)
        + _wave(inner, HEIGHT - near, WIDTH - 2 * inner, False, phase)
        + _wave(near, inner, HEIGHT - 2 * inner, True, phase)
        + _wave(WIDTH - near, inner, HEIGHT - 2 * inner, True, phase)
        for phase in (2 * math.pi * strand / STRANDS for strand in range(STRANDS))
    )
    corners = "".join(_rosette(x, y) for x in (near, WIDTH - near) for y in (near, HEIGHT - near))
    rules = (
        f'<rect x="0.4" y="0.4" width="{WIDTH - 0.8}" height="{HEIGHT - 0.8}" stroke="{RED}" stroke-width="0.8"/>'
        f'<rect x="{BAND}" y="{BAND}" width="{WIDTH - 2 * BAND}" height="{HEIGHT - 2 * BAND}" stroke="{RED}"'
        f' stroke-width="0.35"/><rect x="{BAND + 1.2}" y="{BAND + 1.2}" width="{WIDTH - 2 * BAND - 2.4}"'
        f' height="{HEIGHT - 2 * BAND - 2.4}" stroke="{GOLD}" stroke-width="0.25"/>'
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><g fill="none" stroke="{GOLD}"'
        f' stroke-width="0.22"><path d="{strands}"/>{corners}{rules}</g></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
