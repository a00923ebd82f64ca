"""The catalogue of a day, projects and transfer payments as everybody may see them, amounts by year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Organisation
from powerlist.models import Catalogue, Exclusion, Heading, Project, Transfer
from powerlist.models.disclosure import public
from powerlist.models.purchases import FINEST, LEVELS

PAGE = 30
Listed = TypeVar("Listed", Project, Transfer)


def versions() -> list[Catalogue]:
    """The published versions, the latest first. One query."""
    return list(Catalogue.objects.filter(public()).order_by("-since"))


def in_force(on: date) -> Catalogue | None:
    """The version in force on the day. One query."""
    return Catalogue.objects.filter(public(), since__lte=on).order_by("-since").first()


def finest(catalogue: Catalogue) -> QuerySet[Heading]:
    """What can be bought: the headings of the third level."""
    return catalogue.headings.filter(code__regex=rf"^.{{{FINEST}}}$").order_by("code")


def ever_finest() -> list[tuple[str, str]]:
    """Code and name of what could be bought under any published version, each once. One query."""
    found = Heading.objects.filter(public("catalogue__"), code__regex=rf"^.{{{FINEST}}}$")
    return list(found.order_by("code", "name").values_list("code", "name").distinct())


def heading_on(code: str, name: str, on: date) -> Heading | None:
    """What could be bought under this code and name on a day. Two queries."""
    catalogue = in_force(on)
    return finest(catalogue).filter(code=code, name=name).first() if catalogue else None


@dataclass(slots=True)
class Line:
    """A heading with what stands below it and what was bought under it."""

    code: str
    name: str
    below: list[Line] = field(default_factory=list)
    count: int = 0
    amount: Decimal = Decimal(0)


def tree(catalogue: Catalogue) -> list[Line]:
    """The catalogue as a tree; what was bought under a heading, in any version, adds up. Two queries."""
    bought = Project.objects.filter(public()).order_by().values_list("heading__code", "heading__name")
    spent = {(code, name): (count, total) for code, name, count, total in bought.annotate(Count("pk"), Sum("amount"))}
    lines: dict[str, Line] = {}
    roots: list[Line] = []
    for heading in catalogue.headings.order_by("code"):
        line = lines[heading.code] = Line(heading.code, heading.name)
        above = lines.get(heading.code[:-2]) if len(heading.code) > 1 else None
        (above.below if above else roots).append(line)
        count, total = spent.get((heading.code, heading.name), (0, Decimal(0)))
        for length in LEVELS:
            if count and (one := lines.get(heading.code[:length])) and length <= len(heading.code):
                one.count += count
                one.amount += total
    return roots


def exclusions(catalogue: Catalogue) -> list[Exclusion]:
    """The negative list of the version. One query."""
    return list(catalogue.exclusions.order_by("order"))


@dataclass(frozen=True, slots=True)
class Change:
    """What a version adds to, takes from or renames in the one before it."""

    added: list[Heading]
    removed: list[Heading]
    renamed: list[tuple[Heading, Heading]]


def changes(catalogue: Catalogue) -> Change:
    """The headings of a version beside those of the version published before it. Three queries."""
    earlier = Catalogue.objects.filter(public(), since__lt=catalogue.since).exclude(pk=catalogue.pk)
    before = earlier.order_by("-since").first()
    new = {heading.code: heading for heading in catalogue.headings.all()}
    old = {heading.code: heading for heading in before.headings.all()} if before else {}
    return Change(
        added=[new[code] for code in sorted(new.keys() - old.keys())],
        removed=[old[code] for code in sorted(old.keys() - new.keys())],
        renamed=[
            (old[code], new[code]) for code in sorted(new.keys() & old.keys()) if old[code].name != new[code].name
        ],
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """The amount of a year; `share` of the greatest, in hundredths, is the length of its bar."""

    year: int
    count: int
    amount: Decimal
    share: int


def by_year(model: type[Listed], wanted: Wanted | None = None) -> list[Bar]:
    """Published amounts by year, the latest first. One query."""
    found = _wanted(model, wanted) if wanted else model._default_manager.filter(public())
    years = list(found.order_by().values("year").annotate(count=Count("pk"), total=Sum("amount")).order_by("-year"))
    most = max((row["total"] for row in years), default=Decimal(0))
    return [Bar(row["year"], row["count"], row["total"], max(1, int(row["total"] * 100 / most))) for row in years]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; `after` is the year and key of the last row of the page before."""

    words: str = ""
    organ: str = ""
    year: int | None = None
    heading: str = ""
    after: tuple[int, int] | None = None


_WORDS: dict[type, tuple[str, ...]] = {
    Project: ("name", "receiver", "heading__name"),
    Transfer: ("programme", "receiver", "project"),
}


def _wanted(model: type[Listed], wanted: Wanted) -> QuerySet[Any]:
    found: QuerySet[Any] = model._default_manager.filter(public())
    if wanted.organ:
        found = found.filter(organ__code=wanted.organ)
    if wanted.year:
        found = found.filter(year=wanted.year)
    if wanted.heading:
        found = found.filter(heading__code__startswith=wanted.heading)
    for word in wanted.words.split()[:4]:
        names = Q()
        for name in _WORDS[model]:
            names |= Q(**{f"{name}__icontains": word})
        found = found.filter(names)
    return found.order_by("-year", "-id")


def listed(model: type[Listed], wanted: Wanted, most: int = PAGE) -> tuple[list[Any], tuple[int, int] | None]:
    """One page of published rows and the place where the next one begins. One query."""
    related = ("organ", "heading") if model is Project else ("organ",)
    found = _wanted(model, wanted).select_related(*related)
    if wanted.after:
        year, key = wanted.after
        found = found.filter(Q(year__lt=year) | Q(year=year, id__lt=key))
    rows = list(found[: most + 1])
    more = len(rows) > most
    return rows[:most], (rows[most - 1].year, rows[most - 1].pk) if more else None


def buyers() -> list[tuple[str, str]]:
    """Code and short name of every organ with a published project. One query."""
    buying = Project.objects.filter(public()).order_by().values("organ")
    return list(Organisation.objects.filter(pk__in=buying).order_by("code").values_list("code", "short_name"))


def years(model: type[Listed]) -> list[int]:
    """The years of published rows, the latest first. One query."""
    found = model._default_manager.filter(public()).order_by("-year").values_list("year", flat=True).distinct()
    return list(found)
