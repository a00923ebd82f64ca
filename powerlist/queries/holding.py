"""Whether an organ may act in a matter on a day: the question before every case (法无授权不可为)."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.models import Case
from powerlist.models import PowerVersion

MOST_REMEMBERED = 4096
_held: set[tuple[int, str, date]] = set()


def on_day(day: date) -> QuerySet[PowerVersion]:
    """The versions in force on a day: the list as it stood."""
    return PowerVersion.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def holds(organ_id: int, matter: str, day: date) -> bool:
    """Whether the organ holds a power for the matter (a power's own code, or an item bound to it). One query."""
    return on_day(day).filter(matters__contains=[matter], organ=organ_id).exists()


def held(organ_id: int, matter: str, day: date) -> PowerVersion | None:
    """The power under which the organ may open cases about the matter, with its code and name. One query."""
    found = on_day(day).filter(matters__contains=[matter], organ=organ_id).select_related("power")
    return found.only("power__code", "power", "name").order_by("pk").first()


def power_page(case: Case) -> str:
    """Where the list shows the power under which a case was opened, as it was that day. No query."""
    on = timezone.localdate(case.opened_at).isoformat()
    return f"{reverse('powerlist:list')}?{urlencode({'q': case.matter, 'organ': case.organ.code, 'on': on})}"


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
