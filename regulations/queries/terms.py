"""How long a document applies: the two terms of the validity rule, and the day on which its end is announced."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils import timezone

from casework.queries.situations import last_day
from regulations.models import NormativeDocument

ORDINARY, TRIAL = "gfxwj_validity_ordinary", "gfxwj_validity_trial"
_TRIAL = re.compile(r"暂行|试行")


def trial(title: str) -> bool:
    """Whether a title calls its document provisional or a trial."""
    return bool(_TRIAL.search(title))


def ends_on(stated: str, begins: date, is_trial: bool, amended: NormativeDocument | None) -> date | None:
    """The last day of a document: the one that it states; of a decision that amends, that of what it amends, whose term
    an amendment leaves as it is; else the one of the rule."""
    if stated:
        return date.fromisoformat(stated)
    kept = amended.valid_until if amended else None
    return kept if kept and kept >= begins else last_day_of(begins, is_trial)


def last_day_of(begins: date, is_trial: bool) -> date | None:
    """The last day on which a document applies that states none itself, from the row in force on its first day."""
    return last_day(TRIAL if is_trial else ORDINARY, timezone.make_aware(datetime.combine(begins, time())))
