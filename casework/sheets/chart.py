"""The chart: states from top to bottom, the way forward on the right, the way back on the left. SVG without styles.

Every state has a number. A line leaves its box with the names of the steps and the number of the state it leads to;
all lines to one state share a lane. Only presentation attributes are used: they pass a strict Content-Security-Policy,
and browsers and WeasyPrint print them alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

from casework.procedure import BACK, NEW, SAME, Procedure, State, Step

BOX, HEIGHT, GAP, LINE, ENTRY = 184, 34, 18, 16, 14  # width and height of a box, space below, line of text, entry line
LANE, CHARS, LETTER = 9, 36, 6.2  # width of a lane, half-width characters in a line and the width of one
MARGIN, TOP, LEAST = 16, 56, 560
COLOURS = ("#1d70b8", "#00703c", "#d4351c", "#4c2c92", "#b58840", "#28a197", "#912b88", "#505a5f")
INK, PAPER, FAINT = "#0b0c0c", "#ffffff", "#f3f2f1"
FONT = "Noto Sans CJK SC, Source Han Sans SC, sans-serif"


@dataclass
class _Way:
    """All steps that lead from one state to another."""

    here: str
    there: str
    rows: list[Step]
    y: float = 0
    words: list[str] = field(default_factory=list)

    @property
    def by_the_law(self) -> bool:
        return all(row.by_the_law for row in self.rows)


@dataclass
class _Place:
    """A state in the picture."""

    state: State
    number: int
    y: float = 0
    height: float = HEIGHT
    forward: list[_Way] = field(default_factory=list)
    back: list[_Way] = field(default_factory=list)
    returns: list[Step] = field(default_factory=list)
    acts: int = 0

    @property
    def middle(self) -> float:
        return self.y + ENTRY + HEIGHT / 2


def chart(table: Procedure) -> str:
    """The procedure as an SVG picture, with a title and a description for those who cannot see it."""
    places = _places(table)
    order = {name: place.number for name, place in places.items()}
    _arrange(places, order)
    right = _lanes(places, [way for place in places.values() for way in place.forward])
    left = _lanes(places, [way for place in places.values() for way in place.back])
    before, after = _room(places, "back"), _room(places, "forward")
    x = MARGIN + (max(left.values(), default=-1) + 1) * LANE + before
    width = max(x + BOX + after + (max(right.values(), default=0) + 2) * LANE + MARGIN, LEAST)
    height = max(place.y + place.height for place in places.values()) + MARGIN
    body = [*_ways(places, right, x + BOX, after), *_ways(places, left, x, -before)]
    for place in places.values():
        body += _box(place, x)
        body += _returns(place, x)
    return "\n".join([*_head(table, width, height), *body, "</svg>"]) + "\n"


def _places(table: Procedure) -> dict[str, _Place]:
    """The states in the order of the table, before them the beginning."""
    states = [State(NEW, "发起"), *(place for place in table.states if place.name != NEW)]
    places = {place.name: _Place(place, number) for number, place in enumerate(states)}
    ways: dict[tuple[str, str], _Way] = {}
    for row in table.steps:
        for here in row.when:
            if row.to == BACK:
                places[here].returns.append(row)
            elif row.to in (SAME, here):
                places[here].acts += 1
            else:
                ways.setdefault((here, row.to), _Way(here, row.to, [])).rows.append(row)
    for way in ways.values():
        start, goal = places[way.here], places[way.there]
        (start.forward if goal.number > start.number else start.back).append(way)
    return places


def _arrange(places: dict[str, _Place], order: dict[str, int]) -> None:
    """Heights and heads: each way gets its own line beside the box, near targets first."""
    y: float = TOP
    for place in places.values():
        place.y = y
        place.forward.sort(key=lambda way: order[way.there])
        place.back.sort(key=lambda way: -order[way.there])
        for side in (place.forward, place.back):
            down = y + ENTRY
            for way in side:
                way.words = _wrapped("、".join(row.label for row in way.rows) + f" →{order[way.there]}")
                down += LINE * len(way.words) + 4
                way.y = down - 3
            place.height = max(place.height, down - y)
        lines = sum(len(_wrapped(f"{row.label} ↺")) for row in place.returns)
        below = sum(LINE * len(way.words) + 4 for way in place.back)
        place.height = max(place.height, ENTRY + HEIGHT + (14 if place.acts else 0), ENTRY + below + LINE * lines)
        y += place.height + GAP


def _lanes(places: dict[str, _Place], ways: Iterable[_Way]) -> dict[str, int]:
    """A lane for each state that is led to; lanes whose stretches do not touch are shared, short ones lie inside."""
    stretches: dict[str, list[float]] = {}
    for way in ways:
        stretches.setdefault(way.there, []).extend((way.y, places[way.there].y + ENTRY / 2))
    taken: list[list[tuple[float, float]]] = []
    lanes: dict[str, int] = {}
    for name, ends in sorted(stretches.items(), key=lambda item: max(item[1]) - min(item[1])):
        low, high = min(ends) - 6, max(ends) + 6
        free = (number for number, used in enumerate(taken) if all(high < a or b < low for a, b in used))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[name] = lane
    return lanes


def _room(places: dict[str, _Place], side: str) -> float:
    """What the names of the steps need on one side of the boxes."""
    lines = [line for place in places.values() for way in getattr(place, side) for line in way.words]
    if side == "back":
        lines += [line for place in places.values() for row in place.returns for line in _wrapped(f"{row.label} ↺")]
    return max((_width(line) * LETTER for line in lines), default=-24) + 24


def _ways(places: dict[str, _Place], lanes: dict[str, int], edge: float, room: float) -> Iterator[str]:
    """Lines on one side of the boxes (room < 0: the left): out below the words, along the lane, in above the target."""
    side = 1 if room > 0 else -1
    for place in places.values():
        for way in place.forward if side > 0 else place.back:
            target = places[way.there]
            colour = COLOURS[target.number % len(COLOURS)]
            lane = edge + room + side * (lanes[way.there] + 1) * LANE
            entry = target.y + ENTRY / 2
            dash = ' stroke-dasharray="4 3"' if way.by_the_law else ""
            head = target.y + ENTRY
            end = edge - side * 14
            line = (
                f"M{edge:g} {place.middle:g} L{edge + side * 8:g} {way.y:g} H{lane:g} V{entry:g} H{end:g} V{head - 5:g}"
            )
            yield f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="1.3" stroke-linejoin="round"{dash}/>'
            yield f'<path d="M{end - 4} {head - 7:g} h8 l-4 7 z" fill="{colour}"/>'
            anchor, at = ("start", edge + 14) if side > 0 else ("end", edge - 14)
            for index, line in enumerate(way.words):
                y = way.y - 4 - LINE * (len(way.words) - 1 - index)
                yield _text(at, y, line, 12, anchor)


def _box(place: _Place, x: float) -> Iterator[str]:
    state, top = place.state, place.y + ENTRY
    if state.name == NEW:
        yield f'<circle cx="{x + BOX / 2}" cy="{place.middle:g}" r="15" fill="{INK}"/>'
        yield f'<path d="M{x + BOX / 2} {place.middle:g} H{x + BOX}" stroke="{INK}" stroke-width="1.3"/>'
        yield _text(x + BOX / 2 - 22, place.middle + 5, "发起", 13, "end")
        return
    radius = 17 if state.final else 3
    fill = FAINT if state.final else PAPER
    frame = f'fill="{fill}" stroke="{INK}" stroke-width="{2.4 if state.final else 1.4}"'
    yield f'<rect x="{x:g}" y="{top:g}" width="{BOX}" height="{HEIGHT}" rx="{radius}" {frame}/>'
    size = 13 if _width(state.label) <= 22 else 10.5
    yield _text(x + BOX / 2, top + 22, f"{place.number} {state.label}", size, "middle", ' font-weight="bold"')
    if place.acts:
        yield _text(
            x + BOX / 2, top + HEIGHT + 13, f"本状态内另有{place.acts}项办理", 10.5, "middle", ' fill-opacity="0.75"'
        )


def _returns(place: _Place, x: float) -> Iterator[str]:
    """Steps that lead back to where a detour began stand on the left, without a line."""
    y = place.y + ENTRY + sum(LINE * len(way.words) + 4 for way in place.back)
    for row in place.returns:
        for line in _wrapped(f"{row.label} ↺"):
            y += LINE
            yield _text(x - 14, y - 4, line, 12, "end")


def _head(table: Procedure, width: float, height: float) -> Iterator[str]:
    moves = sum(row.moves for row in table.steps)
    name = table.code.replace(".", "-")
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-labelledby="{name}-title {name}-desc"'
        f' font-family="{FONT}" fill="{INK}">'
    )
    yield f'<title id="{name}-title">{escape(table.title)}流程图</title>'
    yield f'<desc id="{name}-desc">{escape(_described(table, moves))}</desc>'
    yield f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
    yield _text(MARGIN, 26, f"{table.title}流程图", 18, "start", ' font-weight="bold"')
    legend = "圆角粗框：终结状态　虚线：依法自动发生　→数字：到达的状态　↺：回到中断前的状态"
    yield _text(MARGIN, 44, legend, 11, "start")


def _described(table: Procedure, moves: int) -> str:
    states = "、".join(place.label for place in table.states if place.name != NEW)
    return f"{table.title}共有{len(table.states)}个状态、{moves}项使案件进入下一状态的步骤。状态依次为：{states}。"


def _text(x: float, y: float, words: str, size: float, anchor: str, more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="{anchor}"{more}>{escape(words)}</text>'


def _width(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _wrapped(words: str) -> list[str]:
    """Lines of at most CHARS half-width characters, broken after 、 where possible."""
    lines, line = [], ""
    for part in words.replace("、", "、\n").split("\n"):
        if line and _width(line + part) > CHARS:
            lines.append(line)
            line = ""
        for letter in part:
            if _width(line + letter) > CHARS:
                lines.append(line)
                line = ""
            line += letter
    return [*lines, line]
