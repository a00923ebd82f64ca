"""Which powers an organ has held from when until when: versions that follow one another under it are one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Organisation
from casework.queries.keyset import Beyond
from powerlist.models import PowerVersion

PAGE = 50
LINE = ("power__code", "organ__code", "organ__short_name", "name", "kind", "since", "until", "sample")
Place = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Holding:
    """A time in which an organ held a power: its last version of that time, and the organ that follows, if any."""

    last: PowerVersion
    since: date
    until: date | None
    follower: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Holding]
    next: Place | None


def holders() -> QuerySet[Organisation]:
    """Every organ that holds a power or ever held one. One query, a look at an index for each organ."""
    held = PowerVersion.objects.filter(organ=OuterRef("pk"))
    return Organisation.objects.filter(Exists(held)).order_by("code")


def of_organ(organ: Organisation, after: Place | None = None, size: int = PAGE) -> Page:
    """The times in which an organ held powers, the latest beginning first. Two queries."""
    own = PowerVersion.objects.filter(organ=organ)
    before = PowerVersion.objects.filter(power=OuterRef("power"), organ=organ, until=OuterRef("since"))
    begun = own.filter(~Exists(before)).order_by("-since", "-id")
    if after:
        begun = begun.filter(Beyond("<", since=after[0], id=after[1]))
    first = list(begun.only("power", "since")[: size + 1])
    shown = first[:size]
    following: dict[int, list[PowerVersion]] = defaultdict(list)
    every = PowerVersion.objects.filter(power__in={one.power_id for one in shown}).select_related("power", "organ")
    for version in every.only("power", "organ", *LINE).order_by("power", "since"):
        following[version.power_id].append(version)
    rows = [_holding(one, following[one.power_id]) for one in shown]
    return Page(rows, (shown[-1].since, shown[-1].pk) if len(first) > size else None)


def _holding(first: PowerVersion, every: Sequence[PowerVersion]) -> Holding:
    """The time that begins with a version; `every` are the versions of its power, the oldest first."""
    later = [version for version in every if version.since >= first.since]
    last = later[0]
    for version in later[1:]:
        if version.since != last.until:
            break
        if version.organ_id != last.organ_id:
            return Holding(last, first.since, last.until, version.organ)
        last = version
    return Holding(last, first.since, last.until)
