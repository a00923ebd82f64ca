"""What the acts over a document's term do to the register and the statute-book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case
from law.models import LegalText
from law.signals import Change, law_changed
from regulations.actions import entering
from regulations.actions.book import told_by_the_book
from regulations.actions.parts import OFFICE, bring_in, seated
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.validity import PROCEDURE

Ended = NormativeDocument.Ended


def opened(case: Case, act: Act) -> None:
    """Whoever issued the document decides over it; the legal office, and the congress, may suspend it."""
    on = timezone.localdate(act.at)
    document = _document(case)
    bring_in(case, act, "maker", [document.organ] if document.organ else [case.organ])
    congress = Organisation.objects.at(on).filter(kind="people_congress")
    bring_in(case, act, "legal_office", [*seated(OFFICE, on), *congress])


def extended(case: Case, act: Act) -> None:
    """The last day is another one, or is known for the first time."""
    entering.extend(_document(case), date.fromisoformat(act.facts["validity_ends_on"]))


def lapsed(case: Case, act: Act) -> None:
    """The last day of the term is the last day on which the document applied, unless it was ended before.

    The statute-book knew that day from the beginning; that it has come is told here to whoever rests on the document.
    """
    document = _document(case)
    if document.ended:  # by somebody else, before its term was over
        return
    day = min(document.valid_until or _day_before(act), timezone.localdate(act.at))
    foreseen = document.text is not None and document.text.effective_to == day
    entering.end(document, day, Ended.LAPSED, by=case.number)
    if foreseen and document.text:
        law_changed.send(LegalText, changes=[Change(document.text, "repealed", str(document))])


def left_out(case: Case, act: Act) -> None:
    """What a published clean-up has not kept ends with its publication (国发〔2008〕17号（十五）)."""
    document = _document(case)
    if not document.ended:  # the clean-up has ended it for its own reason
        entering.end(document, _day_before(act), Ended.LAPSED, by=case.number)


def suspended(case: Case, act: Act) -> None:
    entering.suspend(_document(case), timezone.localdate(act.at), _clauses(act), by=case.number, act=act)


def resumed(case: Case, act: Act) -> None:
    entering.resume(_document(case), timezone.localdate(act.at), _clauses(act), act=act)


def _clauses(act: Act) -> list[str]:
    """The clauses of which the act speaks; none for the whole."""
    return [str(anchor) for anchor in act.facts.get("clauses") or ()]


def repealed(case: Case, act: Act) -> None:
    entering.end(_document(case), _day_before(act), Ended.REPEALED, by=case.number)


def revoked(case: Case, act: Act) -> None:
    """The decision of another organ is recorded; the portal may have ended the document with it already."""
    document = _document(case)
    if not document.ended:
        day = date.fromisoformat(act.facts["revoked_on"]) - timedelta(days=1)
        entering.end(document, day, Ended.REVOKED, by=str(act.facts["decision"]))


def replaced(case: Case, act: Act) -> None:
    successor = NormativeDocument.objects.get(pk=int(act.facts["successor"]))
    begins = successor.effective_from or timezone.localdate(act.at)
    entering.end(_document(case), begins - timedelta(days=1), Ended.REPLACED, by=str(successor), replaced_by=successor)


def _day_before(act: Act) -> date:
    return timezone.localdate(act.at) - timedelta(days=1)


def _document(case: Case) -> NormativeDocument:
    found = document_of(case)
    if found is None:
        raise ValueError(f"validity {case.code} is about no document")
    return found


_EFFECTS: dict[str, Callable[[Case, Act], None]] = {
    "open_ordinary": opened, "open_trial": opened, "open_unstated": opened,
    "fix_ordinary": extended, "fix_trial": extended, "extend_ordinary": extended, "lapse": lapsed,
    "drop_unlisted": left_out, "suspend": suspended, "suspend_clauses": suspended, "resume": resumed,
    "resume_clauses": resumed, "repeal": repealed,
    "record_revocation": revoked, "record_replacement": replaced,
}  # fmt: skip
EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, step): told_by_the_book(done) for step, done in _EFFECTS.items()
}
