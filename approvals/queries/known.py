"""What the rules of licensing may look at besides the case itself: the item and what was handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.utils import timezone

from approvals.models import Application, Licence
from approvals.queries import drafts, items, licences, parts, ratings
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART, Subject, Whole, subject_of
from approvals.queries.drafts import LICENCE
from casework.models import Act, Case, Document, Draft
from casework.queries.files import LOCKED
from law.queries import threshold
from powerlist.queries import basis, holding

INTERESTED = "interested_party"  # part of somebody whose major interest the licence concerns (行政许可法 36)
FLAGS = (
    "needs_inspection", "goes_to_superior", "safety", "major", "on_commitment", "market_regulation", "special_limit",
)  # fmt: skip


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `approvals.rules`; what costs a query of its own is asked only when a rule looks at it."""
    if case is not None and case.procedure == ratings.FOLLOW_UP:
        return {"handled_by": lambda: set() if case._state.adding else ratings.handled_by(case)}
    on = timezone.localdate(at)
    staff = int(threshold("verify_staff_min", on))
    item = item_of(case, on) if case else None
    if case is None or item is None:
        return {"item_in_force": False, "power_held": False, "missing_materials": [], "verify_staff_min": staff}
    more = _of_licence(case, on) if case.procedure in licences.ABOUT_LICENCE else {}
    if case.procedure in (BUNDLE, PART):
        more = parts.known(case, facts, at)
    return {
        "item_in_force": item.is_open and item.covers(on),
        "power_held": lambda: _power_held(case, item, on),
        "unfit_basis": lambda: basis.unfit(items.citations(item), on),
        "point_serves_item": lambda: _point_serves(case, item, on),
        "delivery_point": lambda: _delivery_point(case),
        "declared_to_the_city": lambda: bool((draft := draft_of(case)) and draft.content.get("declared_to_the_city")),
        "material_codes": lambda: [material.code for material in item.materials.all()],
        "missing_materials": lambda: [each.code for each in drafts.missing(item.materials.all(), given(case))],
        "third_party_interest": lambda: _touches_others(case),
        "verify_staff_min": staff,
        **{name: getattr(item, name) for name in FLAGS},
        **more,
    }


def _point_serves(case: Case, subject: Subject, on: date) -> bool:
    codes = [member.code for member in subject.members] if isinstance(subject, Whole) else [subject.code]
    return all(items.serves(case.service_point, code, on) for code in codes)


def _delivery_point(case: Case) -> str:
    """Where the result is collected, as the forms name a point; empty where it is not collected."""
    application = application_of(case)
    collected = application and application.delivery == Application.Delivery.COLLECT
    return str(application.delivery_point_id) if application and collected else ""


def _power_held(case: Case, item: Subject, on: date) -> bool:
    """Whether the item names its power and its organ holds it; of a case to be opened the one door asks itself."""
    if isinstance(item, Whole):  # several organs, of which the door of this case knows one
        held = (each.item.power_code and holding.holds(each.item.organ_id, each.code, on) for each in item.members)
        return case.organ_id == item.organ_id and all(held)
    named = case.organ_id == item.organ_id and item.organ.covers(on) and bool(item.power_code)
    return named and (case._state.adding or holding.holds(case.organ_id, case.matter, on))


def _of_licence(case: Case, on: date) -> dict[str, Any]:
    """What is known of the licence that a case is about, each asked only when a rule looks at it."""
    file_pk = case.pk if case.procedure == licences.IN_FORCE else case.parent_id
    others = Case.objects.filter(parent=file_pk).exclude(parent=None)

    @cache
    def licence() -> Licence | None:
        return licences.licence_of(case)

    def of(read: Callable[[Licence], Any]) -> Callable[[], Any]:
        return lambda: read(found) if (found := licence()) else None

    def decided(procedure: str) -> Callable[[], set[str]]:
        states = ("renewed", "changed", "delivered")
        return lambda: set(others.filter(procedure=procedure, state__in=states).values_list("number", flat=True))

    return {
        "is_holder": of(lambda found: found.holder_id == case.applicant_id),
        "same_organ": of(lambda found: found.organ_id == case.organ_id),
        "licence_in_force": of(lambda found: licences.in_force(found, on)),
        "licence_valid": of(lambda found: found.state == Licence.State.VALID),
        "delivered": of(lambda found: found.delivered_on is not None),
        "valid_to": of(lambda found: found.valid_to),
        "same_pending": lambda: others.filter(procedure=case.procedure, ended_at=None).exclude(pk=case.pk).exists(),
        "renewals_decided": decided(licences.RENEWAL),
        "changes_decided": decided(licences.CHANGE),
        "timely_renewal_open": lambda: others.filter(
            procedure=licences.RENEWAL, ended_at=None, acts__step=licences.IN_TIME, decisions=None
        ).exists(),
        "granted_on_commitment": lambda: Act.objects.filter(case=case.parent_id, step="grant_on_commitment").exists(),
        "investigated": lambda: Case.objects.filter(
            procedure__startswith="enforcement.", applicant=case.applicant_id, ended_at=None
        ).exists(),
    }


