"""What the chapter does when papers of an act have got their numbers, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from casework.models import Act, Case, Document
from casework.signals import act_taken
from regulations.actions import making
from regulations.queries.making import PROCEDURE


@receiver(act_taken)
def number_document(sender: Any, case: Case, act: Act, papers: Sequence[Document], **_: Any) -> None:
    """A document stands in the register from the moment at which its print has its number."""
    if case.procedure == PROCEDURE and act.step == "register_and_number":
        making.registered(case, act, papers)
