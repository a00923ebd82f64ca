"""What the acts of a clean-up set off: which documents come in, and what was decided happens to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, open_case, settle
from casework.actions.once import held
from casework.models import Act, Case, Draft, Participant
from casework.queries.rights import LAW, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from regulations.actions.book import told_by_the_book
from regulations.actions.entering import end
from regulations.actions.parts import bring_in, government
from regulations.models import CleanupEntry, NormativeDocument
from regulations.queries import cleanup
from regulations.queries.about import document_of, matter_of
from regulations.queries.cleanup import ITEM, PROCEDURE
from regulations.rules.cleanup import LAUNCHING, PROPOSALS

VALIDITY = "regulations.validity"
BATCH = 1000  # rows of one statement
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
    """Which documents come in is fixed with the launch; their cases are opened afterwards, portion by portion."""
    facts = dict(act.facts)
    if before := facts.get("before"):
        facts["before"] = date.fromisoformat(before)
    keys = cleanup.scope(facts, timezone.localdate(act.at)).values_list("pk", flat=True)
    CleanupEntry.objects.bulk_create(
        (CleanupEntry(case=case, act=act, document_id=key) for key in keys), batch_size=BATCH
    )


def added(case: Case, act: Act) -> None:
    """One more document comes in, with its case."""
    document = cleanup.in_force(timezone.localdate(act.at)).filter(pk=act.facts["document"]).first()
    if document is None:
        raise Refused([Reason("no_document", "这份文件已经终止。")], act.label)
    list_item(CleanupEntry.objects.create(case=case, act=act, document=document), act.at)


def list_item(entry: CleanupEntry, at: datetime) -> None:
    """Open the case of one document of a clean-up that is held. Raises Refused where it has ended meanwhile."""
    case, document = entry.case, entry.document
    entry.item = open_case(
        ITEM, "list_item", LAW, at, organ=case.organ, matter=matter_of(document),
        title=f"清理：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
    )  # fmt: skip
    Participant.objects.create(case=entry.item, role="maker", organisation=document.organ, since=at)
    entry.save(update_fields=["item"])


def proposed(case: Case, act: Act) -> None:
    """What the maker proposes stands on the list of the clean-up."""
    CleanupEntry.objects.filter(item=case).update(proposal=act.step)


def sent_back(case: Case, act: Act) -> None:
    CleanupEntry.objects.filter(item=case).update(proposal="")


def to_government(case: Case, act: Act) -> None:
    """The government and the office of its meetings come in."""
    bring_in(case, act, "government", government(timezone.localdate(act.at)))


def _ends(reason: str) -> Callable[[Case, Act], None]:
    """The last day of a document is that of the publication for all of them, whenever their turn comes."""

    def ended(case: Case, act: Act) -> None:
        document = document_of(case)
        published = cleanup.published_on(case.parent) if case.parent else None
        if document is None or case.parent is None or published is None:
            raise Refused([Reason("no_document", "目录中没有这份文件。")], act.label)
        end(document, timezone.localdate(published), reason, by=f"规范性文件清理结果（{case.parent.number}）")
        for term in Case.objects.filter(procedure=VALIDITY, matter=case.matter, ended_at=None):
            settle(term, act.at)

    return told_by_the_book(ended)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **{(PROCEDURE, step): launched for step in LAUNCHING},
    (PROCEDURE, "add_document"): added,
    (PROCEDURE, "send_to_decision"): to_government,
    **{(ITEM, step): proposed for step in PROPOSALS},
    (ITEM, "disagree"): sent_back,
    (ITEM, "confirm_repeal"): _ends(Ended.REPEALED),
    (ITEM, "confirm_lapse"): _ends(Ended.LAPSED),
    (ITEM, "leave_unlisted"): _ends(Ended.LAPSED),
}
