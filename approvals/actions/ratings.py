"""Taking a rating in: exactly one for each matter, and what is bad opens its follow-up in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from approvals.models import Rating
from approvals.queries.ratings import FOLLOW_UP, may_rate
from casework.actions import Offer, open_case
from casework.models import Case
from casework.queries.rights import LAW
from casework.refusal import Reason, Refused

BAD = Rating.Level.BAD  # from here downwards somebody gets back to whoever rated


@transaction.atomic
def rate(case: Case, level: int, words: str, at: datetime) -> Rating:
    """Keep a rating; the one that there is already, if the same words come twice. Raises Refused."""
    case = Case.objects.select_for_update(of=("self",)).select_related("organ", "applicant").get(pk=case.pk)
    if earlier := Rating.objects.filter(case=case).first():
        if (earlier.level, earlier.words) == (level, words):
            return earlier
        raise Refused([Reason("rated_before", "这件事已经评价过，一件事只评价一次。")])
    if not may_rate(case):
        raise Refused([Reason("not_ended", "这件事还没有办结，办结以后可以评价。")])
    rating = Rating(case=case, level=level, words=words, organ=case.organ, matter=case.matter, at=at)
    if level <= BAD:
        rating.follow_up = open_case(
            FOLLOW_UP, "open_follow_up", LAW, at,
            Offer(facts={"rated_case": case.number, "level": rating.get_level_display(), "words": words}),
            organ=case.organ, matter=case.matter, title=f"差评核实：{case.title}"[:200], applicant=case.applicant,
            channel=Case.Channel.OFFICE,
        )  # fmt: skip
    rating.save(force_insert=True)
    return rating
