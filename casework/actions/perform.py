"""A step is taken in a locked case: gates, Act, state, clocks, papers, notices - and the law's own steps.

Rights are checked before, by `take`. What a clock or an event sets off by itself is `settle`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import actions as people
from accounts.models import User
from casework import facts as stated
from casework import registry
from casework.actions import clocks, issue, notices
from casework.actions.hold import hold
from casework.actions.numbers import give_number
from casework.models import Act, Case, Participant
from casework.office import ASSIGN, RECUSE
from casework.procedure import BACK, NEW, SAME, Procedure, Step
from casework.queries.choices import choices_for
from casework.queries.rights import LAW, Actor, subject_of
from casework.queries.situations import situation
from casework.refusal import Reason, Refused
from casework.signals import act_taken, decision_issued


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a person brings to a step: the facts asked for, the conditions attested, and how much of the file was seen.

    `attested` holds the words of the gates that the person states to hold. `seen` is the number of acts shown to the
    person; a different number raises Conflict, so that two people never act on one picture. Without `tells` no notice
    is written: the caller tells of many acts together.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    attested: Sequence[str] = ()
    seen: int | None = None
    address: str | None = None
    tells: bool = True


def perform(case: Case, table: Procedure, row: Step, actor: Actor, at: datetime, offer: Offer) -> Act:
    """Check the gates of a locked case and take the step. Rights were checked by the caller."""
    cleaned, reasons = examine(case, table, row, actor, at, offer)
    if reasons:
        raise Refused(reasons, row.label)
    return write(case, table, row, actor, at, offer, cleaned)


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


MOST_STEPS = 5  # one silence can set off another step, but never a chain without end


@transaction.atomic
def settle(case: Case, at: datetime, *, tells: bool = True) -> list[Act]:
    """Take every step that the law takes by itself at this moment. Repeating it takes none twice.

    Without `tells` no notice is written: the caller tells of many cases together.
    """
    case = hold(case)
    taken: list[Act] = []
    table = registry.procedure(case.procedure, case.version)
    while len(taken) < MOST_STEPS:
        view = situation(case, table, at, role=LAW.role)
        row = next(
            (
                row
                for row in table.steps_from(case.state, view.today)
                if row.by_the_law
                and not any(gate.attested for gate in row.needs)
                and not (not row.moves and view.flagged(row.name, sorted(row.clocks)))
                and all(gate.check(view) for gate in row.needs if gate.check)
            ),
            None,
        )
        if row is None:
            break
        taken.append(perform(case, table, row, LAW, at, Offer(tells=tells)))
    return taken


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


def write(
    case: Case, table: Procedure, row: Step, actor: Actor, at: datetime, offer: Offer, cleaned: dict[str, Any]
) -> Act:
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
    case.save(update_fields=["state", "detours", "act_count", "ended_at", "handler", "due_on", "promised_on"])
    if effect := chapter.effects.get((case.procedure, row.name)):
        effect(case, act)
    papers = issue.papers(act, case, row, decision)
    told = notices.told(act, case, row) if offer.tells else None
    # Last, since from here on others wait who need a number of the same series.
    if act.seq == 1:
        give_number(case, case.organ, chapter.case_word, timezone.localdate(at).year)
    issue.number(papers)
    if told:
        notices.tell(act, case, told)
    act_taken.send(sender=Case, case=case, act=act, papers=papers)
    if decision:
        decision_issued.send(sender=Case, decision=decision)
    _settle_around(case, table, at)
    return act


def _settle_around(case: Case, table: Procedure, at: datetime) -> None:
    """What the act sets off in the case above, in those beside that look at one another, and in those below.

    Cases that are worked on by portions are left to their worker: an act does not hold thousands of them.
    """
    if case.parent_id and case.parent:
        settle(case.parent, at)
    above = [case.parent_id] if case.parent_id and not table.by_portions else []
    above += [case.pk] if any(row.opens for row in table.steps) else []
    if not above:
        return
    around = Case.objects.filter(parent__in=above, ended_at=None).exclude(pk=case.pk)
    for other in around.exclude(procedure__in=registry.by_portions()).order_by("pk"):
        rows = registry.procedure(other.procedure, other.version).steps_from(other.state, timezone.localdate(at))
        if any(row.by_the_law and row.looks_around for row in rows):
            settle(other, at)


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
    if row is RECUSE and act.actor:
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
        if ask.part and ask.name in cleaned:
            case.participants.filter(role=ask.part, until=None).update(until=act.at)
            chosen = cleaned[ask.name] if isinstance(cleaned[ask.name], list) else [cleaned[ask.name]]
            column = "party_id" if ask.kind == "party" else "user_id"
            Participant.objects.bulk_create(
                Participant(case=case, role=ask.part, act=act, since=act.at, **{column: int(value)}) for value in chosen
            )
