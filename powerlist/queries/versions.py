"""The versions of a power as plain items, and what was published when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from powerlist.models import PowerVersion
from powerlist.queries.holding import on_day
from powerlist.rules import item as items


def as_item(version: PowerVersion) -> dict[str, Any]:
    """A published version as a plain item; load organ, entrusted, bases and stages with it."""
    return {
        **{name: getattr(version, name) for name in _PLAIN},
        "organ": version.organ.code,
        "entrusted": version.entrusted.code if version.entrusted else "",
        "items": version.items,
        "basis": [basis.citation for basis in version.bases.all()],
        "stages": [{field.name: getattr(stage, field.name) for field in items.STAGE} for stage in version.stages.all()],
    }


_PLAIN = tuple(field.name for field in items.FIELDS if field.name not in ("organ", "entrusted"))


def whole(versions: QuerySet[PowerVersion]) -> QuerySet[PowerVersion]:
    """The same with everything that belongs to a version. Three queries."""
    return versions.select_related("power", "organ", "entrusted").prefetch_related("bases", "stages")


def current(code: str, on: date) -> PowerVersion | None:
    """The version of a power in force on a day, whole; None if there is none."""
    return whole(on_day(on)).filter(power__code=code).first()


def dates(code: str) -> list[PowerVersion]:
    """Every version of a power, the newest first, with nothing but its name and its days. One query."""
    found = PowerVersion.objects.filter(power__code=code).order_by("-since")
    return list(found.only("name", "since", "until"))


def history(code: str) -> list[PowerVersion]:
    """Every version of a power, the newest first, whole."""
    found = whole(PowerVersion.objects.filter(power__code=code))
    return list(
        found.select_related("power", "organ", "entrusted", "made_by__case", "ended_by__case").order_by("-since")
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a power on a day: 新增, 变更, 划转 (another holder) or 取消."""

    day: date
    kind: str
    version: PowerVersion
    before: PowerVersion | None = None

    @property
    def key(self) -> str:
        return f"{self.version.power.code}:{self.day}:{self.kind}"


ADDED, CHANGED, MOVED, ENDED = "新增", "变更", "划转", "取消"


def events(first: date, last: date, most: int | None = None) -> list[Event]:
    """What became of the list from one day to another, newest first; the first stock-taking is no change."""
    every = whole(PowerVersion.objects.all()).select_related("power", "organ", "entrusted", "made_by", "ended_by")
    begun = every.filter(since__range=(first, last), made_by__isnull=False)
    ended = every.filter(until__range=(first, last))
    if most:
        begun, ended = begun.order_by("-since", "-id")[:most], ended.order_by("-until", "-id")[:most]
    before = {(one.power_id, one.until): one for one in ended}
    found = []
    for version in begun:
        earlier = before.pop((version.power_id, version.since), None)
        kind = ADDED if earlier is None else MOVED if earlier.organ_id != version.organ_id else CHANGED
        found.append(Event(version.since, kind, version, earlier))
    found += [Event(one.until, ENDED, one) for one in before.values() if one.until]
    return sorted(found, key=lambda event: (event.day, event.version.pk), reverse=True)[:most]


def replayed(first: Iterable[PowerVersion], happened: Iterable[Event]) -> dict[str, int]:
    """The list after the events were applied to it, oldest first: power code to version. For checking the record."""
    standing = {version.power.code: version.pk for version in first}
    for event in sorted(happened, key=lambda each: (each.day, each.kind == ENDED)):
        if event.kind == ENDED:
            standing.pop(event.version.power.code, None)
        else:
            standing[event.version.power.code] = event.version.pk
    return standing


def first_day() -> date | None:
    """From when there is a list."""
    return PowerVersion.objects.order_by("since").values_list("since", flat=True).first()
