"""Applying for the change or the renewal of a licence, and asking for a revocation: each becomes exactly one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Party, ServicePoint, User
from approvals.models import Application, Licence
from approvals.queries import licences, presence, questions
from approvals.queries.licences import CHANGE, RENEWAL
from casework import registry
from casework.actions import Offer, open_case, take
from casework.models import Act, Case, Document, Draft, Participant
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused

TITLES = {CHANGE: "变更", RENEWAL: "延续"}


def request_of(licence: Licence) -> str:
    """Under which matter the drafts about a licence are kept."""
    return f"licence:{licence.pk}"


@transaction.atomic
def begin_request(
    licence: Licence, procedure: str, user: User, at: datetime, point: ServicePoint | None = None
) -> Draft:
    """The draft in which somebody prepares a change or a renewal; the same one until it is submitted."""
    Licence.objects.select_for_update(of=("self",)).get(pk=licence.pk)
    mine = Draft.objects.filter(owner=user, procedure=procedure, matter=request_of(licence), case=None)
    if found := mine.first():
        return found
    return Draft.objects.create(
        owner=user, procedure=procedure, step="apply", matter=request_of(licence), party=licence.holder,
        title=f"{licence.title}{TITLES[procedure]}", content={"point": point.pk} if point else {},
        created_at=at, saved_at=at,
    )  # fmt: skip


def changes_of(licence: Licence, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is to be changed: name, label, old and new in words, and the new value; what stays is left out."""
    found = []
    for ask, now in licences.changeable(licence):
        value = values.get(ask.name)
        if value in (None, "", []) or value == now:
            continue
        before, after = (dict(questions.shown((ask,), {ask.name: each})).get(ask.label, "") for each in (now, value))
        if before != after:
            found.append({"name": ask.name, "label": ask.label, "before": before, "after": after, "value": value})
    return found


@transaction.atomic
def file_request(
    draft: Draft, user: User, at: datetime, *, attested: Sequence[str] = (), address: str | None = None
) -> Case:
    """Submit a change or a renewal: the case that the draft becomes, or the one that it already became.

    A renewal is in time or late by the day it is filed on. At a window nothing is taken in of nobody, and what came on
    paper before is filed as of that moment. Raises Refused, and then nothing has changed.
    """
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk, owner=user)
    if locked.case_id:
        return Case.objects.get(pk=locked.case_id)
    licence = Licence.objects.select_related("item", "organ", "holder").get(pk=locked.matter.removeprefix("licence:"))
    file, at_window = licences.file_of(licence), "point" in locked.content
    if at_window and not presence.settled(locked.content):
        raise Refused([Reason("unfinished", "请先填写：身份核验和收到时间。", field="presence")])
    received = presence.received_at(locked.content, at)
    if received > at or (file and received < file.opened_at):
        raise Refused(
            [Reason("received_then", "收到申请的时间不能晚于现在，也不能早于许可证件的送达。", field="presence")]
        )
    today, at = timezone.localdate(at), received
    step, facts = _stated(licence, locked, at)
    row = registry.procedure(locked.procedure).step(step)
    if file is None:
        raise Refused([Reason("no_file", "许可证件尚未送达，不能申请。", row.under)], row.label)
    actors = actors_opening(Standing(user, timezone.localdate(at)), row, licence.organ, licence.holder)
    if not actors:
        if at_window and actors_opening(Standing(user, today), row, licence.organ, licence.holder):
            raise Refused(
                [Reason("not_seated_then", "收到申请之日您不在该窗口任职，请由当日的窗口人员补录。", field="presence")]
            )
        raise NotAllowed([Reason("not_allowed", "只有被许可人或者其代理人可以申请。", row.under)], row.label)
    pk = locked.content.get("point")
    return open_case(
        locked.procedure, step, actors[0], at, Offer(facts=facts, attested=attested, address=address),
        organ=licence.organ, matter=licence.item.code, title=f"{licence.item.name}（{TITLES[locked.procedure]}）",
        applicant=licence.holder, draft=locked, parent=file,
        service_point=ServicePoint.objects.get(pk=pk) if pk else None,
        channel=Case.Channel.WINDOW if pk else Case.Channel.ONLINE,
    )  # fmt: skip


def step_for(licence: Licence, procedure: str, at: datetime) -> str:
    """The opening row that applies today."""
    if procedure == CHANGE:
        return "apply_for_change"
    return licences.term(licence, timezone.localdate(at)).renewal or licences.LATE


def _stated(licence: Licence, draft: Draft, at: datetime) -> tuple[str, dict[str, Any]]:
    """The opening row and the facts that it asks for."""
    reasons = str(draft.content.get("reasons", ""))
    step = step_for(licence, draft.procedure, at)
    if draft.procedure == CHANGE:
        changes = changes_of(licence, draft.content.get("values", {}))
        told = "\n".join(f"{each['label']}：由“{each['before']}”变更为“{each['after']}”" for each in changes)
        return step, {"changes": told, "reasons": reasons}
    return step, {"expires_on": licence.valid_to, "reasons": reasons}


def filed(case: Case, act: Act) -> None:
    """The draft becomes the application: what the licence is to say, how its holder is reached, the files."""
    draft: Draft = case.draft
    licence = licences.licence_of(case)
    if licence is None:
        raise ValueError(f"case {case.number} is about no licence")
    before = Application.objects.get(case_id=licence.case_id)
    answers = {**before.answers, **licence.details}
    if case.procedure == CHANGE:
        answers |= {"changes": changes_of(licence, draft.content.get("values", {}))}
    Application.objects.create(
        case=case, item=licence.item, answers=answers, contact=draft.content.get("contact") or before.contact,
        paper_materials=draft.content.get("paper", []), presence=draft.content.get("presence", {}),
        delivery=before.delivery,
        delivery_point=before.delivery_point, consents_to_electronic_service=before.consents_to_electronic_service,
        declared_by=act.actor_name, declared_at=act.at,
    )  # fmt: skip
    Document.objects.filter(draft=draft).update(case=case, act=act)


@transaction.atomic
def ask_for_revocation(
    licence: Licence, party: Party, user: User, at: datetime, *, interest: str, request: str, address: str | None = None
) -> Act:
    """Somebody whose interest a licence concerns asks the organ to revoke it (69(1)): they become a third party."""
    file = licences.file_of(licence)
    if file is None or party.pk not in Standing(user, timezone.localdate(at)).party_ids:
        raise NotAllowed([Reason("not_allowed", "您不能提出这一请求。")])
    if party.pk == licence.holder_id:
        raise Refused([Reason("own_licence", "被许可人不能作为利害关系人请求撤销；需要停止使用的，可以申请注销。")])
    Case.objects.select_for_update(of=("self",)).get(pk=file.pk)
    named = {"case": file, "role": "third_party", "party": party, "until": None}
    if not Participant.objects.filter(**named).exists():
        Participant.objects.create(**named, since=at, reason=interest[:500])
    actor = Actor(user, "third_party", user.display_name, party=party)
    facts = {"interest": interest, "request": request}
    return take(file, "ask_for_revocation", actor, at, Offer(facts=facts, address=address))


EFFECTS = {
    (CHANGE, "apply_for_change"): filed,
    (RENEWAL, licences.IN_TIME): filed,
    (RENEWAL, licences.LATE): filed,
}