def _touches_others(case: Case) -> bool:
    # A case that `casework.queries.file.find` found tells whether anybody has a part in it at all.
    has_parts = not case._state.adding and getattr(case, "has_parts", True)
    return has_parts and case.participants.filter(role=INTERESTED, until=None).exists()


def own_limit(case: Case, key: str) -> str:
    """The limit that the item's own statute sets in the place of the general one (行政许可法 42(1): 另有规定的除外)."""
    item = item_of(case, timezone.localdate(case.opened_at)) if key == "xk_decide" else None
    return item.limit_key if item else key


PROMISED = {
    LICENCE: ("xk_decide", "bj_company_registration", "bj_low_risk_project"),
    BUNDLE: ("xk_decide_joint",),
}


def promised(case: Case, key: str) -> int | None:
    """The working days in which the organ promised to decide (北京市优化营商环境条例 31): a grant, not changes."""
    if key not in PROMISED.get(case.procedure, ()):
        return None
    application = application_of(case)
    about = (application.item or application.bundle) if application else None
    return about.promised_days if about else None


def item_of(case: Case, on: date) -> Subject | None:
    """The version of what the case is about: the one applied for, or before filing the one in force."""
    application = application_of(case)
    if application:
        return subject_of(application)
    draft = draft_of(case) if case._state.adding else None
    if draft and draft.matter == case.matter:
        return drafts.with_item(draft, on)
    return items.with_materials(case.matter, on)


def remember(case: Case, act: Act, application: Application, handed_in: list[Document]) -> None:
    """What an act has just written for the first time need not be read again for its papers."""
    listed = subject_of(application).materials.all()
    application.listed = [(each.code, each.name, each.shared_from) for each in listed]  # type: ignore[attr-defined]
    application.licence, application.moves = "", []  # type: ignore[attr-defined]
    case._application, act._handed_in = application, handed_in  # type: ignore[attr-defined]


def handed_in(act: Act) -> list[Document]:
    """The materials that came into the file with an act."""
    found: list[Document] | None = getattr(act, "_handed_in", None)
    if found is None:
        found = list(Document.objects.filter(case=act.case_id, act=act, kind=Document.Kind.MATERIAL))
    return found


# In a part of a bundle the law issues what its organ has stated before: the act in which it did.
_BEHIND = {
    "issue_grant": ("agree",),
    "issue_refusal": ("refuse_part", "refuse_for_prerequisite"),
    "issue_not_needed": ("report_not_needed",),
    "issue_not_competent": ("report_not_competent",),
}


def stated(act: Act) -> Act:
    """The act that states what an act decides: itself, or the opinion of the organ that it issues."""
    behind = Act.objects.filter(case=act.case_id, step__in=_BEHIND.get(act.step, ())).order_by("-seq").first()
    return behind or act


def day_of(value: Any) -> date | None:
    """A day that an act states, whether it was just stated or read back."""
    return date.fromisoformat(value) if isinstance(value, str) else value


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
    sound = Document.objects.filter(case=case, kind=Document.Kind.MATERIAL).exclude(scan__in=LOCKED)
    uploaded = sound.values_list("slot", flat=True)
    return paper | set(uploaded)


def materials(case: Case, on: date) -> list[tuple[str, str]]:
    """Code and name of every material on the item's published list: all that a correction may ask for."""
    application = application_of(case)
    if application and application.item_id:
        return [(code, name) for code, name, _ in application.listed]  # type: ignore[attr-defined]
    item = item_of(case, on)
    return [(material.code, material.name) for material in item.materials.all()] if item else []


def application_parts(case: Case, on: date) -> list[tuple[str, str]]:
    """The application form and every material on the list: where a mistake can be put right on the spot."""
    return [("form", "行政许可申请书"), *materials(case, on)]


def parties(case: Case, on: date) -> list[tuple[str, str]]:
    """Those whose major interest the licence concerns, as entered in the file."""
    entered = case.participants.filter(role=INTERESTED, until=None, party__isnull=False).select_related("party")
    return [(str(part.party_id), part.party.name) for part in entered.order_by("pk") if part.party]
