"""The reviewer's answers: to each item of the check-list and to each clause that the scan has marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import registry
from casework.actions.hold import hold
from casework.models import Case
from casework.procedure import Step
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Reason, Refused
from regulations.models import ReviewAnswer
from regulations.queries.making import CHECK, current, drafters, reviewers
from regulations.queries.suspicions import suspicions
from regulations.rules import checklist

PASS = "pass_legality_review"  # noqa: S105 - the name of a step


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer says of one item: `clear` if nothing is wrong there, and why."""

    kind: str
    key: str
    clear: bool
    words: str


@transaction.atomic
def answer(case: Case, user: User, at: datetime, number: int, given: Iterable[Answer]) -> list[ReviewAnswer]:
    """Keep answers about the version with this number, which must be the one under review.

    Raises Refused in another state, for another version, for unknown items, and where a suspicion is called harmless
    or an item objectionable without a reason; NotAllowed for whoever does not review here or has drafted.
    """
    case = hold(case)
    row = registry.procedure(case.procedure, case.version).step(PASS)
    if case.state not in row.when:
        raise Refused([Reason("wrong_state", "本案不在合法性审核环节。", row.under)], row.label)
    if not reviewers(case, Standing(user, timezone.localdate(at)), row):
        raise NotAllowed([Reason("not_allowed", "您不是本案的审核人员。", row.under)], row.label)
    if user.pk in drafters(case):
        raise NotAllowed([Reason("second_person", "审核人员不得参与起草。", row.under)], row.label)
    version = current(case)
    if version is None or version.number != number:
        raise Refused([Reason("changed", "送审的文本已经变化，请重新打开审核页面。")], row.label)
    marked = {one.key for one in suspicions(version, timezone.localdate(at))}
    return keep(given, marked, row, user, at, version=version)


def keep(
    given: Iterable[Answer], marked: Collection[str], row: Step, user: User, at: datetime, **about: Any
) -> list[ReviewAnswer]:
    """Keep answers about one text; Refused for unknown items and for what is said without a reason."""
    listed = list(given)
    for one in listed:
        if one.key not in (checklist.KEYS if one.kind == CHECK else marked):
            raise Refused([Reason("unknown", "没有这一审核项目。")], row.label)
        if not one.words.strip() and not (one.kind == CHECK and one.clear):
            raise Refused([Reason("reason_missing", "请写明理由。", field=one.key)], row.label)
    return ReviewAnswer.objects.bulk_create(
        ReviewAnswer(
            kind=one.kind, key=one.key, clear=one.clear, words=one.words.strip()[:2000], by=user, at=at, **about
        )
        for one in listed
    )
