"""Tables that people hand over: what is read of them, and in which words they are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from casework import tables
from casework.tables import MOST_COLUMNS, MOST_LINES, MOST_ROWS, MOST_SIGNS, Table, read
from law.reading import Unreadable


def csv(text: str, encoding: str = "utf-8") -> Table:
    return read(io.BytesIO(text.encode(encoding)), "清单.csv")


def workbook(*rows: list[Any]) -> io.BytesIO:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("清单")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.add_worksheet("其他").write_row(0, 0, ["别的"])
    book.close()
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_way_in_which_office_programs_write_csv_is_read(encoding: str) -> None:
    table = csv('编码,说明\r\n\r\nA-1,"第一行，\n第二行"\r\n', encoding)
    assert table.headings == ("编码", "说明")
    assert [(line.number, dict(line.cells)) for line in table.lines] == [
        (3, {"编码": "A-1", "说明": "第一行，\n第二行"})
    ]


def test_tabs_part_cells_where_there_are_no_commas() -> None:
    assert csv("编码\t说明\nA\t甲,乙\n").lines[0].cells == {"编码": "A", "说明": "甲,乙"}


def test_the_first_sheet_is_read_with_numbers_as_they_were_typed_and_rows_as_they_are_numbered() -> None:
    table = read(workbook(["编码", "电话", "说明"], [], ["A-1", 12345.0, "多\n行"], ["A-2", 1.5]), "清单.xlsx")
    assert [(line.number, list(line.cells.values())) for line in table.lines] == [
        (3, ["A-1", "12345", "多\n行"]),
        (4, ["A-2", "1.5", ""]),
    ]


def test_days_of_a_workbook_are_days() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page, style = book.add_worksheet("清单"), book.add_format({"num_format": "yyyy/m/d"})
    page.write_row(0, 0, ["生效日期", "成立"])
    page.write_datetime(1, 0, datetime(2026, 3, 1), style)
    page.write_boolean(1, 1, True)
    book.close()
    assert list(read(made, "清单.xlsx").lines[0].cells.values()) == ["2026-03-01", "True"]


def far(row: int, column: int) -> bytes:
    """A workbook with its headings and one cell far away."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet("清单")
    page.write(0, 0, "编码")
    page.write(row, column, "A")
    book.close()
    return made.getvalue()


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+2", "=HYPERLINK(1)"])
def test_what_a_spreadsheet_program_would_work_out_is_marked(cell: str) -> None:
    assert csv(f'编码,说明\nA,"{cell}"\n').lines[0].formulas == ("说明",)


@pytest.mark.parametrize("cell", ["-", "+86 10 12345", "-1", "无"])
def test_what_only_looks_like_it_is_text(cell: str) -> None:
    assert csv(f"编码,说明\nA,{cell}\n").lines[0].formulas == ()


def test_formulas_of_a_workbook_are_marked_whatever_they_came_to() -> None:
    assert read(workbook(["编码", "说明"], ["A", "=1+1"]), "清单.xlsx").lines[0].formulas == ("说明",)


def test_the_mark_before_text_that_begins_like_a_formula_is_taken_off_again() -> None:
    line = csv("编码,说明\nA,'=1+1\n").lines[0]
    assert (line.cells["说明"], line.formulas) == ("=1+1", ())


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a hundred megabytes of blanks."""
    made = io.BytesIO()
    with zipfile.ZipFile(workbook(["编码"])) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            blank = b" " * 100_000_000 if entry.filename == "xl/worksheets/sheet1.xml" else old.read(entry)
            new.writestr(entry.filename, blank)
    return made.getvalue()


def entities() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(workbook(["编码"])) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE a [<!ENTITY b "c">]>' + text.partition(b"?>")[2]
            new.writestr(entry.filename, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"  \n", "空文件"),
        (b"PK\x03\x04 torn", "不能打开"),
        (workbook(["编码"]).getvalue()[:-40], "不能打开"),
        (b"\xff\xfe\x00", "编码不能识别"),
        (b"a,b\n\x00,1\n", "编码不能识别"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "编码不能识别"),
        (b"a,b\n1,2,3\n", "第2行比标题行多出1列"),
        (b'a,b\n"x,1\n2,3\n', "不是有效的CSV"),
        (b"a,b,a\n", "标题重复：a"),
        (("a\n" + "1\n" * (MOST_LINES + 1)).encode(), f"超过{MOST_LINES}行"),
        ((",".join(map(str, range(MOST_COLUMNS + 1)))).encode(), f"超过{MOST_COLUMNS}列"),
        (f"a\n{'字' * (MOST_SIGNS + 1)}\n".encode(), f"第2行“a”超过{MOST_SIGNS}个字"),
        (b"a\n" + b"1" * tables.MOST_BYTES, f"超过{tables.MOST_BYTES // 1024 // 1024} MB"),
        (bomb(), "过大"),
        (entities(), "不能打开"),
        (far(1_000_000, 0), f"超过{MOST_ROWS}行"),
        (far(1, 3), "第2行比标题行多出3列"),
        (far(1, 100), f"第2行超过{MOST_COLUMNS}列"),
        (far(1, 16_000), f"第2行超过{MOST_COLUMNS}列"),
        (workbook(*[["a"]] * (MOST_LINES + 2)).getvalue(), f"超过{MOST_LINES}行"),
    ],
)
def test_a_wrong_file_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read(io.BytesIO(content), "清单.xlsx")
