"""A proposal to review a document becomes exactly one case; whoever made the document comes in when it is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Party, User
from casework import registry
from casework.actions import Offer, open_case
from casework.actions.once import held
from casework.models import Act, Case, Draft, Participant
from casework.queries.rights import Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from regulations.queries.about import document_of, matter_of
from regulations.queries.suggestions import AGAIN, FIRST, PROCEDURE, open_to, reviewer

MAKER = "maker"


@transaction.atomic
def suggest(
    token: str, said: Mapping[str, Any], at: datetime, *, user: User, party: Party, address: str | None = None
) -> Draft:
    """Take a proposal in: the draft under this token with the case that it became, now or earlier.

    said: the facts of the opening row; `news` makes it one that was answered before and has new reasons (26). Raises
    Refused or NotAllowed, and then nothing has changed.
    """
    on = timezone.localdate(at)
    document = open_to(str(said.get("document", "")))
    handling = reviewer(document, on) if document else None
    if document is None or handling is None:
        raise Refused([Reason("no_document", "目录中没有这份文件，或者它不由本区审查。")])
    step = AGAIN if said.get("news") else FIRST
    draft = held(
        token, PROCEDURE, step, at, user=user, party=party, matter=matter_of(document),
        title=f"审查建议：{document.title}",
    )  # fmt: skip
    if draft.case_id:
        return draft
    row = registry.procedure(PROCEDURE, on).step(step)
    standing = Standing(user, on)
    actors = actors_opening(standing, row, handling, party)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "您现在不能以该名义提出审查建议。", row.under)], row.label)
    facts = {name: value for name, value in said.items() if value}
    open_case(
        PROCEDURE, step, actors[0], at, Offer(facts=facts, address=address), organ=handling, matter=draft.matter,
        title=draft.title, applicant=party, draft=draft, standing=standing,
    )  # fmt: skip
    return draft


def maker_comes_in(case: Case, act: Act) -> None:
    """The organ that made the document takes part from now on."""
    document = document_of(case)
    if document is None or document.organ is None:
        raise Refused([Reason("no_document", "目录中没有这份文件。")], act.label)
    if not case.participants.filter(role=MAKER, until=None).exists():
        Participant.objects.create(case=case, role=MAKER, organisation=document.organ, act=act, since=act.at)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, step): maker_comes_in for step in ("start_review", "ask_explanation", "find_problem")
}
