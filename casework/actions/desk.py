"""What officers do around the queue: many cases given to one colleague, views kept, notices read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from casework.actions.perform import Offer
from casework.actions.take import take
from casework.models import Act, Case, Notice, SavedView
from casework.office import ASSIGN
from casework.queries.rights import Standing
from casework.refusal import Conflict, Reason, Refused

MOST_CASES = 100  # of one bulk action, inside a request
MOST_VIEWS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case of a bulk action; `reason` says why nothing was done."""

    case: Case
    reason: str = ""

    @property
    def done(self) -> bool:
        return not self.reason


def assign_all(
    cases: Sequence[Case], seen: dict[int, int], handler: str, user: User, at: datetime, address: str | None = None
) -> list[Outcome]:
    """Give each case to one officer, by the same door and under the same rules as a single one.

    `seen` is the number of acts that the page showed of each case, so that a form sent twice does nothing twice.
    """
    standing = Standing(user, timezone.localdate(at))
    return [_assign(case, seen.get(case.pk), handler, standing, at, address) for case in cases]


def _assign(
    case: Case, seen: int | None, handler: str, standing: Standing, at: datetime, address: str | None
) -> Outcome:
    actors = standing.actors(case, ASSIGN)
    if not actors:
        return Outcome(case, "您没有在本案中分派承办人的权限。")
    try:
        take(case, ASSIGN.name, actors[0], at, Offer(facts={"handler": handler}, seen=seen, address=address))
    except Conflict as conflict:
        return (
            Outcome(case)
            if done_already(case, ASSIGN.name, actors[0].user, conflict.seen)
            else Outcome(case, str(conflict))
        )
    except Refused as refusal:
        return Outcome(case, str(refusal))
    return Outcome(case)


def done_already(case: Case, step: str, user: User | None, seen: int) -> Act | None:
    """The act by which this very person took this very step on the picture they saw: the form was sent twice."""
    return Act.objects.filter(case=case, seq=seen + 1, step=step, actor=user).first() if user else None


def keep_view(owner: User, name: str, query: str, at: datetime) -> SavedView:
    """Keep a filter of the queue under a name. Refused if the name is taken or there are too many."""
    if owner.saved_views.count() >= MOST_VIEWS:
        raise Refused([Reason("too_many", f"最多保存{MOST_VIEWS}个视图，请先删除不用的视图。", field="name")])
    try:
        with transaction.atomic():
            return SavedView.objects.create(owner=owner, name=name, query=query, saved_at=at)
    except IntegrityError:
        raise Refused([Reason("name_taken", "已经有同名的视图，请换一个名称。", field="name")]) from None


def change_view(view: SavedView, name: str, is_default: bool) -> None:
    """Rename a view, and make it the one that the queue opens with, or not. Refused if the name is taken."""
    try:
        with transaction.atomic():
            if is_default:
                SavedView.objects.filter(owner=view.owner, is_default=True).exclude(pk=view.pk).update(is_default=False)
            view.name, view.is_default = name, is_default
            view.save(update_fields=["name", "is_default"])
    except IntegrityError:
        raise Refused([Reason("name_taken", "已经有同名的视图，请换一个名称。", field="name")]) from None


def drop_view(owner: User, pk: int) -> None:
    """Forget one of the owner's views; nothing happens if there is none."""
    SavedView.objects.filter(owner=owner, pk=pk).delete()


def read_notice(notice: Notice, at: datetime) -> None:
    """Mark a notice as read; the first moment counts."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def read_all_notices(user: User, at: datetime) -> int:
    """Mark every unread notice of the inbox as read; answers how many were."""
    return Notice.objects.filter(to=user, channel=Notice.Channel.INBOX, read_at=None).update(read_at=at)
