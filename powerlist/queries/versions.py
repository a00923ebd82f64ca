"""The versions of a power as plain items."""

from __future__ import annotations

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
    """Every version of a power, the newest first: its name, its days, and who opens which cases under it. One query."""
    found = PowerVersion.objects.filter(power__code=code).order_by("-since")
    return list(found.only("name", "since", "until", "organ", "matters"))


def history(code: str) -> list[PowerVersion]:
    """Every version of a power, the newest first, whole."""
    found = whole(PowerVersion.objects.filter(power__code=code))
    return list(
        found.select_related("power", "organ", "entrusted", "made_by__case", "ended_by__case").order_by("-since")
    )
