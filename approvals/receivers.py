"""What licensing does when it hears of an act, and of messages that come and go."""

import logging
from collections.abc import Sequence
from typing import Any

from celery import Task
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from approvals.actions.exchange import outbox
from approvals.models import Licence
from approvals.queries import results
from approvals.queries.exchange.peer import connected
from approvals.tasks import deliver_messages, take_in_messages
from casework.actions import search
from casework.models import Act, Case, Decision, Document
from casework.signals import act_taken, decision_issued, messages_arrived, messages_written

log = logging.getLogger(__name__)


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
def tell_the_city(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """Each change of where an approval stands leaves as a message, written in the same transaction."""
    if connected() and act.from_state != act.to_state and case.procedure.startswith("approvals."):
        outbox.tell_status(case, act)


@receiver(messages_written)
def ring_for_messages(sender: Any, **_: Any) -> None:
    _ring(deliver_messages)


@receiver(messages_arrived)
def ring_for_arrivals(sender: Any, **_: Any) -> None:
    _ring(take_in_messages)


def _ring(task: Task) -> None:
    try:
        task.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; messages wait until the beat looks again")
