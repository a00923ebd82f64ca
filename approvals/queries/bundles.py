"""Bundles (一件事): which there are, which items somebody needs, and the chosen items as one thing to apply for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.models import Organisation
from approvals.models import Application, Bundle, BundleItem, LicensingItem, Material
from approvals.queries import questions
from casework.procedure import Ask
from casework.search import Source

BUNDLE, PART = "approvals.bundle", "approvals.bundle_part"
_MEMBERS = Prefetch("members", BundleItem.objects.order_by("order"))
_MATERIALS = Prefetch("materials", Material.objects.order_by("order"))

SEARCH = Source(
    code="approvals.bundle",
    label="一件事",
    route="bundle",
    rows=lambda: Bundle.objects.filter(published=True),
    columns={
        "title": Concat(Value("一件事："), F("name")),
        "text": Concat(F("saying"), Value(" "), F("summary")),
        "more": Concat(F("keywords"), Value(" "), F("lead__short_name"), Value(" "), F("code")),
        "organ": F("lead"),
        "day": F("since"),
        "until": F("until"),
        "ref": F("code"),
        "lead": Value(2),
    },
)


def in_force(on: date) -> QuerySet[Bundle]:
    """The versions of published bundles that apply on a day, with their lead organ and members."""
    found = Bundle.objects.at(on).filter(published=True)
    return found.select_related("lead").prefetch_related(_MEMBERS)


def bundle(code: str, on: date) -> Bundle | None:
    """The version of a bundle that applies on a day. Two queries."""
    return in_force(on).filter(code=code).first()


def with_item(code: str, on: date) -> list[Bundle]:
    """The published bundles that an item belongs to, by name. One query."""
    found = Bundle.objects.at(on).filter(published=True, members__code=code)
    return list(found.only("code", "name").order_by("name", "pk"))


def asked(found: Bundle) -> tuple[Ask, ...]:
    """The questions whose answers decide which items are needed."""
    return tuple(questions.ask_of(each) for each in found.questions)


def needed(found: Bundle, answers: Mapping[str, Any]) -> list[str]:
    """Codes of the items that are needed with these answers, in the order of the bundle."""
    return [
        member.code
        for member in found.members.all()
        if all(answers.get(name) in wanted for name, wanted in member.when.items())
    ]


@dataclass(frozen=True)
class Member:
    """One chosen item: its place in the bundle, the item itself, and how its questions and materials are called there.

    `names` and `codes` map the item's own names of questions and codes of materials to those of the whole.
    """

    place: BundleItem
    item: LicensingItem
    names: Mapping[str, str]
    codes: Mapping[str, str]

    @property
    def code(self) -> str:
        return self.item.code


class Listed(Sequence[Material]):
    """Materials of several items as the whole asks for them; reads like the related manager of one item."""

    def __init__(self, rows: Sequence[Material]) -> None:
        self._rows = list(rows)

    def __getitem__(self, place: Any) -> Any:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def all(self) -> Iterator[Material]:
        return iter(self._rows)


class Whole:
    """The chosen items of a bundle as one thing to apply for. What reads an item reads a whole.

    A question that several items ask is asked once, and so is a material: what the published lists call by one name is
    one material.
    """

    limit_key = "xk_decide_joint"
    special_limit = limit_note = fee = number_limit = ""
    result_name = "各事项的许可证件"
    needs_inspection = goes_to_superior = on_commitment = public_hearing = major = False
    validity_months = None

    def __init__(self, found: Bundle, items: Mapping[str, LicensingItem]) -> None:
        self.bundle = found
        self._form: list[dict[str, Any]] = []
        self._listed: list[Material] = []
        self.members: list[Member] = []
        for place in found.members.all():
            if place.code in items:
                self._take_in(place, items[place.code])

    def _take_in(self, place: BundleItem, item: LicensingItem) -> None:
        prefix = short(item.code)
        before = {member.code: member.names for member in self.members}
        names: dict[str, str] = {}
        for page in item.form:
            new = []
            for question in page["fields"]:
                there, _, theirs = place.same.get(question["name"], "").partition(".")
                same = before.get(there, {}).get(theirs)
                names[question["name"]] = same or f"{prefix.lower()}_{question['name']}"
                if not same:
                    new.append({**question, "name": names[question["name"]]})
            if new:
                self._form.append({"title": f"{page['title']}（{item.name}）", "fields": new})
        by_name = {material.name: material for material in self._listed}
        codes: dict[str, str] = {}
        for material in item.materials.all():
            known = by_name.get(material.name)
            codes[material.code] = known.code if known else f"{prefix}-{material.code}"
            if known is None:
                self._listed.append(_renamed(material, codes[material.code]))
            elif material.required and not known.required:  # who asks for it in every case has the last word
                known.required, known.when_needed = True, ""
        self.members.append(Member(place, item, names, codes))

    @property
    def code(self) -> str:
        return self.bundle.code

    @property
    def name(self) -> str:
        return self.bundle.name

    @property
    def summary(self) -> str:
        return self.bundle.summary

    @property
    def organ(self) -> Organisation:
        return self.bundle.lead

    @property
    def organ_id(self) -> int:
        return self.bundle.lead_id

    @property
    def form(self) -> list[dict[str, Any]]:
        return self._form

    @property
    def materials(self) -> Listed:
        return Listed(self._listed)

    @property
    def basis(self) -> list[dict[str, Any]]:
        return list(self.bundle.basis)

    @cached_property
    def conditions(self) -> list[dict[str, Any]]:
        return [condition for member in self.members for condition in member.item.conditions]

    @property
    def promised_days(self) -> int | None:
        return self.bundle.promised_days

    @property
    def enquiry_phone(self) -> str:
        return next((member.item.enquiry_phone for member in self.members), "")

    @property
    def is_open(self) -> bool:
        """Whether it can be filed: each of its items can."""
        return self.bundle.published and bool(self.members) and all(member.item.is_open for member in self.members)

    @property
    def site_visit(self) -> bool:
        return any(member.item.site_visit for member in self.members)

    @property
    def safety(self) -> bool:
        return any(member.item.safety for member in self.members)

    @property
    def market_regulation(self) -> bool:
        """Whether the rules of market regulation bind every organ that takes part."""
        return all(member.item.market_regulation for member in self.members)

    def covers(self, on: date) -> bool:
        return self.bundle.covers(on) and all(member.item.covers(on) for member in self.members)

    def serves(self, party_kind: str) -> bool:
        return all(member.item.serves(party_kind) for member in self.members)

    def get_audience_display(self) -> str:
        return "、".join(dict.fromkeys(member.item.get_audience_display() for member in self.members))

    def member(self, code: str) -> Member | None:
        return next((member for member in self.members if member.code == code), None)


Subject = LicensingItem | Whole


def short(code: str) -> str:
    """The last piece of an item's code, by which its questions and materials are told from those of others."""
    return code.rpartition("-")[2]


