"""How long a document applies: the two terms of the validity rule, and the day on which its end is announced."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils import timezone

from casework.queries.situations import last_day

ORDINARY, TRIAL = "gfxwj_validity_ordinary", "gfxwj_validity_trial"
_TRIAL = re.compile(r"暂行|试行")


def trial(title: str) -> bool:
    """Whether a title calls its document provisional or a trial."""
    return bool(_TRIAL.search(title))


def last_day_of(begins: date, is_trial: bool) -> date | None:
    """The last day on which a document applies that states none itself, from the row in force on its first day."""
    return last_day(TRIAL if is_trial else ORDINARY, timezone.make_aware(datetime.combine(begins, time())))
