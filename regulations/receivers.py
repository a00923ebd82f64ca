"""What the chapter does when an act is taken and its papers have their numbers, and after its transaction."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from casework.models import Act, Case, Document
from casework.signals import act_taken
from regulations.actions import exchange, making
from regulations.queries import cleanup
from regulations.queries.making import PROCEDURE
from regulations.rules.cleanup import LAUNCHING
from regulations.tasks import go_on_with_cleanups

log = logging.getLogger(__name__)


@receiver(act_taken)
def number_document(sender: Any, case: Case, act: Act, papers: Sequence[Document], **_: Any) -> None:
    """A document stands in the register from the moment at which its print has its number."""
    if case.procedure == PROCEDURE and act.step == "register_and_number":
        making.registered(case, act, papers)


@receiver(act_taken)
def tell_the_city(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """What the district files with the city leaves as a message; what it says later in the same filing likewise."""
    exchange.tell(case, act)


@receiver(act_taken)
def ring_for_portions(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """What a clean-up has set off begins at once. A lost ring costs a minute: the beat looks again."""
    if case.procedure == cleanup.PROCEDURE and act.step in (*LAUNCHING, cleanup.PUBLISH, "cancel"):
        transaction.on_commit(_ring)


def _ring() -> None:
    try:
        go_on_with_cleanups.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; clean-ups go on when the beat looks again")
