"""Sample catalogue, purchases, transfer payments and activities, through the same doors as real ones.

May be repeated: what is there stays.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Organisation, User
from law.reading import read_table
from powerlist.actions import communities, disclosure, purchases
from powerlist.models import Activity, Catalogue, SocialOrganisation
from powerlist.models.disclosure import Disclosed
from powerlist.queries.disclosing import CIVIL_AFFAIRS
from powerlist.queries.purchases import finest, in_force

DATA = Path(settings.BASE_DIR) / "powerlist" / "data"
TITLE = "北京市东城区政府购买服务指导性目录（示例）"
# The versions: entered on, in force from, and the headings that come with it.
VERSIONS = (
    (date(2026, 1, 5), date(2026, 1, 8), {"A0906": None}),
    (date(2026, 6, 15), date(2026, 7, 1), {"A0906": "社区心理服务"}),
)
# Who enters and who publishes for an organ.
TWO = {
    "DC-CZJ": ("czj-officer", "czj-head"), "DC-SCJ": ("scj-officer", "scj-head"), "DC-WJW": ("wjw-officer", "wjw-head"),
    "DC-MZJ": ("mzj-officer", "mzj-head"), "110101001": ("dhm-officer", "dhm-head"),
    "110101010": ("hpl-officer", "hpl-head"),
}  # fmt: skip


def seed(now: datetime) -> None:
    """Make the samples that are not there yet."""
    if not Catalogue.objects.exists():
        _purchases()
    if not Activity.objects.exists():
        _activities(now)


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _two(organ: str) -> tuple[User, User]:
    enters, publishes = (User.objects.get(username=name) for name in TWO[organ])
    return enters, publishes


def _publish(row: Disclosed, organ: str, day: date) -> None:
    disclosure.publish(row, _two(organ)[1], _at(day, 15))


def _purchases() -> None:
    listed = {row["code"]: row["name"] for row in read_table(DATA / "purchase_headings.csv", ("code", "name"))}
    excluded = [
        purchases.Excluded(row["text"], row["basis"])
        for row in read_table(DATA / "purchase_exclusions.csv", ("text", "basis"))
    ]
    for entered, since, more in VERSIONS:
        headings = sorted((listed | {code: name for code, name in more.items() if name}).items())
        finance = _two("DC-CZJ")[0]
        version = purchases.enter_catalogue(TITLE, since, headings, excluded, finance, _at(entered), sample=True)
        _publish(version, "DC-CZJ", entered)
    for row in read_table(DATA / "purchase_projects.csv"):
        _project(row)
    for row in read_table(DATA / "transfers.csv"):
        given: dict[str, Any] = {**row, "year": int(row["year"]), "amount": Decimal(row["amount"])}
        given["paid"] = Decimal(row["paid"]) if row["paid"] else None
        day = VERSIONS[0][0]
        transfer = purchases.enter_transfer(given, _two("DC-CZJ")[0], _at(day), sample=True)
        _publish(transfer, "DC-CZJ", day)


def _project(row: dict[str, str]) -> None:
    signed = date.fromisoformat(row["contracted_on"])
    version = in_force(signed)
    if version is None:
        raise ValueError(f"{DATA.name}: no catalogue on {signed}")
    given: dict[str, Any] = {
        "heading": finest(version).get(code=row["heading"]), "name": row["name"], "year": int(row["year"]),
        "amount": Decimal(row["amount"]), "receiver": row["receiver"], "receiver_kind": row["receiver_kind"],
        "method": row["method"], "contracted_on": signed, "outside_exclusions": True,
    }  # fmt: skip
    organ = Organisation.objects.get(code=row["organ"])
    day = signed + timedelta(days=5)
    _publish(purchases.enter_project(organ, given, _two(organ.code)[0], _at(day), sample=True), organ.code, day)


def _activities(now: datetime) -> None:
    """Three activities to come, and citizens who have signed up for one whose places are few."""
    enters, publishes = _two(CIVIL_AFFAIRS)
    for row in read_table(DATA / "social_organisations.csv"):
        if not SocialOrganisation.objects.filter(name=row["name"]).exists():
            given = {**row, "since": date.fromisoformat(row["since"])}
            disclosure.publish(communities.enter_organisation(given, enters, now, sample=True), publishes, now)
    for row in read_table(DATA / "activities.csv"):
        begins = timezone.make_aware(
            datetime.combine(timezone.localdate(now) + timedelta(days=int(row["in_days"])), time(int(row["hour"])))
        )
        given = {
            "title": row["title"], "about": row["about"], "place": row["place"], "starts_at": begins,
            "ends_at": begins + timedelta(hours=2), "closes_at": begins - timedelta(days=1),
            "places": int(row["places"]), "waiting_places": int(row["waiting_places"]),
            "host": SocialOrganisation.objects.filter(name=row["host"]).first(),
            "community": Organisation.objects.filter(code=row["community"]).first(),
        }  # fmt: skip
        enters, publishes = _two(row["organ"])
        organ = Organisation.objects.get(code=row["organ"])
        activity = communities.enter_activity(organ, given, enters, now, sample=True)
        disclosure.publish(activity, publishes, now)
        for name in row["signed_up"].split():
            communities.sign_up(activity, User.objects.get(username=name), now)
