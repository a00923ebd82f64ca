"""What the acts of a clean-up set off: which documents come in, and what was decided happens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, open_case, settle
from casework.actions.clocks import stop
from casework.actions.once import held
from casework.models import Act, Case, Deadline, Draft
from casework.queries.rights import LAW, Standing, actors_opening
from casework.refusal import NotAllowed, Reason, Refused
from law.models import LegalText
from law.signals import Change
from regulations.actions import cleanup_told
from regulations.actions.book import told_by_the_book
from regulations.actions.entering import end
from regulations.actions.opening import close_terms
from regulations.actions.parts import OFFICE, bring_in, government, seated
from regulations.models import CleanupEntry, NormativeDocument
from regulations.queries import cleanup
from regulations.queries.about import document_of, matter_of
from regulations.queries.cleanup import ITEM, PROCEDURE
from regulations.rules.cleanup import FOUND, LAUNCHED, PROPOSALS, narrowed

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


def find_changed(changes: Iterable[Change], at: datetime) -> list[Case]:
    """A task of the legal office for each text that changed and on which documents in force rest; none twice, however
    often and however many at once tell of it: the text is locked meanwhile."""
    on = timezone.localdate(at)
    offices = seated(OFFICE, on)
    return [case for change in changes if offices for case in _found(change, offices[0], at, on)]


@transaction.atomic
def _found(change: Change, office: Organisation, at: datetime, on: date) -> list[Case]:
    if not cleanup.resting(change.text, on).exists():
        return []
    text = LegalText.objects.select_for_update().get(pk=change.text.pk)
    matter, told = cleanup.matter_of_law(text), "有新版本" if change.kind == "new" else "已废止或者失效"
    past = change.kind == "new" and text.effective_to and text.effective_to < on  # a version that the book lacked
    earlier = Act.objects.filter(case__procedure=PROCEDURE, case__matter=matter, step=FOUND, facts__change=told)
    if past or earlier.exists():
        return []
    return [
        open_case(
            PROCEDURE, FOUND, LAW, at, Offer(facts={"law": text.family, "change": told}), organ=office, matter=matter,
            title=f"清理：《{text.title[:120]}》{told}", channel=Case.Channel.OFFICE,
        )
    ]  # fmt: skip


def launched(case: Case, act: Act) -> None:
    """Which documents come in is fixed with the launch; their cases are opened afterwards, portion by portion."""
    facts = dict(cleanup.asked_for(case, act.facts))
    if before := facts.get("before"):
        facts["before"] = date.fromisoformat(before)
    keys = cleanup.scope(facts, timezone.localdate(act.at)).values_list("pk", flat=True)
    CleanupEntry.objects.bulk_create(
        (CleanupEntry(case=case, act=act, document_id=key) for key in keys), batch_size=BATCH
    )
    if narrowed(act.facts):
        for clock in Deadline.objects.filter(case=case, key=cleanup.CYCLE, owner="organ", stopped_at=None):
            stop(clock, act)


def cancelled(case: Case, act: Act) -> None:
    """The last full clean-up counts again, and its time may be over."""
    cleanup_told.cancelled(case, act)
    if clock := cleanup.cycle():
        settle(clock.case, act.at)


def added(case: Case, act: Act) -> None:
    """One more document comes in, with its case."""
    document = cleanup.in_force(timezone.localdate(act.at)).filter(pk=act.facts["document"]).first()
    if document is None:
        raise Refused([Reason("no_document", "这份文件已经终止。")], act.label)
    list_item(CleanupEntry.objects.create(case=case, act=act, document=document), act.at)


def list_item(entry: CleanupEntry, at: datetime, *, tells: bool = True) -> None:
    """Open the case of one document of a clean-up that is held. Raises Refused where it has ended meanwhile.

    Without `tells` its maker hears of it later, of all documents together.
    """
    case, document = entry.case, entry.document
    entry.item = open_case(
        ITEM, "list_item", LAW, at, Offer(tells=tells), organ=case.organ, matter=matter_of(document),
        title=f"清理：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
    )  # fmt: skip
    entry.save(update_fields=["item"])


def maker_comes_in(case: Case, act: Act) -> None:
    """The organ that made the document has a part from the first act on: whom that act tells is found by it."""
    document = document_of(case)
    if document and document.organ:
        bring_in(case, act, "maker", [document.organ])


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
        # Its readers hear of the whole clean-up, see `cleanup_told`.
        close_terms(case.matter, act.at, tells=False)

    return told_by_the_book(ended)


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    **{(PROCEDURE, step): launched for step in LAUNCHED},
    (PROCEDURE, "add_document"): added,
    (PROCEDURE, "send_to_decision"): to_government,
    (PROCEDURE, "all_listed"): cleanup_told.listed,
    (PROCEDURE, "all_settled"): cleanup_told.settled,
    (PROCEDURE, "cancel"): cancelled,
    (ITEM, "list_item"): maker_comes_in,
    **{(ITEM, step): proposed for step in PROPOSALS},
    (ITEM, "disagree"): sent_back,
    (ITEM, "confirm_repeal"): _ends(Ended.REPEALED),
    (ITEM, "confirm_lapse"): _ends(Ended.LAPSED),
    (ITEM, "leave_unlisted"): _ends(Ended.LAPSED),
}
