"""Clauses of a document by their anchors: a3 is article three, a3p1i2 item two of its first paragraph. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from law.numerals import to_chinese

_LEVELS = re.compile(
    r"(?:x(?P<x>\d+))?(?:a(?P<a>\d+))?(?:b(?P<b>\d+))?(?:p(?P<p>\d+))?(?:i(?P<i>\d+))?(?:s(?P<s>\d+))?"
)
# Behind a name: otherwise a part of that clause is meant.
_NOTHING_MORE = "(?![款项目之]|第[一二三四五六七八九十百\\d]{1,4}[款项目])"


_ARTICLE = re.compile(r"(?:x\d+)?(?:a\d+)?(?:b\d+)?")


def article_of(anchor: str) -> str:
    """The anchor of the article that a clause belongs to: a3 for a3p1i2; x1 in an annex that has no articles."""
    found = _ARTICLE.match(anchor)
    return found[0] if found else ""


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


def named_in(words: str, offered: Mapping[str, str]) -> list[str]:
    """The anchors of the clauses that somebody's words name. offered: what each is called, up to its colon.

    Of 第二条第一款 only the paragraph is meant, not the article: the longest name at a place counts.
    """
    by_name = {said.partition("：")[0]: anchor for anchor, said in offered.items()}
    alike = {re.sub("[（）()]", "", name): anchor for name, anchor in by_name.items()}
    plain = re.sub(r"[（）()\s]", "", words)
    longest_first = "|".join(re.escape(name) for name in sorted(alike, key=len, reverse=True))
    found = re.findall(f"(?:{longest_first}){_NOTHING_MORE}", plain) if alike else []
    return list(dict.fromkeys(alike[name] for name in found))
