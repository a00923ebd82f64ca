"""The list held against itself, the statute-book and the cases: held twice, held by nobody, never used.

These are places to look at, found by comparing words; what they cannot see is said where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import BooleanField, Count, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from casework import registry
from casework.models import Case
from law.models import LegalText, Provision
from law.queries import book
from law.wording import articles_zh, law_zh
from powerlist.models import Basis, PowerVersion
from powerlist.queries.holding import on_day
from powerlist.rules.gaps import COARSE, Given, given

YEARS = 2
PAGE = 30
STATUTES = ("statute", "administrative_regulation", "local_regulation", "department_rule", "local_rule")


class _Among(Func):
    """A value is one of the members of an array, found by an index on the value."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Overlap:
    """One provision and one object under which several organs hold a power."""

    family: str
    article: int
    object: str
    held: Sequence[PowerVersion]

    @property
    def key(self) -> tuple[str, int, str]:
        return self.family, self.article, self.object

    @property
    def basis(self) -> str:
        return law_zh(self.family) + articles_zh(str(self.article))


def overlaps(on: date, after: tuple[str, int, str] | None = None, most: int = PAGE) -> list[Overlap]:
    """Several organs, one article, one object in the same words. Two queries."""
    bases = Basis.objects.filter(version__in=on_day(on), article__gt=0).exclude(version__object="")
    grouped = bases.order_by("family", "article", "version__object").values_list("family", "article", "version__object")
    found = grouped.annotate(organs=Count("version__organ", distinct=True)).filter(organs__gt=1)
    if after:
        family, article, thing = after
        found = found.filter(
            Q(family__gt=family)
            | Q(family=family, article__gt=article)
            | Q(family=family, article=article, version__object__gt=thing)
        )
    keys = [(family, article, thing) for family, article, thing, _ in found[:most]]
    held: dict[tuple[str, int, str], dict[int, PowerVersion]] = {key: {} for key in keys}
    of_families = bases.filter(family__in={key[0] for key in keys}, version__object__in={key[2] for key in keys})
    listed = of_families.select_related("version__power", "version__organ").order_by("version__organ__code", "version")
    for basis in listed:
        if (group := held.get((basis.family, basis.article, basis.version.object))) is not None:
            group.setdefault(basis.version_id, basis.version)
    return [Overlap(*key, held=list(group.values())) for key, group in held.items()]


@dataclass(frozen=True, slots=True)
class Gap:
    """An article in force that seems to give a power, and that no power of the list rests on."""

    provision: Provision
    given: Given

    @property
    def place(self) -> str:
        bis = f"_{self.provision.bis}" if self.provision.bis else ""
        return articles_zh(f"{self.provision.article}{bis}")


def gaps(on: date, organ: str = "", after: int = 0, most: int = PAGE) -> Iterator[Gap]:
    """Articles that seem to give a power which nobody on the list holds, in the order of the book, one an article.

    `after` is the paragraph of the last one. Two queries, three with it. The paragraphs are read as far as needed.
    """
    known = book()
    cited = Basis.objects.filter(version__in=on_day(on)).values_list("family", "article").distinct()
    held = {(known.name_of(family), article) for family, article in cited}
    in_force = Q(text__effective_from__lte=on) & (Q(text__effective_to=None) | Q(text__effective_to__gte=on))
    found = Provision.objects.filter(in_force, text__kind__in=STATUTES, annex=0, article__gt=0, content__regex=COARSE)
    listed = found.filter(pk__gt=after).select_related("text").defer("tokens", "search", "text__history").order_by("pk")
    last = Provision.objects.filter(pk=after).values_list("text", "article", "bis") if after else ()
    seen: set[tuple[int, int, int]] = set(last)
    for provision in listed.iterator(500):
        place = (provision.text_id, provision.article, provision.bis)
        if place in seen or (provision.text.family, provision.article) in held:
            continue
        if (what := given(provision.content)) and organ in ("", what.organ):
            seen.add(place)
            yield Gap(provision, what)
            if len(seen) == most:
                return


def no_text(on: date) -> int:
    """How many of the texts cited on the list are not in the statute-book. One query."""
    known = book()
    families = Basis.objects.filter(version__in=on_day(on)).values_list("family", flat=True).distinct()
    return sum(known.name_of(family) not in known.families for family in families)


def texts(on: date) -> int:
    """How many texts the report on gaps reads. One query."""
    in_force = LegalText.objects.filter(Q(effective_to=None) | Q(effective_to__gte=on), effective_from__lte=on)
    return in_force.filter(kind__in=STATUTES).count()


def unused(on: date) -> QuerySet[PowerVersion]:
    """The powers under whose service items cases are opened here, and none was in the last two years."""
    since = timezone.make_aware(datetime.combine(years_before(on), time()))
    cases = Case.objects.filter(
        _Among(F("matter"), OuterRef("matters")), organ=OuterRef("organ"), procedure__in=registry.powered(),
        opened_at__gte=since, opened_at__date__gte=OuterRef("since"),
        opened_at__date__lt=Coalesce(OuterRef("until"), Value(date.max), output_field=DateField()),
    )  # fmt: skip
    # Said in two halves: open and ended cases have an index of their own.
    opened = Exists(cases.filter(ended_at=None)) | Exists(cases.filter(ended_at__isnull=False))
    # Whoever held the power in these years: with another holder it is the same power.
    used = Exists(PowerVersion.objects.filter(opened, power=OuterRef("power")))
    return on_day(on).filter(~used, matters__len__gt=1).select_related("power", "organ")


def years_before(on: date) -> date:
    try:
        return on.replace(year=on.year - YEARS)
    except ValueError:  # 29 February
        return on.replace(year=on.year - YEARS, day=28)


def first_listed(versions: Sequence[PowerVersion]) -> dict[int, date]:
    """Since when each power is on the list, by the key of the power. One query."""
    rows = PowerVersion.objects.filter(power__in={one.power_id for one in versions}).order_by("power", "since")
    return dict(reversed(list(rows.values_list("power", "since"))))


def unseen(on: date) -> int:
    """How many powers are exercised outside of the portal: no service item is bound to them. One query."""
    return on_day(on).filter(matters__len=1).count()
