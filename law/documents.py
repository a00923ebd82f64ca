"""Reads a normative document as an organ publishes it: plain lines, numbered 第一条 or 一、（一）1. Pure.

Such a text begins with its title and number, an addressee and words of introduction; it ends with the name of the organ
and a day (the closing), after which a text that it hands on or annexes may follow. Nothing is dropped and no sign but
blanks is changed: labels and contents in their order are the lines that came in.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date

from law.numerals import CHARACTERS, to_int
from law.statute import LEVELS, Body, Node, Statute, stated_day

KIND = "normative_document"
N = f"[{CHARACTERS}]+"
_ARTICLE = re.compile(rf"(第({N})条(?:之({N}))?)[\s　]+(.*)")
_HEADING = re.compile(rf"(第{N}(编|分编|章|节))[\s　]+([^。；]{{1,40}})")
_LISTED = re.compile(rf"(({N})、)[\s　]*(.*)")
_ITEM = re.compile(rf"([（(]({N})[）)])[\s　]*(.*)")
_SUBITEM = re.compile(r"((\d{1,3})[.．、])[\s　]*(.*)")
_ANNEX = re.compile(rf"附[\s　]*[件录表图][\s　]*(?:{N}|\d+)?[\s　]*[.．：:]?")
_ANNEX_NAMED = re.compile(rf"附[\s　]*[件录表图][\s　]*(?:{N}|\d+)?[\s　]*[.．：:].+")
_DAY = re.compile(rf"(\d{{4}}|[{CHARACTERS}]{{4}})年(\d{{1,2}}|{N})月(\d{{1,2}}|{N})日")
_BRACKETED = re.compile(r"[（(][^（）()]{1,40}[）)]")
_SIGNED = re.compile(r"[^。；：:，,？！]{2,60}")
_SIGNATURES = 12
_TITLE_LINES = 2  # of a text that is handed on or annexed


def read_document(
    body: str,
    *,
    title: str,
    issuer: str,
    number: str,
    published_on: date,
    version_on: date | None = None,
    effective_from: date | None = None,
) -> Statute:
    """Read one document. effective_from: the day that its organ states; else the closing words say it, else it applies
    from the day of publication, before which nothing applies. Never fails; doubts are in `problems`."""
    lines = [line for raw in body.splitlines() if (line := raw.strip())]
    statute = Statute(title=title, kind=KIND, issuer=issuer, number=number, promulgated_on=published_on)
    statute.adopted_on = signed_day(lines)
    statute.version_on = version_on or published_on
    if statute.version_on != published_on:
        statute.revised_on = statute.version_on
    statute.digest = hashlib.sha256(f"{issuer}\n{number}\n{statute.version_on}\n{body}".encode()).hexdigest()
    DocumentBody(statute).read_lines(lines)
    first = max(published_on, statute.version_on)
    stated = effective_from or stated_day(statute.nodes)
    statute.effective_from = max(stated or first, first)
    statute.effective_basis = "公布之日" if stated is None or stated < first else "文件载明"
    return statute


def signed_day(lines: list[str]) -> date | None:
    """The day below the name of the organ: the first line that is a day and nothing else."""
    for line in lines:
        if (found := _DAY.fullmatch(line)) is None:
            continue
        try:
            return date(to_int(found[1]), to_int(found[2]), to_int(found[3]))
        except ValueError:
            continue
    return None


def closing_lines(lines: list[str]) -> set[int]:
    """The places of the lines that close a text: names of organs, the day below them, remarks in brackets."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        if not _DAY.fullmatch(line):
            continue
        above = place - 1
        while above >= 0 and place - above <= _SIGNATURES and _signs(lines[above]):
            above -= 1
        if above == place - 1:
            continue  # a day alone closes nothing
        below = place + 1
        while below < len(lines) and _BRACKETED.fullmatch(lines[below]):
            below += 1
        found.update(range(above + 1, below))
    return found


def opening_lines(lines: list[str], title: str, number: str) -> int:
    """How many lines the title and the number take at the head of a text; 0 where it begins otherwise."""
    wanted, got, count = _bare(title), "", 0
    while count < len(lines) and wanted.startswith(got + _bare(lines[count])) and got != wanted:
        got += _bare(lines[count])
        count += 1
    if got != wanted:
        return 0
    return count + (count < len(lines) and _bare(lines[count]) == _bare(number))


