"""Bringing the prepared items (approvals/data/items/*.toml) into the catalogue. May be repeated."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, ServicePoint
from approvals.models import ItemPoint, LicensingItem, Material
from approvals.models.items import HOTLINE
from approvals.queries.items import SEARCH, THEMES
from approvals.queries.questions import ask_of
from casework.actions import search
from law.queries import limit_for
from law.terms import LimitError
from powerlist.queries.basis import unfit

DATA = Path(__file__).resolve().parent.parent / "data" / "items"
LISTS = ("basis", "conditions")
OPEN_POINTS = (
    ServicePoint.Kind.DISTRICT_CENTRE,
    ServicePoint.Kind.SUBDISTRICT_HALL,
    ServicePoint.Kind.COMMUNITY_STATION,
)

OUTSIDE = {"place", "phone", "site", "url", "steps", "verified"}


class CatalogueError(ValueError):
    """A prepared item cannot be taken in; the text names the file and what is wrong. Nothing was changed."""


@dataclass
class Loaded:
    """Codes by what happened to them."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def load_items(at: datetime, directory: Path = DATA) -> Loaded:
    """Make the prepared items what the files say. A file with a later first day ends the version before it."""
    loaded = Loaded()
    organs = {organ.code: organ for organ in Organisation.objects.all()}
    points = list(ServicePoint.objects.filter(until=None))
    for path in sorted(directory.glob("*.toml")):
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
            outcome = _take_in(written, organs, points, at)
        except (tomllib.TOMLDecodeError, KeyError, ValueError, LimitError) as error:
            raise CatalogueError(f"{path.name}：{error}") from error
        getattr(loaded, outcome).append(written["code"])
    _check_results()
    search.fill(SEARCH.code)
    return loaded


def _check_results() -> None:
    """A material names only certificates that an item issues: another name would never be offered to anybody."""
    issued = set(LicensingItem.objects.exclude(result_name="").values_list("result_name", flat=True))
    for material in Material.objects.exclude(satisfied_by=[]).select_related("item"):
        if unknown := set(material.satisfied_by) - issued:
            raise CatalogueError(f"{material.item.code}：没有事项颁发这些证照：{'、'.join(sorted(unknown))}")


def _take_in(
    written: dict[str, Any], organs: dict[str, Organisation], points: Iterable[ServicePoint], at: datetime
) -> str:
    organ = organs[written["organ"]]
    values = _values(written, organ)
    materials = [_material(order, entry) for order, entry in enumerate(written.get("materials", []), 1)]
    wanted = {point.pk for point in points if _serves(point, organ, written)}
    current = LicensingItem.objects.filter(code=written["code"]).order_by("-since").first()
    if current is None or current.since != written["since"] or current.basis != values["basis"]:
        _check_basis(values, max(written["since"], timezone.localdate(at)))
    if current and current.since > written["since"]:
        raise ValueError(f"已有起始日期更晚（{current.since}）的版本")
    if current and current.since == written["since"]:
        changed = [name for name, value in values.items() if getattr(current, name) != value]
        for name in changed:
            setattr(current, name, values[name])
        if changed:
            current.updated_at = at
            current.save()
        parts = [_sync_materials(current, materials), _sync_points(current, wanted)]
        return "updated" if changed or any(parts) else "unchanged"
    if current:
        current.until = written["since"]
        current.save(update_fields=["until"])
    item = LicensingItem.objects.create(code=written["code"], since=written["since"], updated_at=at, **values)
    _sync_materials(item, materials)
    _sync_points(item, wanted)
    return "created"


def _values(written: dict[str, Any], organ: Organisation) -> dict[str, Any]:
    aside = {"code", "since", "organ", "materials", "form", "points", *LISTS}
    columns = {column.name for column in LicensingItem._meta.concrete_fields}
    if unknown := set(written) - aside - columns:
        raise ValueError(f"不能识别的内容：{'、'.join(sorted(unknown))}")
    if unknown := set(written.get("themes", [])) - set(THEMES):
        raise ValueError(f"没有这些主题：{'、'.join(sorted(unknown))}")
    values = {name: value for name, value in written.items() if name not in aside}
    values |= {name: [stated(entry) for entry in written.get(name, [])] for name in LISTS}
    if unknown := set(written.get("outside", {})) - OUTSIDE:
        raise ValueError(f"不能识别的内容：{'、'.join(sorted(unknown))}")
    if not str(written.get("outside", {}).get("url", "https://")).startswith("https://"):
        raise ValueError("在本门户以外办理的网址应当以https://开头")
    values |= {"organ": organ, "form": _form(written.get("form", [])), "published": True}
    values.setdefault("complaint_phone", HOTLINE)
    values.setdefault("enquiry_phone", HOTLINE)
    values.setdefault("limit_key", "xk_decide")
    limit_for(values["limit_key"], written["since"])
    for column in LicensingItem._meta.concrete_fields:
        if column.has_default() and column.name not in {"id", "origin", "until"}:
            values.setdefault(column.name, column.get_default())
    return values


def _check_basis(values: dict[str, Any], on: date) -> None:
    """Nothing is published that rests on what does not apply; what was published before is refused case by case."""
    if values["online"] == LicensingItem.Online.FULL and not values["basis"]:
        raise ValueError("没有写明设定依据")
    for citation, why in unfit((line["cite"] for line in values["basis"]), on).items():
        raise ValueError(f"设定依据{citation}{why}")


def stated(entry: dict[str, Any]) -> dict[str, Any]:
    """One line of basis or conditions; where nothing else is said, it has not been checked."""
    return {"verified": False, **entry}


def _form(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [question["name"] for page in pages for question in page["fields"]]
    if len(names) != len(set(names)):
        raise ValueError("申请表中有重名的问题")
    for page in pages:
        for question in page["fields"]:
            ask_of(question)
    return pages


def _material(order: int, entry: dict[str, Any]) -> dict[str, Any]:
    material = Material(order=order, **entry)
    columns = [column.name for column in Material._meta.concrete_fields if column.name not in ("id", "item")]
    return {name: getattr(material, name) for name in columns}


def _sync_materials(item: LicensingItem, wanted: list[dict[str, Any]]) -> bool:
    present = {material.code: material for material in item.materials.all()}
    changed = False
    for values in wanted:
        material = present.pop(values["code"], None) or Material(item=item, code=values["code"])
        if material.pk is None or any(getattr(material, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(material, name, value)
            material.save()
            changed = True
    for material in present.values():
        material.delete()
    return changed or bool(present)


def _serves(point: ServicePoint, organ: Organisation, written: dict[str, Any]) -> bool:
    if "points" in written:
        return point.code in written["points"]
    return point.kind in OPEN_POINTS or point.organisation_id == organ.pk


def _sync_points(item: LicensingItem, wanted: set[int]) -> bool:
    present = dict(item.points.values_list("point", "id"))
    ItemPoint.objects.filter(pk__in=[pk for point, pk in present.items() if point not in wanted]).delete()
    ItemPoint.objects.bulk_create(ItemPoint(item=item, point_id=point) for point in sorted(wanted - set(present)))
    return wanted != set(present)
