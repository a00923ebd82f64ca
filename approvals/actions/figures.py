"""The figures of licensing, worked out every night from the cases themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from approvals.models import Filed, Waiting
from approvals.queries.figures import FILINGS, WAITED_FOR
from approvals.queries.ratings import LEFT_ASIDE, WELL

WINDOW = timedelta(days=30)  # what the waiting times look back on
DAY = 86_400  # seconds

_FILED = """
INSERT INTO approvals_filed (month, organ_id, matter, point_id, online, filed, corrected, ended, late, rated, content)
SELECT month, organ_id, matter, service_point_id, online, sum(filed), sum(corrected), sum(ended), sum(late),
    sum(rated), sum(content)
FROM (
    SELECT date_trunc('month', c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS month,
        c.organ_id, c.matter, c.service_point_id, c.channel = 'online' AS online, 1 AS filed, EXISTS (
            SELECT FROM casework_act a WHERE a.case_id = c.id AND a.step = 'notify_deficiency'
        )::int AS corrected, 0 AS ended, 0 AS late, 0 AS rated, 0 AS content
    FROM casework_case c WHERE c.procedure = ANY(%(filings)s)
    UNION ALL
    SELECT date_trunc('month', c.ended_at AT TIME ZONE 'Asia/Shanghai')::date,
        c.organ_id, c.matter, c.service_point_id, c.channel = 'online', 0, 0, 1, c.late::int, 0, 0
    FROM casework_case c WHERE c.procedure = ANY(%(filings)s) AND c.ended_at IS NOT NULL
    UNION ALL
    SELECT date_trunc('month', r.at AT TIME ZONE 'Asia/Shanghai')::date,
        r.organ_id, r.matter, c.service_point_id, c.channel = 'online', 0, 0, 0, 0, 1, (r.level >= %(well)s)::int
    FROM approvals_rating r JOIN casework_case c ON c.id = r.case_id
    LEFT JOIN casework_case f ON f.id = r.follow_up_id WHERE f.state IS DISTINCT FROM %(aside)s
) lines GROUP BY month, organ_id, matter, service_point_id, online
"""
# From the filing to the end, without the stretches in which the case lay with the applicant. A day begun is a day.
_WAITING = """
INSERT INTO approvals_waiting (matter, number, half, most, as_of)
SELECT matter, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY days), %(on)s
FROM (
    SELECT c.matter, GREATEST(1, ceil((extract(epoch FROM c.ended_at - c.opened_at) - COALESCE((
        SELECT sum(extract(epoch FROM stay.until - stay.at)) FROM (
            SELECT a.to_state, a.at, lead(a.at, 1, c.ended_at) OVER (ORDER BY a.seq) AS until
            FROM casework_act a WHERE a.case_id = c.id
        ) stay WHERE stay.to_state = ANY(%(waited_for)s)
    ), 0)) / %(day)s))::int AS days
    FROM casework_case c
    WHERE c.procedure = ANY(%(filings)s) AND c.ended_at >= %(since)s AND c.ended_at < %(until)s
) cases GROUP BY matter
"""


@transaction.atomic
def refresh(on: date) -> None:
    """Work everything out anew as of the beginning of a day. Whoever reads meanwhile has the figures of before."""
    values: dict[str, Any] = {"filings": list(FILINGS), "waited_for": list(WAITED_FOR), "day": DAY, "on": on}
    values |= {"since": on - WINDOW, "until": on, "well": WELL, "aside": LEFT_ASIDE}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('approvals_filed'::regclass::int)")  # one at a time
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        Filed.objects.all().delete()
        Waiting.objects.all().delete()
        cursor.execute(_FILED, values)
        cursor.execute(_WAITING, values)
