"""What the acts of a filing set off: who takes part, and the end of a document that is revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation
from casework.actions import settle
from casework.models import Act, Case
from regulations.actions.book import told_by_the_book
from regulations.actions.entering import end, suspend
from regulations.actions.opening import close_terms, of_government
from regulations.actions.parts import OFFICE, bring_in, seated
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.filing import CONGRESS, PROCEDURE
from regulations.queries.validity import clauses
from regulations.rules.clauses import named_in

OPINIONS = (
    (PROCEDURE, "issue_correction_opinion"), (PROCEDURE, "city_orders_correction"), (CONGRESS, "issue_opinion"),
)  # fmt: skip


def opened(case: Case, act: Act) -> None:
    """Who receives the filing, and who may revoke the document."""
    on = timezone.localdate(act.at)
    document = _document(case)
    city = Organisation.objects.at(on).filter(kind="municipal_government")
    district = Organisation.objects.at(on).filter(kind="district_government")
    government = of_government(document)
    bring_in(case, act, "maker", [case.organ])
    bring_in(case, act, "receiver", city if government else seated(OFFICE, on))
    bring_in(case, act, "government", city if government else district)


def opened_at_the_congress(case: Case, act: Act) -> None:
    """The congress of the district receives what its government issues."""
    congress = Organisation.objects.at(timezone.localdate(act.at)).filter(kind="people_congress")
    bring_in(case, act, "maker", [case.organ])
    bring_in(case, act, "receiver", congress)
    bring_in(case, act, "government", congress)


def revoked(case: Case, act: Act) -> None:
    """From the day of the decision the document does not apply any more, if it still did; its term and a making that
    waits for its day end with it."""
    document = _document(case)
    if not document.ended:
        day = timezone.localdate(act.at)
        end(document, day - timedelta(days=1), NormativeDocument.Ended.REVOKED, by=case.number)
    close_terms(case.matter, act.at)
    if case.parent and not case.parent.ended_at:
        settle(case.parent, act.at)


def stopped(case: Case, act: Act) -> None:
    """Clauses that are plainly unlawful are not applied from the opinion on; those that are suspended stay so.

    The city names them in words: what can be told from its words is suspended, the rest is the office's to read.
    """
    document, said = _document(case), act.facts.get("not_applied") or []
    offered = dict(clauses(case, timezone.localdate(act.at)))
    anchors = said if isinstance(said, list) else named_in(str(said), offered)
    if wanted := [anchor for anchor in anchors if anchor in offered]:
        suspend(document, timezone.localdate(act.at), wanted, by=case.number, act=act)


def _document(case: Case) -> NormativeDocument:
    found = document_of(case)
    if found is None:
        raise ValueError(f"filing {case.code} is about no document")
    return found


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, "open_on_government_publication"): opened,
    (PROCEDURE, "open_on_department_publication"): opened,
    **{(where, step): told_by_the_book(stopped) for where, step in OPINIONS},
    (PROCEDURE, "revoke_document"): told_by_the_book(revoked),
    (PROCEDURE, "city_revokes"): told_by_the_book(revoked),
    (CONGRESS, "open_on_publication"): opened_at_the_congress,
    (CONGRESS, "revoke"): told_by_the_book(revoked),
}
