"""What the acts of a change case set off in the tables of the list. Each runs inside the act's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from casework.actions import search, settle
from casework.models import Act, Case, Draft, Participant
from casework.refusal import Reason, Refused
from powerlist.actions import basis_changes, rows
from powerlist.actions.drafts import COMPLETE, EX_OFFICIO, matter_of
from powerlist.models import Power, PowerVersion, Proposal
from powerlist.queries.known import PROCEDURE, STEP_OF, Text, of_draft, text_of
from powerlist.queries.organs import seated
from powerlist.queries.search import SEARCH

OFFICE, GOVERNMENT = basis_changes.OFFICE, ("head_of_government", "executive_meeting_secretary")
LABELS = {"legal_office": "政府法制机构", "government": "区政府及其常务会议"}


def proposed(case: Case, act: Act) -> None:
    """The draft becomes the first text; the legal office and whoever would receive the power come in."""
    text = of_draft(case.draft.content, timezone.localdate(act.at))
    _keep(case, act, text)
    _bring_in(case, act, "legal_office", seated(OFFICE, timezone.localdate(act.at)))
    _holder(case, act, text)
    _receiver(case, act, text)
    basis_changes.moved(text.code, act.at)


def _keep(case: Case, act: Act, text: Text) -> Proposal:
    receiver = Organisation.objects.filter(code=text.receiver).first() if text.receiver else None
    return Proposal.objects.create(
        case=case, number=Proposal.objects.filter(case=case).count() + 1, act=act, kind=text.kind, code=text.code,
        content=text.content, reason=text.reason, changes=text.changes, receiver=receiver,
    )  # fmt: skip


def _latest(case: Case, act: Act) -> Text:
    text = text_of(case, timezone.localdate(act.at))
    if text is None:
        raise ValueError(f"change case {case.number} has no text")
    return text


def completed(case: Case, act: Act) -> None:
    """What was drafted to complete the case is its next text; without a draft the old one stands."""
    on = timezone.localdate(act.at)
    drafted = Draft.objects.filter(owner=act.actor, procedure=PROCEDURE, step=COMPLETE, matter=matter_of(case)).first()
    text = of_draft(drafted.content, on) if drafted else _latest(case, act)
    if text.code != case.matter:
        raise Refused([Reason("code", "补充材料不能改变调整的是哪一事项")], act.label)
    _keep(case, act, text)
    _holder(case, act, text)
    _receiver(case, act, text)


def settled(case: Case, act: Act) -> None:
    """The government named who holds the power: the text says so from now on (地方组织法 73(1)(2))."""
    text = _latest(case, act)
    content = dict(text.content)
    if content:
        content["entrusted" if content.get("entrusted") else "organ"] = str(act.facts["successor"])
    changed = Text(text.kind, text.code, content, text.reason, text.changes, text.on)
    _keep(case, act, changed)
    _receiver(case, act, changed)


def _receiver(case: Case, act: Act, text: Text) -> None:
    if text.receiver:
        _bring_in(case, act, "receiver", Organisation.objects.filter(code=text.receiver))


def _holder(case: Case, act: Act, text: Text) -> None:
    """In a case that the legal office began, whoever holds the power, or would hold it, takes part until its end."""
    if not case.acts.filter(step=EX_OFFICIO).exists():
        return
    part: dict[str, Any] = {"role": "concerned", "organisation": Organisation.objects.filter(code=text.holder).first()}
    if part["organisation"] and not case.participants.filter(until=None, **part).exists():
        Participant.objects.create(case=case, act=act, since=act.at, **part)


def consulted(case: Case, act: Act) -> None:
    """The organs that are asked take part and may answer."""
    _bring_in(case, act, "concerned", Organisation.objects.filter(code__in=act.facts["organs"]))
    _holder(case, act, _latest(case, act))


def goes_to_government(case: Case, act: Act) -> None:
    """The government and the office of its meetings come in."""
    _bring_in(case, act, "government", seated(GOVERNMENT, timezone.localdate(act.at)))


def _bring_in(case: Case, act: Act, role: str, organs: Iterable[Organisation]) -> None:
    """Give organs a part; those that held it before give way."""
    listed = list(organs)
    if not listed:
        raise Refused([Reason("nobody", f"没有{LABELS.get(role, '有关机关')}的任职人员，不能办理")], act.label)
    case.participants.filter(role=role, until=None).update(until=act.at)
    Participant.objects.bulk_create(
        Participant(case=case, role=role, organisation=organ, act=act, since=act.at) for organ in listed
    )


def published(case: Case, act: Act) -> None:
    """The list says from the day on what the government approved; the version before it ends that day."""
    text, day = _latest(case, act), _day(act.facts["effective_on"])
    if text.version:
        PowerVersion.objects.filter(pk=text.version.pk).update(until=day, ended_by=act)
    if text.kind != "cancellation":
        power, _ = Power.objects.get_or_create(code=text.code)
        organs = {organ.code: organ for organ in Organisation.objects.all()}
        rows.write([(rows.version(power, text.content, organs, day, act), text.content)])
    touched = PowerVersion.objects.filter(power__code=text.code).filter(Q(made_by=act) | Q(ended_by=act))
    search.fill(SEARCH.code, list(touched.values_list("pk", flat=True)))
    basis_changes.moved(text.code, act.at)
    settle(case, act.at)


def given_up(case: Case, act: Act) -> None:
    """Nothing becomes of the change: whoever relied on it has to look again."""
    basis_changes.moved(case.matter, act.at)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


_OPENING = (*STEP_OF.values(), EX_OFFICIO)
EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **{(PROCEDURE, step): proposed for step in _OPENING},
    (PROCEDURE, COMPLETE): completed,
    (PROCEDURE, "settle_for_change"): settled,
    (PROCEDURE, "consult_organs"): consulted,
    **{
        (PROCEDURE, step): goes_to_government
        for step in ("pass_legal_review", "object_to_taking_over", "raise_dispute")
    },
    (PROCEDURE, "publish"): published,
    **{(PROCEDURE, step): given_up for step in ("settle_against_change", "reject", "withdraw")},
    **basis_changes.EFFECTS,
}
