"""The figures of a year: making, reviews, validity, clean-ups, proposals to review, filing with the congress."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.views.sheets import FORMATS, Column, Sheet, sheet_response
from regulations.queries import statistics
from regulations.queries.statistics import Table
from regulations.views.filing import FIRST_YEAR, counted


def _days(year: int) -> tuple[date, date, date]:
    return date(year, 1, 1), date(year, 12, 31), timezone.localdate()


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All tables of a year. One query for each."""
    year, organs = counted(request)
    tables = [(code, table, _lines(table, year, organs)) for code, table in statistics.TABLES.items()]
    context = {
        "year": year, "years": range(timezone.localdate().year, FIRST_YEAR - 1, -1), "tables": tables,
        "kinds": list(FORMATS), "own": organs is not None,
    }  # fmt: skip
    return render(request, "regulations/statistics.html", context)


def _lines(table: Table, year: int, organs: frozenset[int] | None) -> list[tuple[str, list[tuple[str, int]]]]:
    """Each organ with its figures, each under what it counts."""
    labels = [label for label, _ in table.figures]
    return [
        (name, list(zip(labels, numbers, strict=True)))
        for name, numbers in statistics.rows(table, *_days(year), organs)
    ]


@require_safe
def figures_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One of them to take away."""
    year, organs = counted(request)
    table = statistics.TABLES.get(code)
    if table is None:
        raise Http404
    columns = [Column("机关", 30), *(Column(label, max(10, 2 * len(label) + 2), "right") for label, _ in table.figures)]
    cells: list[list[str | int]] = [[name, *numbers] for name, numbers in statistics.rows(table, *_days(year), organs)]
    title = f"{year}年规范性文件{table.title}情况"
    made = Sheet(title, columns, cells, timezone.localdate(), table.note, name=f"documents-{code}-{year}")
    return sheet_response(made, FORMATS[kind])
