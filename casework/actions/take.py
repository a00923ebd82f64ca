"""The one door: a step is taken in one transaction, or refused with the article and what is missing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, Party, ServicePoint
from casework import registry
from casework.actions.hold import hold
from casework.actions.perform import Offer, examine, perform, write
from casework.models import Act, Case, Draft
from casework.office import OFFICE_STEPS
from casework.procedure import Procedure, Step
from casework.queries.rights import LAW, UNNAMED, Actor, Standing, actors_opening
from casework.refusal import Conflict, NotAllowed, Reason, Refused


@transaction.atomic
def take(case: Case, step: str, actor: Actor, at: datetime, offer: Offer | None = None) -> Act:
    """Take one step in a case.

    Locks the case, checks state, right, recusal, second person and gates, writes the Act, moves the state, stops and
    starts clocks, freezes papers and orders notices. Raises Refused, NotAllowed or Conflict and then changes nothing.
    """
    offer = offer or Offer()
    case = hold(case)
    if offer.seen is not None and offer.seen != case.act_count:
        raise Conflict(
            offer.seen, case.act_count, [act.label for act in case.acts.filter(seq__gt=offer.seen).order_by("seq")]
        )
    table = registry.procedure(case.procedure, case.version)
    row = _row(table, step)
    _check_right(case, row, actor, at)
    return perform(case, table, row, actor, at, offer)


@transaction.atomic
def open_case(
    procedure: str,
    step: str,
    actor: Actor,
    at: datetime,
    offer: Offer | None = None,
    *,
    organ: Organisation,
    matter: str = "",
    title: str,
    applicant: Party | None = None,
    channel: str = Case.Channel.ONLINE,
    service_point: ServicePoint | None = None,
    parent: Case | None = None,
    linked: Case | None = None,
    draft: Draft | None = None,
    standing: Standing | None = None,
) -> Case:
    """Open a case by an opening row of a live procedure; the version in force on the day is kept for its whole life.

    With a draft, which the caller has locked, the case is what became of it: gates and effects find it as `case.draft`,
    and it is emptied, since what was sealed in it is now sealed with the case (个人信息保护法 19).
    `standing` is what the caller has read of the actor's rights on the day.
    """
    on = timezone.localdate(at)
    table = registry.procedure(procedure, on)
    row = _row(table, step)
    if not table.live or not row.opening:
        raise Refused([Reason("not_open", "本程序尚未开通，不能立案。")], row.label)
    if standing is None or (standing.user, standing.on) != (actor.user, on):
        standing = Standing(actor.user, on)  # type: ignore[arg-type]
    unnamed = actor is UNNAMED and UNNAMED.role in row.by and applicant is None
    if not (actor is LAW or unnamed or actor in actors_opening(standing, row, organ, applicant)):
        raise NotAllowed([Reason("not_allowed", "您没有办理这一事项的权限。", row.under)], row.label)
    case = Case(
        procedure=procedure, version=table.since, matter=matter, title=title, organ=organ, applicant=applicant,
        applicant_name=applicant.name if applicant else "", filed_by=actor.user, channel=channel,
        service_point=service_point, parent=parent, linked=linked, opened_at=at,
    )  # fmt: skip
    if draft:
        case.draft = draft
    offer = offer or Offer()
    cleaned, reasons = examine(case, table, row, actor, at, offer)
    reasons += registry.unpowered(table, organ, matter, on)
    if reasons:
        raise Refused(reasons, row.label)
    case.number = case.code  # until it gets its own, at the end
    try:
        case.save(force_insert=True)
    except IntegrityError as error:
        # The power ended between the question and the row: the database has the last word.
        if getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") != "case_under_power":
            raise
        raise Refused([registry.no_power(table, organ, on)], row.label) from None
    if draft:
        draft.case, content, draft.content = case, draft.content, {}
        draft.save(update_fields=["case", "content"])
        draft.content = content
    write(case, table, row, actor, at, offer, cleaned)
    if draft:
        draft.content = {}
    return case


def _row(table: Procedure, step: str) -> Step:
    if step in OFFICE_STEPS:
        return OFFICE_STEPS[step]
    try:
        return table.step(step)
    except KeyError:
        raise Refused([Reason("unknown_step", "没有这一办理环节。")]) from None


def _check_right(case: Case, row: Step, actor: Actor, at: datetime) -> None:
    if actor is LAW:
        if not row.by_the_law:
            raise NotAllowed([Reason("not_allowed", "这一环节不能自动发生。", row.under)], row.label)
        return
    if actor is UNNAMED and UNNAMED.role in row.by and case.applicant_id is None and case.filed_by_id is None:
        return  # who holds number and query code was asked by the caller
    if actor.user is None or actor not in Standing(actor.user, timezone.localdate(at)).actors(case, row):
        raise NotAllowed([Reason("not_allowed", "您没有在本案中办理这一环节的权限。", row.under)], row.label)
