"""The tables of the house, read plainly for the pure rooms and loaded for those that ask the database."""

import csv
from datetime import date
from pathlib import Path

import pytest

from law.actions import load_law
from law.calendar import WorkCalendar
from law.limits import Limit

DATA = Path(__file__).resolve().parents[2] / "law" / "data"
YEARS = range(2015, 2027)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_calendar() -> WorkCalendar:
    days = table(DATA / "calendar.csv")
    kinds = {
        kind: {date.fromisoformat(row["date"]): row["name"] for row in days if row["kind"] == kind}
        for kind in ("off", "work")
    }
    return WorkCalendar(kinds["off"], kinds["work"], YEARS)


def read_limits() -> dict[str, list[Limit]]:
    limits: dict[str, list[Limit]] = {}
    for row in table(DATA / "time_limits.csv"):
        values: dict[str, object] = dict(row)
        for name in ("quantity", "extension_quantity"):
            values[name] = int(row[name]) if row[name] else None
        values["effective_from"] = date.fromisoformat(row["effective_from"])
        values["effective_to"] = date.fromisoformat(row["effective_to"]) if row["effective_to"] else None
        values["verified"], values["is_setting"] = row["verified"] == "yes", row["is_setting"] == "yes"
        limits.setdefault(row["key"], []).append(Limit(**values))  # type: ignore[arg-type]
    return limits


@pytest.fixture
def law(db: None) -> None:
    """The tables of the house in the database."""
    load_law()
