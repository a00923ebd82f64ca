"""The list as people look through it: by words, organ, kind and day, one page at a time, and its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from accounts.models import Organisation
from casework import registry
from casework.models import Act, Case
from casework.queries.keyset import Beyond
from law.queries import asked
from powerlist.models import PowerVersion
from powerlist.queries import words
from powerlist.queries.holding import on_day
from powerlist.queries.versions import whole
from powerlist.rules.item import CODE, KINDS

PAGE = 30
COMPLAINT = "oversight.complaint"  # of a chapter above: known here by its cases alone
# What a line of the list says of a power; the rest of a version is long and stays in its place.
LINE = (
    "power__code", "organ__code", "organ__name", "organ__short_name", "name", "kind", "since", "until", "sample",
)  # fmt: skip
COUNTED = {"answered": "answer", "put_right": "order_correction"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. `after` is the place of the last row of the page before: (name, id).

    Of `kinds` one is meant; of each of the `things` one of its words has to stand in a power.
    """

    words: str = ""
    organ: str = ""
    kind: str = ""
    kinds: tuple[str, ...] = ()
    things: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[PowerVersion]
    next: tuple[str, int] | None


def _in_force(on: date) -> tuple[QuerySet[PowerVersion], QuerySet[PowerVersion]]:
    """The list as of a day in two parts: what stands open, and what has its end after the day.

    However many versions have ended, the first part has indexes of its own and the second is small, but for days long
    past.
    """
    begun = PowerVersion.objects.filter(since__lte=on)
    return begun.filter(until=None), begun.filter(until__gt=on)


def _matching(found: QuerySet[PowerVersion], wanted: Wanted) -> QuerySet[PowerVersion]:
    """Those of the versions that are wanted."""
    if text := wanted.words.strip():
        said = Q(search=SearchQuery(asked(text), config="simple"))
        found = found.filter(said | Q(matters__contains=[text.upper()]) if CODE.fullmatch(text) else said)
    if wanted.organ:
        # a value, not a join: the index of an organ is in the order of the page
        found = found.filter(organ=Organisation.objects.filter(code=wanted.organ).values("pk")[:1])
    if wanted.kind in KINDS:
        found = found.filter(kind=wanted.kind)
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    for thing in wanted.things:
        found = found.filter(search=reduce(or_, (SearchQuery(asked(word), config="simple") for word in thing)))
    return found


def page(wanted: Wanted, on: date, size: int = PAGE, more: Sequence[str] = ()) -> Page:
    """One page by name, of each power `LINE` and the fields in `more`. One query, whatever the place.

    Which rows they are is found first, then these are read.
    """
    standing, ended = _in_force(on)
    first = _by_words(wanted, on, size) if _asks_for_words(wanted) else _first(standing, wanted, size)
    second = _first(ended, wanted, size)
    keys = RawSQL(f"({first[0]}) UNION ALL ({second[0]})", [*first[1], *second[1]])  # noqa: S611 - both built here
    shown = PowerVersion.objects.filter(pk__in=keys)
    lines = shown.select_related("power", "organ").only("power", "organ", *LINE, *more)
    rows = list(lines.order_by("name", "id")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], (last.name, last.pk) if last else None)


def _first(part: QuerySet[PowerVersion], wanted: Wanted, size: int) -> words.Statement:
    """The keys of a page of one part and of one row more, which begins the next."""
    found = _matching(part, wanted)
    if wanted.after:
        found = found.filter(Beyond(">", name=wanted.after[0], id=wanted.after[1]))
    statement, values = found.order_by("name", "id").values("pk")[: size + 1].query.sql_with_params()
    return statement, list(values)


def _asks_for_words(wanted: Wanted) -> bool:
    return bool(wanted.things) or bool(wanted.words.strip() and not CODE.fullmatch(wanted.words.strip()))


def _by_words(wanted: Wanted, on: date, size: int) -> words.Statement:
    """The same of what stands open, from the index of words, which has the order of the page."""
    said = [[wanted.words]] if wanted.words.strip() else []
    held, values = words.holding([*said, *wanted.things])
    conditions: dict[str, list[Any]] = {"v.until IS NULL": [], "v.since <= %s": [on]}
    if wanted.organ:
        conditions["v.organ_id = (SELECT id FROM accounts_organisation WHERE code = %s)"] = [wanted.organ]
    if wanted.kind in KINDS:
        conditions["v.kind = %s"] = [wanted.kind]
    if wanted.kinds:
        conditions["v.kind = ANY(%s)"] = [list(wanted.kinds)]
    if wanted.after:
        conditions["(held.name, held.version_id) > (%s, %s)"] = list(wanted.after)
    statement = f"""
        SELECT v.id FROM ({held}) held JOIN powerlist_powerversion v ON v.id = held.version_id
        WHERE {" AND ".join(conditions)} ORDER BY held.name, held.version_id LIMIT {size + 1}"""  # noqa: S608
    return statement, [*values, *(value for given in conditions.values() for value in given)]


