"""Rows on their way into a table through COPY, in the text format of PostgreSQL."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from casework.models.sealed import SealedJSONField

NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
AHEAD = 2  # pieces that may wait for the database: what bounds the memory


def plain(text: str) -> str:
    """Text as COPY wants it."""
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


class Sheet:
    """The rows of one table that are not written yet.

    `varying` names the columns that `add` is given, behind the key; every other column has its constant from `fixed`,
    the default of its field or that of the database. Values are text that COPY can take as it stands (`plain`,
    `NULL`), or numbers.
    """

    def __init__(self, model: type[models.Model], *varying: str, **fixed: str) -> None:
        self.table = model._meta.db_table
        self.model = model
        by_name = {str(field.column): field for field in model._meta.concrete_fields if not field.generated}
        unknown = {*varying, *fixed} - set(by_name)
        if unknown:
            raise LookupError(f"{self.table} has no columns {sorted(unknown)}")
        given = ("id", *varying)
        constants = {
            name: fixed.get(name) or _default(field)
            for name, field in by_name.items()
            if name not in given and (name in fixed or not field.has_db_default())
        }
        marks = ["%s"] * len(given)
        self._template = "\t".join([*marks, *(text.replace("%", "%%") for text in constants.values())])
        quoted = ", ".join(connection.ops.quote_name(name) for name in (*given, *constants))
        self.statement = f"COPY {self.table} ({quoted}) FROM STDIN"
        self.last = 0  # the key of the last row
        self._lines: list[str] = []

    def add(self, *values: Any) -> int:
        """Write one row down; its key."""
        self.last += 1
        self._lines.append(self._template % (self.last, *values))
        return self.last

    def keyed(self, key: int, *values: Any) -> None:
        """Write one row down under a key that `reserve` gave."""
        self._lines.append(self._template % (key, *values))

    def reserve(self) -> int:
        """The next key, for a row that is written later."""
        self.last += 1
        return self.last

    def take(self) -> bytes:
        """What was written down since the last time."""
        if not self._lines:
            return b""
        text = "\n".join(self._lines) + "\n"
        self._lines.clear()
        return text.encode()


def _default(field: models.Field[Any, Any]) -> str:
    """The text of a field's own default."""
    if isinstance(field, SealedJSONField):
        return ""  # reads as empty; nothing is sealed for it
    value = field.get_default()
    if isinstance(value, bool):
        return "t" if value else "f"
    return NULL if value is None else str(value)


class Writer:
    """Feeds the database from a thread of its own, so that it works while the next rows are made up.

    It uses the connection of the load: nothing else may be asked of the database until `finish`, and nothing can be.
    """

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self._sheets = tuple(sheets)
        self._pieces: queue.Queue[list[tuple[str, bytes]] | None] = queue.Queue(AHEAD)
        self._failure: BaseException | None = None
        self._cursor = connection.connection.cursor()
        self._silence = connection.execute_wrapper(_refuse)
        self._silence.__enter__()
        self._thread = threading.Thread(target=self._run, name="populate", daemon=True)
        self._thread.start()

    def send(self) -> None:
        """Hand over what the sheets hold."""
        piece = [(sheet.statement, rows) for sheet in self._sheets if (rows := sheet.take())]
        if self._failure:
            raise self._failure
        self._pieces.put(piece)

    def finish(self) -> None:
        """Wait until everything is written. Raises what went wrong."""
        self._pieces.put(None)
        self._thread.join()
        self._silence.__exit__(None, None, None)
        self._cursor.close()
        if self._failure:
            raise self._failure

    def _run(self) -> None:
        while (piece := self._pieces.get()) is not None:
            try:
                for statement, rows in piece if self._failure is None else ():
                    self._cursor.copy_expert(statement, io.BytesIO(rows), 1 << 20)
            except BaseException as error:
                self._failure = error


def _refuse(execute: Any, statement: str, *args: Any) -> Any:
    raise RuntimeError(f"the connection is busy with the load: {statement[:80]}")
