"""What the acts of a clean-up set off: its documents come in one by one, and what was decided happens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, open_case, settle
from casework.actions.once import held
from casework.models import Act, Case, Draft, Participant
from casework.queries.rights import Actor, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from regulations.actions.entering import end
from regulations.actions.parts import bring_in, government
from regulations.models import NormativeDocument
from regulations.queries import cleanup
from regulations.queries.about import document_of, matter_of
from regulations.queries.cleanup import ITEM, PROCEDURE

VALIDITY = "regulations.validity"
Ended = NormativeDocument.Ended


@transaction.atomic
def launch(token: str, step: str, offer: Offer, at: datetime, user: User) -> Draft:
    """Begin a clean-up by one of its opening rows: the draft under this token with its case, now or earlier.

    Raises Refused or NotAllowed, and then nothing has changed.
    """
    on = timezone.localdate(at)
    row = registry.procedure(PROCEDURE, on).step(step)
    draft = held(token, PROCEDURE, step, at, user=user, party=None, matter="", title=f"{on.year}年{row.label}")
    if draft.case_id:
        return draft
    standing = Standing(user, on)
    seat = next((each for each in standing.seats if each.role in row.by), None)
    organ = Organisation.objects.get(pk=seat.organisation.organ_id) if seat else None
    actors = actors_opening(standing, row, organ, None) if organ else []
    if organ is None or not actors:
        raise NotAllowed([Reason("not_allowed", "规范性文件清理由区司法局启动。", row.under)], row.label)
    open_case(
        PROCEDURE, step, actors[0], at, offer, organ=organ, title=draft.title, channel=Case.Channel.OFFICE, draft=draft,
        standing=standing,
    )  # fmt: skip
    return draft


def launched(case: Case, act: Act) -> None:
    """Every document of the scope comes in."""
    facts = dict(act.facts)
    if before := facts.get("before"):
        facts["before"] = date.fromisoformat(before)
    _list(case, act, cleanup.scope(facts, timezone.localdate(act.at)))


def added(case: Case, act: Act) -> None:
    """One more document comes in."""
    _list(case, act, cleanup.in_force(timezone.localdate(act.at)).filter(pk=act.facts["document"]))


def _list(case: Case, act: Act, documents: Iterable[NormativeDocument]) -> None:
    actor = Actor(act.actor, act.role, act.actor_name, act.organisation)
    standing = Standing(act.actor or AnonymousUser(), timezone.localdate(act.at))
    for document in documents:
        item = open_case(
            ITEM, "list_item", actor, act.at, organ=case.organ, matter=matter_of(document),
            title=f"清理：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
            standing=standing,
        )  # fmt: skip
        Participant.objects.create(case=item, role="maker", organisation=document.organ, since=act.at)


def to_government(case: Case, act: Act) -> None:
    """The government and the office of its meetings come in."""
    bring_in(case, act, "government", government(timezone.localdate(act.at)))


def _ends(reason: str) -> Callable[[Case, Act], None]:
    def ended(case: Case, act: Act) -> None:
        document = document_of(case)
        if document is None or case.parent is None:
            raise Refused([Reason("no_document", "目录中没有这份文件。")], act.label)
        end(document, timezone.localdate(act.at), reason, by=f"规范性文件清理结果（{case.parent.number}）")
        for term in Case.objects.filter(procedure=VALIDITY, matter=case.matter, ended_at=None):
            settle(term, act.at)

    return ended


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **{(PROCEDURE, step): launched for step in ("launch_periodic", "launch_for_changed_law", "launch_on_order")},
    (PROCEDURE, "add_document"): added,
    (PROCEDURE, "send_to_decision"): to_government,
    (ITEM, "confirm_repeal"): _ends(Ended.REPEALED),
    (ITEM, "confirm_lapse"): _ends(Ended.LAPSED),
    (ITEM, "leave_unlisted"): _ends(Ended.LAPSED),
}
