"""What happens in the tables of this chapter when a step is taken. Each runs inside the step's own transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from approvals.actions import counter, custody, in_force, parts
from approvals.actions import licences as filing_about
from approvals.actions.filing import correction_of
from approvals.models import Application, Licence
from approvals.queries import drafts, licences
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART, Subject, Whole
from approvals.queries.drafts import CORRECTION, LICENCE
from approvals.queries.known import day_of, draft_of, remember, stated
from casework.models import Act, Case, Decision, Document, Draft, Message
from law.periods import add_months

GRANTING = ("grant", "decide_on_the_spot", "grant_on_commitment")


def filed(case: Case, act: Act) -> None:
    """The draft becomes the application: answers frozen, files moved into the case."""
    draft = draft_of(case)
    item = drafts.with_item(draft, timezone.localdate(act.at)) if draft else None
    if draft is None or item is None:
        raise ValueError("what is applied for is published, and stands in a draft")
    content = draft.content
    delivery = content.get("delivery", {})
    application = Application.objects.create(
        case=case,
        answers=content.get("answers", {}),
        contact=content.get("contact", {}),
        paper_materials=content.get("paper", []),
        presence=content.get("presence", {}),
        delivery=delivery.get("way", Application.Delivery.ELECTRONIC),
        delivery_point_id=delivery.get("point"),
        hand_over=delivery.get("hand_over", Application.HandOver.TOGETHER),
        consents_to_electronic_service=bool(delivery.get("electronic_service")),
        declared_by=act.actor_name if act.actor_id else case.applicant_name,
        declared_at=act.at,
        **_about(item, content),
    )
    Document.objects.filter(draft=draft).update(case=case, act=act)
    remember(case, act, application, drafts.documents(draft))


def _about(subject: Subject, content: dict[str, Any]) -> dict[str, Any]:
    if isinstance(subject, Whole):
        here = [member.code for member in subject.members]
        elsewhere = [code for code in content.get("chosen", []) if code not in here]
        return {"bundle": subject.bundle, "chosen": here, "elsewhere": elsewhere}
    return {"item": subject}


def filed_with_the_city(case: Case, act: Act) -> None:
    """The same for what came from the city; its message now belongs to the case, which what follows is told by."""
    draft = draft_of(case)
    filed(case, act)
    if draft:
        Message.objects.filter(pk=draft.content["message"]).update(case=case, act=act)


def corrected(case: Case, act: Act) -> None:
    """The files gathered for a correction join the case."""
    gathered = Draft.objects.filter(
        owner=act.actor, procedure=case.procedure, step=CORRECTION, matter=correction_of(case)
    )
    Document.objects.filter(draft__in=gathered, case=None).update(case=case, act=act)


def granted(case: Case, act: Act) -> None:
    """The licence comes into being, and the public may look the decision up (行政许可法 40)."""
    application = application_of(case)
    if application is None or case.applicant is None:
        raise ValueError("a licence needs an application and an applicant")
    item = application.item
    if item is None:
        raise ValueError("a licence is granted on one item")
    issued_on, said = timezone.localdate(act.at), stated(act).facts
    valid_from = day_of(said.get("valid_from")) or issued_on
    Licence.objects.create(
        case=case,
        title=item.result_name,
        item=item,
        organ=case.organ,
        holder=case.applicant,
        holder_name=case.applicant_name,
        scope=str(said.get("scope", "")),
        valid_from=valid_from,
        valid_to=day_of(said.get("valid_to")) or _expiry(valid_from, item.validity_months),
        issued_on=issued_on,
    )
    Decision.objects.filter(act=act).update(public=True)


def _expiry(valid_from: date, months: int | None) -> date | None:
    """The last day of a licence that the item's own law limits to so many months."""
    return add_months(valid_from, months) - timedelta(days=1) if months else None


def delivered(case: Case, act: Act) -> None:
    """The licence and its decision reached the holder: from that day periods to challenge it run (行政许可法 44)."""
    served_on = day_of(act.facts.get("served_on"))
    Licence.objects.filter(case=case).update(delivered_on=served_on)
    Decision.objects.filter(case=case, served_on=None).update(served_on=served_on)
    for licence in Licence.objects.select_related("item", "organ", "holder", "case").filter(case=case):
        in_force.open_file(licence, act)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (LICENCE, "submit"): filed,
    (LICENCE, "take_in_at_window"): filed,
    (LICENCE, "take_in_from_city"): filed_with_the_city,
    (LICENCE, CORRECTION): corrected,
    **{(LICENCE, step): granted for step in GRANTING},
    (LICENCE, "deliver"): delivered,
    (BUNDLE, "submit"): filed,
    (BUNDLE, "take_in_at_window"): filed,
    (BUNDLE, CORRECTION): corrected,
    (PART, "issue_grant"): granted,
    (PART, "grant_part"): granted,
    (PART, "deliver_part"): delivered,
    **parts.EFFECTS,
    **counter.EFFECTS,
    **custody.EFFECTS,
    (licences.CHANGE, CORRECTION): corrected,
    (licences.RENEWAL, CORRECTION): corrected,
    **filing_about.EFFECTS,
    **in_force.EFFECTS,
}
