"""The year's plan: drawn up by the legal office, published by the government."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, open_case
from casework.actions.once import held
from casework.models import Act, Case, Draft
from casework.queries.rights import Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from regulations.actions.parts import bring_in, government
from regulations.queries.making import PLAN
from regulations.queries.plan import matter_of

DRAW_UP = "draw_up_plan"


@transaction.atomic
def draw_up(token: str, offer: Offer, at: datetime, user: User) -> Draft:
    """Begin the plan of a year: the draft under this token with its case, now or earlier.

    Raises Refused or NotAllowed, and then nothing has changed.
    """
    on, year = timezone.localdate(at), str(offer.facts.get("year", ""))
    row = registry.procedure(PLAN, on).step(DRAW_UP)
    title = f"{year}年规范性文件制定计划"
    draft = held(token, PLAN, DRAW_UP, at, user=user, party=None, matter=matter_of(year), title=title)
    if draft.case_id:
        return draft
    standing = Standing(user, on)
    seat = next((each for each in standing.seats if each.role in row.by), None)
    organ = Organisation.objects.get(pk=seat.organisation.organ_id) if seat else None
    actors = actors_opening(standing, row, organ, None) if organ else []
    if organ is None or not actors:
        raise NotAllowed([Reason("not_allowed", "年度计划由区司法局拟订。", row.under)], row.label)
    open_case(
        PLAN, DRAW_UP, actors[0], at, offer, organ=organ, matter=draft.matter, title=title, channel=Case.Channel.OFFICE,
        draft=draft, standing=standing,
    )  # fmt: skip
    return draft


def drawn_up(case: Case, act: Act) -> None:
    """The government and the office of its meetings come in; the case is of the year that the form says."""
    if case.matter != matter_of(act.facts["year"]):
        raise Refused([Reason("stale_page", "页面已经过期，请重新填写。")], act.label)
    bring_in(case, act, "government", government(timezone.localdate(act.at)))


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {(PLAN, DRAW_UP): drawn_up}
