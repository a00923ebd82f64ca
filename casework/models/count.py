"""How many cases stand where: lines that are added up, so that no page ever counts the cases themselves.

Triggers on the cases write lines in the same transaction, so that no way of changing a case goes round them. A line is
only ever added: two transactions in one organ never wait for one another. Every so often a trigger folds what has
gathered into one line for each key. `casework.queries.counts.drift` counts the cases themselves and compares.
"""

from __future__ import annotations

import pgtrigger
from django.db import models

NO_DAY = "9999-12-31"  # in the place of a due day that there is none of: keys have no NULL
FOLD_EVERY = 64  # lines

KEY = "kind, organ, service_point, procedure, state, handler, proposed_by, day, late"
# The lines of the rows of a case table `c` (`one`: +1 or -1). An open case has a line by state and one by day, one that
# has ended a line by its final state and one by month; each has another for the month in which it was opened.
LINES = f"""
SELECT l.kind, c.organ_id AS organ, COALESCE(c.service_point_id, 0) AS service_point, c.procedure,
       l.state, l.handler, l.proposed_by, l.day, l.late, sum(c.one) AS number
FROM {{rows}} CROSS JOIN LATERAL (VALUES
    ('state', c.ended_at IS NULL, c.state, COALESCE(c.handler_id, 0), c.proposed_by, date '{NO_DAY}', false),
    ('day', c.ended_at IS NULL, '', 0, '', COALESCE(c.due_on, date '{NO_DAY}'), false),
    ('over', c.ended_at IS NOT NULL, c.state, 0, '', date '{NO_DAY}', false),
    ('ended', c.ended_at IS NOT NULL, '', 0, '',
     date_trunc('month', c.ended_at AT TIME ZONE 'Asia/Shanghai')::date, c.late),
    ('opened', true, '', 0, '', date_trunc('month', c.opened_at AT TIME ZONE 'Asia/Shanghai')::date, false)
) AS l(kind, counts, state, handler, proposed_by, day, late)
WHERE l.counts GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(c.one) <> 0
"""  # noqa: S608 - constants of this module
_COLUMNS = (
    "organ_id, service_point_id, procedure, state, handler_id, proposed_by, due_on, opened_at, ended_at, late, "
    "{} AS one"
)
ALL_CASES = f"(SELECT {_COLUMNS.format(1)} FROM casework_case) c"  # noqa: S608

# Whoever folds holds a lock that the others only try for; lines that are not committed yet wait for the next time.
_ADD = f"""
WITH made AS (
    INSERT INTO casework_count ({KEY}, number, folded) SELECT {KEY}, number, false FROM ({{lines}}) changes RETURNING id
)
SELECT COALESCE(bool_or(id % {FOLD_EVERY} = 0), false) INTO tidy FROM made;
IF tidy AND pg_try_advisory_xact_lock('casework_count'::regclass::int) THEN
    WITH fresh AS (SELECT DISTINCT {KEY} FROM casework_count WHERE NOT folded),
    gone AS (DELETE FROM casework_count c USING fresh f WHERE ({", ".join("c." + one for one in KEY.split(", "))})
             = ({", ".join("f." + one for one in KEY.split(", "))}) RETURNING c.*)
    INSERT INTO casework_count ({KEY}, number, folded)
        SELECT {KEY}, sum(number), true FROM gone GROUP BY {KEY} HAVING sum(number) <> 0;
END IF;
RETURN NULL;
"""  # noqa: S608


def counting(operation: pgtrigger.Operation, *, new: bool = False, old: bool = False) -> pgtrigger.Trigger:
    """The trigger that adds the lines of one statement, however many cases it touches."""
    tables = [("come", 1)] * new + [("gone", -1)] * old
    rows = " UNION ALL ".join(f"SELECT {_COLUMNS.format(one)} FROM {table}" for table, one in tables)  # noqa: S608
    return pgtrigger.Trigger(
        name=f"count_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="come" if new else None, old="gone" if old else None),
        declare=[("tidy", "boolean")],
        func=_ADD.format(lines=LINES.format(rows=f"({rows}) c")),
    )


class Count(models.Model):
    """So many cases more or fewer under one key; the number under a key is the sum of its lines.

    `kind` says what else the key has: "state" (open cases: state, officer or 0, whose proposal waits), "day" (open
    cases by their due day), "over" (ended cases by state), "ended" (by the month of the end, and whether that came
    late), "opened" (all cases by month).
    """

    kind = models.CharField(max_length=6)
    organ = models.BigIntegerField()
    service_point = models.BigIntegerField()
    procedure = models.CharField(max_length=60)
    state = models.CharField(max_length=60)
    handler = models.BigIntegerField()
    proposed_by = models.CharField(max_length=40)
    day = models.DateField()
    late = models.BooleanField()
    number = models.IntegerField()
    folded = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "organ", "day"],
                name="count_key",
                include=["service_point", "procedure", "state", "handler", "proposed_by", "late", "number"],
            ),
            models.Index(
                fields=["service_point", "kind", "day"], name="count_point", condition=models.Q(service_point__gt=0)
            ),
            models.Index(fields=["id"], name="count_fresh", condition=models.Q(folded=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organ} {self.number:+}"
