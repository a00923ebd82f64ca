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
from datetime import datetime, time
from typing import IO
from xml.etree.ElementTree import ParseError

from casework.inspection import archives
from casework.inspection.kinds import MEGABYTE, FileRefused
from law.reading import Unreadable

MOST_BYTES = 25 * MEGABYTE
MOST_LINES, MOST_COLUMNS, MOST_SIGNS = 5000, 60, 20_000
MOST_ROWS, MOST_WIDTH = 10_000, 1000  # the empty ones among them
_FORMULA = re.compile(r"[=@]|[+-](?![\d ()-]*$)")
_MARKED = re.compile(r"'[=+@-]")  # how this house writes text that begins like a formula
_WORKED_OUT = ("f", "e")  # cells with a formula, or with what became of one
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
        cells = [cell.replace("\x00", "").strip() for cell in row]
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
            if len(row) > MOST_WIDTH:
                raise Unreadable(f"“{name}”第{number}行超过{MOST_COLUMNS}列")
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
    from openpyxl import load_workbook  # loaded when somebody hands over a workbook, not with every web process

    try:
        entries = archives.directory(stream, name)
        if archives.kind_of(entries) != "xlsx":
            raise Unreadable(f"“{name}”不是Excel工作簿（.xlsx）")
        archives.check_entries(entries, "xlsx", name)
        page = load_workbook(stream, read_only=True, keep_links=False).worksheets[0]
        page.reset_dimensions()  # what a file says of its size need not be true
        for number, row in enumerate(page.iter_rows(), 1):
            if number > MOST_ROWS:
                raise Unreadable(f"“{name}”超过{MOST_ROWS}行，请删去空行或者拆分后再上传")
            if len(row) > MOST_WIDTH:
                raise Unreadable(f"“{name}”第{number}行超过{MOST_COLUMNS}列")
            formulas = {place for place, cell in enumerate(row) if cell.data_type in _WORKED_OUT}
            yield number, [_said(cell.value) for cell in row], formulas
    except FileRefused as refusal:
        raise Unreadable(str(refusal)) from refusal
    except (zipfile.BadZipFile, ParseError, LookupError, ValueError, TypeError, EOFError, OSError) as error:
        raise Unreadable(f"“{name}”不能打开，请重新保存后再上传") from error


def _said(value: object) -> str:
    """A cell as somebody typed it: 12345, not 12345.0; 2026-03-01, not the midnight of it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)
