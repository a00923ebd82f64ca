"""Writing the counters and the derived columns of cases anew: after a bulk load without triggers, or after a fault.

Only the owner of the database may; the portal itself never needs it, since triggers keep both.
"""

from __future__ import annotations

from django.db import connection, transaction

from casework.models.count import ALL_CASES, KEY, LINES

_DERIVE = """
UPDATE casework_case c SET proposed_by = d.proposed_by, late = d.late FROM (
    SELECT c.id, COALESCE(a.role, '') AS proposed_by, c.ended_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM casework_deadline d WHERE d.case_id = c.id AND d.owner = 'case' AND d.stopped_at = c.ended_at
          AND d.due_on < (c.ended_at AT TIME ZONE 'Asia/Shanghai')::date
    ) AS late
    FROM casework_case c LEFT JOIN casework_act a ON a.case_id = c.id AND a.seq = c.act_count AND a.step = 'advise'
      AND a.facts ->> 'proposal' IS DISTINCT FROM 'return'
) d WHERE d.id = c.id AND (c.proposed_by, c.late) IS DISTINCT FROM (d.proposed_by, d.late)
"""
_RECOUNT = f"""
INSERT INTO casework_count ({KEY}, number, folded) SELECT {KEY}, number, true FROM ({LINES.format(rows=ALL_CASES)}) n
"""  # noqa: S608 - constants of the model


@transaction.atomic
def recount() -> None:
    """Count all cases anew. Changes of cases wait until it is done."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE casework_case IN SHARE MODE")
        cursor.execute("DELETE FROM casework_count")
        cursor.execute(_RECOUNT)


@transaction.atomic
def derive() -> None:
    """Work out the derived columns from acts and clocks, as a load without triggers left them empty."""
    with connection.cursor() as cursor:
        cursor.execute(_DERIVE)
