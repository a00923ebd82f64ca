"""Bringing sealed values under the newest master key. No clear text is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pgtrigger
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from accounts import encryption

# Where the second factors keep what they seal (Authenticator.data).
_FACTOR_PARTS = ("secret", "seed")


def rotate_encryption(batch: int = 500) -> Iterator[tuple[str, int]]:
    """Re-wrap everything that is not under the newest key, `batch` rows to a transaction, while the portal is up.

    Rows that nobody may change are re-wrapped too: only the owner of the database is spared their triggers.

    Yields each column with the number of values re-wrapped. Afterwards the older keys can be taken away.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, encryption.EncryptedTextField):
                yield field.purpose, _column(model, field, batch)
    yield encryption.SECOND_FACTOR, _second_factors(batch)


def bind_rows(cursor: Any, table: str, column: str, purpose: str) -> None:
    """For a migration: seal anew, for their rows, values that were sealed for their column only."""
    quote = connection.ops.quote_name
    cursor.execute(f"SELECT id, {quote(column)} FROM {quote(table)} WHERE {quote(column)} <> ''")  # noqa: S608
    with pgtrigger.ignore():
        for key, token in cursor.fetchall():
            sealed = encryption.encrypt(encryption.decrypt(token, purpose), encryption.of_row(purpose, key))
            cursor.execute(f"UPDATE {quote(table)} SET {quote(column)} = %s WHERE id = %s", [sealed, key])  # noqa: S608


def left() -> Iterator[tuple[str, int]]:
    """How many values of each column still need an older key."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, encryption.EncryptedTextField):
                column = quote(str(field.column))
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT count(*) FROM {quote(model._meta.db_table)} "  # noqa: S608 - names of models
                        f"WHERE {column} <> '' AND {column} NOT LIKE %s",
                        [f"{encryption.ALGORITHM}.{encryption.current_version()}.%"],
                    )
                    yield field.purpose, cursor.fetchone()[0]


def _column(model: type[models.Model], field: encryption.EncryptedTextField, batch: int) -> int:
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(str(field.column))
    key = quote(str(model._meta.pk.column))
    current = f"{encryption.ALGORITHM}.{encryption.current_version()}.%"
    done, last = 0, None
    while True:
        with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE (%s IS NULL OR {key} > %s) "  # noqa: S608
                f"AND {column} <> '' AND {column} NOT LIKE %s ORDER BY {key} LIMIT %s FOR UPDATE",
                [last, last, current, batch],
            )
            rows = cursor.fetchall()
            if not rows:
                return done
            for pk, token in rows:
                sealed = encryption.rewrap(token, encryption.of_row(field.purpose, pk))
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [sealed, pk])  # noqa: S608
        done, last = done + len(rows), rows[-1][0]


def _second_factors(batch: int) -> int:
    done, last, newest = 0, 0, encryption.current_version()
    while True:
        with transaction.atomic():
            rows = list(Authenticator.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:batch])
            if not rows:
                return done
            for row in rows:
                sealed = [part for part in _FACTOR_PARTS if part in row.data]
                old = [part for part in sealed if encryption.version_of(row.data[part]) != newest]
                for part in old:
                    row.data[part] = encryption.rewrap(row.data[part], encryption.SECOND_FACTOR)
                    done += 1
                if old:
                    row.save(update_fields=["data"])
        last = rows[-1].pk
