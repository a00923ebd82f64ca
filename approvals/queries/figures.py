"""How many filings came and ended, by whatever one wants to see them, and how long people wait."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import BoolAnd
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from approvals.models import Bundle, Filed, LicensingItem, Waiting

# What people file. Parts of bundles, files of licences in force and follow-ups of ratings the house opens itself.
FILINGS = ("approvals.licence", "approvals.licence_change", "approvals.licence_renewal", "approvals.bundle")
WAITED_FOR = ("awaiting_correction",)  # states in which the applicant has to do something
FEWEST = 5  # matters that ended, below which no waiting time is told


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: numbers of filings, and of the ratings given meanwhile."""

    key: str
    label: str
    filed: int
    online: int
    corrected: int
    ended: int
    late: int
    rated: int = 0
    content: int = 0
    whole: bool = False  # a bundle beside its parts: it is in no total

    @property
    def online_share(self) -> float | None:
        """Per cent; None where nothing was filed."""
        return 100 * self.online / self.filed if self.filed else None

    @property
    def corrected_share(self) -> float | None:
        return 100 * self.corrected / self.filed if self.filed else None

    @property
    def in_time_share(self) -> float | None:
        return 100 * (self.ended - self.late) / self.ended if self.ended else None

    @property
    def content_share(self) -> float | None:
        return 100 * self.content / self.rated if self.rated else None


_ITEMS = LicensingItem.objects.filter(code=OuterRef("matter")).order_by("-since").values("name")[:1]
_BUNDLES = Bundle.objects.filter(code=OuterRef("matter")).order_by("-since").values("name")[:1]
BY = {
    "organ": ("organ_id", F("organ__short_name")),
    "point": ("point_id", F("point__name")),
    "item": ("matter", Coalesce(Subquery(_ITEMS), Subquery(_BUNDLES))),
    "month": ("month", F("month")),
}


Kind = Filed.Kind
HANDLED = (Kind.FILING, Kind.PART)  # what organs work on: each item of a bundle
APPLIED = (Kind.FILING, Kind.BUNDLE)  # what people filed: a bundle once


def lines(by: str, since: date, organs: Collection[int] | None, organ: int | None = None) -> list[Line]:
    """Filings since a month by organ, service point, item or month; only of these organs, if given. One query.

    Of organs and items each part of a bundle counts; of the district's points and months the bundle does, once. Among
    the items a bundle has a line that no total holds.
    """
    key, label = BY[by]
    found: QuerySet[Filed] = Filed.objects.filter(month__gte=since)
    if organs is not None:
        found = found.filter(organ__in=organs)
    if organ is not None:
        found = found.filter(organ=organ)
    handled = by in ("organ", "item") or organs is not None or organ is not None
    kinds: tuple[Kind, ...] = tuple(Kind) if by == "item" else HANDLED if handled else APPLIED
    counted = Q(kind__in=kinds)

    def of(column: str, **only: Any) -> Coalesce:
        return Coalesce(Sum(column, filter=counted & Q(**only)), 0)

    rows = found.values(key=F(key), label=label).annotate(
        all_filed=of("filed"), all_online=of("filed", online=True), all_corrected=of("corrected"),
        all_ended=of("ended"), all_late=of("late"), all_rated=Sum("rated"), all_content=Sum("content"),
        whole=BoolAnd(Q(kind=Kind.BUNDLE)),
    )  # fmt: skip
    order = ("key",) if by == "month" else ("-all_filed", "key")
    return [
        Line(
            str(row["key"] or ""), _said(by, row["label"], row["key"], row["whole"]), row["all_filed"],
            row["all_online"], row["all_corrected"], row["all_ended"], row["all_late"], row["all_rated"],
            row["all_content"], whole=by == "item" and row["whole"],
        )
        for row in rows.order_by(*order)
        if row["all_filed"] or row["all_ended"] or row["all_rated"]
    ]  # fmt: skip


def _said(by: str, label: object, key: object, whole: bool) -> str:
    if by == "month" and isinstance(key, date):
        return f"{key.year}年{key.month}月"
    said = str(label or ("网上申请，没有经过网点" if by == "point" else key))
    return f"一件事：{said}" if whole and by == "item" else said


SUMMED = ("filed", "online", "corrected", "ended", "late")


def total(of: list[Line]) -> Line:
    """All lines together. A bundle was rated as a whole, whose line counts nothing else here."""
    counted = [sum(getattr(line, name) for line in of if not line.whole) for name in SUMMED]
    return Line("", "合计", *counted, *(sum(getattr(line, name) for line in of) for name in ("rated", "content")))


def organs(since: date, within: Collection[int] | None) -> list[tuple[str, str]]:
    """The organs that have figures. One query."""
    found = Filed.objects.filter(month__gte=since)
    if within is not None:
        found = found.filter(organ__in=within)
    rows = found.values_list("organ", "organ__short_name").distinct().order_by("organ__short_name")
    return [(str(pk), name) for pk, name in rows]


def waiting(matter: str) -> Waiting | None:
    """How long people wait for an item, where enough of them did. One query."""
    return Waiting.objects.filter(matter=matter, number__gte=FEWEST).first()
