"""Paging by keys: a page begins beside a row, not after so many rows, and costs the same at any depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from casework.models import Case


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the order of its tab: by due day (none comes last) or by the moment it ended."""

    value: str
    id: int

    def __str__(self) -> str:
        return f"{self.value}~{self.id}"


def place_of(text: str, tab: str) -> Place | None:
    """Read a place out of an address; None for anything that is none."""
    value, separator, number = text.rpartition("~")
    if not separator or not re.fullmatch(r"\d{1,18}", number):
        return None
    try:
        if value or tab == "ended":
            _value(value, tab)
    except ValueError:
        return None
    return Place(value, int(number))


class _Beyond(Func):
    """(day, id) > (day, id), as one comparison of rows: a boundary in an index, at any depth the same cost."""

    output_field = BooleanField()

    def __init__(self, sign: str, column: str, value: date | datetime, number: int) -> None:
        self.sign = sign
        super().__init__(F(column), F("id"), Value(value), Value(number))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> tuple[str, Any]:
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        left, left_id, right, right_id = (sql for sql, _ in parts)
        given = [parameter for _, parameters in parts for parameter in parameters]
        return f"(({left}, {left_id}) {self.sign} ({right}, {right_id}))", given


class Among(Func):
    """key = ANY (ARRAY(query)): other than IN (query), it can use the index beside other conditions."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def window(
    columns: Sequence[str], shares: list[QuerySet[Case]], tab: str, place: Place | None, backwards: bool, size: int
) -> QuerySet[Case, Any]:
    """`size` lines on one side of a place: of every share and every stretch of its index as many, asked together."""
    column = "ended_at" if tab == "ended" else "due_on"
    downwards = (tab == "ended") != backwards
    order = [f"-{column}", "-id"] if downwards else [column, "id"]
    found = [
        share.filter(stretch).order_by(*order).values_list(*columns)[:size]
        for share in shares
        for stretch in _stretches(tab, column, place, backwards, "<" if downwards else ">")
    ]
    if len(found) == 1:
        return found[0]
    # PostgreSQL puts the absence of a day last going up and first going down, as the index does.
    return found[0].union(*found[1:], all=True).order_by(*order)[:size]


def _stretches(tab: str, column: str, place: Place | None, backwards: bool, sign: str) -> list[Q]:
    """What lies on one side of a place: days beyond it, and the stretch of the index without a day."""
    if place is None:
        return [Q()]
    without_day = Q(**{f"{column}__isnull": True})
    if place.value:
        beyond = Q(_Beyond(sign, column, _value(place.value, tab), place.id))
        return [beyond] if tab == "ended" or backwards else [beyond, without_day]
    beside = without_day & Q(**{"id__lt" if backwards else "id__gt": place.id})
    return [beside, ~without_day] if backwards else [beside]


def _value(text: str, tab: str) -> date | datetime:
    return datetime.fromisoformat(text) if tab == "ended" else date.fromisoformat(text)
