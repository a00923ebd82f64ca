"""Statements that Django writes once: to write one takes it longer than PostgreSQL takes to answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)

# A statement is written for these; whose page it is, and which, is put in their place when it is asked.
A_DAY, A_MOMENT = date(9999, 12, 30), datetime(9999, 12, 30, tzinfo=UTC)
AN_ID, A_USER, A_CODE = 2**62, 2**62 + 1, "\ue000"


def filled(parameters: Sequence[Any], values: Mapping[Any, Any]) -> tuple[Any, ...]:
    """The parameters of a statement with values in the place of the marks."""
    return tuple(values.get(each, each) for each in parameters)


class Prepared(Generic[Row]):
    """A queryset over marks, of which the SQL is kept and how its rows become models; values go in as parameters."""

    def __init__(self, queryset: QuerySet[Row]) -> None:
        self._queryset = queryset

    def rows(self, values: Mapping[Any, Any]) -> list[Row]:
        """What the queryset finds with these values in the place of the marks. One query."""
        written, sql, parameters = self._written
        connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        if self._queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("what is locked is locked until the transaction ends: there is none")
        compiler: Any = copy(written)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (sql, filled(parameters, values))
        found: Any = self._queryset.all()
        found.query.get_compiler = lambda *_, **__: compiler
        return list(found)

    @cached_property
    def _written(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # nobody's: then nothing is asked either
            sql, parameters = "", ()
        return compiler, sql, tuple(parameters)
