from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, models, transaction

from accounts import encryption


class Command(BaseCommand):
    help = (
        "Bring every sealed value under the newest key of ENCRYPTION_KEYS, in short transactions, while the portal is "
        "up. Afterwards the older keys can be taken away. No clear text is read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows per transaction")

    def handle(self, *args: object, batch: int = 500, **options: object) -> None:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, encryption.EncryptedTextField):
                    self.stdout.write(f"{field.purpose}: {rotate(model, field, batch)}")


def rotate(model: type[models.Model], field: encryption.EncryptedTextField, batch: int) -> int:
    """Re-wrap the values of one column that are not under the newest key; returns how many there were."""
    quote = connection.ops.quote_name
    table, column, key = quote(model._meta.db_table), quote(field.column), quote(model._meta.pk.column)  # type: ignore[union-attr]
    current = f"{encryption.ALGORITHM}.{encryption.current_version()}.%"
    done, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {column} FROM {table} WHERE {key} > %s AND {column} <> '' AND {column} NOT LIKE %s "  # noqa: S608
                f"ORDER BY {key} LIMIT %s FOR UPDATE",
                [last, current, batch],
            )
            rows = cursor.fetchall()
            if not rows:
                return done
            cursor.executemany(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s",  # noqa: S608
                [(encryption.rewrap(token, field.purpose), pk) for pk, token in rows],
            )
        done, last = done + len(rows), rows[-1][0]
