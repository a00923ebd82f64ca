"""Ratings of sample cases, one of them bad, and the figures as of now. May be repeated."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from approvals.actions.figures import refresh
from approvals.actions.ratings import rate
from approvals.models import Rating
from casework.models import Case

RATED = (
    ("delivered", "DC-WJW-GGCS", Rating.Level.VERY_GOOD, "办得很快。"),
    ("refused", "DC-SCJ-SPJY", Rating.Level.BAD, "两次到窗口，对距离的要求说法不一致。"),
)


def seed(at: datetime) -> int:
    """Rate what has ended and is not rated yet; answers how many were rated."""
    made = 0
    for state, item, level, words in RATED:
        cases = Case.objects.filter(procedure="approvals.licence", state=state, matter=item, ended_at__lt=at)
        if not cases.filter(rating__isnull=False).exists() and (case := cases.order_by("pk").first()):
            rate(case, level, words, at)
            made += 1
    refresh(timezone.localdate(at))
    return made
