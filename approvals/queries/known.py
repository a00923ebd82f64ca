"""What the rules of licensing may look at besides the case itself: the item and what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from approvals.models import Application, LicensingItem
from approvals.queries import drafts, items
from casework.models import Case, Document, Draft
from law.queries import threshold

INTERESTED = "interested_party"  # part of somebody whose major interest the licence concerns (行政许可法 36)
FLAGS = (
    "needs_inspection", "goes_to_superior", "safety", "major", "on_commitment", "market_regulation", "special_limit",
)  # fmt: skip


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `approvals.rules`; what costs a query of its own is asked only when a rule looks at it."""
    on = timezone.localdate(at)
    staff = int(threshold("verify_staff_min", on))
    item = item_of(case, on) if case else None
    if case is None or item is None:
        return {"item_in_force": False, "power_held": False, "missing_materials": [], "verify_staff_min": staff}
    materials = list(item.materials.all())
    return {
        "item_in_force": item.is_open and item.covers(on),
        "power_held": case.organ_id == item.organ_id and item.organ.covers(on) and bool(item.power_code),
        "point_serves_item": lambda: items.serves(case.service_point, item.code, on),
        "material_codes": [material.code for material in materials],
        "missing_materials": lambda: [material.code for material in drafts.missing(materials, given(case))],
        "third_party_interest": lambda: _touches_others(case),
        "verify_staff_min": staff,
        **{name: getattr(item, name) for name in FLAGS},
    }


def _touches_others(case: Case) -> bool:
    return not case._state.adding and case.participants.filter(role=INTERESTED, until=None).exists()


def own_limit(case: Case, key: str) -> str:
    """The limit that the item's own statute sets in the place of the general one (行政许可法 42(1): 另有规定的除外)."""
    application = application_of(case)
    return application.item.limit_key if application and key == "xk_decide" else key


def item_of(case: Case, on: date) -> LicensingItem | None:
    """The version of the item that the case is about: the one applied for, or before filing the one in force."""
    application = application_of(case)
    if application:
        return application.item
    return items.guide(case.matter, on)


def application_of(case: Case) -> Application | None:
    """The application of a case with its item, organ and materials; kept on the case once it was read."""
    if case._state.adding:
        return None
    found = getattr(case, "_application", None)
    if found is None:
        query = Application.objects.select_related("item__organ", "delivery_point").prefetch_related("item__materials")
        found = query.filter(case=case).first()
        case._application = found  # type: ignore[attr-defined]
    return found


def draft_of(case: Case) -> Draft | None:
    """The draft that the case is being filed from, if it is."""
    return getattr(case, "draft", None)


def given(case: Case) -> set[str]:
    """Codes of the materials that are in the file, or in the draft that is about to become it."""
    if case._state.adding:
        draft = draft_of(case)
        return drafts.given(draft, drafts.documents(draft)) if draft else set()
    application = application_of(case)
    paper = {entry["code"] for entry in application.paper_materials} if application else set()
    uploaded = Document.objects.filter(case=case, kind=Document.Kind.MATERIAL).values_list("slot", flat=True)
    return paper | set(uploaded)


def materials(case: Case, on: date) -> list[tuple[str, str]]:
    """Code and name of every material on the item's published list: all that a correction may ask for."""
    item = item_of(case, on)
    return [(material.code, material.name) for material in item.materials.all()] if item else []


def parties(case: Case, on: date) -> list[tuple[str, str]]:
    """Those whose major interest the licence concerns, as entered in the file."""
    entered = case.participants.filter(role=INTERESTED, until=None, party__isnull=False).select_related("party")
    return [(str(part.party_id), part.party.name) for part in entered.order_by("pk") if part.party]
