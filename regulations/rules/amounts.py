"""Amounts and times as a clause writes them: 五百元以上五千元以下, 不得超过三十日, 百分之五. Pure.

Each is an interval of one kind: money in yuan, shares as a fraction of one, multiples, times in days. A month counts
thirty days and a year 365, since only sizes are compared; working days count as days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from law.numerals import CHARACTERS, to_int

MONEY, SHARE, MULTIPLE, TIME = "money", "share", "multiple", "time"
KINDS = {MONEY: "金额", SHARE: "比例", MULTIPLE: "倍数", TIME: "时间"}
ENDLESS = Decimal("Infinity")
NEAR = Decimal("0.02")  # twelve months are a year, though 360 days are not 365

_DIGITS = rf"(?:\d[\d,]*(?:\.\d+)?|[{CHARACTERS}]+)"
_COUNT = rf"(?:{_DIGITS}万(?:{_DIGITS}(?=元))?|{_DIGITS})"
_DAYS = {"工作日": 1, "自然日": 1, "日": 1, "天": 1, "星期": 7, "周": 7, "月": 30, "年": 365}
_TIME = r"(?:个?(?:小时|工作日|自然日|星期)|日|天|周(?![岁年边期])|个月|年(?![\d月度级龄代第初末底]|人均))"
_UNIT = rf"(?:元|倍|%|％|‰|{_TIME})"
_UP = "以上|及以上|起"
_DOWN = "以下|及以下|以内|之内|内|为限"
_LEAST = "提前|不得?少于|不得?低于|不得?短于|至少|最低|最少|最短"
_MOST = "不得?超过|不得?高于|不得?多于|不得?长于|至多|最高|最多|最长"
_BEFORE = rf"(?P<least>{_LEAST})|(?P<most>(?:最长|最高|最多)?(?:{_MOST}))"
_PARTS = rf"百分之{_DIGITS}(?:点{_DIGITS})?|千分之{_DIGITS}|万分之{_DIGITS}"
_ONE = rf"(?:{_PARTS}|{_COUNT}\s?{_UNIT})"
_QUANTITY = re.compile(
    rf"(?<![第月\d{CHARACTERS}])(?:{_BEFORE})?\s?"
    rf"(?:(?P<from>{_PARTS}|{_COUNT}\s?{_UNIT}?)(?:以上|至|到|[-—～~－])(?P<to>{_ONE})(?:以下|以内|之内)?"
    rf"|(?P<one>{_ONE})(?P<after>{_UP}|{_DOWN}|之?前(?!款|条|述|项))?)"
)
_SPLIT = re.compile(rf"(?P<count>{_COUNT})\s?(?P<unit>{_UNIT})?")
_OF_PARTS = re.compile(rf"(?P<of>[百千万])分之(?P<count>{_DIGITS})(?:点(?P<point>{_DIGITS}))?")
_YEAR = re.compile("(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4}")


@dataclass(frozen=True, slots=True)
class Amount:
    """What a clause allows: from `low` to `high`, both included. `start` and `end` are where it is written."""

    kind: str
    low: Decimal
    high: Decimal
    words: str
    start: int
    end: int

    @property
    def a_limit(self) -> bool:
        """A time within which something is to be done."""
        return self.kind == TIME and self.low == 0

    def within(self, other: Amount) -> bool:
        """Whether nothing that it allows lies outside of what the other allows."""
        low_kept = self.low >= other.low * (1 - NEAR)
        return self.kind == other.kind and low_kept and self.high <= other.high * (1 + NEAR)


def amounts(text: str) -> Iterator[Amount]:
    """Every amount in a text in its order; days of the calendar (3月15日, 2026年) and numbers of articles are none."""
    for match in _QUANTITY.finditer(text):
        if match["one"]:
            found = _read(match["one"])
            low, high = _bounds(match, found[1]) if found else (Decimal(0), Decimal(0))
        else:
            found, begins = _read(match["to"]), _read(match["from"], _unit_of(match["to"]))
            if found and begins and begins[0] == found[0]:
                low, high = begins[1], found[1]
            else:
                continue
        if found:
            yield Amount(found[0], low, high, match[0].strip(), match.start(), match.end())


def _bounds(match: re.Match[str], value: Decimal) -> tuple[Decimal, Decimal]:
    after = match["after"] or ""
    if match["least"] or (after and (after in _UP.split("|") or after.endswith("前"))):
        return value, ENDLESS
    if match["most"] or after in _DOWN.split("|"):
        return Decimal(0), value
    return value, value


def _unit_of(words: str) -> str:
    split = _SPLIT.fullmatch(words)
    return (split["unit"] or "") if split else ""


def _read(words: str, unit: str = "") -> tuple[str, Decimal] | None:
    """Kind and size of one amount; `unit` is that of the amount behind it, for 一万以上五万元以下."""
    try:
        if parts := _OF_PARTS.fullmatch(words):
            whole = Decimal(to_int(parts["count"]) if not parts["count"].isdigit() else parts["count"])
            if parts["point"]:
                whole += Decimal(to_int(parts["point"])) / 10 ** len(parts["point"])
            return SHARE, whole / {"百": 100, "千": 1000, "万": 10000}[parts["of"]]
        split = _SPLIT.fullmatch(words)
        if split is None:
            return None
        unit = split["unit"] or unit
        if unit.startswith("年") and _YEAR.fullmatch(split["count"]):
            return None
        value = _number(split["count"])
    except (ValueError, InvalidOperation):
        return None
    if unit == "元":
        return MONEY, value
    if unit == "倍":
        return MULTIPLE, value
    if unit in ("%", "％", "‰"):
        return SHARE, value / (1000 if unit == "‰" else 100)
    name = unit.removeprefix("个")
    if name == "小时":
        return TIME, value / 24
    if name not in _DAYS:
        return None
    return TIME, value * _DAYS[name]


def _number(words: str) -> Decimal:
    whole, many, rest = words.partition("万")
    return _plain(whole) * 10_000 + (_plain(rest) if rest else 0) if many else _plain(words)


def _plain(words: str) -> Decimal:
    return Decimal(words.replace(",", "")) if words[0].isdigit() and words[0].isascii() else Decimal(to_int(words))
