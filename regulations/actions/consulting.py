"""The public's opinions on a draft: handed in by anybody who has signed in, answered one by one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import registry
from casework.actions import Offer, take
from casework.actions.hold import hold
from casework.models import Case
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Reason, Refused
from regulations.models import Comment, Consultation

COMMENT, FEEDBACK = "submit_comment", "publish_feedback"


def comment(
    consultation: Consultation, user: User, at: datetime, *, article: str, words: str, address: str | None = None
) -> Comment:
    """Hand an opinion in. Raises Refused when the last day is over, NotAllowed for officials."""
    case = consultation.case
    row = registry.procedure(case.procedure, case.version).step(COMMENT)
    actors = Standing(user, timezone.localdate(at)).actors(case, row)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "请以公民、法人或者代理人身份提出意见。", row.under)], row.label)
    act = take(case, COMMENT, actors[0], at, Offer(facts={"article": article, "comment": words}, address=address))
    return Comment.objects.get(act=act)


@transaction.atomic
def answer(given: Comment, user: User, at: datetime, *, outcome: str, reason: str) -> Comment:
    """Answer one opinion; until the feedback is published the answer may be changed. Raises Refused, NotAllowed."""
    case = hold(given.consultation.case)
    row = registry.procedure(case.procedure, case.version).step(FEEDBACK)
    found = Comment.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=given.pk)
    if case.state not in row.when or found.consultation.closed_by_id is None:
        raise Refused([Reason("wrong_state", "征求意见结束之后再答复。", row.under)], row.label)
    if found.consultation.feedback_by_id:
        raise Refused([Reason("published", "采纳情况已经公布，不能再修改。", row.under)], row.label)
    if not Standing(user, timezone.localdate(at)).actors(case, row):
        raise NotAllowed([Reason("not_allowed", "意见由起草单位的承办人答复。", row.under)], row.label)
    if outcome not in Comment.Outcome.values or not reason.strip():
        raise Refused([Reason("reason_missing", "请选择采纳、部分采纳或者不采纳，并说明理由。", row.under)], row.label)
    found.outcome, found.reason = outcome, reason.strip()[:2000]
    found.answered_by, found.answered_at = user, at
    found.save(update_fields=["outcome", "reason", "answered_by", "answered_at"])
    return found


def open_consultation(case: Case) -> Consultation | None:
    """The consultation of a case that nothing has closed yet."""
    return Consultation.objects.filter(case=case, closed_by=None).first()
