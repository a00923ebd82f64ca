"""Reference data: organs, their former names, duties and service points, as the files in accounts/data say."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from accounts.models import Organisation, OrganisationDuty, OrganisationName, ServicePoint

OF_KIND = "kind:"  # duties of every organ of a kind
DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Loaded:
    """How many rows the files hold."""

    organisations: int
    names: int
    service_points: int
    duties: int


def _rows(name: str, directory: Path) -> Iterator[dict[str, str]]:
    with (directory / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def load_organisations(directory: Path = DATA) -> Loaded:
    """Make the registers agree with the files. Repeatable; organisations that the files do not know are left alone.

    A code word that somebody has verified is not overwritten.
    """
    rows = list(_rows("organisations.csv", directory))
    verified_words = set(Organisation.objects.filter(word_verified=True).values_list("code", flat=True))
    # Superiors before their units, because a unit without an organ is refused.
    known: dict[str, Organisation] = {}
    for row in sorted(rows, key=lambda row: row["kind"] == Organisation.Kind.INTERNAL_UNIT):
        values: dict[str, object] = {
            "name": row["name"],
            "short_name": row["short_name"],
            "kind": row["kind"],
            "since": _day(row["since"]),
            "until": _day(row["until"]),
            "verified": row["verified"] == "yes",
        }
        if row["kind"] == Organisation.Kind.INTERNAL_UNIT:
            values["parent"] = known[row["parent"]]
        if row["code"] not in verified_words:
            values["word"] = row["word"]
        known[row["code"]] = Organisation.objects.update_or_create(code=row["code"], defaults=values)[0]
    for row in rows:
        organisation = known[row["code"]]
        organisation.parent = known[row["parent"]] if row["parent"] else None
        organisation.successor = known[row["successor"]] if row["successor"] else None
        organisation.save(update_fields=["parent", "successor"])
    names = list(_rows("organisation_names.csv", directory))
    for row in names:
        OrganisationName.objects.update_or_create(
            organisation=known[row["organisation"]],
            name=row["name"],
            defaults={
                "short_name": row["short_name"],
                "word": row["word"],
                "since": _day(row["since"]),
                "until": date.fromisoformat(row["until"]),
                "note": row["note"],
                "verified": row["verified"] == "yes",
            },
        )
    points = list(_rows("service_points.csv", directory))
    for row in points:
        ServicePoint.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "kind": row["kind"],
                "organisation": known[row["organisation"]],
                "address": row["address"],
                "opening_hours": row["opening_hours"],
                "phone": row["phone"],
                "since": date.fromisoformat(row["since"]),
            },
        )
    return Loaded(len(rows), len(names), len(points), _load_duties(directory, known))


def _load_duties(directory: Path, known: dict[str, Organisation]) -> int:
    """Duties by organ; those of a kind are written for each of its organs. A duty that ended keeps its row."""
    count = 0
    for row in _rows("duties.csv", directory):
        of = row["organisation"]
        kind = of.removeprefix(OF_KIND) if of.startswith(OF_KIND) else ""
        for organ in [one for one in known.values() if one.kind == kind] if kind else [known[of]]:
            OrganisationDuty.objects.update_or_create(
                organisation=organ,
                order=int(row["order"]),
                since=date.fromisoformat(row["since"]),
                defaults={"text": row["text"], "basis": row["basis"], "sample": row["sample"] == "yes"},
            )
            count += 1
    return count
