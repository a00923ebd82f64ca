"""Which document a case is about, once it is in the register."""

from __future__ import annotations

from casework.models import Case
from regulations.models import NormativeDocument


def matter_of(document: NormativeDocument) -> str:
    """Under which matter the cases of a document are kept."""
    return f"document:{document.pk}"


def document_of(case: Case) -> NormativeDocument | None:
    """The document that a case of filing or of validity is about."""
    kind, _, key = case.matter.partition(":")
    if kind != "document" or not key.isdecimal():
        return None
    return NormativeDocument.objects.select_related("organ", "case").filter(pk=int(key)).first()
