"""Which matters may be rated, and how the organs fare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from accounts.models import User
from approvals.models import Rating
from approvals.queries.figures import FILINGS
from casework.models import Act, Case
from casework.office import ASSIGN

FOLLOW_UP = "approvals.rating"
PERIOD = timedelta(days=365)  # what the public table looks back on
LEFT_ASIDE = "left_aside"  # state of the follow-up of a rating that does not count
WELL = Rating.Level.FAIR  # from here upwards people were content


def may_rate(case: Case) -> bool:
    """What somebody filed and what has come to its end."""
    return case.ended_at is not None and case.procedure in FILINGS and case.applicant_id is not None


def onward(case: Case) -> list[tuple[str, str]]:
    """Where whoever holds the receipt is led on to."""
    return [("评价这次服务", "rate")] if may_rate(case) else []


def rating_of(case: Case) -> Rating | None:
    """The rating of a matter. One query."""
    return Rating.objects.select_related("follow_up").filter(case=case).first()


def handled_by(follow_up: Case) -> set[int]:
    """Who handled the matter whose rating is followed up, in it or in a part of it. Who only assigned it did not."""
    rated = Case.objects.filter(rating__follow_up=follow_up)
    family = Case.objects.filter(Q(pk__in=rated) | Q(parent__in=rated))
    acts = Act.objects.filter(case__in=family, actor__kind=User.Kind.STAFF).exclude(step=ASSIGN.name)
    handlers = family.exclude(handler=None).values_list("handler", flat=True)
    return {pk for pk in (*acts.values_list("actor", flat=True), *handlers) if pk}


@dataclass(frozen=True, slots=True)
class Standing:
    """What an organ was given in a year. `share` is the part of the content in percent."""

    organ: str
    number: int
    content: int
    bad: int
    open: int

    @property
    def share(self) -> float:
        return 100 * self.content / self.number if self.number else 0.0


def standings(on: date) -> list[Standing]:
    """Every organ that was rated in the year before a day, those with most ratings first. One query.

    What was left aside after verification is not counted.
    """
    counted = Rating.objects.filter(at__date__gt=on - PERIOD).exclude(follow_up__state=LEFT_ASIDE)
    rows = counted.values("organ__name").annotate(
        number=Count("pk"), content=Count("pk", filter=Q(level__gte=WELL)), bad=Count("pk", filter=Q(level__lt=WELL)),
        open=Count("pk", filter=Q(follow_up__isnull=False, follow_up__ended_at=None)),
    )  # fmt: skip
    return [
        Standing(row["organ__name"], row["number"], row["content"], row["bad"], row["open"])
        for row in rows.order_by("-number", "organ__name")
    ]
