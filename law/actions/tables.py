"""Bringing the tables of the house (law/data/*.csv) into the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from law.actions.stamping import stamp
from law.models import CalendarDay, PublishedYear, Threshold, TimeLimit
from law.reading import read_table

DATA = Path(__file__).resolve().parent.parent / "data"
NOTICE = "国务院办公厅关于{year}年部分节假日安排的通知"


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened to the rows of one table. kept: no longer in the tables, but a case rests on it."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0
    total: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.removed)


@transaction.atomic
def load_law() -> dict[str, Counts]:
    """Make limits, thresholds and calendar what the tables of the house say. May be repeated.

    A row keeps its id as long as its key and first day stay, so that running clocks stay attached to their version.
    Years and overrides that were imported later are left alone.
    """
    days = list(_days())
    years = {row["date"].year for row in days}
    counts = {
        "期限": sync(TimeLimit, TimeLimit.objects.all(), ("key", "effective_from"), _limits()),
        "数额标准": sync(Threshold, Threshold.objects.all(), ("key", "effective_from"), _thresholds()),
        "日历日": sync(
            CalendarDay, CalendarDay.objects.filter(overrides=False, date__year__in=years), ("date", "overrides"), days
        ),
        "已公布年份": sync(
            PublishedYear,
            PublishedYear.objects.filter(year__in=years),
            ("year",),
            ({"year": year, "source": NOTICE.format(year=year)} for year in sorted(years)),
        ),
    }
    if any(count.changed for count in counts.values()):
        stamp()
    return counts


def sync(
    model: type[models.Model], present: Iterable[Any], identity: tuple[str, ...], rows: Iterable[dict[str, Any]]
) -> Counts:
    """Make the rows present equal to the rows given, with few statements; identity: the columns that match them."""
    by_identity = {tuple(getattr(row, name) for name in identity): row for row in present}
    new, changed, total = [], [], 0
    columns: list[str] = []
    for values in rows:
        total += 1
        columns = [name for name in values if name not in identity]
        row = by_identity.pop(tuple(values[name] for name in identity), None)
        if row is None:
            new.append(model(**values))
        elif any(getattr(row, name) != values[name] for name in columns):
            for name in columns:
                setattr(row, name, values[name])
            changed.append(row)
    removed = sum(_remove(row) for row in by_identity.values())
    manager = model._default_manager
    if changed and columns:
        manager.bulk_update(changed, columns)
    manager.bulk_create(new)
    return Counts(len(new), len(changed), removed, len(by_identity) - removed, total)


def _remove(row: models.Model) -> bool:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True


def _limits() -> Iterator[dict[str, Any]]:
    for row in read_table(DATA / "time_limits.csv"):
        yield {
            **row,
            "quantity": _number(row["quantity"]),
            "extension_quantity": _number(row["extension_quantity"]),
            **_interval(row),
            "verified": row["verified"] == "yes",
            "is_setting": row["is_setting"] == "yes",
        }


def _thresholds() -> Iterator[dict[str, Any]]:
    for row in read_table(DATA / "thresholds.csv"):
        value = Decimal(row["value"]).quantize(Decimal("0.0001"))
        yield {**row, "value": value, **_interval(row), "verified": row["verified"] == "yes"}


def _days() -> Iterator[dict[str, Any]]:
    for row in read_table(DATA / "calendar.csv"):
        day = date.fromisoformat(row["date"])
        yield {
            "date": day,
            "overrides": False,
            "kind": row["kind"],
            "name": row["name"],
            "source": NOTICE.format(year=day.year),
        }


def _number(text: str) -> int | None:
    return int(text) if text else None


def _interval(row: dict[str, str]) -> dict[str, date | None]:
    ends = row["effective_to"]
    return {
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_to": date.fromisoformat(ends) if ends else None,
    }
