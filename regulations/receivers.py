"""What the chapter does when an act is taken and its papers have their numbers, and after its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from casework.actions.bells import ring
from casework.models import Act, Case, Document
from casework.queries.clock import database_now
from casework.signals import act_taken
from law.signals import Change, law_changed
from regulations.actions import exchange, making
from regulations.actions.cleanup import find_changed
from regulations.queries import cleanup
from regulations.queries.making import PROCEDURE
from regulations.rules.cleanup import LAUNCHED
from regulations.tasks import go_on_with_cleanups


@receiver(act_taken)
def number_document(sender: Any, case: Case, act: Act, papers: Sequence[Document], **_: Any) -> None:
    """A document stands in the register from the moment at which its print has its number."""
    if case.procedure == PROCEDURE and act.step == "register_and_number":
        making.registered(case, act, papers)


@receiver(act_taken)
def tell_the_city(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """What the district files with the city leaves as a message; what it says later in the same filing likewise."""
    exchange.tell(case, act)


@receiver(law_changed, dispatch_uid="regulations.statute_changed")
def statute_changed(sender: Any, changes: Sequence[Change], **_: Any) -> None:
    """A changed law calls for a look at the documents that rest on it, in the transaction of the change."""
    find_changed(changes, database_now())


@receiver(act_taken)
def ring_for_portions(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """What a clean-up has set off begins at once. A lost ring costs a minute: the beat looks again."""
    if case.procedure == cleanup.PROCEDURE and act.step in (*LAUNCHED, cleanup.PUBLISH, "cancel"):
        transaction.on_commit(lambda: ring(go_on_with_cleanups))
