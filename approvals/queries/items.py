"""The catalogue of items: what is published on a day, found by theme, organ or words, one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.urls import reverse

from accounts.models import Organisation, ServicePoint
from accounts.prepared import A_CODE, A_DAY, Prepared
from approvals.models import ItemPoint, LicensingItem, Material
from approvals.queries.bundles import Whole
from casework.queries import search
from casework.search import Source

PAGE = 20

# Themes of the two catalogues, in the order in which they are shown.
PERSONAL = {
    "p-business": "创业开店",
    "p-education": "教育",
    "p-health": "医疗卫生",
    "p-housing": "住房和居住环境",
    "p-work": "就业创业",
    "p-life": "生活服务",
}
CORPORATE = {
    "c-open": "开办经营",
    "c-qualification": "资质许可",
    "c-project": "工程建设",
    "c-staff": "用工和人才",
    "c-safety": "安全生产",
    "c-advertising": "广告宣传",
    "c-other": "其他",
}
THEMES = {**PERSONAL, **CORPORATE}
AUDIENCES = {
    "personal": (LicensingItem.Audience.NATURAL, LicensingItem.Audience.BOTH),
    "corporate": (LicensingItem.Audience.LEGAL, LicensingItem.Audience.BOTH),
}

# What the public search shows of an item; it is found by the other names that people use as well.
SEARCH = Source(
    code="approvals.item",
    label="办事指南",
    route="service",
    rows=lambda: LicensingItem.objects.filter(published=True),
    columns={
        "title": F("name"),
        "text": Concat(F("organ__name"), Value(" "), F("summary")),
        "more": Concat(
            F("group"), Value(" "), F("keywords"), Value(" "), F("organ__short_name"), Value(" "), F("code")
        ),
        "organ": F("organ"),
        "day": F("since"),
        "until": F("until"),
        "ref": F("code"),
        "lead": Case(When(online=LicensingItem.Online.FULL, then=Value(2)), default=Value(1)),
    },
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `after` is the place of the last row of the page before: (rank, name, id)."""

    words: str = ""
    organ: str = ""
    theme: str = ""
    audience: str = ""
    open_only: bool = False
    after: tuple[int, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of items and where the next one begins, if there is one."""

    items: Sequence[LicensingItem]
    next: tuple[int, str, int] | None


def in_force(on: date) -> QuerySet[LicensingItem]:
    """The versions of published items that apply on a day."""
    return LicensingItem.objects.at(on).filter(published=True)


_ONE = in_force(A_DAY).select_related("organ").filter(code=A_CODE)
_MATERIALS = Prefetch("materials", Material.objects.order_by("order"))
_POINTS = Prefetch("points", ItemPoint.objects.select_related("point").order_by("point__kind", "point__code"))
_ITEM, _WITH_MATERIALS = Prepared(_ONE), Prepared(_ONE.prefetch_related(_MATERIALS))
_GUIDE = Prepared(_ONE.prefetch_related(_MATERIALS, _POINTS))


def item(code: str, on: date) -> LicensingItem | None:
    """The version of an item that applies on a day, with its organ; None if it is not published then. One query."""
    return next(iter(_ITEM.rows({A_CODE: code, A_DAY: on})), None)


def with_materials(code: str, on: date) -> LicensingItem | None:
    """The same with the materials loaded. Two queries."""
    return next(iter(_WITH_MATERIALS.rows({A_CODE: code, A_DAY: on})), None)


def guide(code: str, on: date) -> LicensingItem | None:
    """The same with materials and service points loaded. Three queries."""
    return next(iter(_GUIDE.rows({A_CODE: code, A_DAY: on})), None)


def guides(codes: Collection[str], on: date) -> dict[str, str]:
    """Those of the codes that name items, each with the address of its guide where one is published. One query."""
    found: dict[str, str] = {}
    for one in LicensingItem.objects.filter(code__in=codes).only("code", "published", "since", "until"):
        address = reverse(SEARCH.route, args=[one.code]) if one.published and one.covers(on) else ""
        found[one.code] = address or found.get(one.code, "")
    return found


# What can be filed online comes first, then the rest by name; a page is continued by this place, never by counting.
_RANK = Case(When(online=LicensingItem.Online.FULL, then=Value(0)), default=Value(1), output_field=IntegerField())


def page(wanted: Wanted, on: date, size: int = PAGE) -> Page:
    """One page of what is wanted. One query, whatever the place."""
    found = matching(wanted, on).annotate(rank=_RANK).select_related("organ").order_by("rank", "name", "id")
    if wanted.after:
        rank, name, pk = wanted.after
        found = found.filter(Q(rank__gt=rank) | Q(rank=rank, name__gt=name) | Q(rank=rank, name=name, id__gt=pk))
    rows = list(found.defer("form", "conditions", "basis")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(list(rows[:size]), (last.rank, last.name, last.pk) if last else None)


def matching(wanted: Wanted, on: date) -> QuerySet[LicensingItem]:
    """Every item that is wanted."""
    found = in_force(on)
    if wanted.words.strip():
        found = found.filter(pk__in=search.keys(SEARCH.code, wanted.words))
    if wanted.organ:
        found = found.filter(organ__code=wanted.organ)
    if wanted.theme:
        found = found.filter(themes__contains=[wanted.theme])
    if wanted.audience in AUDIENCES:
        found = found.filter(audience__in=AUDIENCES[wanted.audience])
    if wanted.open_only:
        found = found.filter(online=LicensingItem.Online.FULL)
    return found


def organs(on: date, audience: str = "") -> list[Organisation]:
    """The organs that have published items, with `item_count` and `open_count`, most items first. One query."""
    of = Q(items__published=True, items__until=None)
    if audience in AUDIENCES:
        of &= Q(items__audience__in=AUDIENCES[audience])
    counted = Organisation.objects.annotate(
        item_count=Count("items", filter=of),
        open_count=Count("items", filter=of & Q(items__online=LicensingItem.Online.FULL)),
    )
    return list(counted.filter(item_count__gt=0).order_by("-open_count", "-item_count", "code"))


def themes(on: date, audience: str) -> list[tuple[str, str, int]]:
    """Code, label and number of items of each theme of one of the two catalogues; empty ones are left out."""
    lists = in_force(on).filter(audience__in=AUDIENCES[audience]).values_list("themes", flat=True)
    counts: dict[str, int] = {}
    for codes in lists:
        for code in codes:
            counts[code] = counts.get(code, 0) + 1
    wanted = PERSONAL if audience == "personal" else CORPORATE
    return [(code, label, counts[code]) for code, label in wanted.items() if code in counts]


def points_of(subject: LicensingItem | Whole, on: date) -> list[ServicePoint]:
    """The service points in operation where an item, or every item of a whole, may be filed. One query."""
    found = ServicePoint.objects.at(on)
    for item in [member.item for member in subject.members] if isinstance(subject, Whole) else [subject]:
        found = found.filter(served_items__item=item)
    return list(found.order_by("kind", "code"))


def citations(subject: LicensingItem | Whole) -> list[str]:
    """What an item rests on; a whole rests on its own bases and on those of every item in it."""
    members = [member.item for member in subject.members] if isinstance(subject, Whole) else []
    return [line["cite"] for each in (subject, *members) for line in each.basis]


def serves(point: ServicePoint | None, code: str, on: date) -> bool:
    """Whether a service point takes in applications for an item on a day. One query."""
    if point is None or not point.covers(on):
        return False
    return in_force(on).filter(code=code, points__point=point).exists()


def served_by(points: Sequence[int], on: date, words: str = "") -> QuerySet[LicensingItem]:
    """The open items that these service points take in."""
    found = matching(Wanted(words=words, open_only=True), on).filter(points__point__in=points).distinct()
    return found.select_related("organ").order_by("name", "id")
