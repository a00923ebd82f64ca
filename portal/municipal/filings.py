"""What the city does with the documents that the district files: it looks whether a package is whole, and answers.

A receipt, or what is missing, leaves by itself, in the transaction in which the filing was kept. What a reviewer finds
later is told on command.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import sqlite3
from datetime import datetime
from typing import Any

from exchange.rules.letters import Letter
from portal.municipal.book import Book

FILING, REPORT, ANSWER = "document_filing", "document_filing_report", "document_filing_answer"
OFFICE = "北京市司法局（模拟）"
# What a package consists of (北京市行政规范性文件备案规定 5).
MATERIALS = ("正式文本和电子文本", "起草说明", "依据对照表", "合法性审核意见", "集体讨论纪要")


def missing(body: dict[str, Any], also: tuple[str, ...] = ()) -> list[str]:
    """What a package lacks, and which of its files are not what it says. `also`: what is wanted besides; a supplement
    that names it in its answer has it."""
    given = {one["material"]: one for one in body["materials"]}
    lacking = [name for name in MATERIALS if name not in given]
    lacking += [f"{name}（电子文件与所报摘要不符）" for name, one in given.items() if not _true(one)]
    if not body["document"]["text"].strip():
        lacking.append("电子文本")
    return lacking + [name for name in also if name not in body.get("answer", "")]


def _true(material: dict[str, Any]) -> bool:
    try:
        data = base64.b64decode(material["content"], validate=True)
    except binascii.Error:
        return False
    return len(data) == material["size"] and hashlib.sha256(data).hexdigest() == material["sha256"]


class Filings:
    """The register of what the district filed. `wanted` is what the city wants besides the usual."""

    def __init__(self, book: Book, ends: tuple[str, str]) -> None:
        self.book, self.ends = book, ends
        self.wanted: tuple[str, ...] = ()

    def arrived(self, letter: Letter, at: datetime) -> None:
        """Look at a message of a filing and answer. One that comes after a later one of its case says nothing new."""
        if letter.kind not in (FILING, REPORT):
            return
        with self.book.writing() as book:
            known = book.execute("SELECT sequence FROM filing WHERE number = ?", [letter.stream]).fetchone()
            if known and known[0] > letter.sequence:
                return
            if letter.kind == FILING:
                self._register(book, letter, at)
            elif known:
                _note(book, letter.stream, letter.sequence, str(letter.body["step"]))

    def _register(self, book: sqlite3.Connection, letter: Letter, at: datetime) -> None:
        document, case = letter.body["document"], letter.stream
        book.execute(
            "INSERT INTO filing VALUES (?, ?, ?, ?, 'received', NULL) ON CONFLICT (number) DO NOTHING",
            [case, document["title"], document["number"], letter.sequence],
        )
        _note(book, case, letter.sequence, "received")
        if lacking := missing(dict(letter.body), self.wanted):
            self.answer({"case": case, "outcome": "incomplete", "missing": "\n".join(lacking)}, at)
        else:
            self.answer({"case": case, "outcome": "registered"}, at)

    def answer(self, said: dict[str, Any], at: datetime) -> None:
        """Tell the district what becomes of a filing. KeyError for one that never came."""
        case, outcome = said["case"], said["outcome"]
        with self.book.writing() as book:
            kept = book.execute("SELECT registered FROM filing WHERE number = ?", [case]).fetchone()
            if kept is None:
                raise KeyError(case)
            number = kept[0]
            if outcome == "registered" and number is None:
                number = book.execute("SELECT coalesce(max(registered), 0) + 1 FROM filing").fetchone()[0]
            book.execute("UPDATE filing SET state = ?, registered = ? WHERE number = ?", [outcome, number, case])
            told = {"office": OFFICE, "at": at.isoformat(timespec="seconds"), **said}
            if number is not None:
                told.setdefault("number", f"京规备〔{at.year}〕{number}号")
            self.book.write(ANSWER, case, told, at, self.ends)

    def standing(self) -> dict[str, dict[str, Any]]:
        """Every filing by the number of its case."""
        rows = self.book.read("SELECT number, title, document, state, registered FROM filing")
        return {row[0]: dict(zip(("title", "document", "state", "registered"), row[1:], strict=True)) for row in rows}


def _note(book: sqlite3.Connection, case: str, sequence: int, state: str) -> None:
    book.execute("UPDATE filing SET sequence = ?, state = ? WHERE number = ?", [sequence, state, case])