def _bare(words: str) -> str:
    return re.sub(r"[\s　]+", "", words)


def _signs(line: str) -> bool:
    numbered = any(pattern.fullmatch(line) for pattern in (_ARTICLE, _LISTED, _ITEM, _SUBITEM, _HEADING, _DAY, _ANNEX))
    return not numbered and not _BRACKETED.fullmatch(line) and bool(_SIGNED.fullmatch(line))


class DocumentBody(Body):
    """Places every line of a document. The labels stay as they were written."""

    def __init__(self, statute: Statute) -> None:
        super().__init__(statute)
        self.closed = False
        self.titles = 0  # lines that may still be the title of what begins here

    def read_lines(self, lines: list[str]) -> None:
        opening = opening_lines(lines, self.statute.title, self.statute.number)
        self.listed = not any(_ARTICLE.fullmatch(line) for line in lines)
        closing = closing_lines(lines)
        headed = {place for place, line in enumerate(lines) if _ANNEX.fullmatch(line)}
        for place, line in enumerate(lines):
            if place < opening or place in closing:
                kind = "opening" if place < opening else "closing"
                self.statute.nodes.append(Node(kind, "", line, annex=self.annex))
                self.closed = kind == "closing"
                continue
            if self.closed:
                self._after_the_closing(line)
            named = bool(_ANNEX_NAMED.fullmatch(line)) and not any(later > place for later in headed)
            if place in headed or (named and not any(later > place for later in closing)):
                self._annex(line)
                self.titles = _TITLE_LINES
            elif self.titles and _signs(line):
                self.statute.nodes.append(Node("opening", "", line, annex=self.annex))
                self.titles -= 1
            else:
                self.titles = 0
                self._put(line)
        if not any(node.kind == "article" for node in self.statute.nodes):
            self.statute.problems.append("正文没有条文编号，只作为段落收录")

    def _after_the_closing(self, line: str) -> None:
        """What follows the closing belongs to no article of what was closed."""
        self.closed, self.titles = False, _TITLE_LINES
        numbered = any(node.kind == "article" for node in self.statute.nodes)
        if numbered and not _ANNEX.fullmatch(line) and not _ANNEX_NAMED.fullmatch(line):
            self._annex("")
        elif not numbered:
            self.article = self.bis = self.item = self.subitem = 0

    def _put(self, line: str) -> None:
        if match := _HEADING.fullmatch(line):
            self.statute.nodes.append(Node(LEVELS[match[2]], match[1], match[3], annex=self.annex))
        elif match := _ARTICLE.fullmatch(line):
            self._numbered(to_int(match[2]), to_int(match[3]) if match[3] else 0, match[1], match[4], line)
        elif self.listed and (match := _LISTED.fullmatch(line)):
            self._numbered(to_int(match[2]), 0, match[1], match[3], line)
        elif match := _ITEM.fullmatch(line):
            self._item_or_paragraph(to_int(match[2]), match[1], match[3], line)
        elif self.item and (match := _SUBITEM.fullmatch(line)) and int(match[2]) > self.subitem:
            self.subitem = int(match[2])
            self._add("subitem", match[1], match[3])
        else:
            self._paragraph(line)

    def _numbered(self, number: int, bis: int, label: str, content: str, line: str) -> None:
        if number == 1 and not bis and self.article:
            self._annex("")  # a text that begins again from the first is another one
            self.statute.problems.append("编号重新从第一开始，其后作为附件收录")
        if (number, bis) <= (self.article, self.bis):
            self.statute.problems.append(f"{label}编号重复或者倒退，作为段落收录")
            self._paragraph(line)
            return
        if (number, bis) not in ((self.article + 1, 0), (self.article, self.bis + 1)):
            self.statute.problems.append(f"{label}编号不连续")
        self.article, self.bis = number, bis
        self.paragraph = self.item = self.subitem = 0
        self._add("article", label, "")
        self._paragraph(content)

    def _item_or_paragraph(self, number: int, label: str, content: str, line: str) -> None:
        if not self.paragraph:
            self._paragraph("")
        if number <= self.item:
            self.statute.problems.append(f"{self._where()}{label}编号重复或者倒退，作为段落收录")
            self._paragraph(line)
            return
        self.item, self.subitem = number, 0
        self._add("item", label, content)

    def _where(self) -> str:
        labels = [node.label for node in self.statute.nodes if node.kind == "article"]
        return labels[-1] if labels else ""
