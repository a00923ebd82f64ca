"""One mechanism for every record that must stand: rows are only added, and each carries the hash of the one before.

PostgreSQL itself numbers and hashes a row when it is inserted, so that raw SQL cannot write an unchained one. A record
has several lanes (chains that grow side by side), so that transactions need not wait for one another; the head of each
lane keeps the count and the last hash, so that a cut tail shows too.
"""

from __future__ import annotations

import pgtrigger
from django.db import models


def stamp(column: str) -> str:
    """A time in UTC as text, so that no session setting changes what is hashed."""
    return f"to_char(a.{column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"


def hashed(*columns: str) -> str:
    """The SQL expression over a row `a` that is hashed: every column that is not itself part of the hash."""
    return f"jsonb_build_array({', '.join(columns)})::text"


def chained(table: str, lanes: str, lane: str, content: str, first: str = "") -> list[pgtrigger.Trigger]:
    """The triggers of a record: rows are chained when inserted, and can be neither changed, deleted nor emptied away.

    `lane` is the SQL expression of a new row's lane, `content` what `hashed` gave, `first` SQL before everything else.
    """
    return [
        pgtrigger.Trigger(
            name="chain",
            operation=pgtrigger.Insert,
            when=pgtrigger.Before,
            declare=[("head", f"{lanes}%ROWTYPE"), ("a", f"{table}%ROWTYPE")],
            func=f"""
            {first}
            NEW.recorded_at := statement_timestamp();
            NEW.lane := {lane};
            SELECT * INTO head FROM {lanes} WHERE lane = NEW.lane FOR UPDATE;
            IF NOT FOUND THEN
                INSERT INTO {lanes} (lane, link, hash) VALUES (NEW.lane, 0, ''::bytea) ON CONFLICT DO NOTHING;
                SELECT * INTO head FROM {lanes} WHERE lane = NEW.lane FOR UPDATE;
            END IF;
            NEW.link := head.link + 1;
            NEW.previous := head.hash;
            a := NEW;
            NEW.hash := sha256(NEW.previous || convert_to({content}, 'UTF8'));
            UPDATE {lanes} SET link = NEW.link, hash = NEW.hash WHERE lane = NEW.lane;
            RETURN NEW;
            """,  # noqa: S608 - constants of the models
        ),
        pgtrigger.Protect(name="rows_stand", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="rows_are_not_emptied",
            level=pgtrigger.Statement,
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'the record is kept' USING ERRCODE = '23514';",
        ),
    ]


class Lane(models.Model):
    """The head of one chain: how many rows it has and the hash of the last."""

    lane = models.PositiveSmallIntegerField(primary_key=True)
    link = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.lane}: {self.link}"
