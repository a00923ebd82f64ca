"""The long work of clean-ups: the cases of thousands of documents are opened, and ended, portion by portion.

The rows are the truth: an entry without a case is still to be opened, a case of an entry that has not ended is still to
be settled. Each portion is one transaction, in which the clean-up is held; a worker that dies loses one portion, which
the next begins anew. Nothing is done twice, since what is done is no longer found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.actions import settle
from casework.actions.hold import hold
from casework.models import Case
from casework.refusal import Refused
from regulations.actions.cleanup import list_item
from regulations.models import CleanupEntry
from regulations.queries import cleanup
from regulations.rules.standing import CURRENT, NOT_YET, SUSPENDED

log = logging.getLogger(__name__)
PORTION = 20  # documents of one transaction: their organs wait for its numbers meanwhile, about a second
FAULTS = (Refused, LookupError, ValueError, TypeError, AttributeError, DatabaseError)
Clock = Callable[[], datetime]
Work = Callable[[CleanupEntry, datetime], None]


@dataclass(frozen=True, slots=True)
class Portion:
    """What was done, and behind which entry the next portion begins; None when nothing was left."""

    done: int
    after: int | None


def go_on(now: Clock, working: Callable[[], bool] = lambda: True) -> int:
    """Do what is due in all clean-ups while `working` says so; answers how many documents were done.

    What another worker or an act holds is left to it. What cannot be done is logged, and tried again at the next look.
    now: asked whenever a clean-up is held, so that nothing is dated before the act that sets it off.
    """
    done = 0
    for key in list(Case.objects.filter(procedure=cleanup.PROCEDURE, state="listing").values_list("pk", flat=True)):
        done += _through(key, ("listing",), cleanup.waiting, _list, now, working)
    ending = Case.objects.filter(procedure=cleanup.PROCEDURE, state__in=("taking_effect", "cancelled"))
    left = ending.filter(cleanup_entries__item__ended_at=None, cleanup_entries__item__isnull=False)
    stuck = ending.filter(state="taking_effect")  # all are settled, and the clean-up itself is not
    for key in sorted({*left.values_list("pk", flat=True), *stuck.values_list("pk", flat=True)}):
        done += _through(key, ("taking_effect", "cancelled"), cleanup.unsettled, _settle, now, working)
    return done + _fallen_out(now, working)


def _through(
    key: int, states: tuple[str, ...], due: Callable[[Case], QuerySet[CleanupEntry]], work: Work, now: Clock,
    working: Callable[[], bool],
) -> int:  # fmt: skip
    done, after = 0, 0
    while working():
        portion = _portion(key, states, due, work, now, after)
        done += portion.done
        if portion.after is None:
            break
        after = portion.after
    return done


@transaction.atomic
def _portion(
    key: int, states: tuple[str, ...], due: Callable[[Case], QuerySet[CleanupEntry]], work: Work, now: Clock,
    after: int,
) -> Portion:  # fmt: skip
    """One portion of one clean-up, which is held meanwhile; the last one moves the clean-up on."""
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).select_related("organ")
    case = free.filter(pk=key, state__in=states).first()
    if case is None:
        return Portion(0, None)
    at = now()
    found = due(case).filter(pk__gt=after).select_related("document__organ", "item__organ")[:PORTION]
    entries = list(found.defer("document__words", "document__interpretation"))
    done = sum(_one(entry, case, work, at) for entry in entries)
    if not entries:
        settle(case, at)
    return Portion(done, entries[-1].pk if entries else None)


def _one(entry: CleanupEntry, case: Case, work: Work, at: datetime) -> bool:
    entry.case = case
    try:
        with transaction.atomic():
            work(entry, at)
    except FAULTS:
        log.exception("document %s of clean-up %s could not be worked on", entry.document_id, case.code)
        return False
    return True


def _list(entry: CleanupEntry, at: datetime) -> None:
    if entry.document.standing(timezone.localdate(at)) not in (CURRENT, SUSPENDED, NOT_YET):
        entry.left_out = True
        entry.save(update_fields=["left_out"])
    else:
        list_item(entry, at, tells=False)


def _settle(entry: CleanupEntry, at: datetime) -> None:
    if entry.item:
        settle(entry.item, at, tells=False)


def _remove(entry: CleanupEntry, at: datetime) -> None:
    if entry.item:
        settle(entry.item, at)


def _fallen_out(now: Clock, working: Callable[[], bool]) -> int:
    """Cases of documents that came to their end outside of the clean-up."""
    done = 0
    for entry in cleanup.ended_meanwhile(timezone.localdate(now())).select_related("item", "case")[:1000]:
        if not working():
            break
        with transaction.atomic():
            done += _one(entry, hold(entry.case), _remove, now())
    return done
