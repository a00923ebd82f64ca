"""What the chapter does when an act is taken and its papers have their numbers, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from casework.models import Act, Case, Document
from casework.signals import act_taken
from regulations.actions import exchange, making
from regulations.queries.making import PROCEDURE


@receiver(act_taken)
def number_document(sender: Any, case: Case, act: Act, papers: Sequence[Document], **_: Any) -> None:
    """A document stands in the register from the moment at which its print has its number."""
    if case.procedure == PROCEDURE and act.step == "register_and_number":
        making.registered(case, act, papers)


@receiver(act_taken)
def tell_the_city(sender: Any, case: Case, act: Act, **_: Any) -> None:
    """What the district files with the city leaves as a message; what it says later in the same filing likewise."""
    exchange.tell(case, act)
