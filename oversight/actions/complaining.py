"""A complaint becomes exactly one case, however often the button is pressed; and what its acts set off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, Party, User
from casework import registry
from casework.actions import Offer, open_case, take
from casework.actions.once import held
from casework.models import Act, Case, Draft, Participant
from casework.queries.rights import UNNAMED as NOBODY
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from oversight.actions.evidence import hand_in
from oversight.queries.complaints import (
    ADD,
    CONCERNED,
    NAMED,
    PROCEDURE,
    RETALIATION,
    UNNAMED,
    concerned,
    office,
    power,
)


@transaction.atomic
def complain(
    token: str, said: Mapping[str, Any], at: datetime, *, user: User | None = None, party: Party | None = None,
    address: str | None = None,
) -> Draft:  # fmt: skip
    """Take a complaint in: the draft under this token with the case that it became, now or earlier.

    Without a user nothing of a person is kept, no network address either. `said` are the facts of the opening row; with
    an earlier number it is a report of retaliation. Raises Refused or NotAllowed, and then nothing has changed.
    """
    on = timezone.localdate(at)
    step = UNNAMED if user is None else RETALIATION if said.get("earlier") else NAMED
    organ = Organisation.objects.at(on).filter(code=said.get("concerned", "")).first()
    about = power(str(said.get("power", "")), on)
    title = f"投诉举报：{organ.short_name if organ else '未写明机关'}{f'，{about.name}' if about else ''}"
    draft = held(
        token, PROCEDURE, step, at, user=user, party=party, matter=about.power.code if about else "", title=title
    )
    if draft.case_id:
        return draft
    actor, standing, handling = NOBODY, None, office(on)
    if user is not None:
        standing = Standing(user, on)
        row = registry.procedure(PROCEDURE, on).step(step)
        actors = actors_opening(standing, row, handling, party)
        if not actors:
            raise NotAllowed([Reason("not_allowed", "您现在不能为该主体提出投诉举报。", row.under)], row.label)
        actor = actors[0]
    offer = Offer(facts={name: value for name, value in said.items() if value}, address=address if user else None)
    open_case(
        PROCEDURE, step, actor, at, offer, organ=handling, matter=draft.matter, title=draft.title, applicant=party,
        draft=draft, standing=standing,
    )  # fmt: skip
    return draft


@transaction.atomic
def add(
    case: Case,
    draft: Draft,
    actor: Actor,
    at: datetime,
    *,
    facts: Mapping[str, Any],
    seen: int,
    address: str | None = None,
) -> Act:
    """Whoever complained adds something, with the files of a draft. Raises Refused, NotAllowed or Conflict.

    `actor` is UNNAMED for whoever holds number and query code of a complaint without a name. The draft stays for a
    second press, until it goes away with what was never handed in.
    """
    locked = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if locked.case_id:
        raise Refused([Reason("stale_page", "页面已经过期，请重新填写。")])
    act = take(case, ADD, actor, at, Offer(facts=facts, seen=seen, address=address))
    hand_in(locked, case, act)
    return act


def filed(case: Case, act: Act) -> None:
    """The files that came with the form join the case."""
    hand_in(case.draft, case, act)


def asked(case: Case, act: Act) -> None:
    """The organ complained of comes in, and sees from now on what it is asked."""
    if case.participants.filter(role=CONCERNED, until=None).exists():
        return
    Participant.objects.create(case=case, role=CONCERNED, organisation=concerned(case), act=act, since=act.at)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **{(PROCEDURE, step): filed for step in (NAMED, UNNAMED, RETALIATION)},
    (PROCEDURE, "ask_organ"): asked,
    (PROCEDURE, "order_correction"): asked,
}
