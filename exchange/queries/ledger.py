"""Our book of a day: what we sent and what we got, by the day on which it was written."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from casework.models import Message
from exchange.models import Reconciliation
from exchange.rules.ledger import Entry, Total

State = Message.State
# What left and was not acknowledged does not count yet; what arrived counts whatever became of it. What another message
# replaced counts where the city had it.
_TOTALS = """
SELECT direction, kind, count(*),
       encode(sha256(convert_to(string_agg(key || ' ' || digest, E'\\n' ORDER BY key COLLATE "C"), 'UTF8')), 'hex')
FROM casework_message
WHERE peer = %s AND written_at >= %s AND written_at < %s
  AND (direction = 'in' OR state = 'done' OR (state = 'replaced' AND returned_at IS NOT NULL))
GROUP BY direction, kind ORDER BY direction, kind
"""


def bounds(day: date) -> tuple[datetime, datetime]:
    """The moments at which a day begins and ends in Beijing."""
    zone = timezone.get_default_timezone()
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def of_day(day: date) -> QuerySet[Message]:
    since, until = bounds(day)
    return Message.objects.filter(peer=settings.EXCHANGE_PEER, written_at__gte=since, written_at__lt=until)


def totals(day: date) -> list[Total]:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [settings.EXCHANGE_PEER, *bounds(day)])
        return [Total(*row) for row in cursor.fetchall()]


def entries(day: date, direction: str, after: str, last: str) -> dict[str, Entry]:
    """Our entries behind one id and up to another (without one: all of them), by id. Ids are of one length and sort
    alike everywhere."""
    found = of_day(day).filter(direction=direction, key__gt=after).exclude(state=State.REPLACED, returned_at=None)
    if last:
        found = found.filter(key__lte=last)
    rows = found.values_list("key", "kind", "digest", "state")
    return {key: Entry(key, kind, digest, state in (State.DONE, State.REPLACED)) for key, kind, digest, state in rows}


def unequal_days(today: date, back: int) -> list[date]:
    """Days before today that are still to be compared, the oldest first.

    A day on which nothing was written here is compared too, since the city may have something: yesterday, and whatever
    ended since the last comparison. One that was found equal is compared again when a message of it came afterwards.
    """
    days = [today - timedelta(days=number) for number in range(back, 0, -1)]
    runs = Reconciliation.objects.filter(day__in=days).order_by("day", "-id").distinct("day")
    last = {run.day: run for run in runs.only("day", "at", "equal")}
    compared = max(last, default=days[-1] - timedelta(days=1))

    def waits(day: date) -> bool:
        run = last.get(day)
        if run is None:
            return day > compared or of_day(day).exists()
        return not run.equal or of_day(day).filter(created_at__gt=run.at).exists()

    return [day for day in days if waits(day)]
