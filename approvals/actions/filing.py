"""Submitting: a draft becomes exactly one case, however often and from wherever the button is pressed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import ServicePoint, User
from approvals.queries import drafts, presence
from approvals.queries.drafts import CORRECTION, INTAKE
from casework import registry
from casework.actions import Offer, open_case, take
from casework.models import Act, Case, Draft
from casework.procedure import Step
from casework.queries.rights import Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused


@transaction.atomic
def file_application(
    draft: Draft, user: User, at: datetime, *, attested: Sequence[str] = (), address: str | None = None
) -> Case:
    """Submit a draft: the case that it becomes, or the one that it already became.

    The draft is locked first, so that of any number of requests one opens the case and the others find it. Raises
    Refused with every reason that stands against it, and then nothing has changed. What was received on paper before
    is filed as of that moment: whoever records it must have sat at the window then, the item must have been published,
    and the clocks count from there.
    """
    locked = drafts.hold(draft, user)
    if locked.case_id:
        return Case.objects.get(pk=locked.case_id)
    received = presence.received_at(locked.content, at)
    if received > at:
        raise Refused([Reason("received_later", "收到申请的时间不能晚于现在。", field="presence")])
    at = received
    on = timezone.localdate(at)
    row = step_of(locked, at)
    item = drafts.with_item(locked, on)
    if item is None or not item.is_open:
        raise Refused([Reason("item_in_force", "本事项已经不再公布，不能申请。", row.under)], row.label)
    point = _point(locked)
    uploaded = drafts.documents(locked)
    unfinished = [part for part in drafts.parts(locked, item, uploaded) if part.needed and not part.done]
    if unfinished:
        raise Refused(
            [Reason("unfinished", f"请先填写：{part.title}", field=part.name) for part in unfinished], row.label
        )
    if locked.step != INTAKE and locked.party and not item.serves(locked.party.kind):
        raise Refused([Reason("audience", "本事项不面向这类申请人。", field="applicant")], row.label)
    standing = Standing(user, on)
    actors = actors_opening(standing, row, item.organ, locked.party)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您现在不能为该申请人办理这一事项。", row.under)], row.label)
    return open_case(
        locked.procedure, locked.step, actors[0], at, Offer(attested=attested, address=address), organ=item.organ,
        matter=item.code, title=item.name, applicant=locked.party, draft=locked, standing=standing,
        service_point=point, channel=Case.Channel.WINDOW if point else Case.Channel.ONLINE,
    )  # fmt: skip


@transaction.atomic
def correct(
    case: Case, draft: Draft, user: User, at: datetime, *, seen: int | None = None, address: str | None = None
) -> Act:
    """Hand in the corrections that were uploaded to a draft of this case (行政许可法 32(1)(5))."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk, owner=user, step=CORRECTION)
    row = registry.procedure(case.procedure, case.version).step(CORRECTION)
    if not drafts.documents(locked):
        raise Refused([Reason("no_material", "请先上传补正的材料。", row.under)], row.label)
    actors = Standing(user, timezone.localdate(at)).actors(case, row)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您没有提交补正的权限。", row.under)], row.label)
    attested = [gate.words for gate in row.needs if gate.attested]
    act = take(case, CORRECTION, actors[0], at, Offer(attested=attested, seen=seen, address=address))
    locked.delete()
    return act


@transaction.atomic
def begin_correction(case: Case, user: User, at: datetime) -> Draft:
    """The draft in which the user gathers corrections of a case; the same one each time."""
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    draft, _ = Draft.objects.get_or_create(
        owner=user, procedure=case.procedure, step=CORRECTION, matter=correction_of(case),
        defaults={"title": case.title, "party": case.applicant, "created_at": at, "saved_at": at},
    )  # fmt: skip
    return draft


def correction_of(case: Case) -> str:
    """Under which matter the draft of a case's correction is kept."""
    return f"case:{case.code}"


def step_of(draft: Draft, at: datetime) -> Step:
    """The opening row that a draft leads to."""
    return registry.procedure(draft.procedure, timezone.localdate(at)).step(draft.step)


def _point(draft: Draft) -> ServicePoint | None:
    pk = draft.content.get("point")
    return ServicePoint.objects.get(pk=pk) if pk else None
