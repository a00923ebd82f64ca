"""What the statute-book tells whoever rests on it. Sent inside the transaction of the change."""

from dataclasses import dataclass
from typing import Literal

from django.dispatch import Signal

from law.models import LegalText

law_changed = Signal()  # changes: list[Change]


@dataclass(frozen=True, slots=True)
class Change:
    """A version that came after one that the book had, or a text that ends. `said` is who says so, where it is a text.

    A text that another one says it repeals may be repealed in part only: the book records its end when people have
    read that (`law.actions.repeal`), and tells of it either way.
    """

    text: LegalText
    kind: Literal["new", "repealed"]
    said: str = ""
