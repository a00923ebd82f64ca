"""The drawing of a run, as SVG: the work list of everybody, and each goal's interval beside its line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from bench.goals import MISSED, STRETCH, Finding

WIDTH, LEFT, RIGHT = 960, 330, 80
ROW = 22
INK, PALE, OURS, FINE, BAD = "#0b0c0c", "#b1b4b6", "#1d70b8", "#00703c", "#d4351c"
FAR = 4.0  # a figure that is so many times better or worse than its line stands at the edge


def drawing(bars: dict[str, tuple[float, ...]], findings: Sequence[Finding]) -> str:
    """A whole SVG file. Colours keep their order in grey, and words say what they say."""
    parts: list[str] = []
    top = 30
    if bars:
        parts += [_title(top, "Work list: CPU for each request in ms (logarithmic; shorter is better)")]
        parts += _bars({name: cpu for name, (_, _, cpu) in bars.items()}, top + 14)
        top += 14 + ROW * len(bars) + 46
    parts.append(_title(top, "Goals: right of the line is met, ★ reaches the stretch; the bar is the 95 % interval"))
    parts += _goals(findings, top + 18)
    height = top + 18 + ROW * len(findings) + 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}" role="img">\n'
        f'<title>Results of the bench</title>\n<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _title(y: int, words: str) -> str:
    return f'<text x="12" y="{y}" font-size="14" font-weight="bold">{escape(words)}</text>'


def _bars(values: dict[str, float], top: int) -> Iterator[str]:
    least = 10 ** math.floor(math.log10(min(values.values())))
    most = max(values.values())
    span = math.log10(most / least)
    for row, (name, value) in enumerate(sorted(values.items(), key=lambda item: -item[1])):
        y = top + ROW * row
        long = (WIDTH - LEFT - RIGHT) * math.log10(value / least) / span
        yield f'<text x="{LEFT - 8}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
        ink = OURS if name == "ours" else PALE
        yield f'<rect x="{LEFT}" y="{y + 4}" width="{max(long, 1):.1f}" height="{ROW - 8}" fill="{ink}"/>'
        yield f'<text x="{LEFT + long + 6:.1f}" y="{y + 15}">{value:.3g}</text>'


def _goals(findings: Sequence[Finding], top: int) -> Iterator[str]:
    middle, half = (LEFT + WIDTH - RIGHT) / 2, (WIDTH - LEFT - RIGHT) / 2
    bottom = top + ROW * len(findings)
    for times in (1 / FAR, 1 / 2, 1, 2, FAR):
        x = middle + half * math.log(times) / math.log(FAR)
        ink = f'stroke="{INK}" stroke-width="1.5"' if times == 1 else f'stroke="{PALE}" stroke-dasharray="2 3"'
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}" {ink}/>'
        words = "must" if times == 1 else f"{times:g} times as good" if times > 1 else f"1/{1 / times:g} of it"
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" font-size="11">{words}</text>'
    for row, finding in enumerate(findings):
        y = top + ROW * row + ROW / 2
        low, at, high = (middle + half * _place(finding, value) for value in finding.value)
        ink = BAD if finding.verdict == MISSED else FINE
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{escape(finding.goal.short)}</text>'
        yield f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="{ink}" stroke-width="5"/>'
        inner = "#fff" if finding.verdict == MISSED else ink
        yield f'<circle cx="{at:.1f}" cy="{y}" r="4.5" fill="{inner}" stroke="{ink}" stroke-width="2"/>'
        words = "★" if finding.verdict == STRETCH else "missed" if finding.verdict == MISSED else ""
        yield f'<text x="{WIDTH - 8}" y="{y + 4}" text-anchor="end" fill="{ink}">{words}</text>'


def _place(finding: Finding, value: float) -> float:
    """−1 to 1: how many times as good as the line, on a logarithmic scale that ends at FAR."""
    goal = finding.goal
    times = goal.must / max(value, 1e-9) if goal.most else max(value, 1e-9) / goal.must
    return max(-1.0, min(1.0, math.log(times) / math.log(FAR)))
