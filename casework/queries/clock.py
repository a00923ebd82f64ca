"""Which time it is. The database's clock is the truth: every worker asks the same one, however wrong its own is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

MOST_APART = timedelta(seconds=5)


def database_now() -> datetime:
    """The moment on the clock of the database, not the beginning of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