def _renamed(material: Material, code: str) -> Material:
    columns = {column.attname: getattr(material, column.attname) for column in Material._meta.concrete_fields}
    return Material(**{**columns, "code": code})


def members(codes: Sequence[str], on: date) -> dict[str, LicensingItem]:
    """The versions of items that are published on a day, by code, with their organs and materials. Two queries."""
    found = LicensingItem.objects.at(on).filter(published=True, code__in=codes)
    return {item.code: item for item in found.select_related("organ").prefetch_related(_MATERIALS)}


def whole(code: str, on: date, chosen: Sequence[str]) -> Whole | None:
    """A bundle with the chosen items that can be filed here; None if it is not published. Four queries."""
    found = bundle(code, on)
    if found is None:
        return None
    items = members(chosen, on)
    return Whole(found, {code: item for code, item in items.items() if item.is_open})


def elsewhere(found: Bundle, chosen: Sequence[str], on: date) -> list[LicensingItem]:
    """The needed items that cannot be filed here, in the order of the bundle: for them people have to go elsewhere."""
    items = members(chosen, on)
    return [items[place.code] for place in found.members.all() if place.code in items and not items[place.code].is_open]


def subject_of(application: Application) -> Subject:
    """What an application is about, as it was published when it was filed; kept on the application once it was read."""
    if application.item is not None:
        return application.item
    found: Whole | None = getattr(application, "_whole", None)
    if found is None:
        if application.bundle is None:
            raise LookupError("an application is about an item or a bundle")
        day = timezone.localdate(application.declared_at)
        listed = Bundle.objects.select_related("lead").prefetch_related(_MEMBERS).get(pk=application.bundle.pk)
        found = Whole(listed, members(application.chosen, day))
        application._whole = found  # type: ignore[attr-defined]
    return found
