"""Tables to take away: CSV that every office program opens, XLSX, and PDF to print. The queue is one of them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.timezone import localdate

from casework.printing import listing
from casework.queries.queue import Row

SOURCE = "东城区法治政府门户"
FORMULA = tuple("=+-@\t\r")  # what a spreadsheet program takes for the beginning of one
NO_TAB = re.compile(r"[\[\]:*?/\\']")  # what the tab of a spreadsheet cannot be called by
TAB = 31  # signs of it

Cell = str | int | Decimal | date | None


class Column(NamedTuple):
    """A heading and its width in signs; `aligned` is how cells stand: left, centre, or right for numbers."""

    title: str
    width: int
    aligned: str = "left"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is taken away: a title, columns, lines of cells, the day, and what is said below. Decimals are money."""

    title: str
    columns: Sequence[Column]
    cells: Sequence[Sequence[Cell]]
    today: date
    note: str = ""
    name: str = "queue"  # in the plain name of the file


QUEUE = (
    Column("案号", 24),
    Column("事项", 36),
    Column("申请人", 30),
    Column("承办单位", 18),
    Column("承办人", 12, "centre"),
    Column("环节", 18),
    Column("办理期限", 14, "centre"),
    Column("期限状态", 18),
    Column("办结日期", 14, "centre"),
)


def queue_sheet(title: str, rows: Sequence[Row], today: date, filtered: bool) -> Sheet:
    """A tab of the queue; `filtered` where only some of its cases were chosen."""
    note = "仅列出符合筛选条件的案件。" if filtered else ""
    return Sheet(title, QUEUE, [_cells(row) for row in rows], today, note)


class Format(NamedTuple):
    """A kind of file, and how many lines one file takes."""

    extension: str
    content_type: str
    most: int
    write: Callable[[Sheet], bytes]


def sheet_response(sheet: Sheet, kind: Format) -> HttpResponse:
    """The file as an attachment under a Chinese name. Raises RenderFailed where a PDF could not be made."""
    response = HttpResponse(kind.write(sheet), content_type=kind.content_type)
    name = quote(f"{sheet.title}{sheet.today:%Y%m%d}")
    response["Content-Disposition"] = (
        f"attachment; filename={sheet.name}-{sheet.today:%Y%m%d}.{kind.extension}; "
        f"filename*=UTF-8''{name}.{kind.extension}"
    )
    return response


def _cells(row: Row) -> tuple[Cell, ...]:
    ended = localdate(row.ended_at) if row.ended_at else None
    handler = row.handler or "未分派"
    return (row.number, row.title, row.applicant, row.organ, handler, row.state, row.due_on, row.lamp.words, ended)


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell)


def _inert(cell: Cell) -> str:
    """Text that begins like a formula is text all the same."""
    text = _text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def _csv(sheet: Sheet) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow([column.title for column in sheet.columns])
    writer.writerows([_inert(cell) for cell in row] for row in sheet.cells)
    # Spreadsheet programs know UTF-8 by its mark.
    return made.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "constant_memory": False, "strings_to_formulas": False})
    page = book.add_worksheet(NO_TAB.sub(" ", sheet.title)[:TAB])
    page.freeze_panes(1, 0)
    heading = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.title, heading)
    for number, row in enumerate(sheet.cells, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | Decimal):
                page.write_number(number, place, cell, money if isinstance(cell, Decimal) else plain)
            else:
                page.write_string(number, place, _text(cell), plain)
    book.close()
    return made.getvalue()


def _pdf(sheet: Sheet) -> bytes:
    columns = [listing.Column(column.title, column.width, centred=column.aligned != "left") for column in sheet.columns]
    cells = [[f"{cell:,.2f}" if isinstance(cell, Decimal) else _text(cell) for cell in row] for row in sheet.cells]
    return listing.render_listing(
        listing.Listing(sheet.title, columns, cells, sheet.today, SOURCE, sheet.note, landscape=True)
    )


FORMATS = {
    "csv": Format("csv", "text/csv; charset=utf-8", 10_000, _csv),
    "xlsx": Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 10_000, _xlsx),
    "pdf": Format("pdf", "application/pdf", listing.MOST_ROWS, _pdf),
}
