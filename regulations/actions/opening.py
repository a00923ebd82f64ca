"""Cases that the law opens when a document is published or takes effect."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from casework.actions import Offer, open_case, settle
from casework.models import Act, Case
from casework.queries.rights import LAW
from casework.refusal import Reason, Refused
from regulations.actions.parts import government
from regulations.models import NormativeDocument
from regulations.queries.about import matter_of

FILING, CONGRESS, VALIDITY = "regulations.filing", "regulations.filing_congress", "regulations.validity"
GOVERNMENT = "district_government"


def filing(document: NormativeDocument, case: Case, act: Act) -> None:
    """The duty to file: a department's document with the district; the district's, by its office, with the city and
    with the congress of the district."""
    upward = of_government(document)
    filer = _office(act) if upward else document.organ
    if filer is None:
        raise Refused([Reason("nobody", "没有报备的机关，不能公布")], act.label)
    duties = [(FILING, "open_on_government_publication" if upward else "open_on_department_publication", "备案")]
    if upward:
        duties.append((CONGRESS, "open_on_publication", "报区人大常委会备案"))
    for procedure, step, words in duties:
        open_case(
            procedure, step, LAW, act.at, Offer(), organ=filer, matter=matter_of(document),
            title=f"{words}：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
        )  # fmt: skip


def of_government(document: NormativeDocument) -> bool:
    """Whether the district government itself issued the document."""
    return document.organ is not None and document.organ.kind == GOVERNMENT


def _office(act: Act) -> Organisation | None:
    """The office of the government, which files in its name."""
    return next((one for one in government(timezone.localdate(act.at)) if one.kind == "gov_office"), None)


def validity(document: NormativeDocument, organ: Organisation, at: datetime, making: Case | None = None) -> Case:
    """The term of a document, kept by the organ that drafted it; of one that was not made here, by the one that issued
    it. Where the document states no last day, its term is still to be fixed."""
    stated = {"validity_ends_on": document.valid_until} if document.valid_until else {}
    step = ("open_trial" if document.trial else "open_ordinary") if stated else "open_unstated"
    return open_case(
        VALIDITY, step, LAW, at, Offer(facts=stated), organ=organ, matter=matter_of(document),
        title=f"有效期：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=making,
    )  # fmt: skip


def terms_of(matter: str) -> QuerySet[Case]:
    """The running terms of a document."""
    return Case.objects.filter(procedure=VALIDITY, matter=matter, ended_at=None)


def close_terms(matter: str, at: datetime, *, tells: bool = True) -> None:
    """What ended a document elsewhere closes its term, and tells its readers so unless they hear of it otherwise."""
    for term in terms_of(matter):
        settle(term, at, tells=tells)
