"""What somebody has begun to fill in: which parts are done, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts import queries as people
from accounts.models import Party, Representation, User
from accounts.prepared import A_CODE, A_USER, AN_ID, Prepared
from approvals.models import Material
from approvals.queries import bundles, items, presence, questions
from approvals.queries.bundles import BUNDLE, Subject, Whole
from casework import facts
from casework.models import Document, Draft
from casework.queries.files import sound

LICENCE = "approvals.licence"
SUBMIT, INTAKE, CORRECTION = "submit", "take_in_at_window", "submit_correction"
FROM_CITY = "take_in_from_city"
# What somebody brings to a window for a case under way, and the draft in which the clerk writes down who it is.
SPOT, BROUGHT, WITHDRAWN = "take_in_spot_correction", "take_in_correction", "take_in_withdrawal"
REDIRECTED = "take_in_redirection"
BY_WINDOW = (BROUGHT, SPOT, WITHDRAWN, REDIRECTED)
AT_COUNTER = "at_counter"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an application: a page, whether it is done, and whether it must be."""

    name: str
    title: str
    done: bool
    needed: bool = True
    hint: str = ""


def mine(user: User) -> QuerySet[Draft]:
    """The applications that the user has begun and not submitted, the latest first."""
    wanted = Draft.objects.filter(owner=user, case=None, procedure__in=(LICENCE, BUNDLE), step__in=(SUBMIT, INTAKE))
    return wanted.select_related("party").order_by("-saved_at")


_OF_CODE = Prepared(
    Draft.objects.filter(owner=A_USER, step=SUBMIT, code=A_CODE).select_related("party", "case").order_by()
)


def of_code(user: User, code: str) -> Draft | None:
    """The user's application with this code, submitted or not. One query."""
    return next(iter(_OF_CODE.rows({A_USER: user.pk, A_CODE: code})), None)


def begun(user: User, item_code: str, step: str) -> Draft | None:
    """The latest open draft of the user for an item, to be resumed rather than begun anew."""
    return mine(user).filter(matter=item_code, step=step).first()


# Not asked here for those without a case: of a million files few have none, and the planner would begin with these.
_FILES = Document.objects.filter(draft=AN_ID, kind=Document.Kind.MATERIAL).order_by("added_at", "id")
_LOCKED = Prepared(Draft.objects.filter(pk=AN_ID, owner=A_USER).select_related("party").select_for_update(of=("self",)))
_WAITING, _HELD = Prepared(_FILES), Prepared(_FILES.select_for_update())


def documents(draft: Draft) -> list[Document]:
    """The files uploaded for a draft, in the order of their arrival. One query, or none of a draft held for filing."""
    held: list[Document] | None = getattr(draft, "held", None)
    return _without_case(_WAITING, draft) if held is None else held


def hold(draft: Draft, user: User) -> Draft:
    """The user's draft, locked with its files until the transaction ends; the files are read this once. Two queries."""
    found = next(iter(_LOCKED.rows({AN_ID: draft.pk, A_USER: user.pk})), None)
    if found is None:
        raise Draft.DoesNotExist
    found.held = _without_case(_HELD, found)  # type: ignore[attr-defined]
    return found


def _without_case(files: Prepared[Document], draft: Draft) -> list[Document]:
    return [one for one in files.rows({AN_ID: draft.pk}) if one.case_id is None]


def of_material(draft: Draft, code: str) -> list[Document]:
    """The files uploaded for one material."""
    return [document for document in documents(draft) if document.slot == code]


def missing(materials: Iterable[Material], given: set[str]) -> list[Material]:
    """The materials that an applicant has to hand in and has not."""
    return [material for material in materials if material.asked and material.code not in given]


def given(draft: Draft, uploaded: Iterable[Document]) -> set[str]:
    """Codes of the materials that are there: uploaded and not locked away, or ticked as handed in on paper."""
    return {document.slot for document in sound(uploaded)} | {entry["code"] for entry in draft.content.get("paper", [])}


def parts(draft: Draft, item: Subject, uploaded: Iterable[Document]) -> list[Part]:
    """The parts of an application in their order. Costs no query if the item's materials are loaded."""
    content = draft.content
    found = []
    if isinstance(item, Whole):
        hint = "、".join(member.item.name for member in item.members)
        found.append(Part("items", "需要办理的事项", bool(item.members) and "asked" in content, hint=hint))
    found += [
        Part("applicant", "申请人", draft.party_id is not None, hint=draft.party.name if draft.party else ""),
        *([Part("presence", "身份核验和收到时间", presence.settled(content))] if draft.step == INTAKE else []),
        Part("contact", "联系方式", all(content.get("contact", {}).get(name) for name in ("name", "phone"))),
    ]
    for sheet in questions.sheets(item):
        _, reasons = facts.clean(sheet.asks, of_sheet(sheet, content), {})
        found.append(Part(f"form-{sheet.number}", sheet.title, not reasons and _was_seen(sheet, content)))
    materials = list(item.materials.all())
    lacking = missing(materials, given(draft, uploaded))
    if materials:
        hint = f"还缺 {len(lacking)} 份必要材料" if lacking and draft.step != INTAKE else ""
        found.append(Part("materials", "申请材料", not lacking, needed=draft.step != INTAKE, hint=hint))
    found.append(Part("delivery", "领取和送达", _delivery_settled(content.get("delivery", {}))))
    return found


def _delivery_settled(delivery: dict[str, Any]) -> bool:
    return bool(delivery.get("way")) and (delivery["way"] != "collect" or bool(delivery.get("point")))


def of_sheet(sheet: questions.Sheet, content: dict[str, Any]) -> dict[str, Any]:
    """The saved answers to the questions of one page."""
    answers = content.get("answers", {})
    return {ask.name: answers[ask.name] for ask in sheet.asks if ask.name in answers}


def _was_seen(sheet: questions.Sheet, content: dict[str, Any]) -> bool:
    return sheet.number in content.get("seen", [])


def ready(found: Iterable[Part]) -> bool:
    """Whether everything that must be there is there."""
    return all(part.done or not part.needed for part in found)


def applicants(user: User, item: Subject, on: date) -> list[tuple[Party, str]]:
    """For whom the user may apply for an item: the party and the relation to it, oneself first. One query."""
    labels = dict(Representation.Relation.choices)
    return [
        (one.party, str(labels[one.relation]))
        for one in people.representations(user, on)
        if item.serves(one.party.kind)
    ]


def with_item(draft: Draft, on: date) -> Subject | None:
    """The item that a draft is about, as published on a day: drafts follow the item until they are submitted.

    With its materials; kept on the draft once it was read.
    """
    read: dict[date, Subject | None] = draft.__dict__.setdefault("_items", {})
    if on not in read:
        if draft.procedure == BUNDLE:
            read[on] = bundles.whole(draft.matter, on, draft.content.get("chosen", []))
        else:
            read[on] = items.with_materials(draft.matter, on)
    return read[on]
