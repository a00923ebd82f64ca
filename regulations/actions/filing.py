"""What the acts of a filing set off: who takes part, and the end of a document that is revoked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation
from casework.models import Act, Case
from regulations.actions.book import told_by_the_book
from regulations.actions.entering import end
from regulations.actions.opening import of_government
from regulations.actions.parts import OFFICE, bring_in, seated
from regulations.models import NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.filing import CONGRESS, PROCEDURE


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
    """From the day of the decision the document does not apply any more."""
    day = timezone.localdate(act.at)
    end(_document(case), day - timedelta(days=1), NormativeDocument.Ended.REVOKED, by=case.number)


def _document(case: Case) -> NormativeDocument:
    found = document_of(case)
    if found is None:
        raise ValueError(f"filing {case.code} is about no document")
    return found


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (PROCEDURE, "open_on_government_publication"): opened,
    (PROCEDURE, "open_on_department_publication"): opened,
    (PROCEDURE, "revoke_document"): told_by_the_book(revoked),
    (PROCEDURE, "city_revokes"): told_by_the_book(revoked),
    (CONGRESS, "open_on_publication"): opened_at_the_congress,
    (CONGRESS, "revoke"): told_by_the_book(revoked),
}
