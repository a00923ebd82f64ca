"""The figures of licensing, worked out every night from the cases themselves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from approvals.models import Filed, Waiting
from approvals.queries.bundles import BUNDLE, PART
from approvals.queries.drafts import LICENCE
from approvals.queries.figures import FILINGS, WAITED_FOR
from approvals.queries.parts import OPINIONS, REPORTS
from approvals.queries.ratings import LEFT_ASIDE, WELL

WINDOW = timedelta(days=30)  # what the waiting times look back on
DAY = 86_400  # seconds
DECIDED = ["delivered", "refused"]  # ends of a matter that was decided
COLLECTED = ["granted", "refusal_issued", "delivered"]  # ends of a part of which something is handed over

# What was filed, and the parts of bundles, which their organs handle. What a bundle was split into goes on as single
# licences: filed with the bundle already, ended when those end. A part is late when its organ answered after the last
# day of the bundle's one clock, or handed over its own grant late. Something of a part was corrected if its organ's
# word, when the one notice of the bundle went out, was that something had to be.
_FILED = """
WITH matter AS (
    SELECT c.id, c.parent_id, c.organ_id, c.matter, c.opened_at, c.ended_at,
        c.channel IN ('online', 'exchange') AS online,
        COALESCE(c.service_point_id, above.service_point_id) AS point_id,
        CASE WHEN c.procedure = %(bundle)s THEN 'bundle'
            WHEN above.procedure = %(bundle)s THEN 'part' ELSE 'filing' END AS kind,
        c.procedure <> %(part)s AND above.procedure IS NOT DISTINCT FROM %(bundle)s AS split_off,
        c.procedure = %(part)s AND c.state = 'closed_with_bundle' AND above.state = 'split' AS goes_on,
        CASE WHEN c.procedure = %(part)s THEN c.late OR EXISTS (
            SELECT FROM casework_deadline d JOIN casework_act a ON a.case_id = c.id AND a.step = ANY(%(opinions)s)
            WHERE d.case_id = c.parent_id AND d.key = 'xk_decide_joint'
                AND (a.at AT TIME ZONE 'Asia/Shanghai')::date > d.due_on
        ) ELSE c.late END AS late
    FROM casework_case c LEFT JOIN casework_case above ON above.id = c.parent_id
    WHERE c.procedure = ANY(%(filings)s) OR c.procedure = %(part)s
)
INSERT INTO approvals_filed
    (month, organ_id, matter, point_id, kind, online, filed, corrected, ended, late, rated, content)
SELECT month, organ_id, matter, point_id, kind, online, sum(filed), sum(corrected), sum(ended), sum(late),
    sum(rated), sum(content)
FROM (
    SELECT date_trunc('month', m.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS month,
        m.organ_id, m.matter, m.point_id, m.kind, m.online, 1 AS filed, EXISTS (
            SELECT FROM casework_act n WHERE n.step = 'notify_deficiency'
                AND n.case_id = CASE m.kind WHEN 'part' THEN m.parent_id ELSE m.id END
                AND (m.kind <> 'part' OR 'report_deficiency' = (
                    SELECT a.step FROM casework_act a
                    WHERE a.case_id = m.id AND a.step = ANY(%(reports)s) AND a.id < n.id ORDER BY a.seq DESC LIMIT 1
                ))
        )::int AS corrected, 0 AS ended, 0 AS late, 0 AS rated, 0 AS content
    FROM matter m WHERE NOT m.split_off
    UNION ALL
    SELECT date_trunc('month', m.ended_at AT TIME ZONE 'Asia/Shanghai')::date,
        m.organ_id, m.matter, m.point_id, m.kind, m.online, 0, 0, 1, m.late::int, 0, 0
    FROM matter m WHERE m.ended_at IS NOT NULL AND NOT m.goes_on
    UNION ALL
    SELECT date_trunc('month', r.at AT TIME ZONE 'Asia/Shanghai')::date,
        m.organ_id, m.matter, m.point_id, m.kind, m.online, 0, 0, 0, 0, 1, (r.level >= %(well)s)::int
    FROM approvals_rating r JOIN matter m ON m.id = r.case_id
    LEFT JOIN casework_case f ON f.id = r.follow_up_id WHERE f.state IS DISTINCT FROM %(aside)s
) lines GROUP BY month, organ_id, matter, point_id, kind, online
"""
# From the filing to the result, or until the certificate (of a bundle the last one) lay ready where it is collected,
# without the stretches in which the case lay with the applicant. A day begun is a day.
# Only what was decided, and only what the item's guide is about: changes and renewals go another way, what was
# withdrawn or not accepted is over too soon to be compared, and what was split off from a bundle began before.
_WAITING = """
INSERT INTO approvals_waiting (matter, number, half, most, as_of)
SELECT matter, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY days),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY days), %(on)s
FROM (
    SELECT c.matter, GREATEST(1, ceil((extract(epoch FROM LEAST(c.ended_at, ready.at) - c.opened_at) - COALESCE((
        SELECT sum(extract(epoch FROM stay.until - stay.at)) FROM (
            SELECT a.to_state, a.at, lead(a.at, 1, c.ended_at) OVER (ORDER BY a.seq) AS until
            FROM casework_act a WHERE a.case_id = c.id
        ) stay WHERE stay.to_state = ANY(%(waited_for)s)
    ), 0)) / %(day)s))::int AS days
    FROM casework_case c CROSS JOIN LATERAL (
        SELECT CASE WHEN bool_and(arrived.at IS NOT NULL) THEN max(arrived.at) END AS at FROM (
            SELECT min(s.received_at) AS at FROM approvals_consignment s
            WHERE s.case_id = c.id AND s.content = 'certificate' AND s.receiver_id IS NOT NULL GROUP BY s.case_id
            UNION ALL
            SELECT COALESCE(min(s.received_at), CASE k.state WHEN 'delivered' THEN k.ended_at END) FROM casework_case k
            LEFT JOIN approvals_consignment s
                ON s.case_id = k.id AND s.content = 'certificate' AND s.receiver_id IS NOT NULL
            WHERE k.parent_id = c.id AND k.procedure = %(part)s AND k.state = ANY(%(collected)s) GROUP BY k.id
        ) arrived
    ) ready
    WHERE c.procedure = ANY(%(first)s) AND c.state = ANY(%(decided)s) AND c.parent_id IS NULL
        AND c.ended_at >= %(since)s AND c.ended_at < %(until)s
) cases GROUP BY matter
"""


@transaction.atomic
def refresh(on: date) -> None:
    """Work everything out anew as of the beginning of a day. Whoever reads meanwhile has the figures of before."""
    values: dict[str, Any] = {"filings": list(FILINGS), "waited_for": list(WAITED_FOR), "day": DAY, "on": on}
    values |= {
        "bundle": BUNDLE,
        "part": PART,
        "opinions": list(OPINIONS),
        "reports": list(REPORTS),
        "collected": COLLECTED,
        "first": [LICENCE, BUNDLE],
        "decided": DECIDED,
    }
    values |= {"since": on - WINDOW, "until": on, "well": WELL, "aside": LEFT_ASIDE}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('approvals_filed'::regclass::int)")  # one at a time
        cursor.execute("SET LOCAL TIME ZONE 'Asia/Shanghai'")
        Filed.objects.all().delete()
        Waiting.objects.all().delete()
        cursor.execute(_FILED, values)
        cursor.execute(_WAITING, values)
