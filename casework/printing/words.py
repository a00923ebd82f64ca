"""Numbers, amounts and titles as they stand on official papers. Pure."""

import itertools
from decimal import ROUND_HALF_UP, Decimal

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
LARGEST = Decimal("999999999999.99")
EXTRA_LINE, INSIDE, GOOD, NEVER = 30.0, 15.0, 8.0, 1000.0  # badness of breaks in a title


def amount_in_capitals(amount: Decimal | int | str) -> str:
    """An amount in yuan in capital figures, as on payment papers: 1230.5 is 壹仟贰佰叁拾元伍角整.

    Rounded to the fen. Raises ValueError below zero and from a trillion upward.
    """
    value = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not 0 <= value <= LARGEST:
        raise ValueError(f"no capital figures for {amount}")
    yuan, fen = divmod(int(value * 100), 100)
    jiao, fen = divmod(fen, 10)
    written = f"{_integer(yuan)}元" if yuan or not (jiao or fen) else ""
    if jiao:
        written += f"{CAPITALS[jiao]}角"
    elif fen and yuan:
        written += "零"
    return written + (f"{CAPITALS[fen]}分" if fen else "整")


def _integer(number: int) -> str:
    if number == 0:
        return "零"
    written, gap = "", False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, unit)
        if section:
            written += ("零" if written and (gap or section < 1000) else "") + _section(section) + name
            gap = section % 10 == 0
        elif written:
            gap = True
    return written


def _section(number: int) -> str:
    written, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + CAPITALS[digit] + name
            gap = False
        else:
            gap = True
    return written


def amount(value: Decimal | int | str) -> str:
    """An amount in digits: 1234.5 is 1,234.50元; whole yuan carry no decimals."""
    exact = Decimal(value)
    return f"{exact:,.0f}元" if exact == exact.to_integral_value() else f"{exact:,.2f}元"


def width(text: str) -> float:
    """How wide a text is in characters: digits and Latin letters count as half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def signature_place(name: str, day: str, line: float = 28.0) -> tuple[float, float]:
    """Where name and date of a sealed paper stand: (width of the block, its distance from the right), in characters.

    The date ends four characters from the right and the name is centred over it (GB/T 9704-2012 7.3.5.1); a name too
    long for that moves both to the left, so that it still ends within the text area.
    """
    name_width, day_width = min(width(name), line), width(day)
    centre = max(4 + day_width / 2, name_width / 2)
    block = max(name_width, day_width)
    return block, max(0.0, centre - block / 2)


def title_lines(title: str, most: int = 20) -> list[str]:
    """A title of size 2 type broken by sense into even lines of at most `most` characters.

    A break inside 《》 or brackets, or one more line than needed, is taken only if the lines come out better for it.
    """
    fewest = max(1, -int(-width(title) // most))
    chosen = min((_broken(title, most, count, fewest) for count in (fewest, fewest + 1)), key=lambda each: each[0])
    return chosen[1]


def _broken(title: str, most: int, count: int, fewest: int) -> tuple[float, list[str]]:
    """The best way to break a title into `count` lines, with its badness."""
    even = width(title) / count
    best: dict[tuple[int, int], tuple[float, list[str]]] = {(0, 0): (EXTRA_LINE * (count - fewest), [])}
    for line in range(count):
        for start, end in itertools.combinations(range(len(title) + 1), 2):
            if (line, start) not in best or (end == len(title)) != (line == count - 1):
                continue
            piece = title[start:end]
            if width(piece) > most and len(piece) > 1:
                continue
            badness, lines = best[line, start]
            badness += (width(piece) - even) ** 2 / 2 + (_break_badness(title, end) if end < len(title) else 0)
            if (line + 1, end) not in best or badness < best[line + 1, end][0]:
                best[line + 1, end] = badness, [*lines, piece]
    return best.get((count, len(title)), (float("inf"), [title]))


def _break_badness(title: str, place: int) -> float:
    before, after = title[place - 1], title[place]
    if after in "》）〕、，的" or before in "《（〔" or (before + after).isascii():
        return NEVER
    depth = sum((each in "《（〔") - (each in "》）〕") for each in title[:place])
    return INSIDE * depth - (GOOD if after in "《（" or before in "于》、，的" else 0)
