"""What the database itself knows of the procedures: which step leads from where to where, taken by whom.

The tables of the registry are written down by the owner of the database after every migration. The trigger on acts
reads them there, so that a step that no table allows is refused even to whoever speaks to the database directly.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework import registry
from casework.office import OFFICE_STEPS
from casework.procedure import OUTSIDE, STAFF_RECORDS_OUTSIDE, Procedure

_COLUMNS = "procedure, version, step, from_states, to_state, roles, second_person, not_by, under_power"


def write_permitted(cursor: Any, more: Iterable[Procedure] = ()) -> None:
    """Replace what the database knows by every version of every registered procedure, and `more`."""
    rows = [row for table in (*registry.versions(), *more) for row in _rows(table)]
    cursor.execute("DELETE FROM casework_permitted")
    marks = ", ".join(["(%s, %s, %s, %s::text[], %s, %s::text[], %s, %s::text[], %s)"] * len(rows))
    cursor.execute(
        f"INSERT INTO casework_permitted ({_COLUMNS}) VALUES {marks} ON CONFLICT DO NOTHING",  # noqa: S608
        [value for row in rows for value in row],
    )


def _rows(table: Procedure) -> Iterable[tuple[object, ...]]:
    # An act of the office goes before a row of the same name, as in take().
    for row in {**{row.name: row for row in table.steps}, **OFFICE_STEPS}.values():
        roles = sorted({STAFF_RECORDS_OUTSIDE if code.startswith(OUTSIDE) else code for code in row.by})
        yield (
            table.code, table.since, row.name, list(row.when), row.to, roles, row.second_person, list(row.not_by),
            bool(table.under_power),
        )  # fmt: skip
