"""What the filters of the queue offer: the matters and organs of the open cases in scope."""

from __future__ import annotations

from typing import Any

from django.db import connection

from casework.queries.worklist import Scope

MOST = 500

# From matter to matter through the index, not through the cases.
_OFFERED = """
WITH RECURSIVE here AS (
    SELECT organ FROM casework_count
    WHERE kind = 'state' AND (%(all)s OR organ = ANY(%(organs)s) OR service_point = ANY(%(points)s))
    GROUP BY organ HAVING sum(number) > 0
), step AS (
    SELECT organ, (SELECT min(matter) FROM casework_case WHERE organ_id = organ AND ended_at IS NULL) AS matter
    FROM here
    UNION ALL
    SELECT organ, (
        SELECT min(c.matter) FROM casework_case c
        WHERE c.organ_id = step.organ AND c.ended_at IS NULL AND c.matter > step.matter
    ) FROM step WHERE matter IS NOT NULL
), found AS (
    SELECT step.organ, step.matter, c.title FROM step CROSS JOIN LATERAL (
        SELECT title FROM casework_case c
        WHERE c.organ_id = step.organ AND c.matter = step.matter AND c.ended_at IS NULL ORDER BY due_on, id LIMIT 1
    ) c
    UNION
    SELECT organ_id, matter, title FROM casework_case WHERE ended_at IS NULL AND id = ANY (ARRAY(
        SELECT case_id FROM casework_participant WHERE user_id = %(user)s AND until IS NULL
        UNION SELECT unnest(%(cases)s::bigint[])
    ))
)
SELECT organ, o.short_name, matter, title FROM found JOIN accounts_organisation o ON o.id = organ
"""


def key_of(scope: Scope) -> str:
    """Under what the options may be remembered: two people of one scope share them unless cases were given to one."""
    if scope.everything:
        return "casework:options:all"
    return f"casework:options:{sorted(scope.organs)}{sorted(scope.points)}:{scope.user}".replace(" ", "")


def options(scope: Scope) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """(code, title) of the matters and (key, name) of the organs, each in order of its words. One query."""
    values: dict[str, Any] = {
        "all": scope.everything, "organs": list(scope.organs), "points": list(scope.points),
        "cases": list(scope.cases), "user": scope.user,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, values)
        found = cursor.fetchall()
    matters = {matter: title for _, _, matter, title in found if matter}
    organs = {organ: name for organ, name, _, _ in found}
    by_words = sorted(matters.items(), key=lambda item: item[1])
    return by_words[:MOST], sorted(organs.items(), key=lambda item: item[1])
