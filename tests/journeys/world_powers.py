"""Of the list of powers: files of changes, and somebody who may propose in two capacities, both of them lent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any


def lend(at: Any) -> int:
    """The training administrator of the office of justice stands in for its head and in its legal office; the key of
    the first of these seats."""
    from django.utils import timezone

    from accounts.actions import delegate
    from accounts.models import Seat, User

    day, colleague = timezone.localdate(at), User.objects.get(username="training")
    head, office = (Seat.objects.get(user__username=name) for name in ("sfj-head", "legal-office"))
    for seat in (head, office):
        delegate(
            seat, colleague, since=day, until=day + timedelta(days=7), reason="外出培训", by=seat.user, at=at
        )  # fmt: skip
    return head.pk


def imported(done: bool = False) -> str:
    """A file of changes that waits for the head of an organ to confirm it: lines that are in order and at fault.

    Or one that is done.
    """
    from io import BytesIO

    from django.utils import timezone

    from accounts.models import Organisation, User
    from casework.tables import read
    from powerlist.actions import importing
    from powerlist.queries.importing import judged

    file = (
        "权责编码,承诺时限,调整理由,法律依据变化\n"
        "110101-SCJ-XK-001,8个工作日,压缩时限,无\n110101-SCJ-XK-002,,,\n110101-WJW-XK-001,5个工作日,压缩时限,无\n"
    )
    at, organ = timezone.now(), Organisation.objects.get(code="DC-SCJ")
    rows = judged(read(BytesIO(file.encode("gb18030")), "调整.csv"), organ, timezone.localdate(at))
    kept = importing.keep(User.objects.get(username="scj-head"), organ, "调整.csv", rows, at)
    if done:
        importing.confirm(kept, at, attested=[])  # what was not attested is refused, with the words that are missing
        importing.propose(at, len(rows) + 1, kept)
    return kept.code
