"""Opinions of a bundle's organs that somebody opens: from then on they can no longer be taken back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from accounts.models import User
from approvals.models import OpinionReading
from approvals.queries.bundles import BUNDLE, PART
from approvals.queries.parts import GIVEN
from casework.models import Act, Case

SAID = ("agreed", "refused", "not_needed", "not_competent")  # states in which an opinion waits to be read


def opened(case: Case, user: User, at: datetime) -> bool:
    """Keep that somebody opens a part or the bundle above it, before its content is read. One query, mostly none.

    Applicants see nothing of an opinion before there is a decision, so they open none.
    The row comes in when nobody acts in the part any more: whoever takes an opinion back at the same instant either
    finds it, or is done before the opinion is shown. True if there was something to keep, or if the case stands where
    it does because of an opinion: that may have been taken back since the case was found.
    """
    if user.kind == User.Kind.PERSON:
        return False
    if case.procedure == PART and case.state in SAID:
        about = Q(case=case.pk)
    elif case.procedure == BUNDLE and case.ended_at is None:
        about = Q(case__parent=case.pk, case__procedure=PART, case__state__in=SAID)
    else:
        return False
    unread = Act.objects.filter(about, step__in=GIVEN, to_state=F("case__state"), reading=None).exclude(actor=user)
    rows = [OpinionReading(act_id=act, case_id=part, by=user, at=at) for act, part in unread.values_list("pk", "case")]
    OpinionReading.objects.bulk_create(rows, ignore_conflicts=True)
    return bool(rows) or case.procedure == PART or case.state == "ready_to_decide"
