"""Tables that people hand over, CSV or XLSX: each cell as text under its heading, or one line that says why not. Pure.

A formula is not worked out, and what a spreadsheet program would take for one is marked: whoever reads the table tells
the person. The bounds are those of a list that somebody looks through, not of a data base.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import IO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from casework.inspection import archives
from casework.inspection.kinds import MEGABYTE, FileRefused
from law.reading import Unreadable

MOST_BYTES = 5 * MEGABYTE
MOST_LINES, MOST_COLUMNS, MOST_SIGNS = 1000, 60, 20_000
_FORMULA = re.compile(r"[=@]|[+-](?![\d ()-]*$)")
_MARKED = re.compile(r"'[=+@-]")  # how this house writes text that begins like a formula
_ERROR, _WORKED_OUT = "e", "f"
Row = list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `number` is what a spreadsheet program shows beside it; `formulas` are the headings over such cells."""

    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[str, ...]
    lines: list[Line]


def read(stream: IO[bytes], name: str) -> Table:
    """The first sheet of a workbook, or a CSV file in UTF-8, UTF-16 or GB18030. Raises Unreadable."""
    stream.seek(0)
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"“{name}”超过{MOST_BYTES // MEGABYTE} MB，请拆分后再上传")
    if not raw.strip():
        raise Unreadable(f"“{name}”是空文件，请重新选择")
    rows = _workbook(io.BytesIO(raw), name) if raw.startswith(b"PK\x03\x04") else _csv(raw, name)
    return _table(rows, name)


def _table(rows: Iterator[tuple[int, Row, set[int]]], name: str) -> Table:
    headings: tuple[str, ...] = ()
    lines: list[Line] = []
    for number, row, formulas in rows:
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells and not formulas:
            continue
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(f"“{name}”第{number}行超过{MOST_COLUMNS}列")
        if not headings:
            headings = tuple(cells)
            continue
        if len(cells) > len(headings):
            raise Unreadable(f"“{name}”第{number}行比标题行多出{len(cells) - len(headings)}列，请检查逗号和引号")
        if len(lines) == MOST_LINES:
            raise Unreadable(f"“{name}”超过{MOST_LINES}行，请拆分后再上传")
        given = dict(zip(headings, cells + [""] * len(headings), strict=False))
        if too_long := [heading for heading, cell in given.items() if len(cell) > MOST_SIGNS]:
            raise Unreadable(f"“{name}”第{number}行“{too_long[0]}”超过{MOST_SIGNS}个字")
        lines.append(Line(number, given, tuple(headings[place] for place in sorted(formulas) if place < len(headings))))
    if not headings:
        raise Unreadable(f"“{name}”没有标题行")
    if repeated := [each for place, each in enumerate(headings) if each and each in headings[:place]]:
        raise Unreadable(f"“{name}”的标题重复：{'、'.join(dict.fromkeys(repeated))}")
    return Table(headings, lines)


def _csv(raw: bytes, name: str) -> Iterator[tuple[int, Row, set[int]]]:
    text = _decoded(raw, name)
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ",", strict=True
    )
    try:
        for number, row in enumerate(reader, 1):
            formulas = {place for place, cell in enumerate(row) if _FORMULA.match(cell.strip())}
            yield number, [cell[1:] if _MARKED.match(cell) else cell for cell in row], formulas
    except csv.Error as error:
        raise Unreadable(f"“{name}”第{reader.line_num}行起不是有效的CSV") from error


def _decoded(raw: bytes, name: str) -> str:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(f"“{name}”不是文本文件，或者编码不能识别，请另存为“CSV UTF-8”或者Excel工作簿（.xlsx）")


def _workbook(stream: IO[bytes], name: str) -> Iterator[tuple[int, Row, set[int]]]:
    try:
        entries = archives.directory(stream, name)
        if archives.kind_of(entries) != "xlsx":
            raise Unreadable(f"“{name}”不是Excel工作簿（.xlsx）")
        archives.check_entries(entries, "xlsx", name)
        with zipfile.ZipFile(stream) as archive:
            strings = _Strings()
            if "xl/sharedStrings.xml" in archive.namelist():
                _parse(archive, "xl/sharedStrings.xml", strings, name)
            page = _Page(strings.found, name)
            _parse(archive, _first_sheet(archive, name), page, name)
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from refusal
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, EOFError, OSError) as error:
        raise Unreadable(f"“{name}”不能打开，请重新保存后再上传") from error
    yield from page.rows