def totals(on: date) -> tuple[list[tuple[Organisation, int]], dict[str, int], int]:
    """Organs with how many powers each holds, the number of each kind, and of all. Three queries."""
    by_organ: Counter[int] = Counter()
    by_kind: Counter[str] = Counter()
    for part in _in_force(on):
        for organ, kind, number in part.order_by().values_list("organ", "kind").annotate(number=Count("pk")):
            by_organ[organ] += number
            by_kind[kind] += number
    organs = Organisation.objects.filter(pk__in=by_organ).order_by("code")
    return [(organ, by_organ[organ.pk]) for organ in organs], dict(by_kind), by_kind.total()


def kinds_of(organ: Organisation, on: date) -> list[tuple[str, str, int]]:
    """The kinds of power that an organ holds on a day, with label and number. One query."""
    held = dict(on_day(on).filter(organ=organ).order_by().values_list("kind").annotate(Count("pk")))
    return [(kind, label, held[kind]) for kind, label in KINDS.items() if kind in held]


def of_organ(organ: Organisation, on: date) -> list[PowerVersion]:
    """The whole list of an organ on a day, kind by kind, with everything that belongs to it. Three queries."""
    found = whole(on_day(on).filter(organ=organ))
    order = list(KINDS)
    return sorted(found, key=lambda version: (order.index(version.kind), version.power.code))


def used(versions: Sequence[PowerVersion]) -> dict[str, Any]:
    """How many cases were opened under a power by all who ever held it, how many of them are open, and how many came
    in each year. `versions` are all that the power has had (`versions.dates`). One query.

    A case that went on from another (the part of a bundle, as a licence of its own) counts once, as it stands now.
    """
    cases = Case.objects.filter(_opened_under(versions), procedure__in=registry.powered())
    onward = Case.objects.filter(
        parent=OuterRef("parent"), matter=OuterRef("matter"), organ=OuterRef("organ"), pk__gt=OuterRef("pk"),
        procedure__in=registry.powered(),
    )  # fmt: skip
    years = cases.filter(~Exists(onward)).order_by("-opened_at__year").values_list("opened_at__year")
    rows = list(years.annotate(opened=Count("pk"), running=Count("pk", filter=Q(ended_at=None))))
    return {
        "opened": sum(opened for _, opened, _ in rows),
        "running": sum(running for *_, running in rows),
        "years": [(year, opened) for year, opened, _ in rows],
    }


def _opened_under(versions: Sequence[PowerVersion]) -> Q:
    """The condition that a case was opened under one of the versions of a power, by its holder and in its days."""
    times: list[tuple[PowerVersion, date | None]] = []  # one for versions that differ in other things only
    for version in sorted(versions, key=lambda each: each.since):
        if times:
            first, until = times[-1]
            if (until, first.organ_id, first.matters) == (version.since, version.organ_id, version.matters):
                times[-1] = first, version.until
                continue
        times.append((version, version.until))
    found = Q(pk__in=[])
    for first, until in times:
        days = Q(opened_at__gte=_begin(first.since)) & (Q(opened_at__lt=_begin(until)) if until else Q())
        found |= Q(days, matter__in=first.matters, organ=first.organ_id)
    return found


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def complained(code: str) -> dict[str, int]:
    """How many complaints about a power came in, how many were answered, and in how many it had to be put right."""
    cases = Case.objects.filter(procedure=COMPLAINT, matter=code)
    counts = {
        name: Count("pk", filter=Exists(Act.objects.filter(case=OuterRef("pk"), step=step)))
        for name, step in COUNTED.items()
    }
    return cases.aggregate(received=Count("pk"), **counts)


def coming(on: date) -> QuerySet[PowerVersion]:
    """Published for a later day."""
    return PowerVersion.objects.filter(since__gt=on).select_related("power", "organ").order_by("since", "id")
