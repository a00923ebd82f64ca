"""The queue as a table to take away: CSV that every office program opens, and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from casework.queries.queue import Row

MOST_ROWS = 10_000
HEADINGS = ("案号", "事项", "申请人", "承办单位", "承办人", "环节", "办理期限", "期限状态", "办结日期")
WIDTHS = (24, 36, 30, 18, 12, 18, 14, 18, 14)


def sheet_response(rows: Sequence[Row], kind: tuple[str, str, Callable], name: str, today: date) -> HttpResponse:
    """The file as an attachment under a Chinese name."""
    extension, content_type, write = kind
    response = HttpResponse(write([_cells(row) for row in rows]), content_type=content_type)
    response["Content-Disposition"] = (
        f"attachment; filename=queue-{today:%Y%m%d}.{extension}; filename*=UTF-8''{quote(name)}.{extension}"
    )
    return response


def _cells(row: Row) -> tuple[str, ...]:
    ended = f"{row.ended_at:%Y-%m-%d}" if row.ended_at else ""
    due = f"{row.due_on:%Y-%m-%d}" if row.due_on else ""
    handler = row.handler or "未分派"
    return (row.number, row.title, row.applicant, row.organ, handler, row.state, due, row.lamp.words, ended)


def _inert(text: str) -> str:
    """Text that begins like a formula is text all the same."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(HEADINGS)
    writer.writerows([_inert(text) for text in row] for row in rows)
    # Spreadsheet programs know UTF-8 by its mark.
    return made.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[tuple[str, ...]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": False, "strings_to_formulas": False})
    page = book.add_worksheet("案件")
    page.freeze_panes(1, 0)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.write_row(0, 0, HEADINGS, book.add_format({"bold": True, "bottom": 1}))
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            page.write_string(number, column, text)
    book.close()
    return made.getvalue()


FORMATS: dict[str, tuple[str, str, Callable[[Iterable[tuple[str, ...]]], bytes]]] = {
    "csv": ("csv", "text/csv; charset=utf-8", _csv),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
