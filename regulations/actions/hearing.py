"""A hearing on a draft: announced, people put their names down, some are chosen, it is held or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone

from accounts import queries as people
from accounts.models import User
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case, Participant
from casework.queries.rights import PUBLIC_RELATIONS, Standing
from casework.refusal import NotAllowed, Reason, Refused
from regulations.models import Hearing, HearingRegistration
from regulations.queries.making import PROCEDURE, current
from regulations.rules.hearing import ANNOUNCE, CHOOSE, REGISTER

PART = "participants"  # whom the table's `tells` finds under this word


def register(
    hearing: Hearing, user: User, at: datetime, *, capacity: str, views: str, address: str | None = None
) -> HearingRegistration:
    """Put one's name down for a hearing. Raises Refused when it is too late or was done before, NotAllowed for
    officials."""
    case = hearing.case
    row = registry.procedure(case.procedure, case.version).step(REGISTER)
    actors = Standing(user, timezone.localdate(at)).actors(case, row)
    if not actors:
        raise NotAllowed([Reason("not_allowed", "请以公民、法人或者代理人身份报名。", row.under)], row.label)
    act = take(case, REGISTER, actors[0], at, Offer(facts={"capacity": capacity, "views": views}, address=address))
    return HearingRegistration.objects.get(act=act)


def announced(case: Case, act: Act) -> None:
    version = current(case)
    if version is None:
        raise Refused([Reason("no_text", "本案还没有形成草案文本")], act.label)
    parts_end(case, act)
    said = {name: str(act.facts[name]) for name in ("place", "subject", "registration")}
    Hearing.objects.create(
        case=case, act=act, version=version, on=date.fromisoformat(act.facts["hearing_date"]),
        register_by=date.fromisoformat(act.facts["register_by"]), **said,
    )  # fmt: skip


def registered(case: Case, act: Act) -> None:
    """Somebody's name, with the hearing for which it was put down."""
    if act.actor is None:
        raise ValueError("a registration is somebody's")
    parties = [one.party for one in people.representations(act.actor, timezone.localdate(act.at))
               if PUBLIC_RELATIONS[one.relation] == act.role]  # fmt: skip
    HearingRegistration.objects.create(
        hearing=Hearing.objects.get(case=case, closed_by=None), act=act, capacity=act.facts["capacity"],
        views=act.facts["views"], by=act.actor, party=next(iter(parties), None), at=act.at,
    )  # fmt: skip


def chosen(case: Case, act: Act) -> None:
    """Who takes part: the last choice counts. They hear of it and of what becomes of the hearing, and see the case."""
    listed = HearingRegistration.objects.filter(hearing__case=case, hearing__closed_by=None)
    listed.update(chosen_by=None)
    listed.filter(pk__in=act.facts["chosen"]).update(chosen_by=act)
    parts_end(case, act)
    Participant.objects.bulk_create(
        Participant(case=case, role=PART, user_id=user, party_id=party, act=act, since=act.at)
        for user, party in listed.filter(chosen_by=act).order_by("pk").values_list("by", "party")
    )


def parts_end(case: Case, act: Act) -> None:
    """Who took part in an earlier hearing has no part in what follows."""
    case.participants.filter(role=PART, until=None).update(until=act.at)


def closed(case: Case, act: Act) -> None:
    """It was held or cancelled. Who was chosen keeps the part, so as to hear of it."""
    Hearing.objects.filter(case=case, closed_by=None).update(closed_by=act)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, ANNOUNCE): announced,
    (PROCEDURE, REGISTER): registered,
    (PROCEDURE, CHOOSE): chosen,
    (PROCEDURE, "hold_hearing"): closed,
    (PROCEDURE, "cancel_hearing"): closed,
    (PROCEDURE, "hold_meeting"): parts_end,
}
