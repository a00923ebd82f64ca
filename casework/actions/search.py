"""Keeping the index of the public search: whoever changes what a source shows says so in the same transaction.

One statement for one row as for a million: what a source shows is compared with what the index holds, and only what
differs is written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection, transaction

from casework import registry
from casework.models import SearchEntry
from casework.queries.search import names, shown_rows


@dataclass(frozen=True, slots=True)
class Filled:
    """How many entries were new or different, and how many are gone."""

    written: int
    removed: int


@transaction.atomic
def fill(source: str, keys: Collection[int] | None = None) -> Filled:
    """Make the index what a source shows, for these rows or for all of them. Nothing changes where nothing differs."""
    shown, given = shown_rows(registry.sources()[source], keys)
    held, fresh = (", ".join(f"{row}.{name}" for name in names()) for row in ("held", "shown"))
    setting = ", ".join(f"{name} = excluded.{name}" for name in names())
    within = "" if keys is None else "AND held.key = ANY(%s)"
    bound = [] if keys is None else [list(keys)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM casework_searchentry held WHERE held.source = %s {within}
                AND NOT EXISTS (SELECT FROM ({shown}) shown WHERE shown.key = held.key)""",  # noqa: S608
            [source, *bound, *given],
        )
        removed = cursor.rowcount
        cursor.execute(
            f"""INSERT INTO casework_searchentry (source, key, {", ".join(names())})
                SELECT %s, shown.key, {fresh} FROM ({shown}) shown
                LEFT JOIN casework_searchentry held ON held.source = %s AND held.key = shown.key
                WHERE held.id IS NULL OR ({held}) IS DISTINCT FROM ({fresh})
                ORDER BY shown.lead, shown.day, shown.key
                ON CONFLICT (source, key) DO UPDATE SET {setting}""",  # noqa: S608
            [source, *given, source],
        )
        return Filled(cursor.rowcount, removed)


@transaction.atomic
def fill_anew() -> dict[str, Filled]:
    """Fill the index from every source as its owner, for millions of new rows: what finds words is built last.

    Nothing is found while it is at work.
    """
    words = next(index for index in SearchEntry._meta.indexes if index.name == "search_words")
    with connection.schema_editor(atomic=False) as editor:
        editor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        editor.remove_index(SearchEntry, words)
        filled = {source: fill(source) for source in registry.sources()}
        editor.add_index(SearchEntry, words)
    return filled
