"""What somebody brings to a window for a case under way: a correction, a mistake put right on the spot, a withdrawal,
the wish to collect at another point.

Whoever has no account is served like everybody else (行政许可法 29, 32): the clerk writes down who was identified, as
at intake, and what was handed over on paper or scanned. The draft of it is the visit; the act empties and ends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import ServicePoint, User
from approvals.actions.filing import correction_of
from approvals.actions.parts import paper_of
from approvals.models import Application
from approvals.queries import drafts, presence
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART
from approvals.queries.drafts import AT_COUNTER, BROUGHT, BY_WINDOW
from approvals.queries.licences import CORRECTED
from approvals.queries.parts import whole_of
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case, Document, Draft, Participant
from casework.queries.rights import VISITED, Standing
from casework.refusal import NotAllowed, Reason, Refused


@transaction.atomic
def begin_visit(case: Case, clerk: User, point: ServicePoint, at: datetime) -> Draft:
    """The draft in which the clerk writes down who stands there; the same one until something was taken in.

    A point that has no part in the case gets one, since somebody came there with the receipt.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.service_point_id != point.pk:
        Participant.objects.get_or_create(case=case, role=VISITED, point=point, until=None, defaults={"since": at})
    draft, _ = Draft.objects.get_or_create(
        owner=clerk, procedure=case.procedure, step=AT_COUNTER, matter=correction_of(case), case=None,
        defaults={
            "title": case.title, "party": case.applicant, "content": {"point": point.pk}, "created_at": at,
            "saved_at": at,
        },
    )  # fmt: skip
    return draft


@transaction.atomic
def take_in(
    case: Case, step: str, clerk: User, at: datetime, *, facts: Mapping[str, Any] | None = None,
    attested: Sequence[str] = (), seen: int | None = None, address: str | None = None,
) -> Act:  # fmt: skip
    """Take in what was brought; what came on paper before, or by post, as of the moment at which it came."""
    draft = _visit(case, clerk)
    received = presence.received_at(draft.content, at) if draft else at
    if received > at:
        raise Refused([Reason("received_later", "收到的时间不能晚于现在。")])
    row = registry.procedure(case.procedure, case.version).step(step)
    actors = Standing(clerk, timezone.localdate(received)).actors(case, row)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "收到当日，您没有在该网点收件的权限。", row.under)], row.label)
    return take(
        case, step, actors[0], received, Offer(facts=facts or {}, attested=attested, seen=seen, address=address)
    )


def brought(case: Case, act: Act) -> None:
    """What was brought joins the case, with who brought it; nothing is taken in of nobody."""
    draft = _visit(case, act.actor) if act.actor else None
    if draft is None or not presence.settled(draft.content):
        raise Refused([Reason("unfinished", "请先填写：身份核验和收到时间。")], act.label)
    paper = draft.content.get("paper", []) if act.step == BROUGHT else []
    if act.step == BROUGHT and not paper and not drafts.documents(draft):
        raise Refused([Reason("no_material", "请先登记收到的补正材料：扫描上传，或者填写纸质份数。")], act.label)
    application = application_of(case)
    if application is None:
        raise ValueError(f"case {case.number} has no application")
    Document.objects.filter(draft=draft, case=None).update(case=case, act=act)
    mark = {"act": act.seq, "point": draft.content["point"]}
    entries = [{**entry, **mark, "at": act.at.isoformat()} for entry in paper]
    _add(application, entries, {**draft.content["presence"], **mark, "label": act.label})
    if case.procedure == BUNDLE and entries:
        whole = whole_of(case)
        for part in Application.objects.select_related("case").filter(case__parent=case, case__procedure=PART):
            if member := whole.member(part.case.matter):
                _add(part, paper_of(member, entries))
    draft.delete()


def _add(application: Application, paper: Sequence[Mapping[str, Any]], seen: Mapping[str, Any] | None = None) -> None:
    application.paper_materials = [*application.paper_materials, *paper]
    if seen:
        later = [*application.presence.get("later", []), seen]
        application.presence = {**application.presence, "later": later}
    application.save(update_fields=["paper_materials", "presence"])


def _visit(case: Case, clerk: User) -> Draft | None:
    mine = Draft.objects.select_for_update(of=("self",)).filter(owner=clerk, step=AT_COUNTER, case=None)
    return mine.filter(procedure=case.procedure, matter=correction_of(case)).first()


@transaction.atomic
def end_visits(before: datetime) -> int:
    """After the day, points that were visited with a receipt have no part in the case, and nobody counts as identified.

    What was scanned and counted stays in the draft.
    """
    for draft in Draft.objects.select_for_update().filter(step=AT_COUNTER, case=None, saved_at__lt=before):
        if draft.content.get("presence"):
            draft.content = {**draft.content, "presence": {}}
            draft.save(update_fields=["content"])
    visits = Participant.objects.filter(role=VISITED, until=None, point__isnull=False, since__lt=before)
    return visits.update(until=before)


EFFECTS = {(code, step): brought for code in CORRECTED for step in BY_WINDOW}
