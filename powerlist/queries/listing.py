"""The list as people look through it: by words, organ, kind and day, one page at a time, and its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet

from accounts.models import Organisation
from casework.models import Case
from casework.queries.keyset import Beyond
from law.queries import asked
from powerlist.models import PowerVersion
from powerlist.queries.holding import on_day
from powerlist.queries.versions import whole
from powerlist.rules.item import CODE, KINDS

PAGE = 30
# The planner takes hits to stand evenly along the names. Those of everyday words do not (one subject, one beginning):
# let it reckon with some more of them, and it asks the index of words unless they are common.
RECKONED = 100


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


def matching(found: QuerySet[PowerVersion], wanted: Wanted) -> QuerySet[PowerVersion]:
    """Those of the versions that are wanted."""
    if words := wanted.words.strip():
        said = Q(search=SearchQuery(asked(words), config="simple"))
        found = found.filter(said | Q(matters__contains=[words.upper()]) if CODE.fullmatch(words) else said)
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


def page(wanted: Wanted, on: date, size: int = PAGE) -> Page:
    """One page by name. One query, whatever the place: which rows they are is found first, then these are read."""
    first, second = (_first(part, wanted, size) for part in _in_force(on))
    shown = PowerVersion.objects.filter(pk__in=first.union(second, all=True))
    rows = list(shown.select_related("power", "organ").defer("tokens", "search").order_by("name", "id")[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], (last.name, last.pk) if last else None)


def _first(part: QuerySet[PowerVersion], wanted: Wanted, size: int) -> QuerySet[PowerVersion, int]:
    """The keys of a page of one part and of at least one row more, which begins the next."""
    found = matching(part, wanted)
    if wanted.after:
        found = found.filter(Beyond(">", name=wanted.after[0], id=wanted.after[1]))
    return found.order_by("name", "id").values_list("pk", flat=True)[: max(size + 1, RECKONED if wanted.things else 0)]


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


def used(version: PowerVersion) -> dict[str, Any]:
    """How many cases were opened under a power, how many are open, and how many came in each year. One query."""
    cases = Case.objects.filter(matter__in=version.matters, organ=version.organ_id)
    years = (
        cases.exclude(procedure__startswith="powerlist.").order_by("-opened_at__year").values_list("opened_at__year")
    )
    rows = list(years.annotate(opened=Count("pk"), running=Count("pk", filter=Q(ended_at=None))))
    return {
        "opened": sum(opened for _, opened, _ in rows),
        "running": sum(running for *_, running in rows),
        "years": [(year, opened) for year, opened, _ in rows],
    }


def coming(on: date) -> QuerySet[PowerVersion]:
    """Published for a later day."""
    return PowerVersion.objects.filter(since__gt=on).select_related("power", "organ").order_by("since", "id")
