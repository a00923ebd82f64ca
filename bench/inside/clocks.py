"""The due day of a limit worked out again and again, and the engine that rings clocks."""

from __future__ import annotations

import itertools
import time
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.queries import phone_index
from casework.actions.ring import ring_all
from casework.actions.send import send_batch
from law.limits import LimitError
from law.queries import Book, book, work_out

WORKING_HOUR = 10  # nobody is sent an SMS at night


def due(rounds: int, seconds: float) -> list[float]:
    """Due days a second in each round: every limit that a day starts, on days of the whole year in turn."""
    law = book()
    days = [date(2026, 1, 5) + timedelta(days=3 * n) for n in range(100)]
    asked = [(key, day) for key in sorted(law.limits) for day in days if _works(key, day, law)]
    found = []
    for _ in range(rounds):
        begun, done = time.perf_counter(), 0
        for key, day in itertools.cycle(asked):
            work_out(key, day, law=law)
            done += 1
            if done % 100 == 0 and time.perf_counter() - begun > seconds:
                break
        found.append(done / (time.perf_counter() - begun))
    return found


def _works(key: str, day: date, law: Book) -> bool:
    try:
        work_out(key, day, law=law)
    except LimitError:
        return False
    return True


def _now() -> datetime:
    return timezone.localtime().replace(hour=WORKING_HOUR)


def reachable(users: list[int]) -> int:
    """Lets these accounts be reached by SMS."""
    for user in User.objects.filter(pk__in=users):
        user.by_sms, user.phone = True, f"139{user.pk % 10**8:08d}"
        user.phone_index = phone_index(user.phone)
        user.save(update_fields=["by_sms", "phone", "phone_index"])
    return len(users)


def ring() -> dict[str, float]:
    """Rings whatever is due; how many rang, in how many seconds."""
    begun = time.perf_counter()
    return {"rung": ring_all(_now()), "seconds": time.perf_counter() - begun}


def idle(times: int) -> dict[str, float]:
    """CPU seconds of this process for so many looks at clocks of which none is due."""
    ring_all(_now())
    before = time.process_time()
    for _ in range(times):
        assert ring_all(_now()) == 0
    return {"cpu": time.process_time() - before}


def deliver(most: float) -> dict[str, Any]:
    """Sends SMS that wait for at most so many seconds; how many were sent, in how many seconds."""
    begun, sent = time.perf_counter(), 0
    while time.perf_counter() - begun < most:
        batch = send_batch("sms", _now())
        sent += batch.sent
        if not batch.claimed:
            break
    return {"sent": sent, "seconds": time.perf_counter() - begun}
