"""What licensing does when it hears of an act."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from approvals.actions import exchange
from approvals.models import Licence
from approvals.queries import accepted, results
from approvals.queries import exchange as told
from approvals.queries.figures import FILINGS
from casework.actions import search
from casework.models import Act, Case, Decision, Document
from casework.signals import act_taken, decision_issued
from exchange.queries.peer import connected


@receiver(act_taken)
def number_licence(sender: Any, act: Act, papers: Sequence[Document], **_: Any) -> None:
    """A licence bears the number that its certificate got, in the same transaction."""
    if certificate := next((paper for paper in papers if paper.paper == "xk_licence"), None):
        Licence.objects.filter(case=act.case_id).update(number=certificate.number)


@receiver(decision_issued)
def show_result(sender: Any, decision: Decision, **_: Any) -> None:
    """What the public may look up is found from the moment at which it stands, with its numbers."""
    if decision.kind.startswith("approvals."):
        search.fill(results.SEARCH.code, [decision.pk])


@receiver(act_taken)
def show_acceptance(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """An acceptance is public from the moment of the act."""
    if act.step in accepted.STEPS and case.procedure in FILINGS:
        search.fill(accepted.SEARCH.code, [act.pk])


@receiver(act_taken)
def tell_the_city(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """Each change of where an approval stands for the public leaves as a message, written in the same transaction."""
    if connected() and told.moved(case, act):
        exchange.tell_status(case, act)
