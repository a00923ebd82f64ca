"""Getting tables ready for a load and back: keys and indexes are built once at the end, triggers sleep meanwhile.

Everything happens in the transaction of the load. The tables are locked for its whole length, so that nobody else meets
them without their guards; if it fails, they are as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from portal.populate.sheet import Sheet

_CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid), contype FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u', 'x')
ORDER BY contype = 'f', conrelid::regclass::text, conname
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('u', 'x'))
ORDER BY 1
"""


@contextmanager
def laid_open(sheets: Sequence[Sheet]) -> Iterator[None]:
    """Without indexes, foreign keys and triggers inside, with all of them checked and built anew behind it."""
    tables = [sheet.table for sheet in sheets]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        constraints = _rows(cursor, _CONSTRAINTS, tables)
        indexes = _rows(cursor, _INDEXES, tables)
        for table, name, _, _ in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for sheet in sheets:
            cursor.execute(f"ALTER TABLE {sheet.table} DISABLE TRIGGER USER")
            _continue_numbering(cursor, sheet)
    yield
    with connection.cursor() as cursor:
        for sheet in sheets:
            cursor.execute(f"ALTER TABLE {sheet.table} ENABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {sheet.table} ALTER COLUMN id RESTART WITH {sheet.last + 1}")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition, kind in constraints:
            if kind != "f":
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute(f"ANALYZE {', '.join(tables)}")
        for table, name, definition, kind in constraints:
            if kind == "f":
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _rows(cursor: Any, statement: str, tables: list[str]) -> list[tuple[Any, ...]]:
    cursor.execute(statement, [tables])
    return list(cursor.fetchall())


def _continue_numbering(cursor: Any, sheet: Sheet) -> None:
    """Take over the numbering of a table; the lock on its sequence keeps everybody else from taking a number."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [sheet.table])
    (sequence,) = cursor.fetchone()
    cursor.execute(f"ALTER SEQUENCE {sequence} CACHE 1")
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM {sequence}")  # noqa: S608
    (sheet.last,) = cursor.fetchone()
