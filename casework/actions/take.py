"""The one door: a step is taken in one transaction, or refused with the article and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import actions as people
from accounts.models import Organisation, Party, ServicePoint, User
from casework import facts as stated
from casework import registry
from casework.actions import clocks, issue, notices
from casework.actions.numbers import take_number
from casework.models import Act, Case, Participant
from casework.office import ASSIGN, OFFICE_STEPS, RECUSE
from casework.procedure import BACK, NEW, SAME, Procedure, Step
from casework.queries.choices import choices_for
from casework.queries.rights import LAW, Actor, Standing, actors_opening, subject_of
from casework.queries.situations import situation
from casework.refusal import Conflict, NotAllowed, Reason, Refused
from casework.signals import act_taken, decision_issued


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a person brings to a step: the facts asked for, the conditions attested, and which state of the file was seen.

    `attested` holds the words of the gates that the person states to hold. `seen` is the number of acts shown to the
    person; a different number raises Conflict, so that two people never act on one picture.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    attested: Sequence[str] = ()
    seen: int | None = None
    address: str | None = None


@transaction.atomic
def take(case: Case, step: str, actor: Actor, at: datetime, offer: Offer | None = None) -> Act:
    """Take one step in a case.

    Locks the case, checks state, right, recusal, second person and gates, writes the Act, moves the state, stops and
    starts clocks, freezes papers and orders notices. Raises Refused, NotAllowed or Conflict and then changes nothing.
    """
    offer = offer or Offer()
    case = Case.objects.select_for_update(of=("self",)).select_related("organ", "applicant").get(pk=case.pk)
    if offer.seen is not None and offer.seen != case.act_count:
        raise Conflict(offer.seen, case.act_count, [act.label for act in case.acts.filter(seq__gt=offer.seen).order_by("seq")])
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
) -> Case:
    """Open a case by an opening row of a live procedure; the version in force on the day is kept for its whole life."""
    on = timezone.localdate(at)
    table = registry.procedure(procedure, on)
    row = _row(table, step)
    if not table.live or not row.opening:
        raise Refused([Reason("not_open", "本程序尚未开通，不能立案。")], row.label)
    if actor is not LAW and actor not in actors_opening(Standing(actor.user, on), row, organ, applicant):  # type: ignore[arg-type]
        raise NotAllowed([Reason("not_allowed", "您没有办理这一事项的权限。", row.under)], row.label)
    case = Case(
        procedure=procedure, version=table.since, matter=matter, title=title, organ=organ, applicant=applicant,
        applicant_name=applicant.name if applicant else "", filed_by=actor.user, channel=channel,
        service_point=service_point, parent=parent, linked=linked, opened_at=at,
    )  # fmt: skip
    offer = offer or Offer()
    cleaned, reasons = examine(case, table, row, actor, at, offer)
    if reasons:
        raise Refused(reasons, row.label)
    case.number = take_number(organ, registry.chapter_of(procedure).case_word, on.year)
    case.save(force_insert=True)
    _write(case, table, row, actor, at, offer, cleaned)
    return case


def perform(case: Case, table: Procedure, row: Step, actor: Actor, at: datetime, offer: Offer) -> Act:
    """Check the gates of a locked case and take the step. Rights were checked by the caller."""
    cleaned, reasons = examine(case, table, row, actor, at, offer)
    if reasons:
        raise Refused(reasons, row.label)
    return _write(case, table, row, actor, at, offer, cleaned)


def examine(
    case: Case, table: Procedure, row: Step, actor: Actor, at: datetime, offer: Offer
) -> tuple[dict[str, Any], list[Reason]]:
    """The checked facts, and every reason that stands against the step now."""
    on = timezone.localdate(at)
    if case.ended_at if row.anywhere else case.state not in row.when:
        place = table.state(case.state).label
        return {}, [Reason("wrong_state", f"本案现处于“{place}”环节，不能办理“{row.label}”。", row.under)]
    if not row.in_force(on):
        return {}, [Reason("not_in_force", f"“{row.label}”所依据的规定在{on:%Y-%m-%d}不适用。", row.under)]
    choices = choices_for(case, row, on)
    cleaned, reasons = stated.clean(row.asks, offer.facts, choices, row.under)
    if case.pk:
        reasons += _personal(case, row, actor, at)
    view = situation(case, table, at, actor=actor.user.pk if actor.user else None, role=actor.role, facts=cleaned)
    missing = {reason.field for reason in reasons if reason.field}
    for gate in row.needs:
        if gate.check is None:
            if gate.words not in offer.attested:
                reasons.append(Reason("not_attested", f"请确认：{gate.words}", row.under))
        elif not (missing and _looks_at_facts(gate.kind)) and not gate.check(view):
            reasons.append(Reason(gate.kind, f"条件不具备：{gate.words}", row.under))
    return cleaned, reasons


def _looks_at_facts(kind: str) -> bool:
    return kind == "ahead"


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
    if actor.user is None or actor not in Standing(actor.user, timezone.localdate(at)).actors(case, row):
        raise NotAllowed([Reason("not_allowed", "您没有在本案中办理这一环节的权限。", row.under)], row.label)


def _personal(case: Case, row: Step, actor: Actor, at: datetime) -> list[Reason]:
    """Second person, excluded persons, order of time."""
    reasons = []
    last = Act.objects.filter(case=case).order_by("-seq").values_list("at", flat=True).first()
    if last and at < last:
        reasons.append(Reason("back_dated", "办理时间不能早于上一环节，不得倒签。"))
    if actor.user is None:
        return reasons
    earlier = Act.objects.filter(case=case, actor=actor.user)
    if row.second_person and earlier.exclude(role=actor.role).exists():
        reasons.append(Reason("second_person", "您已经以其他身份办理过本案，这一环节应当由另一人办理。", row.under))
    if row.not_by and earlier.filter(step__in=row.not_by).exists():
        reasons.append(Reason("second_person", "办理过前一环节的人员不得办理这一环节。", row.under))
    return reasons


def _write(case: Case, table: Procedure, row: Step, actor: Actor, at: datetime, offer: Offer, cleaned: dict[str, Any]) -> Act:
    origin, target = case.state, _target(case, row)
    act = Act.objects.create(
        case=case, seq=case.act_count + 1, step=row.name, label=row.label, actor=actor.user, actor_name=actor.name,
        role=actor.role, organisation=actor.organisation, at=at, from_state=origin, to_state=target,
        facts=stated.frozen(cleaned), attested=[gate.words for gate in row.needs if gate.attested],
        basis="；".join(map(str, row.under)), address=offer.address,
    )  # fmt: skip
    _move(case, table, row, origin, target, act)
    if actor.role == "case_officer" and case.handler_id is None:
        case.handler = actor.user
    _office_effect(case, row, cleaned, act, at)
    _take_part(case, row, cleaned, act)
    chapter = registry.chapter_of(case.procedure)
    decision = issue.decide(act, case, row) if row.decides else None
    clocks.apply(act, case, row, cleaned, decision)
    case.save(update_fields=["state", "detours", "act_count", "ended_at", "handler", "due_on"])
    if effect := chapter.effects.get((case.procedure, row.name)):
        effect(case, act)
    issue.papers(act, case, row, decision)
    notices.tell(act, case, row)
    act_taken.send(sender=Case, case=case, act=act)
    if decision:
        decision_issued.send(sender=Case, decision=decision)
    return act


def _target(case: Case, row: Step) -> str:
    if row.to == SAME:
        return case.state
    if row.to == BACK:
        if not case.detours:
            raise Refused([Reason("no_detour", "没有可以返回的环节。", row.under)], row.label)
        return case.detours[-1]
    return row.to


def _move(case: Case, table: Procedure, row: Step, origin: str, target: str, act: Act) -> None:
    if row.to == BACK:
        case.detours = case.detours[:-1]
    elif row.moves and target in table.detours and origin not in table.detours and origin != NEW:
        case.detours = [*case.detours, origin]
    case.state, case.act_count = target, act.seq
    if table.state(target).final:
        case.ended_at = case.ended_at or act.at
    else:
        case.ended_at = None


def _office_effect(case: Case, row: Step, cleaned: Mapping[str, Any], act: Act, at: datetime) -> None:
    if row is ASSIGN:
        case.handler_id = int(cleaned["handler"])
    if row is RECUSE:
        officer = int(cleaned["officer"])
        people.recuse(
            User.objects.get(pk=officer), subject_of(case), ground=cleaned["ground"], reason=cleaned["reasons"],
            decided_by=act.actor, at=at,
        )  # fmt: skip
        if case.handler_id == officer:
            case.handler = None


def _take_part(case: Case, row: Step, cleaned: Mapping[str, Any], act: Act) -> None:
    """Facts that name people give them a part in the case."""
    for ask in row.asks:
        if ask.kind in ("staff", "party") and ask.part and ask.name in cleaned:
            case.participants.filter(role=ask.part, until=None).update(until=act.at)
            chosen = cleaned[ask.name] if isinstance(cleaned[ask.name], list) else [cleaned[ask.name]]
            column = "user_id" if ask.kind == "staff" else "party_id"
            Participant.objects.bulk_create(
                Participant(case=case, role=ask.part, act=act, since=act.at, **{column: int(value)}) for value in chosen
            )
