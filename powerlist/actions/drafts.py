"""Drafting a change: what is typed is kept, whole or not, until it is proposed; a draft becomes exactly one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, open_case, take
from casework.models import Act, Case, Draft
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from powerlist.queries.known import KINDS, PROCEDURE, STEP_OF, Text, of_draft, text_of
from powerlist.queries.versions import as_item, current
from powerlist.rules import item as items

EX_OFFICIO, COMPLETE = "propose_ex_officio", "complete"


def begin(user: User, organ: Organisation, kind: str, code: str, at: datetime, *, ex_officio: bool = False) -> Draft:
    """A draft of a change: what stands on the list now is where it begins. Raises Refused for what cannot be meant."""
    on = timezone.localdate(at)
    step = EX_OFFICIO if ex_officio else STEP_OF.get(kind, "")
    if not step or kind not in KINDS:
        raise Refused([Reason("kind", "请选择调整类型", field="kind")])
    row = registry.procedure(PROCEDURE, on).step(step)
    if not actors_opening(Standing(user, on), row, organ, None):
        raise NotAllowed([Reason("not_allowed", "您没有提出权责清单调整的权限。", row.under)], row.label)
    version = current(code, on) if code else None
    if kind not in ("addition", "take_over") and version is None:
        raise Refused([Reason("code", "清单上没有这一现行有效的事项", field="code")])
    item = as_item(version) if version else items.blank() | {"organ": organ.code}
    if kind == "cancellation":
        item = {}
    content = {"kind": kind, "code": code, "organ": organ.code, "item": item, "reason": "", "changes": ""}
    title = f"{KINDS[kind]}：{version.name if version else '新的权责事项'}"
    return Draft.objects.create(
        owner=user, procedure=PROCEDURE, step=step, matter=code or "new", title=title[:200], content=content,
        created_at=at, saved_at=at,
    )  # fmt: skip


def begin_completion(case: Case, user: User, at: datetime) -> Draft:
    """The draft in which the text of a case is completed; the same one each time."""
    on = timezone.localdate(at)
    text = text_of(case, on)
    if text is None:
        raise Refused([Reason("no_text", "本案没有可以补充的内容")])
    content = {
        "kind": text.kind, "code": text.code, "organ": case.organ.code, "item": text.content, "reason": text.reason,
        "changes": text.changes,
    }  # fmt: skip
    draft, _ = Draft.objects.get_or_create(
        owner=user, procedure=PROCEDURE, step=COMPLETE, matter=matter_of(case), case=None,
        defaults={"title": case.title, "content": content, "created_at": at, "saved_at": at},
    )  # fmt: skip
    return draft


def matter_of(case: Case) -> str:
    """Under which matter the completion of a case is drafted."""
    return f"case:{case.code}"


@transaction.atomic
def save(draft: Draft, change: Mapping[str, Any], at: datetime) -> Draft:
    """Keep what was typed. Raises Refused if the draft was proposed meanwhile, in another window."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.case_id:
        raise Refused([Reason("proposed", "这份申请已经提出，不能再修改")])
    content = {**locked.content, **change}
    if "item" in change and content["kind"] != "cancellation":
        content["item"] = items.cleaned(change["item"])
        locked.title = f"{KINDS[content['kind']]}：{content['item']['name'] or '新的权责事项'}"[:200]
    locked.content, locked.saved_at = content, at
    locked.save(update_fields=["content", "title", "saved_at"])
    return locked


def discard(draft: Draft) -> None:
    """Forget a draft that was not proposed."""
    Draft.objects.filter(pk=draft.pk, case=None).delete()


@transaction.atomic
def propose(
    draft: Draft, user: User, at: datetime, *, facts: Mapping[str, Any], attested: Sequence[str],
    address: str | None = None, tells: bool = True,
) -> Case:  # fmt: skip
    """Propose what was drafted: the case that it becomes, or the one that it already became. Without `tells` nobody is
    told of this one: the caller tells of many together.

    Raises Refused with every reason that stands against it, and then nothing has changed.
    """
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk, owner=user)
    if locked.case_id:
        return Case.objects.get(pk=locked.case_id)
    on = timezone.localdate(at)
    organ = Organisation.objects.get(code=locked.content["organ"])
    row = registry.procedure(PROCEDURE, on).step(locked.step)
    actors = actors_opening(Standing(user, on), row, organ, None)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您没有提出权责清单调整的权限。", row.under)], row.label)
    text = of_draft(locked.content, on)
    if fault := items.code_fault(text.code):
        raise Refused([Reason("code", fault, field="code")], row.label)
    _one_at_a_time(text.code)
    locked.content = {**locked.content, "reason": facts.get("reason", ""), "changes": facts.get("changes", "")}
    return open_case(
        PROCEDURE, locked.step, actors[0], at, Offer(facts=facts, attested=attested, address=address, tells=tells),
        organ=organ, matter=text.code, title=f"权责清单调整（{KINDS[text.kind]}）：{_name(text)}"[:200], draft=locked,
        channel=Case.Channel.OFFICE,
    )  # fmt: skip


def _one_at_a_time(code: str) -> None:
    """Until the end of the transaction: whether another change of the power is under way is asked of a list that stands
    still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('powerlist.change'), hashtext(%s))", [code])


def _name(text: Text) -> str:
    return str(text.content.get("name") or text.now.get("name") or text.code)


@transaction.atomic
def complete(
    case: Case, draft: Draft, actor: Actor, at: datetime, *, answer: str, seen: int | None, address: str | None = None
) -> Act:
    """Hand in the completed text; it is a further text of the case."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk, owner=actor.user, step=COMPLETE)
    act = take(case, COMPLETE, actor, at, Offer(facts={"answer": answer}, seen=seen, address=address))
    locked.delete()
    return act
