"""One line of a file of normative documents, read and checked. Pure.

The fields are those of the open data of the State Council's gazette: index_number, title, issuer, document_number,
published, text; `subject`, `effective_from`, `valid_until` and `source` may stand besides.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulations.rules.names import SUBJECTS, kind_of, normal_number

NEEDED = {"title": "名称", "issuer": "制定机关", "document_number": "文号", "published": "公布日期", "text": "正文"}
LENGTHS = {"title": 200, "issuer": 200, "document_number": 60, "index_number": 60, "source": 300}
MOST_SIGNS = 2_000_000
_BLANKS = re.compile(r"[\s　]+")


class Unusable(ValueError):
    """Why a line cannot be taken, in words for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a line says of a document."""

    title: str
    issuer: str
    number: str
    published_on: date
    text: str
    index_number: str = ""
    subject: str = ""
    source: str = ""
    effective_from: date | None = None
    valid_until: date | None = None

    @property
    def kind(self) -> str:
        return "order" if "令第" in self.number else kind_of(self.title)

    @property
    def trial(self) -> bool:
        return bool(re.search("试行|暂行", self.title))


def read_line(raw: bytes) -> Line:
    """Read one line of JSON. Raises Unusable."""
    try:
        given = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unusable("不是UTF-8编码的文本") from error
    except (ValueError, RecursionError) as error:
        raise Unusable("不是有效的JSON") from error
    if not isinstance(given, dict):
        raise Unusable("不是一个JSON对象")
    told = {name: _words(given, name) for name in (*NEEDED, "index_number", "subject", "source")}
    missing = [label for name, label in NEEDED.items() if not told[name].strip()]
    if missing:
        raise Unusable(f"缺少{'、'.join(missing)}")
    number = normal_number(told["document_number"])
    title = _BLANKS.sub("", told["title"])
    begins, until = _day(given, "effective_from"), _day(given, "valid_until")
    if begins and until and until < begins:
        raise Unusable("有效期截止早于施行日期")
    if len(told["text"]) > MOST_SIGNS:
        raise Unusable(f"正文超过{MOST_SIGNS}字")
    for name, most in LENGTHS.items():
        if len(told[name].strip()) > most:
            raise Unusable(f"{NEEDED.get(name, name)}超过{most}字")
    return Line(
        title=title,
        issuer=told["issuer"].strip(),
        number=number,
        published_on=_day(given, "published") or _missing("published"),
        text=told["text"],
        index_number=told["index_number"].strip(),
        subject=_subject(told["subject"].strip()),
        source=told["source"].strip(),
        effective_from=begins,
        valid_until=until,
    )


def _words(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unusable(f"{NEEDED.get(name, name)}不是文字")
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Unusable(f"{NEEDED.get(name, name)}含有不能保存的字符")
    return value


def _day(given: dict[str, Any], name: str) -> date | None:
    value = _words(given, name).strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Unusable(f"{NEEDED.get(name, name)}不是日期：{value[:40]}") from error


def _missing(name: str) -> date:
    raise Unusable(f"缺少{NEEDED[name]}")


def _subject(words: str) -> str:
    by_label = {label: code for code, label in SUBJECTS.items()}
    if words and words not in SUBJECTS and words not in by_label:
        raise Unusable(f"没有这一主题：{words[:40]}")
    return by_label.get(words, words)
