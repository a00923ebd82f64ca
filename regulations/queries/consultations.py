"""What the public is asked about, what it has said, and what it was answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from casework.models import Case, Document
from regulations.models import Comment, Consultation
from regulations.rules.text import Piece, pieces

PAGE = 20
MOST = 50  # of what is open, on one page
COMMENTS = 50


def _with_case() -> QuerySet[Consultation]:
    return Consultation.objects.select_related("version", "case__organ", "closed_by")


Place = tuple[date, int]


def running(on: date, after: Place | None = None) -> tuple[list[Consultation], Place | None]:
    """What takes opinions on a day, the one that ends first before the others, and where the next page begins."""
    found = _with_case().filter(closed_by=None, until__gte=on)
    if after:
        found = found.filter(Q(until__gt=after[0]) | Q(until=after[0], id__gt=after[1]))
    listed = list(found.order_by("until", "id")[: MOST + 1])
    last = listed[MOST - 1] if len(listed) > MOST else None
    return listed[:MOST], (last.until, last.pk) if last else None


def over(on: date, before: Place | None = None) -> tuple[list[Consultation], Place | None]:
    """What is over, the newest first, and the place where the next page begins. One query."""
    found = _with_case().filter(Q(until__lt=on) | ~Q(closed_by=None))
    if before:
        found = found.filter(Q(until__lt=before[0]) | Q(until=before[0], id__lt=before[1]))
    listed = list(found.order_by("-until", "-id")[: PAGE + 1])
    last = listed[PAGE - 1] if len(listed) > PAGE else None
    return listed[:PAGE], (last.until, last.pk) if last else None


def consultation(pk: int) -> Consultation | None:
    """One consultation with its text and its organ."""
    return _with_case().filter(pk=pk).first()


def takes_opinions(one: Consultation, on: date) -> bool:
    """Whether an opinion may be handed in on a day."""
    return one.closed_by_id is None and one.until >= on


def articles(one: Consultation) -> list[Piece]:
    """The text on which the public is asked, piece by piece."""
    return pieces(one.version.body)


def feedback(one: Consultation, after: int = 0) -> tuple[list[Comment], int | None]:
    """The opinions with their answers once they are published, and where the next page begins. Nobody is named."""
    if one.feedback_by_id is None:
        return [], None
    listed = list(Comment.objects.filter(consultation=one, pk__gt=after).order_by("pk")[: COMMENTS + 1])
    return listed[:COMMENTS], listed[COMMENTS - 1].pk if len(listed) > COMMENTS else None


def of_case(case: Case, after: int = 0) -> tuple[list[Comment], int | None, dict[str, int]]:
    """The opinions in a case for whoever answers them, where the next page begins, and how many wait. Two queries."""
    given = Comment.objects.filter(consultation__case=case)
    counts: dict[str, Any] = given.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(outcome="")))
    listed = list(given.select_related("consultation").filter(pk__gt=after).order_by("pk")[: COMMENTS + 1])
    return listed[:COMMENTS], listed[COMMENTS - 1].pk if len(listed) > COMMENTS else None, counts


def mine(user: User, before: int | None = None) -> tuple[list[tuple[Comment, Document | None]], int | None]:
    """One's own opinions with their receipts, the newest first. Two queries."""
    found = Comment.objects.filter(by=user).select_related("consultation__version", "consultation__case")
    if before:
        found = found.filter(pk__lt=before)
    listed = list(found.order_by("-pk")[: PAGE + 1])
    receipts = {one.act_id: one for one in Document.objects.filter(act__in=[c.act_id for c in listed], kind="paper")}
    following = listed[PAGE - 1].pk if len(listed) > PAGE else None
    return [(one, receipts.get(one.act_id)) for one in listed[:PAGE]], following
