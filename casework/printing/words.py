"""Numbers, amounts and titles as they stand on official papers. Pure."""

from decimal import ROUND_HALF_UP, Decimal

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
LARGEST = Decimal("999999999999.99")


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
    """A title of size 2 type broken into lines of about equal length, never inside 《》 or before a mark.

    `most`: characters that a line can hold. Breaks come after 的, 关于 and the like where that leaves even lines.
    """
    if width(title) <= most:
        return [title]
    count = -(-int(width(title)) // most)
    lines, rest = [], title
    while count > 1:
        ideal = round(len(rest) / count)
        cut = min(_breaks(rest, most), key=lambda place: abs(place - ideal) - (2 if rest[place - 1] in "的（、" else 0))
        lines.append(rest[:cut])
        rest, count = rest[cut:], count - 1
    return [*lines, rest]


def _breaks(text: str, most: int) -> list[int]:
    places, depth = [], 0
    for place, character in enumerate(text[:most], start=1):
        depth += (character in "《（〔") - (character in "》）〕")
        following = text[place] if place < len(text) else ""
        glued = following in "》）〕、，的" or (character + following).isascii() or character in "《（〔"
        if not depth and following and not glued:
            places.append(place)
    return places or [min(most, len(text) - 1)]
