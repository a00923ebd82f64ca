"""Numbers without gaps: one series for each organ, word and year, counted inside the issuing transaction."""

from __future__ import annotations

from django.db import connection

from accounts.models import Organisation
from casework.models import Case, Document

_GIVE = """
WITH taken AS (
    INSERT INTO casework_series (organ_id, word, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (organ_id, word, year) DO UPDATE SET last = casework_series.last + 1
    RETURNING last
)
UPDATE {table} numbered SET number = %s || taken.last || '号' FROM taken WHERE numbered.id = %s RETURNING number
"""

_RAISE = """
INSERT INTO casework_series (organ_id, word, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (organ_id, word, year) DO UPDATE SET last = greatest(casework_series.last, EXCLUDED.last)
"""


def count_from(organ: Organisation, word: str, year: int, last: int) -> None:
    """The series goes on behind a number that was given elsewhere; it never goes back."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [organ.pk, word, year, last])


def give_number(row: Case | Document, organ: Organisation, word: str, year: int) -> None:
    """Give a kept case or paper the next number, e.g. 东市监许受〔2026〕1号.

    All others of the series wait from here until the transaction ends: whatever can be done before is done before.
    Brackets, no 第, no leading zero: GB/T 9704-2012 and the drafting rules of 2012.
    """
    with connection.cursor() as cursor:
        statement = _GIVE.format(table=row._meta.db_table)
        cursor.execute(statement, [organ.pk, word, year, f"{organ.word}{word}〔{year}〕", row.pk])
        row.number = cursor.fetchone()[0]
