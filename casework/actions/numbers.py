"""Numbers without gaps: one series for each organ, word and year, taken inside the issuing transaction."""

from __future__ import annotations

from django.db import connection

from accounts.models import Organisation

_NEXT = """
INSERT INTO casework_series (organ_id, word, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (organ_id, word, year) DO UPDATE SET last = casework_series.last + 1
RETURNING last
"""


def take_number(organ: Organisation, word: str, year: int) -> str:
    """The next number, e.g. 东市监许受〔2026〕1号. Its row stays locked until the transaction ends: take it late.

    Brackets, no 第, no leading zero: GB/T 9704-2012 and the drafting rules of 2012.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organ.pk, word, year])
        last = cursor.fetchone()[0]
    return f"{organ.word}{word}〔{year}〕{last}号"
