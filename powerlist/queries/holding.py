"""Whether an organ may act in a matter on a day: the question before every case (法无授权不可为)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from powerlist.models import PowerVersion

MOST_REMEMBERED = 4096
_held: set[tuple[int, str, date]] = set()


def on_day(day: date) -> QuerySet[PowerVersion]:
    """The versions in force on a day: the list as it stood."""
    return PowerVersion.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def holds(organ_id: int, matter: str, day: date) -> bool:
    """Whether the organ holds a power for the matter (a power's own code, or an item bound to it). One query."""
    return on_day(day).filter(matters__contains=[matter], organ=organ_id).exists()


def may_open(organ_id: int, matter: str, day: date) -> bool:
    """The same, asked for every case that is opened: a yes is remembered by the process, a no is asked again.

    What was true when it was asked may have ended since. The trigger on cases judges every single row (models/gate.py);
    this answer only tells the person before.
    """
    asked = (organ_id, matter, day)
    if asked in _held:
        return True
    if not holds(*asked):
        return False
    if len(_held) >= MOST_REMEMBERED:
        _held.clear()
    _held.add(asked)
    return True
