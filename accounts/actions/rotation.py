"""Bringing sealed values under the newest master key. No clear text is read."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from accounts import encryption

# Where the second factors keep what they seal (Authenticator.data).
_FACTOR_PARTS = ("secret", "seed")


def rotate_encryption(batch: int = 500) -> Iterator[tuple[str, int]]:
    """Re-wrap everything that is not under the newest key, `batch` rows to a transaction, while the portal is up.

    Yields each column with the number of values re-wrapped. Afterwards the older keys can be taken away.
    """
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, encryption.EncryptedTextField):
                yield field.purpose, _column(model, field, batch)
    yield encryption.SECOND_FACTOR, _second_factors(batch)


def _column(model: type[models.Model], field: encryption.EncryptedTextField, batch: int) -> int:
    quote = connection.ops.quote_name
    table, column = quote(model._meta.db_table), quote(str(field.column))
    key = quote(str(model._meta.pk.column))
    current = f"{encryption.ALGORITHM}.{encryption.current_version()}.%"
    done, last = 0, None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE (%s IS NULL OR {key} > %s) "  # noqa: S608
                f"AND {column} <> '' AND {column} NOT LIKE %s ORDER BY {key} LIMIT %s FOR UPDATE",
                [last, last, current, batch],
            )
            rows = cursor.fetchall()
            if not rows:
                return done
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",  # noqa: S608
                [(encryption.rewrap(token, field.purpose), pk) for pk, token in rows],
            )
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