def _first_sheet(archive: zipfile.ZipFile, name: str) -> str:
    book, relations = _Elements("sheet"), _Elements("Relationship")
    _parse(archive, "xl/workbook.xml", book, name)
    _parse(archive, "xl/_rels/workbook.xml.rels", relations, name)
    wanted = next(value for key, value in book.found[0].items() if key.rpartition(":")[2] == "id" and ":" in key)
    target = next(one["Target"] for one in relations.found if one["Id"] == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _parse(archive: zipfile.ZipFile, path: str, handler: ContentHandler, name: str) -> None:
    """Read one description: no document type, no entities, never more than is bounded."""
    from defusedxml import DefusedXmlException, sax

    try:
        with archive.open(path) as part:
            sax.parse(part, handler, forbid_dtd=True)
    except (DefusedXmlException, SAXException) as error:
        raise Unreadable(f"“{name}”不能打开，请重新保存后再上传") from error


class _Elements(ContentHandler):
    """The attributes of every element of a name."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag, self.found = tag, list[dict[str, str]]()

    def startElement(self, tag: str, attributes: AttributesImpl) -> None:
        if tag.rpartition(":")[2] == self.tag:
            self.found.append(dict(attributes.items()))


class _Strings(ContentHandler):
    """The texts that cells share, without how they are to be pronounced."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []
        self.inside = self.spoken = False

    def startElement(self, tag: str, attributes: AttributesImpl) -> None:
        local = tag.rpartition(":")[2]
        if local == "si":
            self.text = []
        self.spoken = self.spoken or local == "rPh"
        self.inside = local == "t" and not self.spoken

    def characters(self, content: str) -> None:
        if self.inside:
            self.text.append(content)

    def endElement(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        self.inside = False
        if local == "rPh":
            self.spoken = False
        elif local == "si":
            self.found.append("".join(self.text))


class _Page(ContentHandler):
    """The rows of a sheet; cells that are left out are empty."""

    def __init__(self, strings: list[str], name: str) -> None:
        super().__init__()
        self.strings, self.name = strings, name
        self.rows: list[tuple[int, Row, set[int]]] = []
        self.number = 0
        self.row: Row = []
        self.formulas: set[int] = set()
        self.kind = self.inside = ""
        self.value: list[str] = []

    def startElement(self, tag: str, attributes: AttributesImpl) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            self.number = int(attributes.get("r") or self.number + 1)
            self.row, self.formulas = [], set()
        elif local == "c":
            place = _column(attributes.get("r", "")) if attributes.get("r") else len(self.row)
            if place >= MOST_COLUMNS:
                raise Unreadable(f"“{self.name}”第{self.number}行超过{MOST_COLUMNS}列")
            self.row += [""] * (place - len(self.row))
            self.kind, self.value = attributes.get("t", "n"), []
            if self.kind == _ERROR:
                self.formulas.add(place)
        elif local == _WORKED_OUT:
            self.formulas.add(len(self.row))
        self.inside = local if local in ("v", "t") else ""

    def characters(self, content: str) -> None:
        if self.inside:
            self.value.append(content)

    def endElement(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        self.inside = ""
        if local == "c":
            self.row.append(self._said("".join(self.value)))
        elif local == "row" and (any(self.row) or self.formulas):
            if len(self.rows) > MOST_LINES:
                raise Unreadable(f"“{self.name}”超过{MOST_LINES}行，请拆分后再上传")
            self.rows.append((self.number, self.row, self.formulas))

    def _said(self, value: str) -> str:
        if self.kind == "s":
            return self.strings[int(value)] if value else ""
        return _number(value) if self.kind == "n" else value


def _column(reference: str) -> int:
    """B12 is the second column, which is 1."""
    place = 0
    for sign in reference.rstrip("0123456789"):
        place = place * 26 + ord(sign) - ord("A") + 1
    return place - 1


def _number(value: str) -> str:
    """A number as somebody typed it: 12345, not 12345.0 or 1.2345E4."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return str(int(number)) if number.is_finite() and abs(number) < 10**18 and number == int(number) else value
