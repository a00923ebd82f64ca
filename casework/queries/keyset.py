"""Paging by keys: a page begins beside a row, not after so many rows, and costs the same at any depth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from accounts.prepared import A_DAY, A_MOMENT, A_USER, AN_ID, filled
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


class Beyond(Func):
    """(day, id) > (day, id), as one comparison of rows: a boundary in an index, at any depth the same cost."""

    output_field = BooleanField()

    def __init__(self, sign: str, **place: Any) -> None:
        self.sign = sign
        super().__init__(*map(F, place), *map(Value, place.values()))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> tuple[str, Any]:
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        words = [sql for sql, _ in parts]
        given = [parameter for _, parameters in parts for parameter in parameters]
        half = len(words) // 2
        return f"(({', '.join(words[:half])}) {self.sign} ({', '.join(words[half:])}))", given


Statement = tuple[str, tuple[Any, ...]]

# The names of a page's rows are looked up for the rows of the page alone.
_LINES = """
SELECT c.id, c.code, c.number, c.title, c.applicant_name, o.short_name, h.display_name, c.procedure, c.version,
       c.state, c.due_on, c.promised_on, c.ended_at, c.act_count
FROM ({found}) k JOIN casework_case c ON c.id = k.id JOIN accounts_organisation o ON o.id = c.organ_id
LEFT JOIN accounts_user h ON h.id = c.handler_id
ORDER BY c.{order}, c.id {way} LIMIT {size}
"""


def window(parts: list[QuerySet[Case]], tab: str, dated: bool | None, backwards: bool, size: int) -> Statement:
    """`size` lines on one side of a place: of every part and every stretch of its index as many, asked together.

    `dated` says what place: None for none, beside a row with a day, or beside one without. `put` puts it in.
    """
    column = "ended_at" if tab == "ended" else "due_on"
    downwards = (tab == "ended") != backwards
    order = [f"-{column}", "-id"] if downwards else [column, "id"]
    found = [
        part.filter(stretch).order_by(*order).values_list("id", column)[:size]
        for part in parts
        for stretch in _stretches(column, dated, backwards, "<" if downwards else ">")
    ]
    # PostgreSQL puts the absence of a day last going up and first going down, as the index does.
    chosen = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    sql, parameters = chosen.query.sql_with_params()
    way = "DESC" if downwards else "ASC"
    order_by = f"{column} {way}"
    return _LINES.format(found=sql, order=order_by, way=way, size=size), parameters


def put(statement: Statement, user: int, place: Place | None = None, tab: str = "") -> Statement:
    """A statement that was written for `A_USER`, for one person and, if it is that of a `window`, one place."""
    values: dict[Any, Any] = {A_USER: user}
    if place:
        value = _value(place.value, tab) if place.value else None
        values |= {A_DAY: value, A_MOMENT: value, AN_ID: place.id}
    sql, parameters = statement
    return sql, filled(parameters, values)


def _stretches(column: str, dated: bool | None, backwards: bool, sign: str) -> list[Q]:
    """What lies on one side of a place: days beyond it, and the stretch of the index without a day."""
    if dated is None:
        return [Q()]
    without_day = Q(**{f"{column}__isnull": True})
    if dated:
        ended = column == "ended_at"
        beyond = Q(Beyond(sign, **{column: A_MOMENT if ended else A_DAY, "id": AN_ID}))
        return [beyond] if ended or backwards else [beyond, without_day]
    beside = without_day & Q(**{"id__lt" if backwards else "id__gt": AN_ID})
    return [beside, ~without_day] if backwards else [beside]


def _value(text: str, tab: str) -> date | datetime:
    return datetime.fromisoformat(text) if tab == "ended" else date.fromisoformat(text)
