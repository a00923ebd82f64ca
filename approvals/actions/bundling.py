"""Bringing the prepared bundles (approvals/data/bundles/*.toml) into the catalogue. May be repeated."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Organisation
from approvals.actions.catalogue import CatalogueError, Loaded, stated
from approvals.models import Bundle, BundleItem, LicensingItem
from approvals.queries.bundles import SEARCH, short
from approvals.queries.questions import ask_of
from casework.actions import search

DATA = Path(__file__).resolve().parent.parent / "data" / "bundles"


@transaction.atomic
def load_bundles(at: datetime, directory: Path = DATA) -> Loaded:
    """Make the prepared bundles what the files say. A file with a later first day ends the version before it."""
    loaded = Loaded()
    for path in sorted(directory.glob("*.toml")):
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
            outcome = _take_in(written, at)
        except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
            raise CatalogueError(f"{path.name}：{error}") from error
        getattr(loaded, outcome).append(written["code"])
    search.fill(SEARCH.code)
    return loaded


def _take_in(written: dict[str, Any], at: datetime) -> str:
    values = _values(written)
    places = [_place(order, entry, written) for order, entry in enumerate(written["items"], 1)]
    current = Bundle.objects.filter(code=written["code"]).order_by("-since").first()
    if current and current.since > written["since"]:
        raise ValueError(f"已有起始日期更晚（{current.since}）的版本")
    if current and current.since == written["since"]:
        changed = any(getattr(current, name) != value for name, value in values.items())
        if not changed and _rows(current) == places:
            return "unchanged"
        for name, value in values.items():
            setattr(current, name, value)
        current.updated_at = at
        current.save()
        current.members.all().delete()
        _write(current, places)
        return "updated"
    if current:
        current.until = written["since"]
        current.save(update_fields=["until"])
    _write(Bundle.objects.create(code=written["code"], since=written["since"], updated_at=at, **values), places)
    return "created"


def _values(written: dict[str, Any]) -> dict[str, Any]:
    columns = ("name", "saying", "summary", "keywords", "promised_days", "questions", "basis", "notes")
    if unknown := set(written) - {"code", "since", "lead", "items", *columns}:
        raise ValueError(f"不能识别的内容：{'、'.join(sorted(unknown))}")
    for question in written.get("questions", []):
        ask_of(question)
    blank: dict[str, Any] = {"promised_days": None, "questions": [], "basis": [], "notes": []}
    values = {name: written.get(name, blank.get(name, "")) for name in columns}
    values["basis"] = [stated(entry) for entry in values["basis"]]
    return values | {"lead": Organisation.objects.get(code=written["lead"]), "published": True}


def _place(order: int, entry: dict[str, Any], written: dict[str, Any]) -> dict[str, Any]:
    """One member as a row; ValueError where it names what the bundle or the catalogue does not have."""
    codes = [each["code"] for each in written["items"]]
    asked = {question["name"] for question in written.get("questions", [])}
    place = {"when": {}, "first": [], "same": {}, **entry, "order": order}
    if len({short(code) for code in codes}) != len(codes):
        raise ValueError("事项编码的末段重复")
    if not LicensingItem.objects.filter(code=place["code"]).exists():
        raise ValueError(f"没有“{place['code']}”这一事项")
    if unknown := set(place["when"]) - asked:
        raise ValueError(f"没有这些问题：{'、'.join(sorted(unknown))}")
    earlier = set(codes[: order - 1])  # so that no item waits in a circle
    pointed = {*place["first"], *(target.partition(".")[0] for target in place["same"].values())}
    if unknown := pointed - earlier:
        raise ValueError(f"前面没有这些事项：{'、'.join(sorted(unknown))}")
    return place


def _rows(current: Bundle) -> list[dict[str, Any]]:
    columns = ("code", "order", "when", "first", "days", "same")
    return list(current.members.order_by("order").values(*columns))


def _write(current: Bundle, places: list[dict[str, Any]]) -> None:
    BundleItem.objects.bulk_create(BundleItem(bundle=current, **place) for place in places)
