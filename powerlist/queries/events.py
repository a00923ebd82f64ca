"""What became of the list, and when: read page by page out of the versions and the acts that made and ended them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from casework.models import Act
from powerlist.models import PowerVersion
from powerlist.queries.versions import whole

KINDS = {
    "added": "新增",
    "taken_over": "承接",
    "changed": "变更",
    "moved": "划转",
    "handed_down": "下放",
    "entrusted": "委托",
    "ended": "取消",
}
PAGE = 50
Place = tuple[date, int]  # the day of an event and the key of its version: no two events share both
_LATEST_KEY = 2**62

# A version that was published, beside the one that ended on its first day. The kind is told by the two of them; whether
# a power came or went between levels, by what was proposed last. The first stock-taking has no act and is no change.
_BEGUN = """
    SELECT v.since AS day, v.id AS id, b.id AS earlier, CASE
        WHEN b.id IS NULL THEN CASE p.kind WHEN 'take_over' THEN 'taken_over' ELSE 'added' END
        WHEN b.organ_id <> v.organ_id THEN CASE p.kind WHEN 'delegation' THEN 'handed_down' ELSE 'moved' END
        WHEN v.entrusted_id IS NOT NULL AND v.entrusted_id IS DISTINCT FROM b.entrusted_id THEN 'entrusted'
        ELSE 'changed' END AS kind
    FROM powerlist_powerversion v
        JOIN casework_act a ON a.id = v.made_by_id
        LEFT JOIN powerlist_powerversion b ON b.power_id = v.power_id AND b.until = v.since
        LEFT JOIN LATERAL (
            SELECT q.kind FROM powerlist_proposal q WHERE q.case_id = a.case_id ORDER BY q.number DESC LIMIT 1
        ) p ON true
    WHERE v.since BETWEEN %s AND %s"""
# A version that ended and that nothing followed.
_ENDED = """
    SELECT v.until AS day, v.id AS id, NULL::bigint AS earlier, 'ended' AS kind
    FROM powerlist_powerversion v
    WHERE v.until BETWEEN %s AND %s AND NOT EXISTS (
        SELECT 1 FROM powerlist_powerversion n WHERE n.power_id = v.power_id AND n.since = v.until)"""
# Each part is cut for itself, with its predecessors in it: a page costs the same whatever lies behind it.
_CUT = "(SELECT * FROM ({}) part WHERE (day, id) < (%s, %s) ORDER BY day DESC, id DESC LIMIT %s)"
_PAGE = " UNION ALL ".join(map(_CUT.format, (_BEGUN, _ENDED))) + " ORDER BY day DESC, id DESC LIMIT %s"
_COUNTED = "SELECT kind, count(*) FROM ({}) every GROUP BY kind"
_COUNT = _COUNTED.format(" UNION ALL ".join((_BEGUN, _ENDED)))
# What a line says of a version; the rest of it is long.
_LINE = (
    "power__code", "organ__code", "organ__name", "organ__short_name", "name", "kind", "since", "until", "sample",
    "made_by__at", "made_by__case__number", "ended_by__at", "ended_by__case__number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a power on a day; `before` is the version that this one followed."""

    day: date
    kind: str
    version: PowerVersion
    before: PowerVersion | None = None

    @property
    def label(self) -> str:
        return KINDS[self.kind]

    @property
    def key(self) -> str:
        return f"{self.version.power.code}:{self.day}:{self.label}"

    @property
    def act(self) -> Act | None:
        """The act that made it so."""
        return self.version.ended_by if self.kind == "ended" else self.version.made_by


@dataclass(frozen=True, slots=True)
class Page:
    """Events, newest first, and the place behind which the next page begins."""

    events: Sequence[Event]
    next: Place | None


def page(first: date, last: date, after: Place | None = None, size: int = 0, *, full: bool = False) -> Page:
    """What became of the list from one day to another. Two queries; with `full` each version whole, two more."""
    size = size or PAGE
    cut: list[Any] = [first, last, *(after or (last, _LATEST_KEY)), size + 1]
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [*cut, *cut, size + 1])
        found: list[tuple[date, int, int | None, str]] = cursor.fetchall()
    shown = found[:size]
    versions = _read({one for _, key, earlier, _ in shown for one in (key, earlier) if one}, full)
    events = [
        Event(day, kind, versions[key], versions[earlier] if earlier else None) for day, key, earlier, kind in shown
    ]
    return Page(events, shown[-1][:2] if len(found) > size else None)


def _read(keys: set[int], full: bool) -> dict[int, PowerVersion]:
    found: Any = PowerVersion.objects.filter(pk__in=keys)
    acts = ("made_by", "ended_by", "made_by__case", "ended_by__case")
    if full:
        found = whole(found).select_related("power", "organ", "entrusted", *acts)
    else:
        found = found.select_related("power", "organ", *acts).only("power", "organ", *acts, *_LINE)
    return {version.pk: version for version in found}


def counts(first: date, last: date) -> list[tuple[str, int]]:
    """How much became of the list, by kind, every kind named. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [first, last, first, last])
        found = dict(cursor.fetchall())
    return [(label, found.get(kind, 0)) for kind, label in KINDS.items()]


def first_day() -> date | None:
    """From when there is a list."""
    return PowerVersion.objects.order_by("since").values_list("since", flat=True).first()
