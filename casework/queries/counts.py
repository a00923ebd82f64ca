"""How many cases there are: the numbers on the tabs, and whether the counters still say what the cases say."""

from __future__ import annotations

import functools
import operator
from typing import Any

from django.db import connection
from django.db.models import Count as Number
from django.db.models import IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from casework.models import Case, Count
from casework.models.count import ALL_CASES, KEY, LINES
from casework.queries.keyset import Statement
from casework.queries.worklist import (
    TABS,
    Days,
    Scope,
    Wanted,
    at_home,
    elsewhere,
    filters,
    in_tab,
    mine,
    shares,
    works,
)

OPEN_TABS = [tab for tab in TABS if tab != "ended"]

_DRIFT = f"""
SELECT {KEY}, COALESCE(counted.number, 0), COALESCE(found.number, 0)
FROM (SELECT {KEY}, sum(number) AS number FROM casework_count GROUP BY {KEY} HAVING sum(number) <> 0) counted
FULL JOIN ({LINES.format(rows=ALL_CASES)}) found USING ({KEY})
WHERE counted.number IS DISTINCT FROM found.number ORDER BY {KEY} LIMIT %s
"""  # noqa: S608 - constants of the model


def counting(scope: Scope, wanted: Wanted, days: Days) -> Statement:
    """Rows of a name and a number for each tab: together they say how many cases each tab holds under the filters.

    Without words and matter the counters answer; only the few cases that came from other organs are looked at.
    """
    organ = Q(organ=wanted.organ) if wanted.organ else Q()
    sums: list[QuerySet[Any, Any]]
    if wanted.q or wanted.matter:
        found = [Case.objects.filter(share, filters(wanted)) for share in shares(scope)]
        sums = [_numbers(each, scope, days, over) for each in found for over in (False, True)]
    else:
        sums = [_from_counters(scope, organ, days)]
        abroad = [] if scope.everything else elsewhere(scope)
        sums += [_numbers(Case.objects.filter(each, organ), scope, days, None) for each in abroad]
    return sums[0].union(*sums[1:], all=True).query.sql_with_params()


def _from_counters(scope: Scope, organ: Q, days: Days) -> QuerySet[Count, Any]:
    """The counters of the organs and points in scope."""
    found = Count.objects.filter(Q() if scope.everything else at_home(scope), organ)
    state = Q(kind="state")
    tabs = {
        "mine": state & functools.reduce(operator.or_, works(scope, Q(handler=0)), Q(handler=scope.user)),
        "unassigned": state & Q(handler=0),
        "soon": Q(kind="day", day__gte=days.today),
        "overdue": Q(kind="day", day__lt=days.today),
        "open": state,
        "ended": Q(kind="over"),
    }
    kept = found.filter(Q(kind__in=("state", "over")) | Q(kind="day", day__lt=days.beyond))
    sums = {f"in_{tab}": Coalesce(Sum("number", filter=condition), 0) for tab, condition in tabs.items()}
    return kept.order_by().values(name=Value("counters")).annotate(**sums)


def _numbers(found: QuerySet[Case], scope: Scope, days: Days, over: bool | None) -> QuerySet[Case, Any]:
    """The cases themselves, open or ended ones (each has an index), or both where they are few."""
    none = {f"in_{tab}": Value(0, IntegerField()) for tab in TABS}
    running, ended = Q(ended_at=None), Q(ended_at__isnull=False)
    if over is not None:
        found = found.filter(ended if over else running)
    numbers: dict[str, Any] = {}
    if over is not True:
        waiting = {tab: mine(scope) if tab == "mine" else in_tab(tab, days) for tab in OPEN_TABS}
        numbers |= {f"in_{tab}": Number("pk", filter=running & condition) for tab, condition in waiting.items()}
    if over is not False:
        numbers["in_ended"] = Number("pk", filter=ended)
    return found.order_by().values(name=Value("cases")).annotate(**{**none, **numbers})


def drift(most: int = 20) -> list[str]:
    """Where the counters say something else than the cases; empty when they agree. Reads every case once."""
    with connection.cursor() as cursor:
        cursor.execute(_DRIFT, [most])
        return [
            f"counter {'/'.join(map(str, key))} says {counted}, but there are {found} cases"
            for *key, counted, found in cursor.fetchall()
        ]
