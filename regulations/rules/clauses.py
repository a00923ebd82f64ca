"""Clauses of a document by their anchors: a3 is article three, a3p1i2 item two of its first paragraph. Pure."""

from __future__ import annotations

import re

from law.numerals import to_chinese

_LEVELS = re.compile(
    r"(?:x(?P<x>\d+))?(?:a(?P<a>\d+))?(?:b(?P<b>\d+))?(?:p(?P<p>\d+))?(?:i(?P<i>\d+))?(?:s(?P<s>\d+))?"
)


def clause_zh(anchor: str, label: str = "") -> str:
    """第三条第一款第（二）项 for a3p1i2; empty for the whole. label: how its text calls the article, where known."""
    found = _LEVELS.fullmatch(anchor)
    if not anchor or found is None:
        return ""
    number = {level: to_chinese(int(value)) for level, value in found.groupdict().items() if value}
    words = f"附件{number['x']}" if "x" in number else ""
    if label:
        words += label.rstrip("、")
    elif "a" in number:
        words += f"第{number['a']}条" + (f"之{number['b']}" if "b" in number else "")
    words += f"第{number['p']}款" if "p" in number else ""
    words += f"第（{number['i']}）项" if "i" in number else ""
    return words + (f"第{number['s']}目" if "s" in number else "")
