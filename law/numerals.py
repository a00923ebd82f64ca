"""Chinese numerals as statutes write them: 一 … 九百九十九, 〇 and 两 included.

Pure. Articles, paragraphs and items are numbered this way; a text never goes beyond a few thousand.
"""

DIGITS = {
    "〇": 0,
    "○": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
CHARACTERS = "".join(DIGITS) + "".join(UNITS)
_NAMES = "零一二三四五六七八九"


def to_int(numeral: str) -> int:
    """Value of a Chinese or Arabic numeral: 一百二十三, 十, 二〇一九, 42.

    Raises ValueError for anything else.
    """
    numeral = numeral.strip()
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if not numeral or any(c not in DIGITS and c not in UNITS for c in numeral):
        raise ValueError(f"not a Chinese numeral: {numeral!r}")
    if len(numeral) > 1 and not any(c in UNITS for c in numeral):
        return int("".join(str(DIGITS[c]) for c in numeral))
    total = digit = 0
    for character in numeral:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def to_chinese(number: int) -> str:
    """How a statute writes a number from 0 to 9999: 12 is 十二, 105 is 一百零五.

    Raises ValueError outside of that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"no numeral for {number}")
    if number < 10:
        return _NAMES[number]
    written, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if pending_zero else "") + _NAMES[digit] + name
            pending_zero = False
        elif written:
            pending_zero = True
    return written.removeprefix("一") if 10 <= number < 20 else written
