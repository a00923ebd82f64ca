"""The answers of whoever reviews a filing: to each item of the check-list, and to each clause that the scan marks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from casework import registry
from casework.actions.hold import hold
from casework.models import Case
from casework.procedure import Step
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Reason, Refused
from regulations.actions.reviewing import Answer, keep
from regulations.models import ReviewAnswer
from regulations.queries import exchange, filing
from regulations.queries.about import document_of
from regulations.queries.filing_review import marked

NO_PROBLEM = {filing.PROCEDURE: "record_no_problem", filing.CONGRESS: "close_without_problem"}


def row_of(case: Case) -> Step:
    """The row that rests on the answers: whoever may take it may give them."""
    return registry.procedure(case.procedure, case.version).step(NO_PROBLEM[case.procedure])


@transaction.atomic
def answer(case: Case, user: User, at: datetime, given: Iterable[Answer]) -> list[ReviewAnswer]:
    """Keep answers about the published text of a filing.

    Raises Refused in another state, for what the city reviews on its platform, for unknown items, and where a reason is
    missing; NotAllowed for whoever does not review here.
    """
    case = hold(case)
    row, on = row_of(case), timezone.localdate(at)
    document = document_of(case)
    if case.state not in row.when or document is None:
        raise Refused([Reason("wrong_state", "本案不在审查环节。", row.under)], row.label)
    if not Standing(user, on).actors(case, row):
        raise NotAllowed([Reason("not_allowed", "您不是本案的审查人员。", row.under)], row.label)
    if exchange.with_the_city(case):
        raise Refused([Reason("handled_here", "本案已通过市级平台报送，由市级平台审查。", row.under)], row.label)
    return keep(given, {one.key for one in marked(document, on)}, row, user, at, filing=case)
